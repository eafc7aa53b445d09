"""What the viewer's own agency, or she herself, keeps about reaching her; what a program does; and a calendar's address."""

from __future__ import annotations

from uuid import UUID

from careloom.infra.access import Viewer, require
from careloom.messages.models import CalendarFeed, SafeContact, SafetyPolicy, UnsafeContact


def own_rules(*, viewer: Viewer, identity_id: UUID) -> tuple[SafeContact | None, UnsafeContact | None]:
    """The rows that `viewer` keeps and may change. Two queries. How to reach her is asked of `messages.contact`, never of these."""
    rules = SafeContact.objects.seen_by(viewer).filter(holder_id=viewer.holder_id, identity_id=identity_id).first()
    danger = UnsafeContact.objects.seen_by(viewer).filter(holder_id=viewer.holder_id, identity_id=identity_id, lifted_at=None).first()
    return rules, danger


def policy_of(*, agency_id: UUID) -> SafetyPolicy | None:
    """What an agency does when a family may be in danger. One query."""
    return SafetyPolicy.objects.filter(agency_id=agency_id).first()


def live_feed(*, viewer: Viewer) -> CalendarFeed | None:
    """The calendar address of `viewer`, without its secret. One query."""
    require(viewer)
    return CalendarFeed.objects.filter(principal_id=viewer.principal_id, worker_id=viewer.worker_id, ended_at=None).first()
