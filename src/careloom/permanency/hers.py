"""Her own time line: plain dates and what helps, for a mother whose child is in care or whose case is at home. Source: J4 step 11; workflows 6.8.

She reads what is filed as shared with her (the case plan, hearings, visits). The days of the clock follow from the court's dates, of which a
parent is told; they are counted here in the scope of the agency of her own case, and nothing else of its record leaves with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from careloom.agencies.models import Agency
from careloom.infra import clock
from careloom.infra.access import System, Viewer, acting_as, require, system
from careloom.infra.access.accounting import account
from careloom.infra.access.records import FamilyRecord
from careloom.permanency.models import Case, Hearing, PlanItem, Removal, Review, TreatmentCourt, Visit
from careloom.permanency.models.case import OPEN
from careloom.permanency.queries import clock_of

MOST = 20


@dataclass(frozen=True, kw_only=True)
class Care:
    """One child of hers in care: since when, until when the judge must look, days that do not count, and whether more time was given."""

    child_id: UUID | None
    since: date
    judge_by: date
    days_out: int
    more_time: bool


@dataclass(frozen=True, kw_only=True)
class HerCase:
    """What her page shows of one case."""

    case: Case
    phone: str
    cares: tuple[Care, ...]
    goals: tuple[PlanItem, ...]
    help: tuple[PlanItem, ...]
    hearings: tuple[Hearing, ...]
    visits: tuple[Visit, ...]
    visits_held: int
    review: Review | None
    court: TreatmentCourt | None


def her_cases(*, viewer: Viewer, identity_id: UUID, at: datetime) -> list[HerCase]:
    """Her open cases, the newest first, each with what is next. Eight queries and some for each case; accounts for what it shows."""
    require(viewer)
    cases = list(Case.objects.seen_by(viewer).filter(identity_id=identity_id, state=OPEN).order_by("-opened_at")[:3])
    return [_one(case, viewer=viewer, at=at) for case in cases]


def _one(case: Case, *, viewer: Viewer, at: datetime) -> HerCase:
    of = {"case_id": case.pk, "holder_id": case.holder_id}
    items = list(PlanItem.objects.seen_by(viewer).filter(**of, state=OPEN).order_by("by_on", "at")[:MOST])
    hearings = list(Hearing.objects.seen_by(viewer).filter(**of, state="PLANNED", starts_at__gte=at).order_by("starts_at")[:MOST])
    visits = list(Visit.objects.seen_by(viewer).filter(**of, state="PLANNED", starts_at__gte=at).order_by("starts_at")[:MOST])
    held = Visit.objects.seen_by(viewer).filter(**of, state="HELD").count()
    review = Review.objects.seen_by(viewer).filter(**of, held_on=None).order_by("due_on").first()
    court = TreatmentCourt.objects.seen_by(viewer).filter(**of, ended_on=None).first()
    shown: list[FamilyRecord] = [case, *items, *hearings, *visits, *(row for row in (review, court) if row is not None)]
    account(viewer=viewer, place="portal:timeline", rows=shown, at=at)
    agency = Agency.objects.get(pk=case.holder_id)
    return HerCase(
        case=case, phone=agency.phone, cares=_cares(case, agency=agency, at=at), goals=tuple(row for row in items if row.kind == "GOAL"),
        help=tuple(row for row in items if row.kind != "GOAL"), hearings=tuple(hearings), visits=tuple(visits), visits_held=held, review=review,
        court=court,
    )  # fmt: skip


def _cares(case: Case, *, agency: Agency, at: datetime) -> tuple[Care, ...]:
    """The days of the clock of each child in care. INVARIANT: only days leave this scope, no word of the agency's record."""
    job, today = system(System.JOB, holder_id=case.holder_id), at.astimezone(clock.zone(agency.zone)).date()
    with acting_as(job):
        found = []
        for row in Removal.objects.filter(case_id=case.pk, ended_on=None).order_by("removed_on"):
            now = clock_of(viewer=job, removal=row, on=today)
            found.append(
                Care(
                    child_id=row.child_id, since=row.removed_on, judge_by=max(now.hearing_due_on, now.recommend_on), days_out=now.left_out,
                    more_time=now.recommend_on > now.hearing_due_on,
                )
            )  # fmt: skip
    return tuple(found)
