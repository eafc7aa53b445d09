"""What a system may be told of: each event with the type of the resource that changed, and the outbox's events that say so."""

from __future__ import annotations

from typing import Final

from careloom.fhir.hooks.models import Hook, Signal
from careloom.infra import clock
from careloom.kernel.events import ConsentChanged, Event, PlanClosed, PlanCountsChanged, PlanReviewed, ReferralMoved

EVENTS: Final = {"referral.changed": "Task", "plan.changed": "CarePlan", "consent.changed": "Consent"}
"""The events, each with the type of resource that it names."""
HEARD: Final[dict[type[Event], tuple[str, str]]] = {
    ReferralMoved: ("referral.changed", "referral_id"),
    PlanReviewed: ("plan.changed", "plan_id"),
    PlanClosed: ("plan.changed", "plan_id"),
    PlanCountsChanged: ("plan.changed", "plan_id"),
    ConsentChanged: ("consent.changed", "consent_id"),
}


def hear(event: Event) -> None:
    """Note that something changed, where anybody asked to be told of such. Who may know is asked when it is told, and not here."""
    name, field = HEARD[type(event)]
    if Hook.objects.filter(ended_at=None, events__contains=[name]).exists():
        Signal.objects.create(event=name, resource_id=getattr(event, field), at=clock.now())
