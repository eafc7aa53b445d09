"""She chooses what to share at a worker's screen: each switch shows what the other agency would see; she signs, and stops it again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.db import transaction
from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld, a_key
from tests.journeys.conftest import Visitor, assert_accessible

from careloom.agencies.models import Membership
from careloom.config import subscriptions
from careloom.infra.access import acting_as
from careloom.plans import actions
from careloom.plans.models import PlanOfSafeCare

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Visitor]


@dataclass
class Family:
    """A mother with a plan, the worker who leads it, and the home visitor."""

    mother: UUID
    plan: UUID
    dana: Membership
    bea: Membership
    harbor: str

    def seen_by_harbor(self) -> bool:
        by = viewer(self.bea)
        with transaction.atomic(), acting_as(by):
            return PlanOfSafeCare.objects.filter(pk=self.plan).exists()


@pytest.fixture
def family(site: str) -> Family:
    """Made by the actions that the product uses; committed."""
    with transaction.atomic():
        subscriptions.join()
        world = PlanWorld()
        plan = world.a_plan(mother_id=world.a_mother(given_name="Marisol", family_name="Valdeluna"), agreed=True)
        by = viewer(world.dana)
        with acting_as(by):
            actions.add_need(by=by, at=world.at, plan_id=plan.pk, code="HOUSING", her_choice="YES", request_key=a_key())
    return Family(mother=plan.identity_id, plan=plan.pk, dana=world.dana, bea=world.bea, harbor=world.harbor.name)


def test_a_switch_shows_the_other_screen_and_her_signature_opens_it(visit: Visit, family: Family) -> None:
    page = visit(family.dana).go(f"/consents/of/{family.mother}/")
    assert_accessible(page, name="consents-family")
    page.get_by_role("link", name="Choose what to share").click()
    page.get_by_label(family.harbor, exact=True).check()
    page.get_by_role("heading", name=f"2. What {family.harbor} would see").wait_for()
    side = page.locator("#side")
    assert "New with this consent" not in side.inner_text()
    page.get_by_role("checkbox", name="Plan and visits").check(force=True)
    side.get_by_role("heading", name="New with this consent").wait_for()
    assert "A home of our own" in side.inner_text()
    assert "There may be more; ask the care team line." in side.inner_text()
    assert not family.seen_by_harbor()
    sizes = [page.get_by_role("button", name=name).bounding_box() for name in ("Not now", "Marisol signs")]
    assert len({(round(box["width"]), round(box["height"])) for box in sizes if box}) == 1
    assert_accessible(page, name="consents-new")
    page.get_by_role("button", name="Marisol signs").click()
    assert_accessible(page, name="consents-sign")
    page.get_by_label("She types her name").fill("Marisol Valdeluna")
    page.get_by_role("button", name="Sign", exact=True).click()
    page.get_by_text("In force").wait_for()
    assert_accessible(page, name="consents-one")
    assert family.seen_by_harbor()
    page.get_by_role("link", name="Stop sharing").click()
    assert_accessible(page, name="consents-stop")
    page.get_by_role("button", name="Stop sharing").click()
    page.get_by_text("She stopped it").first.wait_for()
    assert not family.seen_by_harbor()
    page.goto(f"{page.url.split('/consents/')[0]}/consents/of/{family.mother}/looked/")
    assert_accessible(page, name="consents-looked")


def test_without_script_a_button_shows_the_other_screen(visit: Visit, family: Family) -> None:
    page = visit(family.dana, script=False).go(f"/consents/new/{family.mother}/")
    page.get_by_label(family.harbor, exact=True).check()
    page.get_by_role("checkbox", name="Plan and visits").check(force=True)
    page.get_by_role("button", name="Show me").click()
    page.get_by_role("heading", name="New with this consent").wait_for()
    assert "A home of our own" in page.locator("#side").inner_text()
    page.get_by_role("button", name="Not now").click()
    page.get_by_text("Noted: not now.").wait_for()
    assert not family.seen_by_harbor()
