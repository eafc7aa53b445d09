"""What stands around meetings: promises, who comes and how, visits, what partners commit, bring and carry, and who may write."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.test import Client
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.requirements.conftest import SignIn
from tests.requirements.meeting_group import Group, text_of
from tests.requirements.test_structure_rows import a_partner, a_seat, day, send

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.barriers.models import Barrier
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.answers import Done, Refused
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.partnership import next_month
from careloom.meetings import actions
from careloom.meetings.facts import DecisionFacts
from careloom.meetings.models import ActionItem, AgendaItem, Decision, Meeting
from careloom.partnership.models import Partner

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


def test_a_vote_says_what_its_numbers_say(browser: Client, ruth: Membership) -> None:
    group, by = Group(browser, rule="VOTE", quorum=0), viewer(ruth)
    with acting_as(by):

        def decided(key: str, result: str, yes: int | None, no: int | None) -> Done | Refused:
            facts = DecisionFacts(
                proposal="Two vans", for_families="A ride", result=result, votes_for=yes, votes_against=no, about_kind="barriers.barrier",
                about_id=group.body.pk,
            )  # fmt: skip
            return actions.decide(by=by, at=clock.now(), body_id=group.body.pk, facts=facts, request_key=key)

        assert decided("a", "ADOPTED", None, None) == Refused(codes=("VOTES",))
        assert decided("b", "ADOPTED", 3, 3) == Refused(codes=("VOTES",))
        assert decided("c", "NOT_ADOPTED", 3, 2) == Refused(codes=("VOTES",))
        assert isinstance(decided("d", "ADOPTED", 3, 2), Done)
    row = Decision.objects.get(body=group.body)
    assert (row.about_kind, row.about_id, row.meeting) == ("barriers.barrier", group.body.pk, None)


def test_a_promise_rises_when_it_is_late_and_nobody_verifies_her_own(browser: Client, sign_in: SignIn) -> None:
    group = Group(browser)
    renee = a_worker(Role.HOSPITAL_SOCIAL_WORKER)
    partner = a_partner(browser, group.rooms, f"Ours {uuid4()}", "MENTAL_HEALTH", agency_id=renee.agency_id)
    hers = a_seat(browser, group.rooms, group.body, f"Renee {uuid4()}", partner, worker_id=renee.worker_id)
    chair = a_worker(Role.CARE_COORDINATOR)
    other = a_partner(browser, group.rooms, f"Other {uuid4()}", "EDUCATION", agency_id=chair.agency_id)
    told = {"name": "Chair", "partner_id": other.pk, "office": "CHAIR", "worker_id": chair.worker_id, **day("starts_on")}
    send(browser, f"{group.rooms}bodies/{group.body.pk}/seats/new/", **told)
    meeting = group.running()
    send(browser, f"{group.at(meeting)}room/", does="promise", what="Ask for a van", owner_id=str(hers.pk), **day("due_on"))
    row = ActionItem.objects.get(body=group.body)
    page, renees, chairs = f"{group.rooms}meetings/promises/{row.pk}/", sign_in(renee), sign_in(chair)
    assert "Ask for a van" in text_of(renees.get(f"{group.rooms}meetings/"))
    for days, told in ((1, "Told: the owner"), (8, "Told: the owner and the chair"), (31, "Told: the owner, the chair and the core team")):
        ActionItem.objects.filter(pk=row.pk).update(due_on=clock.today() - timedelta(days=days))
        assert told in text_of(renees.get(page))
    assert "Late, and told to you" in text_of(chairs.get(f"{group.rooms}meetings/"))
    send(renees, page, state="ACCEPTED", version="1")
    blocked = renees.post(page, {"request_key": "x", "version": "2", "state": "BLOCKED", "words": ""})
    assert blocked.status_code == 422
    send(renees, page, state="BLOCKED", version="2", words="No money this quarter.")
    send(renees, page, state="IN_PROGRESS", version="3")
    send(renees, page, state="DONE", version="4")
    assert renees.post(page, {"request_key": "y", "version": "5", "state": "VERIFIED"}).status_code == 404
    assert "Done: see whether it is" in text_of(chairs.get(f"{group.rooms}meetings/"))
    send(chairs, page, state="VERIFIED", version="5")
    assert "No money this quarter." in text_of(renees.get(page))
    assert "There is none." in text_of(renees.get(f"{group.rooms}meetings/promises/"))


@pytest.mark.requirement("R-046", "R-191")
@pytest.mark.requirement("R-053")
@pytest.mark.requirement("R-054", "R-057", "R-058")
@pytest.mark.requirement("R-188")
def test_whoever_leads_in_turn_may_write_and_a_member_may_only_bring_a_point(group: Group, sign_in: SignIn) -> None:
    leader, member = a_worker(Role.HOSPITAL_SOCIAL_WORKER), a_worker(Role.CARE_COORDINATOR)
    seats = []
    for who, sector in ((leader, "EDUCATION"), (member, "TRIBES")):
        partner: Partner = a_partner(group.browser, group.rooms, f"P {uuid4()}", sector, agency_id=who.agency_id)
        seats.append(a_seat(group.browser, group.rooms, group.body, f"S {uuid4()}", partner, worker_id=who.worker_id))
    meeting = group.a_meeting(hours=30)
    Meeting.objects.filter(pk=meeting.pk).update(leader=seats[0])
    leads, sits = sign_in(leader), sign_in(member)
    assert leads.post(f"{group.at(meeting)}step/", {"does": "build"}).status_code == 302
    assert AgendaItem.objects.filter(meeting=meeting).exists()
    assert sits.post(f"{group.at(meeting)}step/", {"does": "build"}).status_code == 404
    assert sits.get(f"{group.at(meeting)}agenda/").status_code == 404
    send(sits, f"{group.at(meeting)}agenda/new/", title="Night rides", minutes="5", for_families="They get home.")
    assert "Night rides" in text_of(leads.get(group.at(meeting)))
    assert sits.get(f"{group.meetings}series/").status_code == 404
    elsewhere = Group(group.browser)
    assert group.browser.get(f"{elsewhere.rooms}meetings/{meeting.pk}/").status_code == 404


def test_the_clock_keeps_a_series_made_ahead(group: Group) -> None:
    from careloom.meetings import tasks

    series = group.series()
    last = Meeting.objects.filter(series=series).order_by("-starts_at")[0]
    later = datetime.combine(next_month(clock.today(), by=3), time(12), tzinfo=ZoneInfo(settings.TIME_ZONE))
    assert tasks.run(at=later) >= 2
    assert tasks.run(at=later) == 0
    assert Meeting.objects.filter(series=series, starts_at__gt=last.starts_at).count() >= 2


def test_a_barrier_that_the_body_holds_stands_on_its_agenda_and_is_decided_there(browser: Client) -> None:
    group = Group(browser, tier="WORK_GROUP")
    send(browser, f"{group.rooms}barriers/new/", kind="CHALLENGE", title="No bus at night", words="The last bus leaves before the clinic closes.")
    barrier = Barrier.objects.get(title="No bus at night")
    triage = {"does": "TRIAGE", "body_id": str(group.body.pk), "owner_id": str(group.ada.pk), "title": barrier.title, "words": barrier.words}
    send(browser, f"{group.rooms}barriers/{barrier.pk}/triage/", **triage, version=barrier.row_version)
    meeting = group.running()
    item = AgendaItem.objects.get(meeting=meeting, kind="BARRIER")
    assert (item.about_id, item.block) == (barrier.pk, "BARRIERS")
    page = browser.get(group.at(meeting)).content.decode()
    assert f'href="{group.rooms}barriers/{barrier.pk}/"' in page
    group.present(meeting, ada="IN_PERSON", bo="VIDEO")
    told = {"does": "decide", "proposal": "One late bus.", "for_families": "They get home.", "result": "ADOPTED"}
    send(browser, f"{group.at(meeting)}room/?point={item.pk}", **told)
    decision = Decision.objects.get(body=group.body)
    assert (decision.about_kind, decision.about_id) == ("barriers.barrier", barrier.pk)
    item.refresh_from_db()
    assert item.talked
