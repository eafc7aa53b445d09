"""J5, steps 14 and 15: what the state lead does not see, in the house and in all rooms; and a county that is added without code."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.db import transaction
from tests.factories.agencies import viewer
from tests.journeys.conftest import Visitor, assert_accessible
from tests.journeys.riverbend import HER, Riverbend, status_of
from tests.journeys.table import done, kept, looks, press, sees

from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.kernel.partnership import Tier
from careloom.partnership.actions import BodyFacts, CollaborativeFacts, PartnerFacts, begin, put_body, put_partner
from careloom.plans.models import PlanOfSafeCare

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Visitor]
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
NOBODY = "7f7b9f6e-3c3f-4a53-9d7f-0d3c7b1f0a11"
PARTNERS = {"riverbend": "SUBSTANCE_USE", "st_agnes": "HOSPITALS", "harbor": "HOME_VISITING", "county": "CHILD_WELFARE"}


@pytest.fixture(scope="module")
def world(site: str) -> Riverbend:
    """A mother with a plan at Riverbend, and a collaborative of the state in which Riverbend is a partner."""
    world = Riverbend()
    with transaction.atomic():
        world.a_plan(mother_id=world.mother, agreed=True)
        by, today = viewer(world.lead_of_state), clock.today()
        with acting_as(by):
            facts = CollaborativeFacts(name="Safe Start Columbia", reach="STATE", places=("Pine",), new=True, starts_on=today)
            pk = done(begin(by=by, at=clock.now(), facts=facts, request_key="begin"))
            for key, sector in PARTNERS.items():
                agency = getattr(world, key)
                told = PartnerFacts(name=agency.name, sectors=(sector,), joined_on=today, agency_id=agency.pk)
                lead = done(put_partner(by=by, at=clock.now(), collaborative_id=pk, facts=told, request_key=key))
            for tier in Tier:
                body = BodyFacts(
                    name=f"Body {tier}", tier=tier, starts_on=today, lead_id=lead, convened_by="Executive Order 12", reports_to="The governor"
                )
                done(put_body(by=by, at=clock.now(), collaborative_id=pk, facts=body, request_key=str(tier)))
    return world


def test_the_state_lead_opens_a_plan_and_finds_the_page_of_one_that_does_not_exist(world: Riverbend, visit: Visit) -> None:
    """14 Every address of a family answers her as an address of nobody does, word for word."""
    ruth = visit(world.lead_of_state)
    with transaction.atomic(), acting_as(viewer(world.dana)):
        plan = PlanOfSafeCare.objects.get(identity_id=world.mother)
    for path in ("/families/{0}/", "/plans/{1}/", "/plans/{1}/plan.pdf", "/plans/{1}/sections/", "/consents/of/{0}/", "/messages/of/{0}/"):
        hers = ruth.go(path.format(world.mother, plan.pk)).inner_text("body")
        assert status_of(ruth, path.format(world.mother, plan.pk)) == 404, path
        nobody = ruth.go(path.format(NOBODY, NOBODY)).inner_text("body")
        assert hers == nobody, path
        assert HER["family_name"] not in hers
    assert_accessible(ruth.page, name="j5-nobody")
    assert all("404" in said for said in ruth.said), ruth.said
    ruth.said.clear()


def test_no_room_of_hers_holds_anything_of_a_family(world: Riverbend, visit: Visit) -> None:
    """14 She walks every way of every room: no name, no number and no id of the mother or of her plan stands anywhere, only counts."""
    ruth = visit(world.lead_of_state)
    with transaction.atomic(), acting_as(viewer(world.dana)):
        plan = PlanOfSafeCare.objects.get(identity_id=world.mother)
    hers = [HER["given_name"], HER["family_name"], HER["phone"], str(world.mother), str(plan.pk), world.mother.hex, plan.pk.hex]
    found: dict[str, int] = {}
    waiting = ["/", "/partnership/?all=1", "/numbers/"]
    while waiting and len(found) < 140:
        path = waiting.pop(0)
        key = ID.sub("ID", path.split("?")[0].split("#")[0])
        if key in found or any(part in key for part in ("/account/", "/language", ".ics", ".css", ".js")):
            continue
        answer = ruth.context.request.get(f"{ruth.site}{path}")
        body = answer.body()
        found[key] = answer.status
        assert [one for one in hers if one.encode() in body] == [], path
        if answer.headers.get("content-type", "").startswith("text/html"):
            links = re.findall(r'href="(/[^"#]*)"', unescape(body.decode()))
            waiting += [one for one in links if one.startswith(("/partnership/", "/numbers/"))]
    assert [path for path, status in found.items() if status != 200] == []
    rooms = {path.split("/")[3] for path in found if path.count("/") > 3}
    assert {"meetings", "barriers", "guidance", "agreements", "inventory", "partners", "knowledge", "surveys"} <= rooms, sorted(found)


def test_another_county_begins_without_a_change_of_the_code(world: Riverbend, visit: Visit) -> None:
    """15 A place is data: its rooms stand beside the first ones, whole and empty, and the first ones stay as they are."""
    ruth = visit(world.lead_of_state)
    ruth.context.set_default_timeout(20_000)
    ruth.go("/partnership/?all=1")
    press(ruth, "Begin a collaborative")
    kept(ruth, {"name": "Juniper together", "reach": "COUNTY", "places": "Juniper", "new": "1"})
    press(ruth, "Add a partner")
    kept(ruth, {"name": "Juniper Clinic", "sectors": ["MEDICAL_PROVIDERS"]})
    press(ruth, "Juniper together")
    for door in ("Meetings", "Barriers", "Guidance and changes", "Agreements", "Services and gaps", "Knowing each other", "Looking at ourselves"):
        press(ruth, door)
        assert world.riverbend.name not in ruth.page.inner_text("main"), door
        ruth.page.go_back()
    looks(ruth, "juniper")
    press(ruth, "All collaboratives")
    sees(ruth, "Juniper together", "Safe Start Columbia")
    looks(ruth, "two")
    press(ruth, "Safe Start Columbia")
    sees(ruth, "4 partners")
