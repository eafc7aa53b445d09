"""What a plan and a treatment record tell each other: a review after a return to use, the queue of a program, check-ins after a birth, goals.

Handlers of events (joined in config), each safe to repeat. INVARIANT: nothing here reports anybody or closes anything, and an agency hears only
what it may read already. Source: R-124, R-152, R-163, R-176; J2.9.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from careloom.agencies.models import Agency
from careloom.agencies.queries import agencies_by_id
from careloom.consents.preview import agency_reader
from careloom.directory.needs import catalogue
from careloom.infra import clock
from careloom.infra.access import System, Viewer, acting_as, system
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.events import PlanCountsChanged, ReferralMoved, ReturnedToUse
from careloom.kernel.plan import PlanState
from careloom.kernel.referral import ENDED, State
from careloom.plans import schedule
from careloom.plans.actions.keeping import PART2_SEGMENT, can_see_plan, note
from careloom.plans.actions.scheduling import put_review, set_next
from careloom.plans.models import OPEN_STATES, CareTeamMember, Goal, Need, PlanOfSafeCare, Referral
from careloom.treatment.actions import Asking, cares_for, end_referred, plan_check_ins, put_in_queue
from careloom.treatment.goals import GoalAsked

MOST_GOALS = 30


@transaction.atomic
def returned_to_use(event: ReturnedToUse) -> None:
    """The plan that the same agency keeps is looked at soon. Where another keeps it, nothing goes there: the helper talks with her first."""
    job, at = system(System.JOB, holder_id=event.holder_id), clock.now()
    with acting_as(job):
        plan = PlanOfSafeCare.objects.filter(holder_id=event.holder_id, identity_id=event.identity_id, status__in=OPEN_STATES).first()
        if plan is None:
            return
        day = schedule.day_after_event(plan=plan, at=at)
        review = put_review(by=job, at=at, plan=plan, kind="AFTER_EVENT", due_on=day, why="RETURN_TO_USE", category=PART2_SEGMENT)
        set_next(by=job, at=at, plan=plan, status=PlanState.UNDER_REVIEW.value)
        note("review_asked", by=job, at=at, plan=plan, object_id=review.pk)


@transaction.atomic
def referral_moved(event: ReferralMoved) -> None:
    """A referral for treatment puts her in the program's queue, first where she is pregnant or the family has a child welfare case (R-176).

    One that ends takes her out again.

    What puts her first is read as the program reads it: her form decides what the program knows.
    """
    if event.state not in ENDED | {State.REQUESTED}:
        return
    job, at = system(System.JOB, holder_id=event.holder_id), clock.now()
    with acting_as(job):
        row = Referral.objects.filter(pk=event.referral_id, holder_id=event.holder_id).first()
        need = Need.objects.filter(pk=row.need_id).first() if row is not None else None
    if row is None or need is None or row.receiver_id is None or not _is_treatment(need.code):
        return
    known = agencies_by_id(ids={row.receiver_id, row.holder_id})
    program, sender = known.get(row.receiver_id), known.get(row.holder_id)
    if program is None or not program.is_part2_program:
        return
    office = system(System.JOB, holder_id=program.pk)
    if event.state in ENDED:
        with acting_as(office):
            end_referred(by=office, at=at, referral_id=row.pk)
        return
    reader = agency_reader(program).viewer
    with acting_as(reader):
        if not Referral.objects.seen_by(reader).filter(pk=row.pk).exists():
            return
        asking = Asking(
            identity_id=row.identity_id, came_by="REFERRAL", from_agency_id=row.holder_id, referral_id=row.pk,
            pregnant=PlanOfSafeCare.objects.seen_by(reader).filter(pk=row.plan_id, kind="PRENATAL", born_on=None).exists(),
            child_welfare=_has_case(reader, row.plan_id, sender=sender),
        )  # fmt: skip
    with acting_as(office):
        put_in_queue(by=office, at=at, asking=asking, request_key=f"referral:{row.pk}")


@transaction.atomic
def birth_known(event: PlanCountsChanged) -> None:
    """After a birth, whoever keeps or leads the plan and treats her has check-ins planned (R-152)."""
    job, at = system(System.JOB, holder_id=event.holder_id), clock.now()
    with acting_as(job):
        plan = PlanOfSafeCare.objects.filter(pk=event.plan_id, holder_id=event.holder_id, status__in=OPEN_STATES).first()
    if plan is None or plan.born_on is None:
        return
    for agency_id in {plan.holder_id, plan.lead_agency_id}:
        office = system(System.JOB, holder_id=agency_id)
        with acting_as(office):
            sees = can_see_plan(plan=plan, agency_id=agency_id, by=office, at=at)
            if sees and cares_for(by=office, identity_id=plan.identity_id):
                plan_check_ins(by=office, at=at, identity_id=plan.identity_id, born_on=plan.born_on)


def goals_of(*, viewer: Viewer, identity_id: UUID) -> list[GoalAsked]:
    """Her open goals as `viewer` reads them, for the provider to say whether treatment leaves room for them. One query."""
    rows = Goal.objects.seen_by(viewer).filter(identity_id=identity_id, state="OPEN")
    every = list(rows.order_by("-made_at", "pk")[:MOST_GOALS])
    replaced = {row.supersedes_id for row in every}
    return [
        GoalAsked(kind="PLAN", record=row, words=row.words, measured_by=row.measured_by, target_on=row.target_on)
        for row in every if row.pk not in replaced
    ]  # fmt: skip


def _is_treatment(code: str) -> bool:
    known = catalogue().needs.get(code)
    return known is not None and known.domain == "RECOVERY"


def _has_case(reader: Viewer, plan_id: UUID, *, sender: Agency | None) -> bool:
    if sender is not None and sender.kind == AgencyKind.CPS_AGENCY:
        return True
    seats = CareTeamMember.objects.seen_by(reader).filter(ends_at=None, plan_id=plan_id).values_list("agency_id", flat=True)
    return Agency.objects.filter(pk__in=[pk for pk in seats if pk], kind=AgencyKind.CPS_AGENCY).exists()
