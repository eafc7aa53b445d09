"""What was written by mistake: an assessment that nobody needed is void, a line beside it is taken back, each with the reason. Nothing is deleted.

An assessment that was approved is not void but corrected (`deciding.correct`). Source: issue 4; DESIGN section 5.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.infra.access import NotVisible, Viewer
from careloom.infra.access.records import Retractable
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.audit.actions import record
from careloom.safety.actions.rows import change, child_welfare, own_assessment
from careloom.safety.models import EarlierInvolvement, PlanEnsured, ReportOnChild, ToldHer
from careloom.safety.models.assessment import VOID
from careloom.work.actions import meet_obligation

BESIDE: tuple[type[Retractable], ...] = (EarlierInvolvement, ToldHer, PlanEnsured, ReportOnChild)


@transaction.atomic
def void(*, by: Viewer, at: datetime, assessment_id: UUID, because: str, row_version: int) -> Done | Refused | Stale:
    """Say that an assessment was begun by mistake, and why; nothing about it is owed any more. Only while it is open. Raises NotVisible.

    One that a report or a plan that was not kept calls for is voided by a supervisor: a worker does not free herself of it.
    """
    row = own_assessment(assessment_id, by=by)
    if row.state == VOID:
        return Done(row_id=row.pk)
    if row.row_version != row_version:
        return Stale(current=row)
    called_for = row.corrects_id is None and (row.received_id is not None or row.because == "PLAN_NOT_KEPT")
    wrong = {
        "STATE": not row.is_open, "SUPERVISOR": called_for and not by.can("SAFETY_APPROVE"), "REASON": len(because.strip()) < 3,
    }  # fmt: skip
    codes = tuple(code for code, is_wrong in wrong.items() if is_wrong)
    if codes:
        return Refused(codes=codes)
    meet_obligation(by=by, at=at, about_id=row.pk)
    return change(row, by=by, at=at, step="voided", state=VOID, voided_at=at, voided_by=by.worker_id, voided_because=said(because, most=300))


def line_beside(*, by: Viewer, row_id: UUID) -> Retractable:
    """A line of earlier involvement, of what she was told, of an ensured plan or a report, of the own agency. A query for each. Raises NotVisible."""
    child_welfare(by)
    found = [model.objects.seen_by(by).filter(pk=row_id, holder_id=by.holder_id).first() for model in BESIDE]
    row: Retractable | None = next((one for one in found if one is not None), None)
    if row is None:
        raise NotVisible
    return row


@transaction.atomic
def take_back(*, by: Viewer, at: datetime, row_id: UUID, because: str) -> Done | Refused:
    """Take a line back that was written by mistake: nobody reads it from now on. Refused: REASON. Raises NotVisible."""
    row = line_beside(by=by, row_id=row_id)
    if len(because.strip()) < 3:
        return Refused(codes=("REASON",))
    mine = type(row).objects.filter(pk=row.pk, holder_id=by.holder_id)
    if mine.update(taken_back_at=at, taken_back_because=said(because, most=300)):
        record(by=by, at=at, action="safety.taken_back", identity_id=row.identity_id, object_id=row.pk)
    return Done(row_id=row.pk)
