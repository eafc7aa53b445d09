"""What following does by itself in a day: no open plan without an owner and a next date stays unseen. Safe to repeat.

# INVARIANT: nothing here tells child welfare anything, and nothing here closes a plan (plan-content 2.7).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from careloom.agencies.models import Agency, Membership
from careloom.agencies.officers import boss_of
from careloom.following.actions.attempts import ask_to_reach_out
from careloom.following.actions.barriers import mix
from careloom.following.line import Place, gaps_of, place_of
from careloom.following.models import Attempt
from careloom.infra.access import System, Viewer, acting_as, system
from careloom.kernel.clocks import local_day, next_midnight
from careloom.plans.merging import needs_now
from careloom.plans.models import OPEN_STATES, Need, NeedStep, PlanOfSafeCare, Referral
from careloom.work.actions import meet_obligation, open_obligation
from careloom.work.models import Obligation

KIND = "FAMILY_WITHOUT_NEXT"
A_TIME = 100


def run(*, at: datetime) -> dict[str, int]:
    """Look at every open plan of every agency; how many lacked an owner or a next date, and whose lead was asked to reach out."""
    counts = {"gaps": 0, "unreached": 0}
    for agency_id in Agency.objects.filter(active=True).order_by("pk").values_list("pk", flat=True):
        job, last = system(System.JOB, holder_id=agency_id), UUID(int=0)
        while True:
            with transaction.atomic(), acting_as(job):
                open_plans = PlanOfSafeCare.objects.filter(holder_id=agency_id, status__in=OPEN_STATES, pk__gt=last)
                plans = list(open_plans.order_by("pk")[:A_TIME])
                counts["gaps"] += _look(plans, by=job, at=at)
                counts["unreached"] += _ask(plans, by=job, at=at)
            if len(plans) < A_TIME:
                break
            last = plans[-1].pk
    with transaction.atomic():
        mix()
    return counts


def gaps_by_plan(plans: Sequence[PlanOfSafeCare], *, at: datetime) -> dict[UUID, tuple[str, ...]]:
    """What each of these plans lacks, as their keeper's job reads them; the four queries are the same for one plan and for a hundred."""
    ids = [plan.pk for plan in plans]
    today = local_day(at=at, zone=settings.TIME_ZONE)
    steps = list(NeedStep.objects.filter(plan_id__in=ids))
    referrals: dict[UUID, list[Referral]] = defaultdict(list)
    for row in Referral.objects.filter(plan_id__in=ids).order_by("made_at", "id"):
        referrals[row.need_id].append(row)
    live = Membership.objects.filter(agency_id__in={a for p in plans for a in (p.holder_id, p.lead_agency_id)}, starts_at__lte=at, ends_at__gt=at)
    works = set(live.values_list("agency_id", "worker_id"))
    plan_of = {plan.pk: plan for plan in plans}
    places: dict[UUID, list[Place]] = defaultdict(list)
    for need in needs_now(Need.objects.filter(plan_id__in=ids), steps):
        plan = plan_of[need.row.plan_id]
        owners = frozenset(worker for agency, worker in works if agency == need.row.holder_id)
        lead = plan.lead_worker_id if (plan.lead_agency_id, plan.lead_worker_id) in works else None
        place = place_of(need, referrals=referrals[need.id], lead_id=lead, workers=owners, next_review_on=plan.next_review_on, at=at, today=today)
        places[plan.pk].append(place)
    return {
        plan.pk: gaps_of(
            places[plan.pk], has_lead=(plan.lead_agency_id, plan.lead_worker_id) in works, next_review_on=plan.next_review_on,
        )
        for plan in plans
    }  # fmt: skip


def _look(plans: Sequence[PlanOfSafeCare], *, by: Viewer, at: datetime) -> int:
    found = gaps_by_plan(plans, at=at)
    today = local_day(at=at, zone=settings.TIME_ZONE)
    open_rows = Obligation.objects.filter(holder_id=by.holder_id, kind=KIND, met_at=None, about_id__in=[plan.pk for plan in plans])
    asked = set(open_rows.values_list("about_id", flat=True))
    for plan in plans:
        if not found[plan.pk]:
            if plan.pk in asked:
                meet_obligation(by=by, at=at, about_id=plan.pk, kind=KIND)
            continue
        key = f"no-next:{plan.pk}:{today}" if _met_before(plan, by=by) else f"no-next:{plan.pk}"
        # Kept by who keeps the plan, because the agency that leads it may be the one that has nobody left.
        open_obligation(
            by=by, at=at, holder_id=plan.holder_id, kind=KIND, family_id=plan.identity_id, identity_id=plan.identity_id, request_key=key,
            link=reverse("following:plan", args=[plan.pk]), worker_id=boss_of(agency_id=plan.holder_id, worker_id=plan.lead_worker_id, at=at),
            due_at=next_midnight(day=today, zone=settings.TIME_ZONE), about_id=plan.pk, about_kind="PLAN", facts={"lacks": list(found[plan.pk])},
        )  # fmt: skip
    return sum(bool(lacks) for lacks in found.values())


def _met_before(plan: PlanOfSafeCare, *, by: Viewer) -> bool:
    """Whether it was asked and met once: then a new day asks anew, unless it is asked already."""
    rows = Obligation.objects.filter(holder_id=by.holder_id, about_id=plan.pk, kind=KIND)
    return rows.exists() and not rows.filter(met_at=None).exists()


def _ask(plans: Sequence[PlanOfSafeCare], *, by: Viewer, at: datetime) -> int:
    tried = set(Attempt.objects.filter(plan_id__in=[plan.pk for plan in plans]).values_list("plan_id", flat=True))
    return sum(ask_to_reach_out(plan, by=by, at=at) for plan in plans if plan.pk in tried)
