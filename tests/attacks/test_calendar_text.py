"""Whatever is typed as a name, a place or a link: the calendar file stays one calendar with one event, and nobody writes a property into it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from icalendar import Calendar

from careloom.commons.presenters.calendar_file import calendar_file
from careloom.meetings.models import Meeting
from careloom.partnership.models import Body

AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
INJECTED = "ATTENDEE:mailto:a@practice.example"
BREAKS = {"cr": "\r", "lf": "\n", "crlf": "\r\n", "line": "\u2028", "paragraph": "\u2029", "next": "\x85", "tab": "\x0b", "feed": "\x0c"}


def a_meeting(words: str, *, link: str = "", state: str = "SCHEDULED") -> Meeting:
    body = Body(name=words, collaborative_id=uuid4())
    return Meeting(body=body, starts_at=AT, minutes=45, place=words, link=link, dial_in=words, state=state, row_version=3)


@pytest.mark.parametrize("kind", BREAKS)
def test_no_kind_of_line_break_opens_a_line_of_its_own(kind: str) -> None:
    words = f"Core body{BREAKS[kind]}{INJECTED}{BREAKS[kind]}END:VEVENT"
    file = calendar_file([a_meeting(words, link=f"https://meet.example/a{BREAKS[kind]}{INJECTED}")], name=words, at=AT)
    assert file.count(b"\r") == file.count(b"\n") == file.count(b"\r\n")
    unfolded = file.decode().replace("\r\n ", "")
    assert [line for line in unfolded.split("\r\n") if line.startswith(("ATTENDEE", "END:VEVENT"))] == ["END:VEVENT"]
    (event,) = Calendar.from_ical(file).walk("VEVENT")
    assert event.errors == []
    assert str(event["SUMMARY"]) == f"Core body\n{INJECTED}\nEND:VEVENT"
    assert "ATTENDEE" not in event


def test_marks_of_the_format_letters_and_controls_come_back_as_they_were() -> None:
    words = "Núcleo; bodies, and \\n slashes \U0001f642 " + "é" * 60
    file = calendar_file([a_meeting(words + "\x00\x1b", link="https://meet.example/?a=1;b=2,3", state="CANCELLED")], name="A", at=AT)
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    (event,) = Calendar.from_ical(file).walk("VEVENT")
    assert [str(event["SUMMARY"]), str(event["LOCATION"]), str(event["STATUS"]), int(event["SEQUENCE"])] == [words, words, "CANCELLED", 2]
    assert str(event["URL"]) == "https://meet.example/?a=1;b=2,3"
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=45)
    assert event["DTSTART"].dt == AT
