"""Tells the counts that a plan or a referral now exists (42 U.S.C. 5106a(d)(18)(B), (C)).

Runs as the matching role, because only it may see that a family's notification, plan and referrals belong together; what it finds leaves as two
yes-or-no answers, sealed for a hospital that may know of the plan.
"""

from __future__ import annotations

from uuid import UUID

from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.kernel.events import ConsentChanged, NotificationSent, PlanCountsChanged
from careloom.notifications.actions import refresh_counts
from careloom.plans.models import PlanOfSafeCare, Referral

# A referral counts from the day it was sent, whatever became of it.
NOT_SENT = ["DRAFT"]


def counts_changed(event: PlanCountsChanged | NotificationSent | ConsentChanged) -> None:
    """A plan or referral changed, a birth was notified, or somebody may now know of a plan: count the family again. Safe to repeat."""
    recount(identity_id=event.identity_id)


def recount(*, identity_id: UUID) -> int:
    """Work out what a family counts for now, and seal it for each hospital that notified it and may know. Returns the receipts touched."""
    with acting_as(system(System.MATCHING)):
        # A plan counts once she agreed to it, and goes on counting when it is closed.
        plans = list(PlanOfSafeCare.objects.filter(identity_id=identity_id, agreed_at__isnull=False))
        referred = set(Referral.objects.filter(plan_id__in=[p.pk for p in plans]).exclude(state__in=NOT_SENT).values_list("plan_id", flat=True))
    keepers = {plan.holder_id: any(p.pk in referred for p in plans if p.holder_id == plan.holder_id) for plan in plans}
    return sum(
        refresh_counts(plan_holder_id=keeper, identity_id=identity_id, has_plan=True, has_referral=has_referral, at=clock.now())
        for keeper, has_referral in keepers.items()
    )
