"""J5, step 6: a workgroup that meets every month with leaders in turn, a link and minutes; the month that it misses shows itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from tests.journeys.conftest import Visitor
from tests.journeys.riverbend import fill, paper_of
from tests.journeys.table import Table, days_later, enters, kept, looks, press, refuses, sees, set_up, text, to_september

from careloom.agencies.models import Membership
from careloom.infra import clock
from careloom.meetings.models import AgendaItem, Meeting

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Visitor]
LINK = "https://video.example/pine"
RIDES = "Rides at night are the worst."


@pytest.fixture(scope="module")
def table(site: str) -> Table:
    """Three tiers with their members, in September."""
    to_september()
    return set_up()


def test_the_workgroup_meets_with_leaders_in_turn_and_a_missed_month_shows_itself(table: Table, visit: Visit) -> None:
    first, second = she_says_when_it_meets(table, enters(visit(table.ruth)))
    days_later((first.starts_at - clock.now()).days)
    leads = enters(visit(whose_turn(table, first)))
    it_begins(leads, table, first)
    they_are_there(leads)
    they_talk_and_go(leads, table, first)
    days_later((second.starts_at - clock.now()).days)
    leads = enters(visit(whose_turn(table, second)))
    it_begins(leads, table, second)
    the_minutes_are_approved(leads)
    they_talk_and_go(leads, table, second)
    days_later((date(clock.today().year, 12, 3) - clock.today()).days)
    she_sees_the_month(table, enters(visit(table.ruth)))


def she_says_when_it_meets(table: Table, ruth: Visitor) -> list[Meeting]:
    """6 A series with a link, which who joins from afar needs, and leaders in turn."""
    ruth.go(table.rooms)
    press(ruth, "Meetings")
    press(ruth, "Say when it meets: Pine workgroup", shot="meetings")
    when = {"week": "2", "weekday": "1", "hour": "10:00", "mode": "HYBRID", "place": "Room 4"}
    refuses(ruth, when, "Who joins from afar needs one.", ticks=("Renee Castillo", "Dana Whitlock"), shot="series")
    kept(ruth, {"link": LINK, "dial_in": "555-0180, 7734"})
    sees(ruth, LINK, "Who leads in turn", "Renee Castillo leads", "Dana Whitlock leads")
    looks(ruth, "year")
    coming = Meeting.objects.filter(body_id=table.bodies["group"], starts_at__gt=clock.now()).select_related("leader").order_by("starts_at")[:2]
    assert sorted(one.leader.name for one in coming if one.leader) == ["Dana Whitlock", "Renee Castillo"]
    return list(coming)


def whose_turn(table: Table, meeting: Meeting) -> Membership:
    """Who leads this meeting by the rotation."""
    assert meeting.leader
    return next(one for one in table.workers.values() if one.worker_id == meeting.leader.worker_id)


def it_begins(leads: Visitor, table: Table, meeting: Meeting) -> None:
    """The one whose turn it is finds the meeting, builds its agenda, says what each point changes for families, and opens the room."""
    leads.go(table.room(f"bodies/{table.bodies['group']}/meetings/"))
    at = table.room(f"meetings/{meeting.pk}/")
    assert leads.page.locator(f"main a[href='{at}']").count()
    leads.go(at)
    sees(leads, LINK)
    press(leads, "Build the agenda", shot="agenda")
    points = AgendaItem.objects.filter(meeting=meeting, taken_off=False).count()
    kept(leads, {f"families_{place}": "They wait less." for place in range(points)})
    press(leads, "Publish the agenda")
    press(leads, "Begin the meeting", shot="room")


def the_minutes_are_approved(leads: Visitor) -> None:
    """The agenda brought the minutes of the month before. The room approves them, but not before enough members are there."""
    press(leads, "Approve these minutes")
    sees(leads, "Not enough members are there for it.")
    assert text(leads).count("Not enough members are there for it.") == 1
    they_are_there(leads)
    press(leads, "Approve these minutes")
    sees(leads, "These minutes are approved.")
    looks(leads, "approved")


def they_are_there(leads: Visitor) -> None:
    """Who is there, and how."""
    press(leads, "Say who is there")
    leads.page.get_by_label("Renee Castillo").select_option("IN_PERSON")
    leads.page.get_by_label("Dana Whitlock").select_option("VIDEO")
    kept(leads, {"guests": "A peer"}, shot="attendance")


def they_talk_and_go(leads: Visitor, table: Table, meeting: Meeting) -> None:
    """Notes, the end, and minutes that go round and can be read as a paper."""
    fill(leads.page, {"notes": RIDES}, form="form#notes")
    press(leads, "Keep the notes")
    press(leads, "End the meeting")
    if leads.page.get_by_role("link", name="Leave the room").count():
        press(leads, "Leave the room", within="header")
    press(leads, "Let the minutes go round", shot="held")
    assert RIDES in paper_of(leads, table.room(f"meetings/{meeting.pk}/minutes.pdf"))


def she_sees_the_month(table: Table, ruth: Visitor) -> None:
    """In November nobody met, and the year shows it without anybody having to say so."""
    ruth.go(table.room("meetings/"))
    sees(ruth, f"No meeting was held in November {clock.today().year}.", "2 of 3 held in the last year.")
    looks(ruth, "missed")
