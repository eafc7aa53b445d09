"""Bodies of the periodic jobs of plans. Each runs as System.JOB, one agency after the other; config/jobs.py says when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from careloom.agencies.models import Agency, Membership
from careloom.infra.access import System, Viewer, acting_as, system
from careloom.kernel.clocks import escalation_step, local_day
from careloom.plans import schedule
from careloom.plans.actions import owed
from careloom.plans.actions.leading import settle
from careloom.plans.actions.scheduling import open_reviews
from careloom.plans.models import OPEN_STATES, LeadTransfer, OverdueReviewCount, PlanOfSafeCare

A_TIME = 100


def escalate_overdue_reviews(*, at: datetime) -> int:
    """Late reviews rise: the lead at once, her supervisor after 3 business days, a number for the partnership after 10.

    The days are the pack's (workflows 6.2). Returns how many plans are late. Running it twice on a day changes nothing.
    """
    today, late, counted = local_day(at=at, zone=settings.TIME_ZONE), 0, []
    for agency_id in _agencies():
        told = [step for batch in _batches(agency_id, at=at) for step in batch]
        late += sum(bool(step) for step in told)
        counted.append(OverdueReviewCount(agency_id=agency_id, on=today, count=told.count("PARTNERSHIP")))
    OverdueReviewCount.objects.bulk_create(counted, update_conflicts=True, unique_fields=["agency_id", "on"], update_fields=["count"])
    return late


def bounce_silent_offers(*, at: datetime) -> int:
    """An offer to lead that nobody answered in time lapses: the old lead stays and hears of it. Returns how many lapsed."""
    return sum(_silent_of(agency_id, at=at) for agency_id in _agencies())


def run(*, at: datetime) -> dict[str, int]:
    """Everything that plans does by itself in a day."""
    return {"late_reviews": escalate_overdue_reviews(at=at), "silent_offers": bounce_silent_offers(at=at)}


def _agencies() -> list[UUID]:
    return list(Agency.objects.filter(active=True).order_by("pk").values_list("pk", flat=True))


def _batches(agency_id: UUID, *, at: datetime) -> Iterator[list[str]]:
    """Raise what is late, some plans at a time and each time in a transaction: whom it tells of each plan, "" for those that are not late yet.

    A large agency then holds no long lock, fills no memory, and loses little when the job is stopped.
    """
    job = system(System.JOB, holder_id=agency_id)
    last: tuple[date, UUID] | None = None
    while True:
        with transaction.atomic(), acting_as(job):
            # A day is added to the bound for zones ahead of UTC; the step itself is decided on the plan's own legal day.
            due = PlanOfSafeCare.objects.filter(holder_id=agency_id, status__in=OPEN_STATES, next_review_on__lte=at.date())
            if last is not None:
                due = due.filter(Q(next_review_on__gt=last[0]) | Q(next_review_on=last[0], pk__gt=last[1]))
            plans = list(due.order_by("next_review_on", "pk")[:A_TIME])
            told = [_rise(plan, by=job, at=at) for plan in plans]
        yield told
        if len(plans) < A_TIME:
            return
        last = (plans[-1].next_review_on or at.date(), plans[-1].pk)


def _step(plan: PlanOfSafeCare, *, at: datetime) -> str:
    pack = schedule.pack_of(plan)
    if plan.next_review_on is None:
        return ""
    step = escalation_step(due=plan.next_review_on, as_of=schedule.today_of(plan=plan, at=at), steps=pack.overdue_review, calendar=pack.calendar)
    return step.tell if step else ""


def _rise(plan: PlanOfSafeCare, *, by: Viewer, at: datetime) -> str:
    told = _step(plan, at=at)
    if not told:
        return ""
    review = next((row for row in open_reviews(by=by, plan=plan) if row.due_on == plan.next_review_on), None)
    if review is not None:
        owed.owe_review(by=by, at=at, plan=plan, review=review)
    if told in {"SUPERVISOR", "PARTNERSHIP"}:
        owed.owe_late_review(by=by, at=at, plan=plan, supervisor_id=_supervisor(plan, at=at))
    return told


def _supervisor(plan: PlanOfSafeCare, *, at: datetime) -> UUID | None:
    lead = Membership.objects.filter(agency_id=plan.lead_agency_id, worker_id=plan.lead_worker_id, starts_at__lte=at, ends_at__gt=at)
    return lead.values_list("supervisor_id", flat=True).first()


def _silent_of(agency_id: UUID, *, at: datetime) -> int:
    job = system(System.JOB, holder_id=agency_id)
    lapsed = 0
    while True:
        with transaction.atomic(), acting_as(job):
            silent = list(LeadTransfer.objects.filter(holder_id=agency_id, answer="", answer_due_at__lte=at).order_by("pk")[:A_TIME])
            plans = {plan.pk: plan for plan in PlanOfSafeCare.objects.filter(pk__in=[row.plan_id for row in silent])}
            for row in silent:
                settle(by=job, at=at, plan=plans[row.plan_id], transfer=row, answer="SILENT", reason="")
        lapsed += len(silent)
        if len(silent) < A_TIME:
            return lapsed
