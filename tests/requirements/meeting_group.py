"""A collaborative with one body, a hospital and a court in it, driven from its screens."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.test import Client
from tests.requirements.conftest import text_of as source_of
from tests.requirements.test_structure_rows import a_body, a_partner, a_seat, begun, day, send

from careloom.infra import clock
from careloom.meetings.models import AgendaItem, Meeting, Series
from careloom.partnership.models import Body, Seat

WHERE = {"minutes": "60", "mode": "HYBRID", "place": "Room 4", "link": "https://video.example/pine", "dial_in": "555-0180, 7734"}


def text_of(answer: Any) -> str:
    """The words of a page without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", source_of(answer)).split())


class Group:
    """A work group of two partners with two seats and a charter."""

    def __init__(self, browser: Client, *, tier: str = "CORE", rule: str = "RESERVATIONS", quorum: int = 2) -> None:
        self.browser, self.rooms = browser, begun(browser)
        self.hospital = a_partner(browser, self.rooms, f"Hospital {uuid4()}", "HOSPITALS")
        self.court = a_partner(browser, self.rooms, f"Court {uuid4()}", "COURTS")
        self.body: Body = a_body(browser, self.rooms, f"Body {uuid4()}", tier, quorum=str(quorum))
        self.ada: Seat = a_seat(browser, self.rooms, self.body, f"Ada {uuid4()}", self.hospital)
        self.bo: Seat = a_seat(browser, self.rooms, self.body, f"Bo {uuid4()}", self.court)
        send(browser, f"{self.rooms}bodies/{self.body.pk}/charter/", processes="Monthly.", roles="The hub writes.", rule=rule, **day("adopted_on"))
        self.meetings = f"{self.rooms}bodies/{self.body.pk}/meetings/"

    def series(self, **more: object) -> Series:
        told = {"week": "2", "weekday": "1", "hour": "14:00", "every_months": "1", **WHERE, "starts_on": clock.today().isoformat()}
        send(self.browser, f"{self.meetings}series/", **(told | {"rotation": [str(self.ada.pk), str(self.bo.pk)]} | more))
        return Series.objects.get(body=self.body)

    def a_meeting(self, *, hours: int = 1) -> Meeting:
        at = (clock.now() + timedelta(hours=hours)).astimezone(ZoneInfo(settings.TIME_ZONE))
        on = {"on": at.date().isoformat(), "hour": at.strftime("%H:%M")}
        place = send(self.browser, f"{self.meetings}new/", **on, **WHERE)
        return Meeting.objects.get(pk=place.rstrip("/").rsplit("/", 1)[1])

    def at(self, meeting: Meeting) -> str:
        return f"{self.rooms}meetings/{meeting.pk}/"

    def step(self, meeting: Meeting, does: str, **more: object) -> Meeting:
        answer = self.browser.post(f"{self.at(meeting)}step/", {"does": does, **more})
        assert answer.status_code == 302
        meeting.refresh_from_db()
        return meeting

    def agenda(self, meeting: Meeting, words: str = "They wait less.") -> Meeting:
        """Build the agenda, say of every point what it changes for families, and publish it."""
        self.step(meeting, "build")
        self.said(meeting, words)
        return self.step(meeting, "publish")

    def said(self, meeting: Meeting, words: str) -> None:
        told: dict[str, object] = {}
        for n, item in enumerate(AgendaItem.objects.filter(meeting=meeting, taken_off=False).order_by("place")):
            told |= {
                f"item_{n}": item.pk, f"version_{n}": item.row_version, f"families_{n}": words, f"who_{n}": "", f"minutes_{n}": "5",
                f"place_{n}": n + 1,
            }  # fmt: skip
        send(self.browser, f"{self.at(meeting)}agenda/", **told)

    def running(self) -> Meeting:
        meeting = self.step(self.agenda(self.a_meeting()), "begin")
        assert meeting.state == "RUNNING"
        return meeting

    def present(self, meeting: Meeting, **ways: str) -> None:
        told = {f"seat_{getattr(self, name).pk.hex}": way for name, way in ways.items()}
        send(self.browser, f"{self.at(meeting)}room/attendance/", mode="HYBRID", guests="A judge", **told)

    def held(self, **ways: str) -> Meeting:
        meeting = self.running()
        self.present(meeting, **(ways or {"ada": "IN_PERSON", "bo": "VIDEO"}))
        return self.step(meeting, "end")
