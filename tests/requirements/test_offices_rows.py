"""Who may decide what: officers decide for their body, members answer for their agency, and who runs the collaborative notes it, and it shows."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from tests.factories.agencies import a_worker
from tests.factories.barriers import House as BarrierHouse
from tests.requirements.changing import House, drafted
from tests.requirements.conftest import SignIn
from tests.requirements.knowing import on, read, refused
from tests.requirements.meeting_group import Group
from tests.requirements.test_barriers_rows import at_oversight
from tests.requirements.test_structure_rows import a_partner, a_seat, browser, day, ruth, send

from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.meetings.models import Decision
from careloom.partnership.models import Noted, Seat

__all__ = ["browser", "ruth"]
pytestmark = pytest.mark.django_db
NOT_FINAL = "Not final yet"


def decided(client: Client, group: Group, meeting: object, proposal: str) -> Decision:
    """What a meeting decides, written down in its room by `client`."""
    told = {"does": "decide", "version": "0", "proposal": proposal, "result": "ADOPTED", "for_families": "One call.", "request_key": uuid4().hex}
    assert client.post(f"{group.at(meeting)}room/", told).status_code == 302  # type: ignore[arg-type]
    return Decision.objects.get(proposal=proposal)


def officer(group: Group, sign_in: SignIn, office: str = "CHAIR") -> Client:
    """A member of the court who signs in and holds an office in the body."""
    worker = a_worker(Role.HOSPITAL_SOCIAL_WORKER)
    partner = a_partner(group.browser, group.rooms, f"Office {uuid4()}", "HOSPITALS", agency_id=worker.agency_id)
    a_seat(group.browser, group.rooms, group.body, f"Officer {uuid4()}", partner, worker_id=worker.worker_id, office=office)
    return sign_in(worker)


@pytest.mark.requirement("R-031")
def test_what_the_coordinator_writes_down_is_final_when_an_officer_confirms_it(browser: Client, sign_in: SignIn) -> None:
    group = Group(browser)
    chair, member = officer(group, sign_in), officer(group, sign_in, "MEMBER")
    meeting = group.running()
    group.present(meeting, ada="IN_PERSON", bo="VIDEO")
    noted, own = decided(browser, group, meeting, "One phone line."), decided(chair, group, meeting, "One bus pass.")
    page = f"{group.rooms}meetings/decisions/"
    assert read(browser.get(page)).count(NOT_FINAL) == 1
    assert NOT_FINAL not in read(chair.get(f"{page}{own.pk}/"))
    body = f"{group.rooms}bodies/{group.body.pk}/"
    assert "One decision waits for you to confirm it." in read(chair.get(group.rooms))
    assert "waits for you to confirm" not in read(browser.get(group.rooms))
    for client in (browser, member):
        shown = read(client.get(body))
        assert "One phone line." in shown
        assert "Confirm it" not in shown
        assert client.post(f"{body}confirm/", {"noted_id": str(Noted.objects.get().pk)}).status_code == 404
    assert "Confirm it : One phone line." in read(chair.get(f"{page}{noted.pk}/"))
    for _twice in range(2):
        assert chair.post(f"{body}confirm/", {"noted_id": str(Noted.objects.get().pk)}).status_code == 302
    shown = read(browser.get(f"{page}{noted.pk}/"))
    assert NOT_FINAL not in shown
    assert "Confirmed by Officer" in shown


@pytest.mark.requirement("R-031")
def test_approved_minutes_make_it_final(browser: Client) -> None:
    group = Group(browser)
    meeting = group.running()
    group.present(meeting, ada="IN_PERSON", bo="VIDEO")
    noted = decided(browser, group, meeting, "One phone line.")
    group.step(group.step(meeting, "end"), "send")
    at = f"{group.rooms}meetings/decisions/{noted.pk}/"
    assert NOT_FINAL in read(browser.get(at))
    second = group.step(group.agenda(group.a_meeting(hours=30)), "begin")
    group.present(second, ada="IN_PERSON", bo="VIDEO")
    group.step(second, "approve", about=str(meeting.pk))
    shown = read(browser.get(at))
    assert NOT_FINAL not in shown
    assert "Final with the minutes approved" in shown


def test_an_officer_without_a_sign_in_confirms_on_paper(browser: Client) -> None:
    group = Group(browser)
    send(
        browser,
        f"{group.rooms}seats/{group.ada.pk}/",
        name=group.ada.name,
        partner_id=group.hospital.pk,
        office="CHAIR",
        version="1",
        **day("starts_on"),
    )
    meeting = group.running()
    group.present(meeting, ada="IN_PERSON", bo="VIDEO")
    noted = decided(browser, group, meeting, "One phone line.")
    body = f"{group.rooms}bodies/{group.body.pk}/"
    assert f"{group.ada.name} confirmed it on paper" in read(browser.get(body))
    assert browser.post(f"{body}confirm/", {"noted_id": str(Noted.objects.get().pk)}).status_code == 302
    assert f"Confirmed on paper by {group.ada.name}" in read(browser.get(f"{group.rooms}meetings/decisions/{noted.pk}/"))


def test_a_barrier_that_the_coordinator_decides_for_oversight_says_so(sign_in: SignIn) -> None:
    house = BarrierHouse(sign_in)
    group, core, judge = house.chair(house.group), house.chair(house.core), house.chair(house.oversight)
    due = {"due_on": (clock.today() + timedelta(days=20)).isoformat()}
    row = at_oversight(house, group, core)
    assert "You hold no office in" in read(house.ruth.get(house.url(row, "decide/")))
    assert "You hold no office in" not in read(judge.get(house.url(row, "decide/")))
    house.act(house.ruth, row, "decide", decision="RESOLVE", words="No mile limit.", **due)
    shown = read(house.renee.get(house.url(row)))
    assert NOT_FINAL in shown
    assert "It is final when an officer confirms it" in shown
    body = f"{house.rooms}bodies/{house.oversight.pk}/"
    assert core.post(f"{body}confirm/", {"noted_id": str(Noted.objects.get().pk)}).status_code == 404
    assert judge.post(f"{body}confirm/", {"noted_id": str(Noted.objects.get().pk)}).status_code == 302
    assert NOT_FINAL not in read(house.renee.get(house.url(row)))
    other = at_oversight(house, group, core, title="No crib")
    house.act(judge, other, "decide", decision="DECLINE", words="The law leaves no room.", **due)
    assert NOT_FINAL not in read(house.renee.get(house.url(other)))


@pytest.mark.requirement("R-006")
def test_guidance_is_acknowledged_by_the_agency_or_noted_as_said_on_paper(sign_in: SignIn) -> None:
    house = House(sign_in)
    now = clock.now()
    with clock.at(now):
        version = drafted(house, house.manager)
        at = house.at(f"guidance/version/{version.pk}/")
        send(house.manager, f"{at}comments/", version=1, **on("until", clock.today() + timedelta(days=1)))
    with clock.at(now + timedelta(days=2)):
        house.enter()
        coordinator = sign_in(a_worker(Role.PARTNERSHIP_COORDINATOR, agency=house.agency))
        to = {"partners": [str(house.partners[3].pk)], "bodies": [str(house.group.pk)]}
        send(coordinator, f"{at}issue/", version=2, **to)
        assert "It is final when an officer confirms it" in house.page(house.chair, f"guidance/{version.guidance_id}/")
        mine = version.addressees.get(partner=house.partners[3])
        path = house.at(f"guidance/to/{mine.pk}/acknowledge/")
        assert "It came on paper" in house.page(coordinator, f"guidance/{version.guidance_id}/")
        assert "It came on paper" not in house.page(house.member, f"guidance/{version.guidance_id}/")
        assert house.chair.get(path).status_code == 404
        assert "Say whose answer it is." in refused(coordinator, path, version="1", who=" ") or "required" in refused(coordinator, path, version="1")
        send(coordinator, path, version="1", who="Ada Reed, director, letter of May 4")
        assert "Acknowledged on paper by Ada Reed, director, letter of May 4, noted on" in house.page(
            house.member, f"guidance/{version.guidance_id}/"
        )


def test_the_seat_of_an_officer_that_ended_confirms_nothing(browser: Client, sign_in: SignIn) -> None:
    group = Group(browser)
    chair = officer(group, sign_in)
    meeting = group.running()
    group.present(meeting, ada="IN_PERSON", bo="VIDEO")
    decided(browser, group, meeting, "One phone line.")
    seat = Seat.objects.get(body=group.body, office="CHAIR")
    send(browser, f"{group.rooms}seats/{seat.pk}/leave/", **day("on"))
    body = f"{group.rooms}bodies/{group.body.pk}/"
    assert chair.post(f"{body}confirm/", {"noted_id": str(Noted.objects.get().pk)}).status_code == 404
