"""That she was shown what is asked and what comes of it, before she was asked (R-135)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from careloom.consents.turns import take_turn
from careloom.infra.access import NotVisible, PrincipalKind, Viewer, require
from careloom.infra.answers import Done
from careloom.infra.audit.actions import record
from careloom.screening.actions.drafting import may_fill
from careloom.screening.models import ProtocolShown
from careloom.screening.protocol import Protocol

CATEGORY = "posc.plan_core"


@transaction.atomic
def note_shown(*, by: Viewer, at: datetime, identity_id: UUID, told: Protocol) -> Done:
    """A worker showed it to her, in the language of `told`. Twice is once. The caller has checked that `by` sees her. Raises NotVisible."""
    may_fill(by)
    return _keep(by=by, at=at, identity_id=identity_id, told=told, provenance="originating")


@transaction.atomic
def note_read(*, by: Viewer, at: datetime, identity_id: UUID, told: Protocol) -> Done:
    """She read it on her own pages. Twice is once. Raises NotVisible for who is not at her own pages."""
    require(by)
    if by.kind is not PrincipalKind.PERSON or by.purpose != "patient_access":
        raise NotVisible
    return _keep(by=by, at=at, identity_id=identity_id, told=told, provenance="self_reported")


def _keep(*, by: Viewer, at: datetime, identity_id: UUID, told: Protocol, provenance: str) -> Done:
    take_turn([f"{by.holder_id}:shown:{identity_id}:{told.version}"])
    known = ProtocolShown.objects.filter(holder_id=by.holder_id, identity_id=identity_id, version=told.version).first()
    if known is not None:
        return Done(row_id=known.pk)
    row = ProtocolShown(
        id=uuid4(), holder_id=by.holder_id, identity_id=identity_id, category=CATEGORY, provenance=provenance, version=told.version,
        language=told.language, at=at, worker_id=by.worker_id,
    )  # fmt: skip
    row.save()
    record(by=by, at=at, action="screening.shown", identity_id=identity_id, object_id=row.pk, detail={"version": told.version})
    return Done(row_id=row.pk)
