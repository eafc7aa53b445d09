"""What an action answers, and how a request is changed: one version at a time, with a step that she and the holder both see."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from careloom.agencies.models import Agency
from careloom.consents.actions.outcomes import require_keeper
from careloom.consents.turns import take_turn
from careloom.infra.access import NotVisible, Viewer
from careloom.infra.answers import Done, Stale
from careloom.infra.audit.actions import record
from careloom.rights.models import RightsRequest, RightsStep
from careloom.rights.models.trail import CATEGORY
from careloom.work.actions import meet_obligation

#: What the holder owes while a request is open.
KIND = "RIGHTS_ASKED"
LATE = "RIGHTS_LATE"


def to_answer(*, by: Viewer, right_id: UUID, rights: tuple[str, ...] = ()) -> RightsRequest:
    """A request of the agency of `by`, of one of `rights`, with its turn taken. Raises NotVisible where it is hidden or absent."""
    require_keeper(by)
    take_turn([f"{by.holder_id}:rights:{right_id}"])
    row: RightsRequest | None = RightsRequest.objects.filter(pk=right_id, holder_id=by.holder_id).first()
    if row is None or (rights and row.right not in rights):
        raise NotVisible
    return row


def settled(row: RightsRequest, *, row_version: int) -> Done | Stale | None:
    """Done where it was answered already, Stale where somebody changed it since it was read, None where it may be answered now."""
    if not row.is_open:
        return Done(row_id=row.pk)
    return None if row.row_version == row_version else Stale(current=row)


def change(row: RightsRequest, *, by: Viewer, at: datetime, step: str, detail: dict[str, object] | None = None, **values: Any) -> Done:
    """Write new values of a request whose turn is held, with its step and the audit row. Raises RuntimeError when the turn was not held."""
    mine = RightsRequest.objects.filter(pk=row.pk, holder_id=row.holder_id, row_version=row.row_version)
    if not mine.update(row_version=F("row_version") + 1, **values):
        raise RuntimeError("A request was changed while its turn was held.")
    add_step(row, by=by, at=at, code=step)
    record(by=by, at=at, action=f"rights.{step.lower()}", identity_id=row.identity_id, object_id=row.pk, detail=detail or {})
    return Done(row_id=row.pk)


def close(row: RightsRequest, *, by: Viewer, at: datetime, state: str, detail: dict[str, object] | None = None, **values: Any) -> Done:
    """Answer an open request: its state, who answered and when; what the agency owed for it is met."""
    done = change(
        row, by=by, at=at, step=state, detail=detail, state=state, answered_at=at, answered_by=by.worker_id, **values
    )  # fmt: skip
    for kind in (KIND, LATE):
        meet_obligation(by=by, at=at, holder_id=row.holder_id, about_id=row.pk, kind=kind)
    return done


def add_step(row: RightsRequest, *, by: Viewer, at: datetime, code: str) -> None:
    """Keep a step of a request in the scope of its holder."""
    RightsStep(
        holder_id=row.holder_id, identity_id=row.identity_id, category=CATEGORY, request_id=row.pk, code=code, at=at, worker_id=by.worker_id
    ).save()  # fmt: skip


def agency_of(by: Viewer) -> Agency:
    """The agency in which a worker acts."""
    found: Agency = Agency.objects.get(pk=by.holder_id)
    return found
