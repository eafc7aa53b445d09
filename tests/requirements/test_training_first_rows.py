"""Training that comes before a member takes part: it holds, it stops nobody who sat before, and the refusal shows the way forward."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from tests.factories.agencies import a_worker
from tests.requirements.conftest import SignIn
from tests.requirements.knowing import read
from tests.requirements.meeting_group import Group
from tests.requirements.test_structure_rows import a_partner, a_seat, browser, day, ruth, send

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.knowledge.models import Course, Passed
from careloom.meetings.models import AgendaItem, Meeting
from careloom.partnership.models import Seat

__all__ = ["browser", "ruth"]
pytestmark = pytest.mark.django_db
FIRST = {"subject": "STIGMA", "hours": "2", "levels": ["SUPERVISOR", "FRONT_LINE"], "gate": "on", "given_by": "Mothers’ circle"}


def a_member(group: Group, **facts: object) -> tuple[Membership, Seat]:
    worker = a_worker(Role.HOSPITAL_SOCIAL_WORKER)
    partner = a_partner(group.browser, group.rooms, f"Comes {uuid4()}", "HOSPITALS", agency_id=worker.agency_id)
    seat = a_seat(group.browser, group.rooms, group.body, f"Mel {uuid4()}", partner, worker_id=worker.worker_id, **({"level": "FRONT_LINE"} | facts))
    return worker, seat


def brings(client: Client, group: Group, meeting: Meeting, title: str) -> int:
    """A member puts a point on the agenda; how that was answered."""
    told = {"title": title, "for_families": "They wait less.", "minutes": "5", "request_key": uuid4().hex, "version": "0", "block": ""}
    status: int = client.post(f"{group.at(meeting)}agenda/new/", told).status_code
    return status


@pytest.mark.requirement("R-212")
def test_a_new_member_takes_the_training_before_she_takes_part(browser: Client, sign_in: SignIn) -> None:
    group = Group(browser)
    old, _seat = a_member(group)
    meeting = group.a_meeting(hours=48)
    catalog = f"{group.rooms}knowledge/lists/courses/"
    send(browser, f"{catalog}new/", title="Disrupting stigma", **FIRST)
    Seat.objects.filter(body=group.body).update(starts_on="2020-01-01")  # those who sat before it was set
    new, seat = a_member(group, office="SECRETARY")
    first, here = sign_in(old), sign_in(new)
    assert brings(first, group, meeting, "Rides") == 302
    # She reads everything, and is led to the training from what is not hers yet.
    assert "Training comes first" in read(here.get(f"{group.rooms}bodies/{group.body.pk}/"))
    assert "A training comes first." in read(here.get(group.rooms))
    assert "A training comes first." not in read(first.get(group.rooms))
    assert here.get(f"{group.at(meeting)}").status_code == 200
    way = here.get(f"{group.rooms}bodies/{group.body.pk}/charter/")
    training = f"{group.rooms}knowledge/tasks/onboarding/{seat.pk}/"
    assert (way.status_code, way["Location"]) == (302, training)
    assert brings(here, group, meeting, "Cribs") == 302
    assert not AgendaItem.objects.filter(title="Cribs").exists()
    page = read(here.get(training))
    assert "First comes the training below." in page
    assert "Disrupting stigma" in page
    assert "does not yet act for the body" in page
    course = Course.objects.get(collaborative_id=seat.collaborative_id)
    taken = f"{group.rooms}knowledge/onboarding/{seat.pk}/{course.pk}/"
    assert first.get(taken).status_code == 404  # nobody takes it for another
    for _twice in range(2):
        send(here, taken, **day("on"))
    assert Passed.objects.filter(seat=seat).count() == 1
    assert "A training comes first." not in read(here.get(group.rooms))
    assert here.get(f"{group.rooms}bodies/{group.body.pk}/charter/").status_code == 200
    assert brings(here, group, meeting, "Cribs") == 302
    assert AgendaItem.objects.filter(title="Cribs").exists()


def test_the_gate_asks_those_for_whom_the_training_is_and_goes_with_it(browser: Client, sign_in: SignIn) -> None:
    group = Group(browser)
    catalog = f"{group.rooms}knowledge/lists/courses/"
    send(browser, f"{catalog}new/", title="Disrupting stigma", **FIRST)
    _leader, director = a_member(group, level="DIRECTOR")
    worker, seat = a_member(group)
    body = f"{group.rooms}bodies/{group.body.pk}/"
    assert f"Training comes first : {seat.name}" in read(browser.get(body))
    assert f"Training comes first : {director.name}" not in read(browser.get(body))
    course = Course.objects.get(collaborative_id=seat.collaborative_id)
    send(browser, f"{catalog}{course.pk}/out/")
    assert "Training comes first" not in read(browser.get(body))
    assert sign_in(worker).get(f"{body}seats/new/").status_code == 404  # she is a member, and no officer


def test_who_leads_notes_it_for_a_member_who_does_not_sign_in(browser: Client) -> None:
    group = Group(browser)
    send(browser, f"{group.rooms}knowledge/lists/courses/new/", title="Disrupting stigma", **FIRST)
    seat = a_seat(browser, group.rooms, group.body, f"Paper {uuid4()}", group.hospital, level="FRONT_LINE")
    course = Course.objects.get(collaborative_id=seat.collaborative_id)
    body = f"{group.rooms}bodies/{group.body.pk}/"
    assert f"Training comes first : {seat.name}" in read(browser.get(body))
    send(browser, f"{group.rooms}knowledge/onboarding/{seat.pk}/{course.pk}/", **day("on"))
    assert f"Training comes first : {seat.name}" not in read(browser.get(body))
