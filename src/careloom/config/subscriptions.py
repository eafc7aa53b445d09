"""Who listens to which event, and who is told of a new segment. The one place where the floors are joined upwards."""

from __future__ import annotations

from careloom.consents.materialise import materialise
from careloom.consents.preview import on_preview
from careloom.health import previewing as health
from careloom.infra import clock
from careloom.infra.access import segments
from careloom.infra.events.outbox import subscribe
from careloom.kernel.events import ConsentChanged, NotificationSent, PlanCountsChanged
from careloom.notifications.actions import deliver_identified
from careloom.plans.counting import counts_changed
from careloom.plans.queries import preview as plans
from careloom.plans.referrals.tasks import consent_changed


def join() -> None:
    """Join events to handlers; done once when the process starts."""
    segments.on_new_segment(materialise)
    on_preview(plans.preview_rows)
    on_preview(health.preview_rows)
    subscribe(NotificationSent, hand_to_child_welfare)
    subscribe(ConsentChanged, consent_changed)
    for event in (PlanCountsChanged, NotificationSent, ConsentChanged):
        subscribe(event, counts_changed)


def hand_to_child_welfare(event: NotificationSent) -> None:
    """An identified notification or a report goes to the agency that must act on it, if the law lets it have it."""
    deliver_identified(notification_id=event.notification_id, holder_id=event.holder_id, at=clock.now())
