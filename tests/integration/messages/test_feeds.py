"""Calendars that a phone reads: secret, revocable, and without a word that tells; read back by the library that made them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from icalendar import Calendar
from tests.factories.agencies import a_worker
from tests.integration.portal.conftest import World
from tests.integration.portal.conftest import world as world

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.messages.actions import plan_appointment
from careloom.messages.models import CalendarFeed
from careloom.portal import words

ADDRESS = re.compile(r"(/messages/calendar/[A-Za-z0-9_-]{40,}/family\.ics)")


def browser(who: Membership) -> Client:
    client = Client()
    client.force_login(who.worker.user)
    return client


def made(client: Client, path: str) -> str:
    found = ADDRESS.search(client.post(path, {"does": "make"}).content.decode())
    assert found
    return found[1]


def events(path: str) -> list[dict[str, object]]:
    answer = Client().get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return [dict(event.items()) for event in Calendar.from_ical(answer.content).walk("VEVENT")]


@pytest.mark.parametrize("who", ["worker", "her"])
def test_a_calendar_holds_the_hours_and_no_word_that_tells(world: World, who: str) -> None:
    client, path = (browser(world.dana), "/messages/calendar/") if who == "worker" else (world.signed_in(), "/my/visits/calendar/")
    address = made(client, path)
    (event,) = events(address)
    assert event["DTSTART"].dt == world.visit.starts_at.replace(microsecond=0)  # type: ignore[attr-defined]
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(hours=1)  # type: ignore[attr-defined]
    assert str(event["SUMMARY"]) == "Visit"
    assert set(event) == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "CLASS"}
    text = Client().get(address).content.decode().lower()
    assert [
        word for word in (*words.FORBIDDEN, "marisol", "valdeluna", "dana", "sam", "careloom", str(world.visit.pk), str(world.mother)) if word in text
    ] == []


def test_what_is_court_is_called_a_meeting(world: World) -> None:
    by = world.coordinator
    with acting_as(by):
        plan_appointment(
            by=by, at=clock.now(), identity_id=world.mother, kind="COURT", title="Custody hearing", neutral_title="A meeting",
            starts_at=world.visit.starts_at + timedelta(hours=3),
        )  # fmt: skip
    assert [str(event["SUMMARY"]) for event in events(made(browser(world.dana), "/messages/calendar/"))] == ["Visit", "Meeting"]


def test_a_new_address_ends_the_old_one_and_the_end_ends_both(world: World) -> None:
    phone = world.signed_in()
    first = made(phone, "/my/visits/calendar/")
    second = made(phone, "/my/visits/calendar/")
    assert (Client().get(first).status_code, Client().get(second).status_code) == (404, 200)
    phone.post("/my/visits/calendar/", {"does": "end"})
    assert Client().get(second).status_code == 404
    assert first not in phone.get("/my/visits/calendar/").content.decode()
    nowhere = Client().get("/messages/calendar/nothing-of-the-kind/family.ics")
    assert nowhere.status_code == 404


def test_a_worker_who_left_and_one_without_the_family_read_nothing(world: World) -> None:
    address = made(browser(world.dana), "/messages/calendar/")
    colleague = a_worker(Role.CARE_COORDINATOR, agency=world.riverbend)
    assert events(made(browser(colleague), "/messages/calendar/")) == []
    Membership.objects.filter(pk=world.dana.pk).update(ends_at=clock.now())
    assert Client().get(address).status_code == 404


def test_her_address_and_a_worker_s_are_read_by_their_owner_only(world: World) -> None:
    made(browser(world.dana), "/messages/calendar/")
    made(world.signed_in(), "/my/visits/calendar/")
    with acting_as(world.coordinator):
        assert CalendarFeed.objects.count() == 1
    with acting_as(world.her().viewer):
        assert CalendarFeed.objects.count() == 1


def test_two_at_one_time_are_pointed_out_whoever_planned_them(world: World) -> None:
    by = world.coordinator
    with acting_as(by):
        plan_appointment(
            by=by, at=clock.now(), identity_id=world.mother, kind="CLASS", title="Class", neutral_title="A class",
            starts_at=world.visit.starts_at + timedelta(minutes=20),
        )  # fmt: skip
    page = browser(world.dana).get("/messages/calendar/").content.decode()
    assert page.count("Two at one time") == 2
    assert browser(a_worker(Role.DIRECTORY_STEWARD, agency=world.riverbend)).get("/messages/calendar/").status_code == 404
