"""J2: a coordinator begins a plan with a mother, follows it, reviews it, hands over the lead and closes it, in a browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld, a_key
from tests.journeys.conftest import Visitor, assert_accessible

from careloom.config import subscriptions
from careloom.infra.access import acting_as
from careloom.plans import actions
from careloom.plans.models import PlanOfSafeCare

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]


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
            needs = [
                ("HOUSING", "A home for the three of us", "YES", "A door I can lock."), ("PEER", "Staying well in recovery", "YES", "Monday group is mine."),
                ("PARENTING_CLASS", "Parenting class", "NO", "I took it with Lucía."), ("CRIB_AND_CAR_SEAT", "Crib and car seat", "YES", ""),
            ]  # fmt: skip
            for code, title, choice, said in needs:
                actions.add_need(by=by, at=world.at, plan_id=plan.pk, code=code, title=title, her_choice=choice, her_words=said, request_key=a_key())
            actions.add_goal(by=by, at=world.at, plan_id=plan.pk, words="Lucía home before summer.", request_key=a_key())
        world.share(plan, to=world.bea)
    return plan


def test_the_pages_of_a_day_are_sound(world: PlanWorld, visit: Visit) -> None:
    plan = plan_of(world)
    her = visit(world.dana)
    for name, path in (
        ("today", "/today/"), ("families", "/families/"), ("search", "/families/search/?q=mari"), ("family", f"/families/{plan.identity_id}/"),
        ("story", f"/families/{plan.identity_id}/story/"), ("appointments", f"/families/{plan.identity_id}/appointments/"),
        ("need-new", f"/plans/{plan.pk}/needs/new/"), ("people", f"/plans/{plan.pk}/family/"), ("team", f"/plans/{plan.pk}/team/"),
        ("lead", f"/plans/{plan.pk}/lead/"), ("agree", f"/plans/{plan.pk}/agree/"), ("birth", f"/plans/{plan.pk}/birth/"),
        ("event", f"/plans/{plan.pk}/event/"), ("close", f"/plans/{plan.pk}/close/"), ("changes", f"/plans/{plan.pk}/changes/"),
        ("overdue", "/plans/reviews/"),
    ):  # fmt: skip
        page = her.go(path)
        assert_accessible(page, name=name)


def test_names_hide_on_a_shared_screen(world: PlanWorld, visit: Visit) -> None:
    plan_of(world)
    page = visit(world.dana).go("/families/")
    page.get_by_role("button", name="Hide names on this screen").click()
    assert page.get_by_text("Marisol").count() == 0
    page.get_by_role("button", name="Hide names on this screen").click()
    assert page.get_by_text("Marisol").count() >= 1
