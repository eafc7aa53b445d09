"""Closes a plan with its checklist, and opens it again within a year. Source: plan-content 2.7, workflows 6.2, J2.13."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from careloom.agencies.roles import Role
from careloom.consents.actions import end_with_plan
from careloom.infra.access import Viewer
from careloom.infra.access.scope import acting_as
from careloom.infra.events.outbox import publish
from careloom.kernel.events import PlanClosed, PlanCountsChanged
from careloom.kernel.plan import ClosingFacts, ContactTries, NeedFact, PlanState, unmet_items
from careloom.plans import schedule
from careloom.plans.actions.keeping import CORE, change_plan, find_plan, keeper_of, leads, may_write, note, open_plan, take_turn
from careloom.plans.actions.papers import stop
from careloom.plans.actions.results import NotReady, Reason, Refused, refused
from careloom.plans.actions.scheduling import call_off, open_reviews, put_review, put_schedule, set_next
from careloom.plans.actions.versions import make_version
from careloom.plans.merging import needs_now
from careloom.plans.models import OPEN_STATES, ContactTry, Need, NeedStep, PlanInfant, PlanOfSafeCare


@dataclass(frozen=True, kw_only=True)
class CloseProposed:
    """The plan is proposed for closing; `unmet` are the checklist codes that still stand in the way."""

    plan: PlanOfSafeCare
    unmet: tuple[str, ...]


@transaction.atomic
def propose_close(*, by: Viewer, at: datetime, plan_id: UUID, reason: str, confirmed: tuple[str, ...] = ()) -> CloseProposed | Refused:
    """Propose to close, with a coded reason of the pack and the checklist items that the lead stands for. Nothing ends yet."""
    plan = open_plan(by=by, at=at, plan_id=plan_id, lead=True)
    if isinstance(plan, Refused):
        return plan
    if reason not in _codes(plan):
        return refused(Reason.UNKNOWN_CODE)
    change_plan(plan=plan, by=by, status=PlanState.CLOSE_PROPOSED.value, closed_because=reason, close_confirmed=sorted(set(confirmed)))
    note("close_proposed", by=by, at=at, plan=plan, reason=reason)
    return CloseProposed(plan=plan, unmet=unmet_for_close(by=by, at=at, plan=plan, reason=reason, confirmed=confirmed))


@transaction.atomic
def keep_open(*, by: Viewer, at: datetime, plan_id: UUID) -> PlanOfSafeCare | Refused:
    """Take a proposal to close back: the plan goes on."""
    plan = open_plan(by=by, at=at, plan_id=plan_id, lead=True)
    if isinstance(plan, Refused):
        return plan
    if plan.status == PlanState.CLOSE_PROPOSED:
        change_plan(plan=plan, by=by, status=PlanState.ACTIVE.value, closed_because="", close_confirmed=[])
        note("kept_open", by=by, at=at, plan=plan)
    return plan


@transaction.atomic
def close_plan(
    *, by: Viewer, at: datetime, plan_id: UUID, reason: str, confirmed: tuple[str, ...] = (), override: str = ""
) -> PlanOfSafeCare | NotReady | Refused:
    """Close the plan. With unmet items of the checklist it answers `NotReady`, unless `override` says why it closes all the same.

    Where the jurisdiction asks for approval a supervisor closes. A last version is kept; infants are free for another plan; reviews, offers,
    what was owed, and the consents that she let end with the plan, end. Closing again answers with the closed plan. Disengagement is never
    a report (plan-content 2.7).
    """
    plan = find_plan(by=by, plan_id=plan_id)
    if plan.status == PlanState.CLOSED and may_write(by):
        return plan
    found = open_plan(by=by, at=at, plan_id=plan_id, lead=True)
    if isinstance(found, Refused):
        return found
    plan = found
    if reason not in _codes(plan):
        return refused(Reason.UNKNOWN_CODE)
    if schedule.pack_of(plan).plan.approval_needed and Role.SUPERVISOR.value not in by.roles:
        return refused(Reason.SUPERVISOR_NEEDED)
    unmet = unmet_for_close(by=by, at=at, plan=plan, reason=reason, confirmed=confirmed)
    if unmet and not override.strip():
        return NotReady(unmet=unmet)
    stop(by=by, at=at, plan=plan)
    make_version(by=by, at=at, plan=plan, why="CLOSED")
    change_plan(
        plan=plan, by=by, status=PlanState.CLOSED.value, closed_at=at, closed_because=reason, next_review_on=None,
        close_confirmed=sorted(set(confirmed)), close_override=override.strip(),
    )  # fmt: skip
    note("closed", by=by, at=at, plan=plan, reason=reason, unmet=list(unmet))
    publish(PlanClosed(plan_id=plan.pk, holder_id=plan.holder_id, identity_id=plan.identity_id, reason=reason), at=at)
    # Last: what she let end with the plan may be what showed it to the one who closes it (42 CFR 2.31(a)(7)).
    end_with_plan(by=by, at=at, identity_id=plan.identity_id, on=schedule.today_of(plan=plan, at=at))
    publish(PlanCountsChanged(plan_id=plan.pk, holder_id=plan.holder_id, identity_id=plan.identity_id), at=at)
    return plan


@transaction.atomic
def reopen_plan(*, by: Viewer, at: datetime, plan_id: UUID) -> PlanOfSafeCare | Refused:
    """Open a closed plan again under its own id, within the pack's time (12 months), with its infants and a review soon."""
    plan = find_plan(by=by, plan_id=plan_id)
    if not may_write(by):
        return refused(Reason.NOT_ALLOWED)
    if not leads(by=by, plan=plan):
        return refused(Reason.NOT_LEAD)
    take_turn(plan_id)
    plan.refresh_from_db()
    if plan.status in OPEN_STATES:
        return plan
    until = schedule.reopen_until(plan)
    if plan.status != PlanState.CLOSED or until is None:
        return refused(Reason.NOT_CLOSED)
    if at >= until:
        return refused(Reason.TOO_LATE)
    if _another_is_open(by=by, plan=plan):
        return refused(Reason.HAS_PLAN)
    status = PlanState.ACTIVE if plan.agreed_at else PlanState.DRAFT
    closed_at = plan.closed_at
    change_plan(plan=plan, by=by, status=status.value, closed_at=None, closed_because="", close_confirmed=[], close_override="")
    _infants_again(by=by, at=at, plan=plan, closed_at=closed_at)
    _look_again(by=by, at=at, plan=plan)
    make_version(by=by, at=at, plan=plan, why="REOPENED")
    note("reopened", by=by, at=at, plan=plan)
    publish(PlanCountsChanged(plan_id=plan.pk, holder_id=plan.holder_id, identity_id=plan.identity_id), at=at)
    return plan


def unmet_for_close(*, by: Viewer, at: datetime, plan: PlanOfSafeCare, reason: str, confirmed: tuple[str, ...]) -> tuple[str, ...]:
    """The checklist codes that are not met, as `by` and the plan's holder know the plan."""
    pack = schedule.pack_of(plan)
    needs: dict[UUID, Need] = {}
    steps: dict[UUID, NeedStep] = {}
    for viewer in (by, keeper_of(plan=plan, by=by)):
        with acting_as(viewer):
            needs |= {row.pk: row for row in Need.objects.filter(plan_id=plan.pk)}
            steps |= {row.pk: row for row in NeedStep.objects.filter(plan_id=plan.pk)}
    facts = ClosingFacts(
        reason=reason,
        needs=tuple(NeedFact(choice=n.choice, result=n.result, reason=n.result_reason) for n in needs_now(needs.values(), steps.values())),
        follow_until=plan.follow_until,
        as_of=schedule.today_of(plan=plan, at=at),
        confirmed=frozenset(confirmed),
        tries=_tries(plan=plan),
    )
    return unmet_items(checklist=[item.code for item in pack.closing.checklist], facts=facts)


def _codes(plan: PlanOfSafeCare) -> set[str]:
    return {reason.code for reason in schedule.pack_of(plan).closing.reasons}


def _tries(*, plan: PlanOfSafeCare) -> ContactTries:
    closing = schedule.pack_of(plan).closing
    since = []
    for row in ContactTry.objects.filter(plan_id=plan.pk).order_by("at"):
        since = [] if row.reached else [*since, row]
    return ContactTries(
        days=tuple(schedule.today_of(plan=plan, at=row.at) for row in since),
        ways=len({row.how for row in since}),
        needed=closing.lost_contact_tries,
        over_days=closing.lost_contact_days,
    )


def _another_is_open(*, by: Viewer, plan: PlanOfSafeCare) -> bool:
    same = {"holder_id": plan.holder_id, "pregnancy_id": plan.pregnancy_id, "status__in": OPEN_STATES}
    with acting_as(keeper_of(plan=plan, by=by)):
        return PlanOfSafeCare.objects.filter(**same).exclude(pk=plan.pk).exists()


def _infants_again(*, by: Viewer, at: datetime, plan: PlanOfSafeCare, closed_at: datetime | None) -> None:
    with acting_as(keeper_of(plan=plan, by=by)):
        mine = PlanInfant.objects.filter(plan_id=plan.pk, holder_id=plan.holder_id, ended_at=closed_at)
        elsewhere = PlanInfant.objects.filter(holder_id=plan.holder_id, ended_at=None).exclude(plan_id=plan.pk)
        free = mine.exclude(identity_id__in=list(elsewhere.values_list("identity_id", flat=True)))
        free.update(ended_at=None, changed_at=at)


def _look_again(*, by: Viewer, at: datetime, plan: PlanOfSafeCare) -> None:
    today = schedule.today_of(plan=plan, at=at)
    put_schedule(by=by, at=at, plan=plan)
    call_off(by=by, at=at, plan=plan, reviews=[row for row in open_reviews(by=by, plan=plan) if row.due_on <= today])
    soon = today + timedelta(days=schedule.pack_of(plan).plan.reviews.days[0])
    put_review(by=by, at=at, plan=plan, kind="REVIEW", due_on=soon, why="REOPENED", category=CORE)
    set_next(by=by, at=at, plan=plan, follow_until=max(schedule.follow_until(plan), soon))
