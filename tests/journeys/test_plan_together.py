"""The plan section by section and a family meeting, in a real browser: nothing for axe, nothing sideways, at 1280 and 320 wide."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import transaction
from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld, a_key
from tests.journeys.conftest import Visitor, assert_accessible

from careloom.config import subscriptions
from careloom.infra.access import acting_as
from careloom.plans import actions
from careloom.plans.models import PlanOfSafeCare

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PAGES = ("sections/", "sections/B/", "sections/I/", "members/", "tensions/", "preferences/", "systems/", "copies/", "end/")


@transaction.atomic
def a_family() -> tuple[PlanWorld, PlanOfSafeCare]:
    """A mother with a plan that Riverbend leads and Harbor reads."""
    subscriptions.join()
    world = PlanWorld()
    mother = world.a_mother(given_name="Marisol", family_name="Practice")
    plan, by = world.a_plan(mother_id=mother, agreed=True), viewer(world.dana)
    world.share(plan, to=world.bea)
    with acting_as(by):
        actions.add_need(by=by, at=world.at, plan_id=plan.pk, code="HOUSING", her_choice="YES", her_words="A door I can lock", request_key=a_key())
        actions.add_goal(by=by, at=world.at, plan_id=plan.pk, words="A home for the three of us", about="FAMILY", request_key=a_key())
        actions.write_text(by=by, at=world.at, plan_id=plan.pk, section="B", code="PAIN", text="Ask her before anything is given")
        actions.note_tension(by=by, at=world.at, plan_id=plan.pk, kind="COMPETING", words="Group and visits at one hour", request_key=a_key())
    return world, plan


def test_sections_and_a_meeting_are_read_and_written_in_a_browser(visit: Callable[..., Visitor]) -> None:
    world, plan = a_family()
    dana = visit(world.dana)
    dana.context.set_default_timeout(60_000)  # the first page of a fresh server loads everything
    for name in PAGES:
        page = dana.go(f"/plans/{plan.pk}/{name}")
        assert_accessible(page, name=name.strip("/").replace("/", "-"))
    assert_accessible(dana.go(f"/families/{plan.identity_id}/story/"), name="story")
    page = dana.go(f"/plans/{plan.pk}/meetings/")
    assert_accessible(page, name="meetings")
    page.get_by_label("Who else is in the room?").fill("Elena\nLuis")
    page.get_by_label("She agrees that everybody here sees the shared screen").check()
    page.get_by_role("button", name="Begin the meeting").click()
    page.wait_for_url(re.compile(r"/meetings/[0-9a-f-]{36}/$"))
    room = page.url.replace(dana.site, "")
    for step in ("changed", "wants", "agreed", "sign"):
        assert_accessible(dana.go(f"{room}?step={step}"), name=f"room-{step}")
    page = dana.go(f"{room}?step=agreed")
    page.get_by_label("What was said or agreed?").fill("Put the family on the list")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("button", name="Make it a goal").click()
    assert page.get_by_text("It is a goal of the plan").is_visible()
    page = dana.go(f"{room}?step=sign")
    page.locator("#sign_name").fill("Marisol")
    page.get_by_role("button", name="Sign", exact=True).click()
    page.get_by_role("button", name="End the meeting and keep the minutes").click()
    page.wait_for_url(re.compile(r"/minutes/$"))
    assert_accessible(page, name="minutes")
    assert page.get_by_text("Put the family on the list").first.is_visible()
