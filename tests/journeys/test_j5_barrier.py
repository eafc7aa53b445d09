"""J5, step 7: a barrier goes from the workgroup to oversight, is decided with one reservation, is tried, comes back, and becomes guidance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from tests.factories.agencies import viewer
from tests.journeys.conftest import Visitor
from tests.journeys.table import Table, days_later, done, enters, fill_in, kept, looks, press, refuses, sees, set_up, text

from careloom.changes import actions
from careloom.changes.facts import GuidanceFacts
from careloom.changes.models import Guidance, GuidanceVersion
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.meetings.models import AgendaItem, Meeting

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Visitor]
RIDE = "No ride to the clinic"
DECIDED, NIGHTS = "The plan pays each ride in pregnancy.", "The nights are not covered."
SITES = ("agnes", "riverbend", "coastal")
VIDEO = {"mode": "VIRTUAL", "link": "https://video.example/oversight"}


@pytest.fixture(scope="module")
def table(site: str) -> Table:
    """Three tiers with their members, and guidance about rides that oversight issued last year."""
    table = set_up()
    by = viewer(table.workers["judge"])
    with transaction.atomic(), acting_as(by):
        with clock.at(clock.now() - timedelta(days=30)):
            facts = GuidanceFacts(title="Rides for families", body_id=table.bodies["oversight"], text="Ask each family how it travels.")
            drafted = done(actions.draft_guidance(by=by, at=clock.now(), collaborative_id=table.pk, facts=facts, request_key="g"))
            first = GuidanceVersion.objects.get(guidance_id=drafted)
            until = clock.today() + timedelta(days=2)
            done(actions.open_comments(by=by, at=clock.now(), version_id=first.pk, until=until, version=first.row_version))
        with clock.at(clock.now() - timedelta(days=20)):
            first.refresh_from_db()
            sites = tuple(table.partners[key] for key in SITES)
            done(actions.issue(by=by, at=clock.now(), version_id=first.pk, partner_ids=sites, body_ids=(), version=first.row_version))
    return table


@pytest.fixture
def people(table: Table, visit: Visit) -> dict[str, Visitor]:
    """Everybody at their own screen."""
    return {key: enters(visit(table.workers[key])) for key in ("ruth", "dana", "renee", "vera", "judge")}


def test_a_ride_that_is_missing_goes_up_and_comes_back_as_guidance(table: Table, people: dict[str, Visitor], visit: Visit) -> None:
    barrier = dana_raises_it(table, people["dana"])
    the_workgroup_tries(people["renee"], barrier)
    the_core_team_sends_it_on(people["vera"], barrier)
    oversight_meets(table, people["ruth"])
    the_decision_is_the_barrier_s(people["judge"], barrier)
    it_turns_into_a_pilot(people, barrier)
    it_is_told_back(people, barrier)
    guidance_is_issued_again(table, people["ruth"])
    days_later(4)
    people = {key: enters(visit(table.workers[key])) for key in people}
    the_chair_issues_it(table, people["judge"])
    all_sites_acknowledge(table, people)
    the_state_lead_reads_the_whole_way(people["ruth"], barrier)


def dana_raises_it(table: Table, dana: Visitor) -> str:
    """A partner's worker says what stands in the way; nothing in it may lead to a family."""
    dana.go(table.room("barriers/"))
    looks(dana, "barriers")
    press(dana, "Say what stands in the way")
    told = {"title": RIDE, "cause": "TOO_FAR", "words": "She was due on 3/12/2026 and there is no bus."}
    refuses(dana, told, "Take out days", shot="raise")
    kept(dana, {"words": "The clinic is 70 miles away and there is no bus."})
    sees(dana, "Sent up. You hear what becomes of it.", "You raised this")
    looks(dana, "raised")
    return dana.page.url.replace(dana.site, "")


def the_workgroup_tries(renee: Visitor, barrier: str) -> None:
    """Its chair takes it, tries, and sends up what it cannot change; who has tried nothing sends nothing up."""
    renee.go(barrier)
    press(renee, "Triage it")
    kept(renee, {"does": "TRIAGE", "body_id": "Pine workgroup"}, shot="triage")
    press(renee, "Send it up")
    refuses(renee, {"asks": "Pay for the ride."}, "Say what was tried first")
    press(renee, "Back without saving")
    press(renee, "Write down what was tried")
    kept(renee, {"words": "Volunteer drivers gave 2 rides in 9 tries."}, shot="tried")
    press(renee, "Send it up")
    kept(renee, {"tried": "Gas cards helped few.", "asks": "Ask the health plan."}, shot="up")
    sees(renee, "Gas cards helped few.")


def the_core_team_sends_it_on(vera: Visitor, barrier: str) -> None:
    """One system alone cannot change it; only then does oversight take it."""
    vera.go(barrier)
    press(vera, "Send it up")
    told = {"tried": "The plan pays not past 50 miles.", "asks": "Change the rule with the plan."}
    refuses(vera, told, "Oversight takes only what one system alone cannot change")
    kept(vera, {"cross_system": True})
    sees(vera, "Waits for a decision")


def oversight_meets(table: Table, ruth: Visitor) -> None:
    """She calls the meeting as its secretary; the barrier stands on its agenda by itself; consensus, and one reservation is written down."""
    ruth.go(table.room(f"bodies/{table.bodies['oversight']}/meetings/"))
    press(ruth, "One more meeting")
    at = clock.now() + timedelta(days=2)
    kept(ruth, {"on": at.date(), "hour": "10:00", **VIDEO}, shot="meeting-new")
    press(ruth, "Build the agenda")
    sees(ruth, RIDE)
    meeting = Meeting.objects.get(body_id=table.bodies["oversight"])
    points = AgendaItem.objects.filter(meeting=meeting, taken_off=False).count()
    kept(ruth, {f"families_{place}": "A ride to every visit." for place in range(points)})
    press(ruth, "Publish the agenda")
    press(ruth, "Begin the meeting")
    press(ruth, "Say who is there")
    for name in ("Ana Whitfield", "Vera Lund", "Ruth Adeyemi"):
        ruth.page.get_by_label(name).select_option("VIDEO")
    kept(ruth, {})
    item = AgendaItem.objects.filter(meeting=meeting, title__contains=RIDE).get()
    ruth.go(f"{table.room(f'meetings/{meeting.pk}/room/')}?point={item.pk}")
    ruth.page.get_by_text("Write a decision").click()
    decision = "form:has([name=does][value=decide])"
    due = {"result": "ADOPTED", "decision": "RESOLVE", "due_on": clock.today() + timedelta(days=60)}
    fill_in(ruth, {"proposal": DECIDED, **due}, form=decision, shot="decide")
    with ruth.page.expect_navigation():
        ruth.page.get_by_role("button", name="Keep the decision").click()
    press(ruth, DECIDED)
    refuses(ruth, {"kind": "DISSENT", "words": NIGHTS}, "This was adopted by consensus", shot="decision")
    kept(ruth, {"kind": "RESERVATION", "seat_id": "Vera Lund"})
    sees(ruth, NIGHTS, "Vera Lund", "Consensus, reservations are written down", "The quorum was met.")
    ruth.go(table.room(f"meetings/{meeting.pk}/room/"))
    press(ruth, "End the meeting")


def the_decision_is_the_barrier_s(judge: Visitor, barrier: str) -> None:
    """What the meeting decided is written once: it has left the queue and goes back with its day, its method and the reservation."""
    judge.go(barrier.rsplit("/", 2)[0] + "/queue/")
    assert RIDE not in text(judge).split("Decided lately")[0]
    assert RIDE in text(judge).split("Decided lately")[1]
    looks(judge, "queue")
    judge.go(barrier)
    sees(judge, DECIDED, "Decided, to be done", NIGHTS)
    looks(judge, "decided")


def it_turns_into_a_pilot(people: dict[str, Visitor], barrier: str) -> None:
    """The core team says what it turns into, and the pilot is drafted with what is known: nobody types it twice."""
    vera = people["vera"]
    vera.go(barrier)
    press(vera, "Say what it turns into")
    kept(vera, {"outcome_kind": "PILOT", "words": "Paid rides in two clinics"}, shot="outcome")
    assert vera.page.locator("[name=title]").input_value() == "Paid rides in two clinics"
    assert DECIDED in vera.page.locator("[name=what]").input_value()
    pilot = {
        "kind": "PRACTICE", "body_id": "Steering team", "what": f"{DECIDED} The plan pays 40 dollars a ride.", "sites": "St. Agnes, Riverbend",
        "compared": "Harbor General", "measure": "Families who came to the first visit", "unit": "SHARE", "higher": "1", "baseline": "52",
        "target": "75", "starts_on": clock.today(), "until": clock.today() + timedelta(days=180),
    }  # fmt: skip
    kept(vera, pilot, shot="pilot-new")
    sees(vera, "Paid rides in two clinics", "St. Agnes", "40 dollars a ride", RIDE)
    looks(vera, "pilot")
    vera.go(barrier)
    sees(vera, "Paid rides in two clinics")
    press(vera, "It is resolved")
    kept(vera, {"words": "Rides are paid in two clinics from Monday."})


def it_is_told_back(people: dict[str, Visitor], barrier: str) -> None:
    """Nothing closes before who raised it has heard; she says that it is gone."""
    vera, dana = people["vera"], people["dana"]
    press(vera, "Tell it back")
    kept(vera, {"words": "The plan pays the ride. Call the number on the card."}, shot="tell")
    dana.go(barrier.rsplit("/", 2)[0] + "/")
    sees(dana, "An answer came back to you")
    press(dana, RIDE)
    sees(dana, "The plan pays the ride. Call the number on the card.")
    press(dana, "Yes, it is gone")
    kept(dana, {})
    sees(dana, "Closed")
    looks(dana, "closed")


def guidance_is_issued_again(table: Table, ruth: Visitor) -> None:
    """The second version is drafted by her and open for comments; the first one stays in force."""
    ruth.go(table.room("guidance/"))
    press(ruth, "Rides for families")
    press(ruth, "Draft the next version")
    assert "Ask each family how it travels." in ruth.page.locator("[name=text]").input_value()
    kept(ruth, {"text": "Ask each family how it travels, and book the ride with her.", "changed": "The plan pays the ride."}, shot="version-2")
    press(ruth, "Open it for comments")
    kept(ruth, {"until": clock.today() + timedelta(days=2)})
    sees(ruth, "Version 1 stays in force until this one is issued.")


def the_chair_issues_it(table: Table, judge: Visitor) -> None:
    """When the comments are over, the chair of oversight issues it to every site."""
    judge.go(table.room("guidance/"))
    press(judge, "Rides for families")
    press(judge, "Issue it")
    kept(judge, {}, ticks=("St. Agnes Hospital", "Riverbend Program", "Coastal Community Care"), shot="issue")
    sees(judge, "Who has not acknowledged it", "Replaced")
    looks(judge, "issued")


def all_sites_acknowledge(table: Table, people: dict[str, Visitor]) -> None:
    """Somebody of each site says that it was read; then everybody has."""
    guidance = Guidance.objects.get(title="Rides for families")
    for key in ("renee", "dana", "vera"):
        people[key].go(table.room(f"guidance/{guidance.pk}/"))
        press(people[key], "We have read it")
    sees(people["vera"], "Everybody has.")
    looks(people["vera"], "acknowledged")
    people["ruth"].go(table.room("guidance/"))
    sees(people["ruth"], "3 of 3 acknowledged")


def the_state_lead_reads_the_whole_way(ruth: Visitor, barrier: str) -> None:
    """One page holds the way up, the decision and the way back, as a picture and as a list."""
    ruth.go(barrier)
    sees(ruth, "Going up", "Coming back", "Gas cards helped few.", "The plan pays not past 50 miles.", "Rides are paid in two clinics", "Gone")
    assert ruth.page.locator("svg").count() >= 1
    looks(ruth, "whole-way")
