"""Meetings of a body as a file for a calendar program (iCalendar, RFC 5545)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, vText

from careloom.meetings.models import Meeting

# RFC 5545, 3.3.11: a text holds no control character. A line break of any system becomes the one that the format writes as \\n.
BREAKS = re.compile("\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


def calendar_file(meetings: Iterable[Meeting], *, name: str, at: datetime) -> bytes:
    """Meetings as iCalendar. What it tells: the body, the time in UTC, the place, the link; no point of an agenda, and nobody's name."""
    calendar = Calendar()
    calendar.add("prodid", "-//Careloom//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(one_text(name)))
    for row in meetings:
        calendar.add_component(_event(row, at=at))
    return bytes(calendar.to_ical())


def _event(row: Meeting, *, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{row.pk}@careloom")
    event.add("dtstamp", at.astimezone(UTC))
    event.add("sequence", row.row_version - 1)
    event.add("dtstart", row.starts_at.astimezone(UTC))
    event.add("dtend", row.starts_at.astimezone(UTC) + timedelta(minutes=row.minutes))
    event.add("summary", one_text(row.body.name))
    event.add("status", "CANCELLED" if row.state == "CANCELLED" else "CONFIRMED")
    if row.place or row.link:
        event.add("location", one_text(row.place or row.link))
    if row.link or row.dial_in:
        event.add("description", one_text(", ".join(part for part in (row.link, row.dial_in) if part)))
    if row.link:
        event.add("url", CONTROLS.sub("", BREAKS.sub("", row.link)))
    return event


def one_text(words: str) -> str:
    """Words as a property of the format may hold them: every kind of line break as one, no other control character."""
    return CONTROLS.sub("", BREAKS.sub("\n", words))
