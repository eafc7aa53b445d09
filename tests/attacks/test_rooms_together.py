"""The rooms at their edges: two at the same moment, a text that changed before it was signed, a month that was not missed, a calendar that follows.

Source: decision 0011; R-032, R-046, R-185, R-189, R-191.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.conf import settings
from django.test import Client
from tests.attacks.test_together import at_once
from tests.databases import own_database
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.requirements.agreeing import Hall, fill, hall  # noqa: F401  (a fixture)
from tests.requirements.conftest import SignIn
from tests.requirements.meeting_group import WHERE, Group
from tests.requirements.test_structure_rows import browser, day, ruth, send  # noqa: F401  (fixtures)

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.agreements.models import Clause, Signature
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.partnership import Month
from careloom.meetings.models import AgendaItem, Attendance, Meeting, Series
from careloom.meetings.queries import calendar_of
from careloom.partnership.models import Body, Partner

ZONE = ZoneInfo(settings.TIME_ZONE)


def coordinator() -> tuple[Membership, Client]:
    """A coordinator, signed in."""
    member = a_worker(Role.PARTNERSHIP_COORDINATOR, agency=an_agency(kind=AgencyKind.COORDINATION_HUB, name=f"Hub {uuid4()}"))
    return member, again(member)


def again(member: Membership) -> Client:
    """Another browser of hers."""
    client = Client()
    client.force_login(member.worker.user)
    client.get("/me/")
    return client


# Two at the same moment, on two real connections -------------------------------------------------------------------


@pytest.fixture(scope="module")
def two(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Group, Client, Client]]:
    """A work group in a database of its own, and two browsers of who runs it."""
    with own_database(django_db_blocker), django_db_blocker.unblock():
        member, client = coordinator()
        yield Group(client), client, again(member)


def statuses(*answers: Any) -> list[int]:
    return sorted(answer.status_code for answer in answers)


def test_two_who_change_one_row_do_not_write_over_each_other(two: tuple[Group, Client, Client]) -> None:
    group, one, other = two
    facts = {"sectors": ["HOSPITALS"], "version": str(group.hospital.row_version), **day("joined_on")}
    path = f"{group.rooms}partners/{group.hospital.pk}/"
    names = [f"Hospital {uuid4()}" for _each in range(2)]
    told = at_once(*(
        lambda client=client, name=name: client.post(path, {"request_key": uuid4().hex, "name": name, **facts})
        for client, name in zip((one, other), names, strict=True)
    ))  # fmt: skip
    assert statuses(*told) == [302, 422]
    kept = Partner.objects.get(pk=group.hospital.pk)
    assert kept.row_version == group.hospital.row_version + 1
    lost = next(answer for answer in told if answer.status_code == 422)
    assert {kept.name, *(name for name in names if name in lost.content.decode())} >= set(names)  # her words are still on her page


def test_the_same_form_at_the_same_moment_makes_one_row(two: tuple[Group, Client, Client]) -> None:
    group, one, other = two
    body = {"request_key": uuid4().hex, "version": "0", "name": f"Team {uuid4()}", "tier": "WORK_GROUP", **day("starts_on")}
    assert statuses(*at_once(*(lambda client=client: client.post(f"{group.rooms}bodies/new/", body) for client in (one, other)))) == [302, 302]
    assert Body.objects.filter(name=body["name"]).count() == 1


def test_an_agenda_built_twice_at_once_has_each_point_once(two: tuple[Group, Client, Client]) -> None:
    group, one, other = two
    meeting = group.a_meeting(hours=30)
    step = f"{group.at(meeting)}step/"
    assert statuses(*at_once(*(lambda client=client: client.post(step, {"does": "build"}) for client in (one, other)))) == [302, 302]
    titles = list(AgendaItem.objects.filter(meeting=meeting).values_list("title", flat=True))
    assert titles
    assert len(titles) == len(set(titles))


def test_a_meeting_that_begins_while_it_is_cancelled_does_one_of_the_two(two: tuple[Group, Client, Client]) -> None:
    group, one, other = two
    meeting = group.agenda(group.a_meeting(hours=2))
    cancel = {"request_key": uuid4().hex, "version": str(meeting.row_version), "reason": "Snow."}
    at_once(
        lambda: one.post(f"{group.at(meeting)}step/", {"does": "begin"}),
        lambda: other.post(f"{group.at(meeting)}cancel/", cancel),
    )
    meeting.refresh_from_db()
    assert (meeting.state, meeting.began_at is None) in {("CANCELLED", True), ("RUNNING", False)}


def test_two_who_take_the_minutes_keep_the_words_of_both(two: tuple[Group, Client, Client]) -> None:
    group, one, other = two
    meeting = group.running()
    item = AgendaItem.objects.filter(meeting=meeting).order_by("place")[0]
    room = f"{group.at(meeting)}room/?point={item.pk}"
    told = at_once(*(
        lambda client=client, words=words: client.post(
            room, {"does": "notes", "item_id": item.pk, "notes": words, "talked": "on", "version": item.row_version, "request_key": uuid4().hex}
        )
        for client, words in ((one, "The judge wrote this"), (other, "The nurse wrote that"))
    ))  # fmt: skip
    assert statuses(*told) == [302, 422]
    item.refresh_from_db()
    lost = next(answer for answer in told if answer.status_code == 422)
    assert {"The judge wrote this", "The nurse wrote that"} - {item.notes} <= {words for words in ("The judge wrote this", "The nurse wrote that")
                                                                               if words in lost.content.decode()}  # fmt: skip
    group.present(meeting, ada="VIDEO")
    group.step(meeting, "end")


def test_two_who_take_attendance_each_add_what_they_saw(two: tuple[Group, Client, Client]) -> None:
    """Both opened the page when nobody was noted: what one did not touch stays as the other said it; of one member two things are not kept."""
    group, one, other = two
    meeting = group.running()
    path = f"{group.at(meeting)}room/attendance/"
    ada, bo = (f"seat_{seat.pk.hex}" for seat in (group.ada, group.bo))
    was = {"was_mode": meeting.mode, "was_guests": "", "mode": meeting.mode, "version": "0"}
    told = at_once(
        lambda: one.post(path, was | {ada: "VIDEO", "guests": "A judge", "request_key": uuid4().hex}),
        lambda: other.post(path, was | {bo: "PHONE", "guests": "", "request_key": uuid4().hex}),
    )
    assert statuses(*told) == [302, 302]
    meeting.refresh_from_db()
    assert meeting.guests == "A judge"
    assert dict(Attendance.objects.filter(meeting=meeting).values_list("seat_id", "mode")) == {group.ada.pk: "VIDEO", group.bo.pk: "PHONE"}
    late = other.post(path, was | {ada: "ABSENT", "guests": "", "request_key": uuid4().hex})
    assert late.status_code == 422
    assert "Somebody changed this meanwhile" in late.content.decode()
    assert Attendance.objects.get(meeting=meeting, seat=group.ada).mode == "VIDEO"
    shown = one.get(path).content.decode()
    assert f'name="was_{group.ada.pk.hex}" value="VIDEO"' in shown
    group.step(meeting, "end")


# A text that changed before it was signed --------------------------------------------------------------------------


@pytest.mark.django_db
def test_nobody_signs_a_text_that_went_back_after_she_opened_it(hall: Hall) -> None:  # noqa: F811
    client, (party, _other) = hall.client, fill(hall)
    for state in ("DRAFT", "PARTNER_REVIEW", "LEGAL", "APPROVED", "SIGNING"):
        hall.move(state)
    page = f"{hall.page}parties/{party.pk}/sign/"
    read = str(hall.row.row_version)
    assert f'name="version" value="{read}"' in client.get(page).content.decode()
    for state in ("DRAFT", "PARTNER_REVIEW", "LEGAL", "APPROVED", "SIGNING"):
        if state == "PARTNER_REVIEW":
            hall.clause("purpose", text="Quite another purpose.", version=Clause.objects.get(agreement=hall.row, code="purpose").row_version)
        assert hall.move(state) in {state, "AMENDMENT"}
    told = {"name": "Ada Reed", "title": "Director", **day("signed_on")}
    late = client.post(page, {"request_key": uuid4().hex, "version": read, **told})
    assert late.status_code == 422
    assert "Somebody changed this meanwhile" in late.content.decode()
    assert not Signature.objects.filter(agreement=hall.row).exists()
    key = uuid4().hex
    for _each in range(2):  # a double click signs once
        assert client.post(page, {"request_key": key, "version": str(hall.row.row_version), **told}).status_code == 302
    assert Signature.objects.filter(agreement=hall.row, party=party, void=False).count() == 1
    twice = client.post(page, {"request_key": uuid4().hex, "version": str(hall.row.row_version), **told})
    assert twice.status_code == 422
    assert Signature.objects.filter(agreement=hall.row, party=party, void=False).count() == 1


# Months that were and were not missed ------------------------------------------------------------------------------


def months(member: Membership, group: Group, at: datetime) -> dict[date, Month]:
    with acting_as(viewer(member)):
        found = calendar_of(viewer=viewer(member), collaborative_id=group.body.collaborative_id, at=at)
    return dict(found.by_body[group.body.pk].months)


@pytest.mark.django_db
def test_a_series_begun_after_its_day_of_the_month_missed_nothing(ruth: Membership, sign_in: SignIn) -> None:  # noqa: F811
    """Begun on the 20th for the second Tuesday: the first meeting is next month's, and the month of the beginning was not missed."""
    group = Group(sign_in(ruth))
    series = group.series()
    Meeting.objects.filter(series=series).delete()
    Series.objects.filter(pk=series.pk).update(starts_on=date(2028, 1, 20), week=2, weekday=1)
    found = months(ruth, group, datetime(2028, 3, 1, 12, tzinfo=ZONE))
    assert found == {date(2028, 2, 1): Month.MISSED, date(2028, 3, 1): Month.COMING}


@pytest.mark.django_db
def test_a_meeting_moved_to_a_later_day_of_its_month_is_not_missed_before_it(ruth: Membership, sign_in: SignIn) -> None:  # noqa: F811
    group = Group(sign_in(ruth))
    series = group.series()
    Meeting.objects.filter(series=series).delete()
    Series.objects.filter(pk=series.pk).update(starts_on=date(2028, 2, 1), week=2, weekday=1)
    Meeting.objects.create(
        collaborative_id=group.body.collaborative_id, body=group.body, series=series, planned_on=date(2028, 2, 8),
        starts_at=datetime(2028, 2, 29, 17, tzinfo=ZONE), minutes=60, mode="HYBRID", own=True, made_at=clock.now(), request_key="moved",
    )  # fmt: skip
    for on, month in ((9, Month.COMING), (29, Month.COMING)):  # a leap day is a day
        assert months(ruth, group, datetime(2028, 2, on, 12, tzinfo=ZONE))[date(2028, 2, 1)] is month
    assert months(ruth, group, datetime(2028, 3, 1, 0, 5, tzinfo=ZONE))[date(2028, 2, 1)] is Month.MISSED


@pytest.mark.django_db
def test_a_series_keeps_its_hour_when_the_clocks_change(ruth: Membership, sign_in: SignIn) -> None:  # noqa: F811
    group = Group(sign_in(ruth))
    group.series(hour="02:30")
    hours = {row.starts_at.astimezone(ZONE).time() for row in Meeting.objects.filter(body=group.body)}
    assert hours == {time(2, 30)}
    assert Meeting.objects.filter(body=group.body).count() >= 2


# A calendar that follows -------------------------------------------------------------------------------------------


def event(group: Group, path: str) -> Any:
    answer = group.browser.get(path)
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    return icalendar.Calendar.from_ical(answer.content).walk("VEVENT")


@pytest.mark.django_db
def test_a_calendar_reads_the_file_and_follows_each_change_to_the_end(ruth: Membership, sign_in: SignIn) -> None:  # noqa: F811
    group = Group(sign_in(ruth))
    Body.objects.filter(pk=group.body.pk).update(name="Núcleo; bodies, and \\ slashes \U0001f642 " + "é" * 60)
    meeting = group.a_meeting(hours=50)
    path = f"{group.at(meeting)}meeting.ics"
    (first,) = event(group, path)
    assert str(first["SUMMARY"]) == Body.objects.get(pk=group.body.pk).name
    assert first["UID"] == f"{meeting.pk}@careloom"
    assert first["DTSTART"].dt == meeting.starts_at.replace(microsecond=0)
    assert first["DTEND"].dt - first["DTSTART"].dt == timedelta(minutes=60)
    later = meeting.starts_at.astimezone(ZONE) + timedelta(days=1)
    when = {"on": later.date().isoformat(), "hour": later.strftime("%H:%M"), "version": str(meeting.row_version)}
    send(group.browser, f"{group.at(meeting)}edit/", **(WHERE | {"place": "Room 9; second floor, left\\right"} | when))
    (second,) = event(group, path)
    assert second["UID"] == first["UID"]
    assert second["SEQUENCE"] > first["SEQUENCE"]
    assert str(second["LOCATION"]) == "Room 9; second floor, left\\right"
    send(group.browser, f"{group.at(meeting)}cancel/", reason="Snow.")
    for there in (path, f"{group.meetings}calendar.ics"):
        (third,) = [one for one in event(group, there) if one["UID"] == first["UID"]]
        assert third["STATUS"] == "CANCELLED"
        assert third["SEQUENCE"] > second["SEQUENCE"]
        assert "Snow" not in str(third)


@pytest.mark.django_db
def test_a_series_that_meets_less_often_says_so_to_every_calendar(ruth: Membership, sign_in: SignIn) -> None:  # noqa: F811
    group = Group(sign_in(ruth))
    series = group.series()
    before = {str(one["UID"]): one["SEQUENCE"] for one in event(group, f"{group.meetings}calendar.ics")}
    group.series(every_months="3", version=str(series.row_version))
    after = event(group, f"{group.meetings}calendar.ics")
    gone = [one for one in after if one["STATUS"] == "CANCELLED"]
    assert gone
    assert all(one["SEQUENCE"] > before[str(one["UID"])] for one in gone)
