"""J2: a coordinator begins a plan with a mother, follows it, reviews it, hands over the lead and closes it, in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import expect
from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld, a_key
from tests.journeys.conftest import Visitor, assert_accessible

from careloom.config import subscriptions
from careloom.infra.access import acting_as
from careloom.plans import actions
from careloom.plans.models import PlanOfSafeCare

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]
NEWS = re.compile("Done ?: You still lead the plan for")


@pytest.fixture
def world(site: str, django_db_blocker: Any) -> PlanWorld:
    """Riverbend, Harbor and St. Agnes, for browsers to see."""
    subscriptions.join()
    with transaction.atomic():
        return PlanWorld()


def plan_of(world: PlanWorld) -> PlanOfSafeCare:
    """A plan that is well under way, with needs, a goal, a strength and a shared reader."""
    by = viewer(world.dana)
    with transaction.atomic():
        mother = world.a_mother(given_name="Marisol", family_name="Reyes Ortega", language="es", wants_interpreter=True)
        plan = world.a_plan(mother_id=mother, agreed=True)
        with acting_as(by):
            wanted = [
                ("HOUSING", "A home for the three of us", "YES", "A door I can lock."),
                ("PEER", "Staying well in recovery", "YES", "Monday group is mine."),
                ("PARENTING_CLASS", "Parenting class", "NO", "I took it with Lucía."),
                ("CRIB_AND_CAR_SEAT", "Crib and car seat", "YES", ""),
            ]
            for code, title, choice, said in wanted:
                actions.add_need(by=by, at=world.at, plan_id=plan.pk, code=code, title=title, her_choice=choice, her_words=said, request_key=a_key())
            actions.add_goal(by=by, at=world.at, plan_id=plan.pk, words="Lucía home before summer.", request_key=a_key())
        world.share(plan, to=world.bea)
    return plan


def test_the_pages_of_a_day_are_sound(world: PlanWorld, visit: Visit) -> None:
    plan = plan_of(world)
    her = visit(world.dana)
    for name, path in (
        ("today", "/today/"), ("families", "/families/"), ("search", "/families/search/"), ("family", f"/families/{plan.identity_id}/"),
        ("story", f"/families/{plan.identity_id}/story/"), ("appointments", f"/families/{plan.identity_id}/appointments/"),
        ("need-new", f"/plans/{plan.pk}/needs/new/"), ("people", f"/plans/{plan.pk}/family/"), ("team", f"/plans/{plan.pk}/team/"),
        ("lead", f"/plans/{plan.pk}/lead/"), ("agree", f"/plans/{plan.pk}/agree/"), ("birth", f"/plans/{plan.pk}/birth/"),
        ("event", f"/plans/{plan.pk}/event/"), ("close", f"/plans/{plan.pk}/close/"), ("changes", f"/plans/{plan.pk}/changes/"),
        ("overdue", "/plans/reviews/"),
    ):  # fmt: skip
        page = her.go(path)
        assert_accessible(page, name=name)


@pytest.mark.parametrize("script", [True, False])
def test_a_name_is_found_while_it_is_typed_and_without_script(world: PlanWorld, visit: Visit, script: bool) -> None:
    plan_of(world)
    page = visit(world.dana, script=script).go("/families/search/")
    page.locator("#name").fill("mariso")
    if not script:
        page.get_by_role("button", name="Find", exact=True).click()
    page.locator("#found").get_by_role("link", name="Marisol").wait_for()
    assert "mariso" not in page.url.lower()
    page = visit(world.dana, script=script).go("/families/")
    page.get_by_placeholder("Find a family").fill("mariso")
    page.get_by_placeholder("Find a family").press("Enter")
    page.locator("#found").get_by_role("link", name="Marisol").wait_for()
    page.reload()
    page.locator("#found").get_by_role("link", name="Marisol").wait_for()
    assert "mariso" not in page.url.lower()


def test_names_hide_on_a_shared_screen(world: PlanWorld, visit: Visit) -> None:
    plan_of(world)
    page = visit(world.dana).go("/families/")
    page.get_by_role("button", name="Hide names on this screen").click()
    assert page.get_by_text("Marisol").count() == 0
    page.get_by_role("button", name="Hide names on this screen").click()
    assert page.get_by_text("Marisol").count() >= 1


@pytest.mark.parametrize("script", [True, False])
def test_j2_from_the_first_plan_to_the_last_page(world: PlanWorld, visit: Visit, script: bool) -> None:
    with transaction.atomic():
        mother = world.a_mother(given_name="Marisol", family_name="Reyes Ortega")
        world.an_infant(mother_id=mother, by=world.dana)
    visitor = visit(world.dana, script=script)
    # 1: the plan is started, and a second lead is refused.
    page = visitor.go(f"/families/{mother}/")
    page.get_by_role("link", name="Start a plan with her").click()
    for part, value in (("month", "6"), ("day", "1"), ("year", "2031")):
        page.locator(f"[name=due_on_{part}]").fill(value)
    page.get_by_label("What does she want first?").fill("A quiet birth")
    if script:
        assert_accessible(page, name="start")
    page.get_by_role("button", name="Start the plan").click()
    page.wait_for_url(f"**/families/{mother}/")
    with transaction.atomic(), acting_as(viewer(world.dana)):
        plan = PlanOfSafeCare.objects.get(identity_id=mother)
    visitor.go(f"/plans/{plan.pk}/team/")
    page.get_by_label("Name").fill("Peer Practice")
    page.get_by_role("checkbox", name="This person leads the plan").check(force=True)
    page.get_by_role("button", name="Add to the team").click()
    assert "a plan has exactly one" in page.locator(".usa-error-summary").inner_text()
    # 2: the family as she defines it.
    visitor.go(f"/plans/{plan.pk}/family/")
    page.get_by_label("Name").fill("Rafa Practice")
    page.get_by_label("Who this is to her").fill("the one before")
    page.get_by_role("radio", name="Do not contact").check(force=True)
    page.get_by_role("button", name="Save").click()
    assert page.locator(".cl-people b").all_inner_texts() == ["Rafa Practice"]
    # 3 and 4: a strength, a need with her choice, and her agreement.
    visitor.go(f"/plans/{plan.pk}/strengths/new/")
    page.get_by_label("What is strong?").fill("She asks for help early")
    page.get_by_role("button", name="Add the strength").click()
    visitor.go(f"/plans/{plan.pk}/needs/new/")
    page.get_by_label("What is needed").select_option("HOUSING")
    page.get_by_role("radio", name="Yes").check(force=True)
    page.get_by_label("In her words").fill("A door I can lock")
    page.get_by_role("button", name="Add the need").click()
    assert page.get_by_text("“A door I can lock”").count() == 1
    visitor.go(f"/plans/{plan.pk}/agree/")
    page.get_by_role("radio", name="On this screen").check(force=True)
    page.get_by_role("button", name="She agrees").click()
    assert "version 1" in page.locator(".cl-eyebrow").inner_text()
    # 8: the review is held with a finding for the need.
    page.get_by_role("link", name="Get ready for the review").first.click()
    page.get_by_role("radio", name="In person").check(force=True)
    page.get_by_role("radio", name="Going well").check(force=True)
    page.get_by_role("radio", name="4", exact=True).check(force=True)
    if script:
        assert_accessible(page, name="review")
    page.get_by_role("button", name="Keep the review").click()
    assert "What changed since the review on" in page.locator("#chg").inner_text()
    # 12: the lead is offered to an agency that sees the plan, and stays until it says yes.
    with transaction.atomic():
        world.share(plan, to=world.bea, information=("posc.plan_core", "posc.referral_status", "posc.plan_part2_segment"))
    visitor.go(f"/plans/{plan.pk}/lead/")
    page.get_by_label("Or ask another agency").select_option(str(world.harbor.pk))
    page.get_by_role("button", name="Hand over the lead").click()
    bea = visit(world.bea, script=script)
    bea.go("/today/").get_by_role("link", name="Read and answer").click()
    bea.page.get_by_role("radio", name="No, not us").check(force=True)
    bea.page.get_by_role("button", name="Send the answer").click()
    visitor.go("/today/")
    assert page.get_by_text("You still lead the plan for").count() >= 1
    page.get_by_role("button", name=NEWS).click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name=NEWS)).to_have_count(1)
    if script:
        assert_accessible(page, name="today-news")
    # 13: closing says what is missing.
    visitor.go(f"/plans/{plan.pk}/close/")
    page.get_by_label("Why does the plan close?").select_option("GOALS_MET")
    page.get_by_role("button", name="Close the plan").click()
    assert "early intervention referral is known" in page.locator("main").inner_text()
    # A browser notes each answer that asks for mending; they were asked for above.
    visitor.said[:] = [said for said in visitor.said if "422" not in said]
