"""Barriers go up and answers come back, through the screens, and nothing of it leads to a family."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from tests.factories.agencies import a_worker
from tests.factories.barriers import House
from tests.requirements.conftest import SignIn, text_of
from tests.requirements.test_structure_rows import send

from careloom.agencies.roles import Role
from careloom.barriers.models import Barrier, Cycle, Posting, Step
from careloom.infra import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(sign_in: SignIn) -> House:
    return House(sign_in)


def at_oversight(house: House, group: Client, core: Client, raiser: Client | None = None, **facts: object) -> Barrier:
    """A barrier that waits in the queue of oversight."""
    row = house.raised(raiser or house.renee, **facts)
    house.act(group, row, "triage", does="TRIAGE", body_id=house.group.pk)
    house.act(group, row, "tried", words="Volunteer drivers gave 2 rides in 9 tries.")
    house.act(group, row, "up", tried="Gas cards helped few.", asks="Ask the health plan.")
    return house.act(core, row, "up", tried="MapleCare pays not past 50 miles.", asks="Change the rule with the plan.", cross_system="on")


@pytest.mark.requirement("R-005")
def test_oversight_decides_with_a_day_and_it_goes_back_to_who_raised_it(house: House) -> None:
    group, core, judge = house.chair(house.group), house.chair(house.core), house.chair(house.oversight)
    row = at_oversight(house, group, core)
    assert (row.state, row.tier, row.body_id, row.came_from_id) == ("QUEUED", "OVERSIGHT", house.oversight.pk, house.core.pk)
    queue = text_of(judge.get(f"{house.rooms}barriers/queue/"))
    assert "No ride to the clinic" in queue
    assert house.core.name in queue
    assert core.get(house.url(row, "decide/")).status_code == 404  # the core team does not decide for oversight
    later = clock.today() + timedelta(days=30)
    due = {"due_on": later.isoformat()}
    assert "Say why." in house.refused(judge, row, "decide", decision="DECLINE", words="", **due)
    assert "Choose the team" in house.refused(judge, row, "decide", decision="ASSIGN", words="Do it.", **due)
    row = house.act(judge, row, "decide", decision="REFER", words="The governor’s office asks the plan.", **due)
    assert (row.state, row.body_id, row.due_on) == ("REFERRED", house.oversight.pk, later)
    row = house.act(judge, row, "decide", decision="RESOLVE", words="No mile limit in pregnancy.", **due)
    assert (row.state, row.body_id, row.due_on) == ("DECIDED", house.core.pk, later)
    page = text_of(core.get(f"{house.rooms}barriers/?tier=CORE&state=DECIDED"))
    assert "No ride to the clinic" in page
    hers = text_of(house.renee.get(house.url(row)))
    assert "No mile limit in pregnancy." in hers
    assert f"back to: {house.core.name}" in hers
    assert "You raised this" in hers
    assert "<svg" in hers
    assert row.answered_on == clock.today()


@pytest.mark.requirement("R-005")
def test_oversight_gives_it_to_a_team_or_declines_with_the_reason(house: House) -> None:
    group, core, judge = house.chair(house.group), house.chair(house.core), house.chair(house.oversight)
    later = clock.today() + timedelta(days=20)
    due = {"due_on": later.isoformat()}
    row = at_oversight(house, group, core)
    row = house.act(judge, row, "decide", decision="ASSIGN", words="Write the page.", assigned_to_id=house.group.pk, **due)
    assert (row.state, row.body_id, row.tier) == ("DECIDED", house.group.pk, "WORK_GROUP")
    other = at_oversight(house, group, core, title="No crib")
    other = house.act(judge, other, "decide", decision="DECLINE", words="The law leaves no room.", **due)
    assert house.act(core, other, "tell", words="Oversight declined. The law leaves no room.").state == "TOLD"
    assert "The law leaves no room." in text_of(house.renee.get(house.url(other)))


@pytest.mark.requirement("R-016")
def test_what_goes_up_is_answered_and_the_silent_is_flagged(house: House) -> None:
    group, _core = house.chair(house.group), house.chair(house.core)
    row = house.raised(house.renee, title="Text messages bring them back", kind="IDEA")
    channel = f"{house.rooms}barriers/up-and-down/"
    assert "No answer yet" in text_of(house.renee.get(channel))
    with clock.at(clock.now() + timedelta(days=61)):
        assert "No answer for too long" in text_of(group.get(channel))
        assert "has no answer after 60 days" in text_of(group.get(f"{house.rooms}barriers/"))
        assert row.title in text_of(group.get(f"{house.rooms}barriers/?silent=1"))
    house.act(group, row, "triage", does="TRIAGE", body_id=house.group.pk)
    assert house.renee.get(house.url(row, "tell/")).status_code == 404
    house.act(group, row, "tell", words="We try it from Monday.")
    assert "Answered" in text_of(house.renee.get(channel))
    assert "We try it from Monday." in text_of(house.renee.get(house.url(row)))
    assert group.get(f"{channel}new/").status_code == 404  # a work group posts nothing down
    send(
        house.ruth,
        f"{channel}new/",
        body_id=house.oversight.pk,
        kind="SUPPORT",
        title="A template for texts",
        words="Use these words.",
        barrier_id=row.pk,
    )
    down = text_of(house.renee.get(channel))
    assert "A template for texts" in down
    assert "all teams below" in down
    assert Posting.objects.get(collaborative_id=row.collaborative_id).barrier_id == row.pk


@pytest.mark.requirement("R-016")
def test_nothing_closes_before_who_raised_it_has_heard_and_she_may_reopen(house: House) -> None:
    group = house.chair(house.group)
    row = house.raised(house.renee)
    house.act(group, row, "triage", does="TRIAGE", body_id=house.group.pk)
    house.act(group, row, "resolve", words="The van runs on Tuesdays.")
    for early in ("close", "gone"):
        assert group.post(house.url(row, f"{early}/"), {"request_key": "x", "version": str(row.row_version), "words": ""}).status_code == 404
    house.act(group, row, "tell", words="You can ask for the van.")
    assert "An answer came back to you" in text_of(house.renee.get(f"{house.rooms}barriers/"))
    assert group.get(house.url(row, "gone/")).status_code == 404  # nobody says it for her
    assert "still has time to answer" in house.refused(group, row, "close", words="")
    house.act(house.renee, row, "again", words="It runs too early.")
    assert (row.state, row.body_id) == ("WORKING", house.group.pk)
    house.act(group, row, "resolve", words="It runs at ten now.")
    house.act(group, row, "tell", words="It runs at ten.")
    assert house.act(house.renee, row, "gone", words="").state == "CLOSED"
    assert [step.deed for step in Step.objects.filter(barrier=row).order_by("number")] == [
        "RAISE", "TRIAGE", "RESOLVE", "TELL", "REOPEN", "RESOLVE", "TELL", "CONFIRM",
    ]  # fmt: skip


@pytest.mark.requirement("R-192")
def test_a_provider_logs_what_is_in_the_way_day_by_day(house: House) -> None:
    row = house.raised(house.renee, title="The fax is always busy", kind="OPERATIONAL")
    assert (row.source, row.partner_id, row.state) == ("PROVIDER", house.partner.pk, "LOGGED")
    assert row.due_on is not None
    assert row.due_on > clock.today()
    stranger = house.sign_in(a_worker(Role.HOSPITAL_SOCIAL_WORKER))
    assert stranger.get(f"{house.rooms}barriers/").status_code == 404
    assert stranger.get(house.url(row)).status_code == 404
    assert stranger.get(f"{house.rooms}barriers/new/").status_code == 404
    group = house.chair(house.group)
    telling = {"request_key": "k", "version": "0", "kind": "OPERATIONAL", "title": "Born 2/18/2026", "words": "She waits."}
    assert house.renee.post(f"{house.rooms}barriers/new/", telling).status_code == 422
    twin = house.raised(group, title="Fax again", kind="OPERATIONAL")
    none = house.raised(group, title="I dislike forms", kind="OPERATIONAL")
    house.act(group, row, "triage", does="TRIAGE", body_id=house.group.pk)
    house.act(group, twin, "triage", does="JOIN", joined_to_id=row.pk)
    assert "Say why." in house.refused(group, none, "triage", does="REJECT")
    house.act(group, none, "triage", does="REJECT", reason="Nobody is kept from anything.")
    assert (twin.state, twin.joined_to_id, none.state) == ("DUPLICATE", row.pk, "NOT_A_BARRIER")
    assert "Fax again" in text_of(house.renee.get(house.url(row)))
    assert "Nobody is kept from anything." in text_of(group.get(house.url(none)))
    listed = text_of(house.renee.get(f"{house.rooms}barriers/?kind=OPERATIONAL"))
    assert "The fax is always busy" in listed
    assert "I dislike forms" not in listed
    assert "I dislike forms" in text_of(house.renee.get(f"{house.rooms}barriers/?state=NOT_A_BARRIER"))
    with clock.at(clock.now() + timedelta(days=32)):
        late = text_of(house.sign_in(house.renee_member).get(f"{house.rooms}barriers/?late=1"))
        assert "The fax is always busy" in late
        assert re.search(r"\d+ days? late", late)


@pytest.mark.requirement("R-202")
def test_a_barrier_to_staying_is_tried_in_cycles_with_those_whom_it_concerns(house: House) -> None:
    group = house.chair(house.group)
    row = house.raised(house.renee, title="They leave after two visits", kind="ENGAGEMENT")
    house.act(group, row, "triage", does="TRIAGE", body_id=house.group.pk)
    today = clock.today()
    until = today + timedelta(days=60)
    days = {"starts_on": today.isoformat(), "due_on": until.isoformat()}
    plan = {"change": "A peer calls the day before.", "measure": "Visits kept, of ten", "before": "5.5", "aim": "8", **days}
    assert "Who takes part?" in house.refused(group, row, "tries/new", stakeholders="", **plan)
    house.act(group, row, "tries/new", stakeholders="Mothers of the circle, two peers", **plan)
    cycle = Cycle.objects.get(barrier=row)
    assert "Say how it went" in text_of(group.get(house.url(row)))
    assert house.renee.get(house.url(row, f"tries/{cycle.pk}/")).status_code == 404
    ended = {"ended_on": today.isoformat()}
    learned = {"happened": "42 calls.", "learned": "Evenings work better.", "after": "7.5"}
    house.act(group, row, f"tries/{cycle.pk}", result="ADAPT", **learned, **ended)
    house.act(group, row, "tries/new", stakeholders="Mothers of the circle, two peers", **plan)
    page = text_of(house.renee.get(house.url(row)))
    assert "We change it and try again." in page
    assert "Evenings work better." in page
    assert list(Cycle.objects.filter(barrier=row).order_by("number").values_list("number", "result")) == [(1, "ADAPT"), (2, "")]
    assert house.act(group, row, "resolve", words="Eight of ten visits are kept.").state == "RESOLVED"


def test_a_member_who_is_no_officer_neither_triages_nor_sends_up(house: House) -> None:
    group = house.chair(house.group)
    plain, _member = house.member(house.group)
    row = house.raised(house.renee)
    assert plain.get(house.url(row, "triage/")).status_code == 404
    house.act(group, row, "triage", does="TRIAGE", body_id=house.group.pk)
    house.act(plain, row, "tried", words="I asked the taxi firm.")  # who sits there writes what she tried
    assert plain.get(house.url(row, "up/")).status_code == 404
    assert "Say what was tried first" in house.refused(group, house_fresh(house, group), "up", tried="", asks="Help.")
    house.act(group, row, "up", tried="", asks="Ask the plan.")
    assert "mark it" in house.refused(house.ruth, row, "up", tried="x", asks="Decide.")  # not cross-system: oversight does not take it


def house_fresh(house: House, group: Client) -> Barrier:
    row = house.raised(house.renee, title="Nothing tried yet")
    return house.act(group, row, "triage", does="TRIAGE", body_id=house.group.pk)


def test_two_who_write_at_once_lose_nothing(house: House) -> None:
    group = house.chair(house.group)
    row = house.raised(house.renee)
    old = row.row_version
    house.act(group, row, "triage", does="TRIAGE", body_id=house.group.pk)
    stale = house.ruth.post(house.url(row, "up/"), {"request_key": uuid4().hex, "version": str(old), "tried": "t", "asks": "My words"})
    assert stale.status_code == 422
    assert "Somebody changed this meanwhile" in stale.content.decode()
    key = uuid4().hex
    form = {"request_key": key, "version": str(row.row_version), "words": "Once."}
    for _again in range(2):
        assert group.post(house.url(row, "tried/"), form).status_code == 302
    assert Step.objects.filter(barrier=row, deed="TRY").count() == 1
