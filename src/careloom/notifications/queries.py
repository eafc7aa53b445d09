"""Reads of notifications, and the kernel's answer for one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from careloom.infra.access import NotVisible, Viewer
from careloom.infra.packs import load_pack
from careloom.kernel.clocks import local_day
from careloom.kernel.notification import NotificationAnswer, decide
from careloom.notifications.facts import NotificationFacts, from_json, to_kernel
from careloom.notifications.models import Notification, ReceivedNotification

PAGE = 25


@dataclass(frozen=True, kw_only=True)
class NotificationPage:
    """A page of notifications, newest first."""

    rows: tuple[Notification, ...]
    page: int
    has_more: bool


def answer_for(*, facts: NotificationFacts, pack: str, identified_at: datetime) -> NotificationAnswer:
    """What the rules of a pack say of a birth (R-151). The pack's rules in force on the local day are used."""
    rules = load_pack(name=pack)
    table = rules.rules_on(day=local_day(at=identified_at, zone=rules.manifest.zone))
    if table is None:
        raise LookupError(f"The pack {pack} has no notification rules in force on this day. Add a rule version or choose another pack.")
    return decide(facts=to_kernel(facts), rules=table, identified_at=identified_at, calendar=rules.calendar)


def get_notification(*, viewer: Viewer, notification_id: UUID) -> Notification:
    """One notification of the viewer's agency. Raises NotVisible when it is hidden or absent."""
    row = Notification.objects.seen_by(viewer).filter(pk=notification_id).first()
    if row is None:
        raise NotVisible
    return row


def facts_of(row: Notification) -> NotificationFacts:
    """The twelve facts of a notification."""
    return from_json(row.facts)


def list_notifications(*, viewer: Viewer, page: int = 1, status: str | None = None) -> NotificationPage:
    """The agency's notifications on the viewer's caseload, newest first, 25 a page. One query."""
    rows = Notification.objects.seen_by(viewer).filter(holder_id=viewer.holder_id)
    if status:
        rows = rows.filter(status=status)
    start = (page - 1) * PAGE
    found = list(rows.order_by("-started_at")[start : start + PAGE + 1])
    return NotificationPage(rows=tuple(found[:PAGE]), page=page, has_more=len(found) > PAGE)


def received(*, viewer: Viewer, page: int = 1) -> list[ReceivedNotification]:
    """Identified notifications and reports that the viewer's agency received, newest first, 25 a page."""
    rows = ReceivedNotification.objects.seen_by(viewer).filter(holder_id=viewer.holder_id).order_by("-received_at")
    return list(rows[(page - 1) * PAGE : page * PAGE])
