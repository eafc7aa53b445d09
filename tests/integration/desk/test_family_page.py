"""The family page: what its readers see, what nobody learns, and how many statements it takes."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld, a_key
from tests.integration.desk.conftest import add_needs, counted, masked

from careloom.agencies.models import Membership
from careloom.infra.access import acting_as
from careloom.infra.access.models import AccessLog, Disclosure
from careloom.plans import actions

SignIn = Callable[[Membership], Client]


@pytest.fixture
def plan(world: PlanWorld):
    return world.a_plan(mother_id=world.a_mother(given_name="Marisol", family_name="Reyes"), agreed=True)


def test_the_lead_reads_the_plan_on_one_page(world: PlanWorld, sign_in: SignIn, plan) -> None:
    add_needs(world, plan, 2)
    page = sign_in(world.dana).get(f"/families/{plan.identity_id}/").content.decode()
    for words in (
        "Marisol",
        "Needs, followed to the end",
        "Two threads.",
        "She asks for help early",
        "Care team",
        "There may be more; ask the care team line.",
    ):
        assert words in page
    assert "“Afternoons”" in page


def test_the_page_points_out_goals_for_her_alone(world: PlanWorld, sign_in: SignIn, plan) -> None:
    by = viewer(world.dana)
    with acting_as(by):
        actions.add_goal(by=by, at=world.at, plan_id=plan.pk, words="A door I can lock", request_key=a_key())
    page = sign_in(world.dana).get(f"/families/{plan.identity_id}/").content.decode()
    assert "Every goal is for her. Ask what she wants for the baby, too." in page
    with acting_as(by):
        actions.add_goal(by=by, at=world.at, plan_id=plan.pk, words="That he sleeps", about="CHILD", request_key=a_key())
    assert "Every goal is for her" not in sign_in(world.dana).get(f"/families/{plan.identity_id}/").content.decode()


def test_the_page_says_what_changed_since_she_agreed(world: PlanWorld, sign_in: SignIn, plan) -> None:
    add_needs(world, plan, 1)
    page = sign_in(world.dana).get(f"/families/{plan.identity_id}/").content.decode()
    assert "What changed since she agreed on" in page
    assert "New need:" in page


@pytest.mark.parametrize("tab", ["", "story/", "appointments/", "documents/"])
def test_a_worker_without_consent_gets_the_answer_of_a_family_that_does_not_exist(world: PlanWorld, sign_in: SignIn, plan, tab: str) -> None:
    client = sign_in(world.bea)
    client.get(f"/families/{uuid4()}/{tab}")
    with counted() as for_hidden:
        hidden = masked(client.get(f"/families/{plan.identity_id}/{tab}"))
    with counted() as for_absent:
        absent = masked(client.get(f"/families/{uuid4()}/{tab}"))
    assert hidden == absent
    assert hidden[0] == 404
    assert len(for_hidden) == len(for_absent)


def test_a_recipient_by_consent_sees_only_her_parts(world: PlanWorld, sign_in: SignIn, plan) -> None:
    add_needs(world, plan, 1)
    by = viewer(world.dana)
    with acting_as(by):
        actions.add_need(by=by, at=world.at, plan_id=plan.pk, code="MEDICINE_FOR_RECOVERY", title="Staying well on Mondays", request_key=a_key())
    world.share(plan, to=world.bea)
    page = sign_in(world.bea).get(f"/families/{plan.identity_id}/").content.decode()
    assert "One thread." in page
    assert "Staying well on Mondays" not in page
    # The program that leads, and its worker, are not named to who may not know of treatment: the line stands.
    assert world.dana.worker.name not in page
    assert world.riverbend.name not in page
    assert "Care team line" in page
    assert "Staying well on Mondays" in sign_in(world.dana).get(f"/families/{plan.identity_id}/").content.decode()


def test_each_look_is_logged_and_a_foreign_one_is_accounted_for(world: PlanWorld, sign_in: SignIn, plan) -> None:
    world.share(plan, to=world.bea)
    assert sign_in(world.bea).get(f"/families/{plan.identity_id}/").status_code == 200
    with acting_as(viewer(world.bea)):
        assert AccessLog.objects.filter(place="desk:family", identity_id=plan.identity_id).exists()
        assert Disclosure.objects.filter(recipient_id=world.harbor.pk, identity_id=plan.identity_id, category="posc.plan_core").exists()


@pytest.mark.parametrize("reader", ["dana", "bea"])
def test_the_page_takes_the_same_statements_for_one_need_and_for_twenty(world: PlanWorld, sign_in: SignIn, plan, reader: str) -> None:
    world.share(plan, to=world.bea)
    client = sign_in(getattr(world, reader))
    add_needs(world, plan, 1)
    client.get(f"/families/{plan.identity_id}/")
    with counted() as one:
        client.get(f"/families/{plan.identity_id}/")
    add_needs(world, plan, 19)
    with counted() as twenty:
        client.get(f"/families/{plan.identity_id}/")
    assert len(one) == len(twenty), set(one) ^ set(twenty)
    assert len(one) <= 25, "\n".join(sql[:150] for sql in one)


def test_a_mother_without_a_plan_is_offered_one(world: PlanWorld, sign_in: SignIn) -> None:
    mother = world.a_mother()
    page = sign_in(world.dana).get(f"/families/{mother}/").content.decode()
    assert "Start a plan with her" in page
    assert f"/plans/start/{mother}/" in page


def test_the_story_tells_what_was_said(world: PlanWorld, sign_in: SignIn, plan) -> None:
    add_needs(world, plan, 1)
    page = sign_in(world.dana).get(f"/families/{plan.identity_id}/story/").content.decode()
    assert "New need:" in page
    assert "Version 1 of the plan" in page


def test_an_appointment_is_planned_and_called_off(world: PlanWorld, sign_in: SignIn, plan) -> None:
    client, path = sign_in(world.dana), f"/families/{plan.identity_id}/appointments/"
    facts = {"kind": "HOME_VISIT", "title": "Home visit, second", "day": "2031-03-12", "hour": "10:30", "place": "At home"}
    assert client.post(path, facts).status_code == 302
    page = client.get(path).content.decode()
    assert "Home visit, second" in page
    assert "Call it off" in page
    assert sign_in(world.bea).post(path, facts).status_code == 404


def test_a_baby_leads_to_the_mothers_page_and_stands_alone_for_who_sees_only_the_baby(world: PlanWorld, sign_in: SignIn) -> None:
    mother = world.a_mother(given_name="Marisol")
    infant = world.an_infant(mother_id=mother, by=world.dana)
    assert sign_in(world.dana).get(f"/families/{infant}/").url == f"/families/{mother}/"
    other = world.an_infant(mother_id=mother)
    page = sign_in(world.maria).get(f"/families/{other}/").content.decode()
    assert "Marisol" not in page
    assert "There may be more; ask the care team line." in page
