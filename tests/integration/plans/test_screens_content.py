"""Screens for needs, choices, goals and strengths: one allowed and one refused, twice is once, and both texts in a conflict."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld, a_key

from careloom.agencies.models import Membership
from careloom.infra.access import acting_as
from careloom.plans import actions
from careloom.plans.models import Goal, Need, NeedStep, PlanOfSafeCare, Strength

SignIn = Callable[[Membership], Client]


@pytest.fixture
def plan(world: PlanWorld) -> PlanOfSafeCare:
    return world.a_plan(agreed=True)


def need_facts(plan: PlanOfSafeCare, **changes: str) -> dict[str, str]:
    facts = {
        "code": "HOUSING", "title": "A home for us", "whose": str(plan.identity_id), "her_choice": "YES", "her_words": "A door I can lock",
        "priority": "1", "request_key": a_key(),
    }  # fmt: skip
    return facts | changes


def needs_of(world: PlanWorld, plan: PlanOfSafeCare) -> list[Need]:
    with acting_as(viewer(world.dana)):
        return list(Need.objects.filter(plan_id=plan.pk))


def test_a_need_is_named_with_her_choice_and_sending_twice_makes_one(world: PlanWorld, sign_in: SignIn, plan: PlanOfSafeCare) -> None:
    client, path, facts = sign_in(world.dana), f"/plans/{plan.pk}/needs/new/", need_facts(plan)
    assert client.get(path).status_code == 200
    for _ in range(2):
        assert client.post(path, facts).status_code == 302
    [need] = needs_of(world, plan)
    assert (need.title, need.her_choice, need.her_words) == ("A home for us", "YES", "A door I can lock")


def test_a_need_without_her_answer_says_what_to_do_next(world: PlanWorld, sign_in: SignIn, plan: PlanOfSafeCare) -> None:
    response = sign_in(world.dana).post(f"/plans/{plan.pk}/needs/new/", need_facts(plan, her_choice="", code=""))
    assert response.status_code == 422
    assert response.content.decode().count("Choose one to go on.") >= 2
    assert needs_of(world, plan) == []


@pytest.mark.parametrize(
    "screen",
    ["needs/new", "goals/new", "strengths/new", "family", "team", "lead", "birth", "agree", "event", "close", "reopen", "changes"],
)
def test_a_worker_without_consent_finds_no_screen_of_the_plan(world: PlanWorld, sign_in: SignIn, plan: PlanOfSafeCare, screen: str) -> None:
    path = f"/plans/{plan.pk}/{screen}/"
    assert sign_in(world.dana).get(path).status_code == 200
    client = sign_in(world.bea)
    assert client.get(path).status_code == 404
    assert client.post(path, {"why": "OTHER"}).status_code in (404, 405)


def test_her_no_ends_the_thread_in_calm(world: PlanWorld, sign_in: SignIn, plan: PlanOfSafeCare) -> None:
    client = sign_in(world.dana)
    client.post(f"/plans/{plan.pk}/needs/new/", need_facts(plan))
    [need] = needs_of(world, plan)
    facts = {"about": "choice", "her_choice": "NO", "her_words": "I have a home", "request_key": a_key()}
    assert client.post(f"/plans/needs/{need.pk}/", facts).status_code == 302
    page = client.get(f"/plans/needs/{need.pk}/").content.decode()
    assert "Her choice: No" in page
    assert "I have a home" in page
    assert "Her choice stands." in client.get(f"/families/{plan.identity_id}/").content.decode()
    assert sign_in(world.bea).post(f"/plans/needs/{need.pk}/", facts).status_code == 404


def test_a_need_that_is_not_met_asks_why(world: PlanWorld, sign_in: SignIn, plan: PlanOfSafeCare) -> None:
    client = sign_in(world.dana)
    client.post(f"/plans/{plan.pk}/needs/new/", need_facts(plan))
    [need] = needs_of(world, plan)
    facts = {"about": "result", "result": "UNMET", "request_key": a_key()}
    response = client.post(f"/plans/needs/{need.pk}/", facts)
    assert response.status_code == 422
    assert "Choose why it was not met." in response.content.decode()
    assert client.post(f"/plans/needs/{need.pk}/", facts | {"reason": "NO_SERVICE"}).status_code == 302
    with acting_as(viewer(world.dana)):
        assert NeedStep.objects.filter(need_id=need.pk, step="RESULT", value="UNMET", reason="NO_SERVICE").count() == 1


@pytest.mark.requirement("R-119")
def test_a_goal_about_being_close_is_written_in_her_words(world: PlanWorld, sign_in: SignIn, plan: PlanOfSafeCare) -> None:
    facts = {"words": "To hold him every morning", "hers": "1", "about": "FAMILY", "theme": "ATTACHMENT", "request_key": a_key()}
    client = sign_in(world.dana)
    assert client.post(f"/plans/{plan.pk}/goals/new/", facts).status_code == 302
    assert "“To hold him every morning”" in client.get(f"/families/{plan.identity_id}/").content.decode()
    with acting_as(viewer(world.dana)):
        assert Goal.objects.get(plan_id=plan.pk).theme == "ATTACHMENT"


def test_two_workers_who_change_one_goal_see_both_texts(world: PlanWorld, sign_in: SignIn, plan: PlanOfSafeCare) -> None:
    by = viewer(world.dana)
    with acting_as(by):
        goal = actions.add_goal(by=by, at=world.at, plan_id=plan.pk, words="Home by fall", request_key=a_key())
    client, path = sign_in(world.dana), f"/plans/goals/{goal.pk}/"
    assert client.post(path, {"words": "Home by summer", "state": "OPEN", "row_version": "1"}).status_code == 302
    response = client.post(path, {"words": "Home by winter", "state": "OPEN", "row_version": "1"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Home by summer" in page
    assert "Home by winter" in page
    with acting_as(by):
        kept = Goal.objects.get(pk=goal.pk)
    assert kept.words == "Home by summer"
    assert client.post(path, {"words": "Home by winter", "state": "OPEN", "row_version": str(kept.row_version)}).status_code == 302
    with acting_as(by):
        assert Goal.objects.get(pk=goal.pk).words == "Home by winter"


def test_needs_do_not_stand_without_strengths(world: PlanWorld, sign_in: SignIn) -> None:
    plan, client = world.a_plan(), sign_in(world.dana)
    client.post(f"/plans/{plan.pk}/needs/new/", need_facts(plan))
    assert "Needs never stand without strengths." in client.get(f"/families/{plan.identity_id}/").content.decode()
    agree = {"method": "SCREEN", "request_key": a_key()}
    refused = client.post(f"/plans/{plan.pk}/agree/", agree)
    assert refused.status_code == 422
    assert "There is no strength yet. Write down what is strong, then agree." in refused.content.decode()
    client.post(f"/plans/{plan.pk}/strengths/new/", {"text": "She asks for help early", "request_key": a_key()})
    assert client.post(f"/plans/{plan.pk}/agree/", agree).status_code == 302
    with acting_as(viewer(world.dana)):
        assert Strength.objects.filter(plan_id=plan.pk).count() == 1
        assert PlanOfSafeCare.objects.get(pk=plan.pk).status == "ACTIVE"
