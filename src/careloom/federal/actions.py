"""A federal file is asked for; the job writes it. Who may: the state's own office, with the permission for it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

from django.db import transaction

from careloom.agencies.roles import Permission
from careloom.consents.turns import take_turn
from careloom.federal.layouts import KINDS, layout_for
from careloom.federal.models import FederalFile
from careloom.federal.periods import period_of
from careloom.infra.access import NotVisible, Viewer, require
from careloom.infra.answers import Done, Refused
from careloom.infra.audit.actions import record


@transaction.atomic
def ask_for_file(*, by: Viewer, at: datetime, kind: str, period: str, pack: str, today: date, request_key: str) -> Done | Refused:
    """Ask for a file of a period; the job writes it in the background. Idempotent. Refused: KIND, PERIOD. Raises NotVisible."""
    require(by)
    if by.holder_id is None or not by.can(Permission.FEDERAL_FILES):
        raise NotVisible
    take_turn([f"{by.holder_id}:federal:{request_key}"])
    known = FederalFile.objects.filter(holder_id=by.holder_id, request_key=request_key).first()
    if known is not None:
        return Done(row_id=known.pk)
    if kind not in KINDS:
        return Refused(codes=("KIND",))
    asked = period_of(kind=kind, name=period)
    layout = layout_for(kind=kind, starts_on=asked.starts_on, pack=pack) if asked else None
    if asked is None or layout is None or asked.starts_on > today:
        return Refused(codes=("PERIOD",))
    row = FederalFile(
        id=uuid4(), holder_id=by.holder_id, kind=kind, layout=layout.code, layout_digest=layout.digest, period=asked.name,
        starts_on=asked.starts_on, ends_on=asked.ends_on, asked_at=at, asked_by=by.worker_id, request_key=request_key,
    )  # fmt: skip
    row.save()
    record(by=by, at=at, action="federal.file_asked", object_id=row.pk, detail={"kind": kind, "period": asked.name})
    return Done(row_id=row.pk)


@transaction.atomic
def note_seen(*, by: Viewer, at: datetime, file: FederalFile, taken: bool) -> None:
    """That somebody looked into the file, or took it out of Careloom: each time is on record. Raises NotVisible."""
    require(by)
    if by.holder_id != file.holder_id or not by.can(Permission.FEDERAL_FILES):
        raise NotVisible
    record(by=by, at=at, action="federal.file_taken" if taken else "federal.file_looked", object_id=file.pk, detail={"draft": file.is_draft})
