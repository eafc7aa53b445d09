"""A row of a case that was written by mistake is taken back, with the reason; what it had ended goes on again. Source: issue 4, DESIGN section 5.

Nothing is deleted: the row stays on its holder's list, marked. What was agreed with the parent (the plan and its items) is not taken back but
changed, and a notice to a Tribe or a report to a court went out: those say what they said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from careloom.agencies.days import day_of
from careloom.consents.turns import take_turn
from careloom.infra.access import NotVisible, Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.kernel.packs import ClockName
from careloom.permanency.actions.kin import settled
from careloom.permanency.actions.outcomes import agency_of, change, owe, refused, writer
from careloom.permanency.actions.removing import owe_hearing
from careloom.permanency.models import Case, Custody, Effort, Extension, Hearing, KinContact, Paper, Pause, Placement, Removal, Review, Visit
from careloom.permanency.models.court import HELD
from careloom.permanency.models.row import CaseRow
from careloom.work.actions import meet_obligation

MODELS: tuple[type[CaseRow], ...] = (Visit, Hearing, KinContact, Effort, Paper, Placement, Custody, Pause, Extension, Removal)


def may_be_taken_back(*, by: Viewer, row_id: UUID) -> CaseRow:
    """A row of the agency of `by` that stands and may be taken back. A query for each table. Raises NotVisible."""
    writer(by)
    found = [model.objects.seen_by(by).filter(pk=row_id, holder_id=by.holder_id).first() for model in MODELS]
    row: CaseRow | None = next((one for one in found if one is not None), None)
    if row is None or (isinstance(row, Paper) and row.kind != "ORDER"):
        raise NotVisible
    return row


@transaction.atomic
def take_back(*, by: Viewer, at: datetime, row_id: UUID, because: str, row_version: int) -> Done | Refused | Stale:
    """Say that a row was written by mistake, and why. Refused: WORDS, NOT_LAST (a later one rests on it), IN_USE. Raises NotVisible."""
    row = may_be_taken_back(by=by, row_id=row_id)
    take_turn([f"{by.holder_id}:case:{row.case_id}"])
    row = type(row).objects.get(pk=row.pk)
    wrong = refused(WORDS=len(because.strip()) < 3, NOT_LAST=_is_followed(row), IN_USE=_is_used(row))
    if wrong is not None:
        return wrong
    gone = {"taken_back_at": at, "taken_back_because": said(because, most=300)}
    done = change(row, by=by, at=at, row_version=row_version, action="taken_back", **gone)
    if isinstance(done, Done):
        meet_obligation(by=by, at=at, about_id=row.pk)
        then = _AFTER.get(type(row))
        if then is not None:
            then(row, by, at, gone)
    return done


def _is_followed(row: CaseRow) -> bool:
    """Whether a later row of its line stands, which began where this one ends."""
    if isinstance(row, Placement):
        return Placement.objects.filter(removal_id=row.removal_id, at__gt=row.at).exists()
    if isinstance(row, Custody):
        return Custody.objects.filter(case_id=row.case_id, child_id=row.child_id, at__gt=row.at).exists()
    if isinstance(row, Extension):
        return Extension.objects.filter(removal_id=row.removal_id, from_on__gt=row.from_on).exists()
    return False


def _is_used(row: CaseRow) -> bool:
    """Whether something that stands rests on it: an order under an extension or a custody, a removal under an extension."""
    if isinstance(row, Paper):
        rests = ((Extension, {"paper_id": row.pk}), (Custody, {"paper_id": row.pk}))
        return any(model.objects.filter(**by_it).exists() for model, by_it in rests)
    return isinstance(row, Removal) and Extension.objects.filter(removal_id=row.pk).exists()


def _goes_on(line: Any, *, ended_on: object, **cleared: object) -> None:
    """The row before, which this one had ended, goes on."""
    before = line.filter(ends_on=ended_on).order_by("-starts_on", "-at").first()
    if before is not None:
        type(before).objects.filter(pk=before.pk).update(ends_on=None, **cleared)


def _after_placement(row: Placement, by: Viewer, at: datetime, gone: dict[str, object]) -> None:
    if Removal.objects.filter(pk=row.removal_id, ended_on=None).exists():
        _goes_on(Placement.objects.filter(removal_id=row.removal_id), ended_on=row.starts_on, ended_because="")


def _after_custody(row: Custody, by: Viewer, at: datetime, gone: dict[str, object]) -> None:
    _goes_on(Custody.objects.filter(case_id=row.case_id, child_id=row.child_id), ended_on=row.starts_on)


def _after_court(row: Hearing | Extension, by: Viewer, at: datetime, gone: dict[str, object]) -> None:
    """What the court is owed follows from the rows that stand."""
    if isinstance(row, Hearing) and (row.kind != "PERMANENCY" or row.state != HELD):
        return
    case, care = Case.objects.get(pk=row.case_id), Removal.objects.filter(case_id=row.case_id, ended_on=None)
    for removal in care.filter(child_id=row.child_id) if row.child_id else care:
        owe_hearing(removal, case=case, by=by, at=at)


def _after_kin(row: KinContact, by: Viewer, at: datetime, gone: dict[str, object]) -> None:
    """Where the notice to relatives is not given any more without this row, it is owed again by its own day."""
    removal = Removal.objects.filter(pk=row.removal_id, ended_on=None).first()
    if removal is not None and not settled(removal):
        agency = agency_of(by)
        due = day_of(ClockName.RELATIVE_NOTICE, agency=agency, start=removal.removed_on)
        case = Case.objects.get(pk=row.case_id)
        meet_obligation(by=by, at=at, about_id=removal.pk, kind="KIN_NOTICE")
        owe(by=by, at=at, case=case, kind="KIN_NOTICE", about=removal.pk, due=due, agency=agency, key=f"kin_notice:{row.pk}")


def _after_removal(row: Removal, by: Viewer, at: datetime, gone: dict[str, object]) -> None:
    """All that the removal brought with it goes with it; who had custody before has it again."""
    for model in (Placement, Pause, KinContact):
        model.objects.filter(removal_id=row.pk).update(**gone)
    Custody.objects.filter(holder_id=row.holder_id, request_key__in=[f"custody:{row.pk}", f"custody-after:{row.pk}"]).update(**gone)
    _goes_on(Custody.objects.filter(case_id=row.case_id, child_id=row.child_id), ended_on=row.removed_on)
    for review in Review.objects.filter(case_id=row.case_id, request_key=f"SIX_MONTHS:{row.pk}", held_on=None):
        meet_obligation(by=by, at=at, about_id=review.pk)
        Review.objects.filter(pk=review.pk).update(**gone)


_AFTER: Mapping[type[CaseRow], Callable[[Any, Viewer, datetime, dict[str, object]], None]] = {
    Placement: _after_placement,
    Custody: _after_custody,
    Hearing: _after_court,
    Extension: _after_court,
    KinContact: _after_kin,
    Removal: _after_removal,
}
