"""Reads of appointments."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from careloom.infra.access import Viewer
from careloom.infra.access.models import Caseload
from careloom.messages.models import Appointment


def appointments_of(*, viewer: Viewer, identity_ids: Iterable[UUID], since: datetime, most: int = 20) -> list[Appointment]:
    """Appointments of these people from an instant on, soonest first. One query."""
    rows = Appointment.objects.seen_by(viewer).filter(identity_id__in=set(identity_ids), starts_at__gte=since)
    return list(rows.exclude(state="CANCELLED").order_by("starts_at")[:most])


def kept_visits(*, viewer: Viewer, identity_ids: Iterable[UUID], since: datetime, until: datetime, most: int = 60) -> list[Appointment]:
    """Visits that were kept between two instants. One query."""
    rows = Appointment.objects.seen_by(viewer).filter(identity_id__in=set(identity_ids), state="KEPT", starts_at__gte=since, starts_at__lt=until)
    return list(rows.order_by("starts_at")[:most])


def clashing(rows: Iterable[Appointment]) -> frozenset[UUID]:
    """Those of planned appointments that fall on the time of another; one without an end lasts an hour. Source: R-123."""
    hour, planned = timedelta(hours=1), sorted((row for row in rows if row.state == "PLANNED"), key=lambda row: row.starts_at)
    found: set[UUID] = set()
    for place, one in enumerate(planned):
        until = one.ends_at or one.starts_at + hour
        together = [two.pk for two in planned[place + 1 :] if two.starts_at < until]
        found |= {one.pk, *together} if together else set()
    return frozenset(found)


def day_of(*, viewer: Viewer, starts_at: datetime, ends_at: datetime, most: int = 12) -> list[Appointment]:
    """What the viewer's agency has planned between two instants, in order; a worker's day starts from her caseload. One query."""
    rows = Appointment.objects.seen_by(viewer).filter(holder_id=viewer.holder_id, starts_at__gte=starts_at, starts_at__lt=ends_at)
    if not viewer.whole_agency:
        mine = Caseload.objects.filter(holder_id=viewer.holder_id, worker_id=viewer.worker_id, ends_at__gt=starts_at)
        rows = rows.filter(identity_id__in=mine.values("identity_id"))
    return list(rows.exclude(state="CANCELLED").order_by("starts_at")[:most])


def ahead_of(*, viewer: Viewer, since: datetime, until: datetime, most: int = 200) -> list[Appointment]:
    """What the viewer's own calendar holds between two instants, soonest first: a worker's families, whichever agency planned it. One query."""
    mine = Caseload.objects.filter(holder_id=viewer.holder_id, worker_id=viewer.worker_id, ends_at__gt=since, starts_at__lte=until)
    rows = Appointment.objects.seen_by(viewer).filter(identity_id__in=mine.values("identity_id"), starts_at__gte=since, starts_at__lt=until)
    return list(rows.exclude(state__in=["CANCELLED", "MOVED"]).order_by("starts_at", "id")[:most])
