"""A calendar as iCalendar text (RFC 5545) that holds no word about a family: when, how long, and "Visit" or "Meeting".

INVARIANT: no name, no place, no title and no id of ours leaves. A phone shows a calendar on its locked screen, and a calendar program sends it on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.utils import translation
from icalendar import Calendar, Event

from careloom.agencies.models import Membership
from careloom.agencies.queries import viewer_of
from careloom.infra.access import NotVisible, PrincipalKind, System, Viewer, acting_as, system
from careloom.infra.access.accounting import account
from careloom.messages import words
from careloom.messages.actions.feeds import digest
from careloom.messages.models import Appointment, CalendarFeed
from careloom.messages.queries import ahead_of, appointments_of
from careloom.people.models import PersonPrincipal

BACK, AHEAD = timedelta(days=7), timedelta(days=120)
AN_HOUR = timedelta(hours=1)


def read_feed(*, secret: str, at: datetime) -> bytes:
    """The calendar behind a secret address, as its owner may read it now. Raises NotVisible for an address that is unknown or ended.

    What she no longer shares, and what a worker no longer works with, is gone at the next reading.
    """
    finder = system(System.SIGN_IN)
    with acting_as(finder):
        feed = CalendarFeed.objects.filter(secret_hash=digest(secret), ended_at=None).first()
        if feed is None:
            raise NotVisible
        CalendarFeed.objects.filter(pk=feed.pk).update(read_at=at)
        owner = PersonPrincipal.objects.filter(pk=feed.principal_id, ended_at=None).first() if feed.worker_id is None else None
    viewer = _worker(feed, at=at) if feed.worker_id else _her(owner)
    if viewer is None:
        raise NotVisible
    with acting_as(viewer):
        if owner is not None:
            rows = appointments_of(viewer=viewer, identity_ids=owner.subject_ids, since=at - BACK, most=200)
            rows = [row for row in rows if row.state == "PLANNED" and not row.category.startswith("dv.")]
        else:
            rows = ahead_of(viewer=viewer, since=at - BACK, until=at + AHEAD)
        account(viewer=viewer, place="messages:feed", rows=rows, at=at)
    with translation.override(feed.language):
        return calendar_of(rows, at=at, salt=feed.secret_hash)


def _worker(feed: CalendarFeed, *, at: datetime) -> Viewer | None:
    live = Membership.objects.filter(worker_id=feed.worker_id, agency_id=feed.principal_id, starts_at__lte=at, ends_at__gt=at)
    member = live.select_related("agency", "worker__user").first()
    if member is None or not member.worker.user.is_active:
        return None
    viewer = viewer_of(member)
    return viewer if viewer.can("FAMILY_READ") else None


def _her(owner: PersonPrincipal | None) -> Viewer | None:
    if owner is None or owner.kind != "SELF":
        return None
    return Viewer(principal_id=owner.pk, kind=PrincipalKind.PERSON, purpose="patient_access", holder_id=owner.pk, whole_agency=True)


def calendar_of(rows: Iterable[Appointment], *, at: datetime, salt: str) -> bytes:
    """The appointments as a calendar. An event's id is made of the row's and the address's secret, so that two calendars cannot be compared."""
    calendar = Calendar()
    calendar.add("prodid", "-//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("refresh-interval", timedelta(hours=4), parameters={"VALUE": "DURATION"})
    for row in rows:
        event = Event()
        event.add("uid", hashlib.sha256(f"{salt}{row.pk}".encode()).hexdigest()[:32])
        event.add("dtstamp", at.astimezone(UTC))
        event.add("dtstart", row.starts_at.astimezone(UTC))
        event.add("dtend", (row.ends_at or row.starts_at + AN_HOUR).astimezone(UTC))
        event.add("summary", str(words.CALENDAR.get(row.kind, words.CALENDAR_OTHER)))
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
