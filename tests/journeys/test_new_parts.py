"""Parts of pages that tell of gaps: the team, the calendar, who wrote what, services side by side, the facts about medicine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from playwright.sync_api import expect
from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld, a_key
from tests.integration.portal.conftest import World
from tests.integration.portal.conftest import world as make_her_world
from tests.journeys.conftest import Visitor, assert_accessible

from careloom.config import subscriptions
from careloom.directory.actions import import_directory
from careloom.directory.seed import seed_facts
from careloom.infra.access import System, acting_as, system
from careloom.messages.actions import plan_appointment
from careloom.plans import actions
from careloom.plans.models import PlanOfSafeCare

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]


@pytest.fixture
def world(site: str, django_db_blocker: Any) -> PlanWorld:
    subscriptions.join()
    by = system(System.IMPORT)
    with transaction.atomic():
        world = PlanWorld()
        with acting_as(by):
            import_directory(facts=seed_facts(), by=by, at=world.at)
    return world


def a_plan(world: PlanWorld) -> PlanOfSafeCare:
    """A plan with a recovery need, a doubled service and two appointments at one hour."""
    by = viewer(world.dana)
    with transaction.atomic():
        plan = world.a_plan(mother_id=world.a_mother(given_name="Marisol"), agreed=True)
        with acting_as(by):
            for code, has in (("MEDICINE_FOR_RECOVERY", ""), ("DENTAL", "Orchard Dental"), ("DENTAL", "Pine Smiles")):
                actions.add_need(by=by, at=world.at, plan_id=plan.pk, code=code, her_choice="YES", existing_service=has, request_key=a_key())
            actions.add_goal(by=by, at=world.at, plan_id=plan.pk, words="Supper at six", about="FAMILY", theme="STRUCTURE", request_key=a_key())
            for kind, title, minutes in (("COURT", "Hearing", 0), ("VISIT", "Check-up", 30)):
                starts_at = world.at + timedelta(days=3, minutes=minutes)
                plan_appointment(
                    by=by, at=world.at, identity_id=plan.identity_id, kind=kind, title=title, neutral_title="Visit", starts_at=starts_at
                )  # fmt: skip
    return plan


def test_what_a_family_page_points_out_is_sound(world: PlanWorld, visit: Visit) -> None:
    plan, dana = a_plan(world), visit(world.dana)
    page = dana.go(f"/families/{plan.identity_id}/")
    expect(page.locator("main")).to_contain_text("Recovery care has five parts of one weight.")
    expect(page.locator("main")).to_contain_text("Orchard Dental and Pine Smiles give the same help")
    assert_accessible(page, name="family-gaps")
    assert_accessible(dana.go(f"/families/{plan.identity_id}/appointments/"), name="appointments-clash")
    assert_accessible(dana.go(f"/plans/{plan.pk}/team/"), name="team-lacks")


def test_services_side_by_side_and_the_facts_for_workers_are_sound(world: PlanWorld, visit: Visit) -> None:
    dana = visit(world.dana)
    assert_accessible(dana.go("/directory/?text=Riverbend"), name="directory-array")
    assert_accessible(dana.go("/my/facts/workers/"), name="facts-workers")


def test_her_facts_and_her_letter_are_sound(site: str, django_db_blocker: Any, visit: Visit) -> None:
    subscriptions.join()
    with transaction.atomic():
        her: World = make_her_world.__wrapped__(None)
        phone: Client = her.signed_in()
    visitor = visit(width=390)
    value = phone.cookies[settings.SESSION_COOKIE_NAME].value
    visitor.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": site}])
    page = visitor.go("/my/facts/")
    expect(page.get_by_role("heading", name="What it keeps away")).to_be_visible()
    assert_accessible(page, name="her-facts", widths=(390, 320))
    assert_accessible(visitor.go("/my/card/"), name="her-letter", widths=(390, 320))
