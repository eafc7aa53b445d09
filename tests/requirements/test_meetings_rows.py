"""A body meets from its screens: a series with leaders in turn, agendas that ask about families, the room, and decisions."""

from __future__ import annotations

import re
from datetime import time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.test import Client
from tests.factories.agencies import a_worker, an_agency
from tests.requirements.conftest import SignIn
from tests.requirements.meeting_group import WHERE, Group, text_of
from tests.requirements.test_structure_rows import a_partner, a_seat, day, send

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.partnership import day_in, next_month
from careloom.meetings.models import AgendaItem, Attendance, Commitment, Decision, Dissent, Meeting
from careloom.partnership.models import Seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def ruth() -> Membership:
    hub = an_agency(kind=AgencyKind.COORDINATION_HUB, name=f"Hub {uuid4()}")
    return a_worker(Role.PARTNERSHIP_COORDINATOR, agency=hub)


@pytest.fixture
def browser(ruth: Membership, sign_in: SignIn) -> Client:
    return sign_in(ruth)


@pytest.fixture
def group(browser: Client) -> Group:
    return Group(browser)


@pytest.mark.requirement("R-189", "R-190", "R-191")
def test_a_series_makes_its_meetings_with_leaders_in_turn_and_a_link(group: Group) -> None:
    refused = group.browser.post(
        f"{group.meetings}series/",
        {
            "request_key": "k",
            "version": "0",
            "week": "2",
            "weekday": "1",
            "hour": "14:00",
            "every_months": "1",
            **WHERE,
            "link": "",
            "dial_in": "",
            **day("starts_on"),
        },
    )
    assert refused.status_code == 422
    assert "Who joins from afar needs one." in refused.content.decode()
    series = group.series()
    ahead = list(Meeting.objects.filter(series=series).order_by("starts_at"))
    assert len(ahead) >= 12
    for row in ahead:
        local = row.starts_at.astimezone(ZoneInfo(settings.TIME_ZONE))
        assert local.date() == day_in(month=local.date(), week=2, weekday=1)
        assert local.time() == time(14)
        assert row.link == WHERE["link"]
    assert {ahead[0].leader_id, ahead[1].leader_id} == {group.ada.pk, group.bo.pk}
    assert [row.leader_id for row in ahead[:4]] == [ahead[0].leader_id, ahead[1].leader_id] * 2
    page = text_of(group.browser.get(group.meetings))
    assert "Every month: Second Tuesday, 2 p.m., 60 minutes" in page or "Every month: Second Tuesday, 2:00 PM, 60 minutes" in page
    assert f"{group.ada.name} leads" in page
    assert "https://video.example/pine" in page
    # Another day of the month moves what is planned, and leaves what was said for one meeting alone.
    at = ahead[2].starts_at.astimezone(ZoneInfo(settings.TIME_ZONE))
    on = {"on": at.date().isoformat(), "hour": "09:30"}
    send(group.browser, f"{group.at(ahead[2])}edit/", **on, **WHERE, version="1", leader_id=str(group.bo.pk))
    group.series(weekday="3", version="1")
    moved = list(Meeting.objects.filter(series=series, starts_at__gt=clock.now()).order_by("starts_at"))
    days = [row.starts_at.astimezone(ZoneInfo(settings.TIME_ZONE)) for row in moved]
    assert sum(one.weekday() == 1 for one in days) == 1
    assert [one.time() for one in days if one.weekday() == 1] == [time(9, 30)]
    file = group.browser.get(f"{group.meetings}calendar.ics")
    assert file["Content-Type"].startswith("text/calendar")
    text = file.content.decode()
    assert text.count("BEGIN:VEVENT") == len(moved)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "URL:https://video.example/pine" in text


@pytest.mark.requirement("R-189")
def test_a_month_without_a_held_meeting_shows_itself(group: Group) -> None:
    month = next_month(clock.today().replace(day=1), by=-2)
    group.series(starts_on=month.isoformat())
    page = text_of(group.browser.get(group.meetings))
    assert "No meeting was held in" in page
    assert f"{month:%B %Y}" in page
    coming = Meeting.objects.filter(body=group.body, starts_at__gt=clock.now()).order_by("starts_at")[0]
    no_reason = group.browser.post(f"{group.at(coming)}cancel/", {"request_key": "k", "version": "0", "reason": ""})
    assert no_reason.status_code == 422
    send(group.browser, f"{group.at(coming)}cancel/", reason="Snow closed the roads.")
    page = text_of(group.browser.get(group.at(coming)))
    assert "It did not take place." in page
    assert "Snow closed the roads." in page


@pytest.mark.requirement("R-221", "R-032")
def test_each_point_says_what_it_changes_for_families_before_the_agenda_goes_out(group: Group) -> None:
    meeting = group.step(group.a_meeting(), "build")
    titles = set(AgendaItem.objects.filter(meeting=meeting, kind="BLOCK").values_list("title", flat=True))
    assert titles == {"Set policy", "Overcome barriers", "Attend to sustainability", "Monitor outcomes"}
    group.step(meeting, "publish")
    assert meeting.state == "SCHEDULED"
    assert "Say what this changes for families" in text_of(group.browser.get(group.at(meeting)))
    bare = group.browser.post(
        f"{group.at(meeting)}agenda/new/", {"request_key": "k", "version": "0", "title": "Cribs", "minutes": "5", "for_families": ""}
    )
    assert bare.status_code == 422
    send(group.browser, f"{group.at(meeting)}agenda/new/", title="Cribs", minutes="5", for_families="A safe place to sleep.")
    group.step(meeting, "build")
    assert AgendaItem.objects.filter(meeting=meeting).count() == 6  # four duties, one agency, one of its own
    group.said(meeting, "They wait less.")
    group.step(meeting, "publish")
    assert meeting.state == "AGENDA_PUBLISHED"
    assert "They wait less." in text_of(group.browser.get(group.at(meeting)))
    paper = group.browser.get(f"{group.at(meeting)}agenda.pdf")
    assert paper.content.startswith(b"%PDF")
    assert b"/StructTreeRoot" in paper.content or b"pdfuaid" in paper.content


@pytest.mark.requirement("R-032")
def test_two_meetings_without_a_duty_of_governance_give_a_notice(group: Group) -> None:
    group.held()
    assert "talked about none of the four duties" not in text_of(group.browser.get(group.meetings))
    group.held()
    assert "2 meetings in a row talked about none of the four duties" in text_of(group.browser.get(group.meetings))
    meeting = group.running()
    item = AgendaItem.objects.get(meeting=meeting, block="BARRIERS")
    notes = {"does": "notes", "item_id": item.pk, "notes": "Rides at night.", "talked": "on"}
    send(group.browser, f"{group.at(meeting)}room/", **{**notes, "version": item.row_version})
    group.present(meeting, ada="PHONE", bo="IN_PERSON")
    group.step(meeting, "end")
    assert "talked about none of the four duties" not in text_of(group.browser.get(group.meetings))


def test_notes_are_kept_as_one_types_and_two_who_write_see_both(group: Group) -> None:
    meeting = group.running()
    item = AgendaItem.objects.filter(meeting=meeting).order_by("place")[0]
    room = f"{group.at(meeting)}room/?point={item.pk}"
    told = {"does": "notes", "request_key": "k", "item_id": item.pk, "version": item.row_version, "talked": "on"}
    kept = group.browser.post(room, {**told, "notes": "First words."}, headers={"X-Autosave": "1"})
    assert kept.json()["version"] == str(item.row_version + 1)
    conflict = group.browser.post(room, {**told, "notes": "Other words."}, headers={"X-Autosave": "1"})
    assert conflict.status_code == 409
    page = group.browser.post(room, {**told, "notes": "Other words."})
    assert page.status_code == 422
    assert "First words." in page.content.decode()
    assert "Other words." in page.content.decode()
    version = re.search(r'name="version" value="(\d+)"', page.content.decode())
    assert version is not None
    assert version[1] == str(item.row_version + 1)


@pytest.mark.requirement("R-221")
def test_a_decision_carries_its_method_what_it_changes_for_families_and_who_was_against(group: Group) -> None:
    meeting = group.running()
    room = f"{group.at(meeting)}room/"
    told = {"does": "decide", "version": "0", "proposal": "One phone line for rides.", "result": "ADOPTED"}
    assert "Block Node" not in text_of(group.browser.get(room))
    no_family = group.browser.post(room, {**told, "request_key": "a", "for_families": ""})
    assert no_family.status_code == 422
    nobody = group.browser.post(room, {**told, "request_key": "a", "for_families": "One call."})
    assert "Not enough members are there" in nobody.content.decode()
    group.present(meeting, ada="IN_PERSON", bo="VIDEO")
    assert "Met: 2 there, 2 needed" in text_of(group.browser.get(room))
    for _again in range(2):
        assert group.browser.post(room, {**told, "request_key": "a", "for_families": "One call."}).status_code == 302
    decision = Decision.objects.get(body=group.body)
    assert (decision.rule, decision.quorum_met) == ("RESERVATIONS", True)
    page = f"{group.rooms}meetings/decisions/{decision.pk}/"
    refused = group.browser.post(page, {"request_key": "b", "version": "0", "kind": "DISSENT", "words": "No."})
    assert "This was adopted by consensus" in refused.content.decode()
    send(group.browser, page, kind="RESERVATION", words="The nights are not covered.", seat_id="")
    send(group.browser, page, kind="RESERVATION", words="Ask the county first.", seat_id=str(group.bo.pk))
    nameless = Dissent.objects.get(decision=decision, seat=None)
    assert nameless.made_by is None
    text = text_of(group.browser.get(page))
    assert "Reservation , Without a name" in text
    assert group.bo.name in text
    assert "Consensus, reservations are written down" in text


def test_minutes_go_round_and_a_later_meeting_approves_them(group: Group) -> None:
    first = group.step(group.held(), "send")
    assert first.state == "MINUTES_DRAFT"
    assert group.browser.get(f"{group.at(first)}minutes.pdf").content.startswith(b"%PDF")
    second = group.agenda(group.a_meeting(hours=30))
    item = AgendaItem.objects.get(meeting=second, kind="MINUTES")
    assert item.about_id == first.pk
    group.step(second, "begin")
    # The body approves them, so it must be there.
    group.step(second, "approve", about=str(first.pk))
    first.refresh_from_db()
    assert first.state == "MINUTES_DRAFT"
    group.present(second, ada="IN_PERSON", bo="VIDEO")
    group.step(second, "approve", about=str(first.pk))
    first.refresh_from_db()
    assert (first.state, first.approved_in_id) == ("MINUTES_APPROVED", second.pk)
    late = group.browser.post(f"{group.at(first)}room/attendance/", {"request_key": "k", "version": "0"})
    assert late.status_code == 404


def test_who_came_and_how_is_counted_by_mode_and_kind_of_partner(group: Group) -> None:
    meeting = group.held(ada="IN_PERSON", bo="ABSENT")
    group.held(ada="VIDEO", bo="VIDEO")
    assert set(Attendance.objects.filter(meeting=meeting).values_list("mode", flat=True)) == {"IN_PERSON", "ABSENT"}
    answer = group.browser.get(f"{group.rooms}meetings/attendance/")
    page = text_of(answer)
    assert "In person and by video: 2" in page
    assert "3 of 4 (75%)" in page
    assert re.search(r"Courts - 1 of 2 \(50%\)", page)
    assert re.search(r"Hospitals - 2 of 2 \(100%\)", page)
    assert "<svg" in answer.content.decode()
    assert "3 of 4 (75%)" in text_of(group.browser.get(f"{group.rooms}meetings/attendance/?body={group.body.pk}"))


def test_visits_are_logged_and_each_partner_gets_its_turn_on_the_agenda(group: Group, sign_in: SignIn) -> None:
    turns = []
    for _month in range(3):
        meeting = group.held()
        turns.append(AgendaItem.objects.get(meeting=meeting, kind="ABOUT_AGENCY").about_id)
    assert set(turns[:2]) == {group.hospital.pk, group.court.pk}
    assert turns[2] == turns[0]
    visits = f"{group.rooms}meetings/visits/"
    bare = group.browser.post(
        visits, {"request_key": "k", "version": "0", "partner_id": group.court.pk, "who": "The judge", "heard": "", **day("on")}
    )
    assert bare.status_code == 422
    send(group.browser, visits, partner_id=group.court.pk, who="The judge", heard="Hearings run late.", asks="Two weeks’ notice", **day("on"))
    assert "Hearings run late." in text_of(group.browser.get(visits))
    member = a_worker(Role.HOSPITAL_SOCIAL_WORKER)
    a_partner(group.browser, group.rooms, f"Seen {uuid4()}", "EDUCATION", agency_id=member.agency_id)
    assert sign_in(member).get(visits).status_code == 404


def test_what_partners_commit_bring_and_carry_stands_side_by_side(group: Group, sign_in: SignIn) -> None:
    director = a_worker(Role.AGENCY_ADMIN)
    ours = a_partner(group.browser, group.rooms, f"Ours {uuid4()}", "EDUCATION", agency_id=director.agency_id)
    a_seat(group.browser, group.rooms, group.body, f"Di {uuid4()}", ours)
    theirs, page = sign_in(director), f"{group.rooms}meetings/commitments/"
    form = f"{page}{ours.pk}/"
    assert "Nothing committed yet" in text_of(theirs.get(page))
    send(theirs, f"{form}commit/", mission="No child waits.", hours="12", funds="0", in_kind="A room")
    assert theirs.get(f"{page}{group.court.pk}/commit/").status_code == 404  # nobody speaks for another agency
    meeting = group.running()
    seat = Seat.objects.get(partner=ours)
    send(group.browser, f"{group.at(meeting)}room/attendance/", mode="VIRTUAL", guests="", **{f"seat_{seat.pk.hex}": "VIDEO"})
    group.step(meeting, "end")
    text = text_of(theirs.get(page))
    assert "No child waits." in text
    assert "1 of 12 hours" in text  # the hour in the meeting
    quarter = re.search(r'<option value="(\d{4}-\d{2}-01)" selected', theirs.get(f"{form}report/").content.decode())
    assert quarter is not None
    send(theirs, f"{form}report/", quarter=quarter[1], hours="7", funds="2500", in_kind="A van")
    text = text_of(theirs.get(page))
    assert "8 of 12 hours" in text
    assert "2,500 dollars" in text
    send(theirs, f"{form}load/", caseload="31", turnover="", budget="-8", words="Two posts are empty.")
    text = text_of(theirs.get(page))
    assert "31 families for each worker, budget down by 8 of 100. Two posts are empty" in text
    assert "Carries much" in text
    send(theirs, f"{form}priority/", kind="LETTER", what="Staff time is named.", signed_by="Director Vale", where="File 12", **day("on"))
    assert "A signed letter: Staff time is named., Director Vale" in text_of(theirs.get(page))
    Commitment.objects.filter(partner=ours).update(on=clock.today() - timedelta(days=200))
    assert "Does it still stand?" in text_of(theirs.get(page))
    send(theirs, f"{form}commit/", mission="Still.", hours="10", funds="0")
    assert Commitment.objects.filter(partner=ours).count() == 2


def test_a_work_group_without_its_minimum_is_told_who_is_missing(browser: Client) -> None:
    group = Group(browser, tier="WORK_GROUP")
    assert "This work group does not have its minimum." in text_of(browser.get(group.meetings))
    minimum = f"{group.rooms}meetings/minimum/"
    send(browser, f"{minimum}{group.hospital.pk}/", parts=["LEAD_AGENCY", "PROVIDER"])
    page = text_of(browser.get(group.meetings))
    assert "Missing: Behavioral health managing entity and Regional staff of the Department." in page
    send(browser, f"{minimum}{group.court.pk}/", parts=["MANAGING_ENTITY", "DEPARTMENT"])
    assert "does not have its minimum" not in text_of(browser.get(group.meetings))
    assert f"{group.body.name} There There There There Met" in text_of(browser.get(minimum))
