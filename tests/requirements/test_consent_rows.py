"""A release is for one person, one recipient and one purpose, says how much and until when, and ends when she says so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.formats import date_format
from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld, a_key
from tests.integration.consents.conftest import Screens
from tests.requirements.conftest import saved, text_of

from careloom.config import subscriptions
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.plans import actions

RECOVERY = "Staying well on Mondays"


@pytest.fixture
def screens(db: None) -> Screens:
    """A family at Riverbend, with a plan that holds a need of recovery beside the others."""
    subscriptions.join()
    made = Screens(world=PlanWorld())
    by = viewer(made.world.dana)
    with acting_as(by):
        actions.add_need(
            by=by, at=made.world.at, plan_id=made.plan.pk, code="MEDICINE_FOR_RECOVERY", title=RECOVERY, her_choice="YES", request_key=a_key()
        )
    return made


@pytest.mark.requirement("R-106")
def test_nothing_of_a_treatment_program_is_read_without_a_release_and_only_what_it_says_with_one(screens: Screens) -> None:
    world, page = screens.world, f"/families/{screens.mother}/"
    harbor, hospital = screens.client(world.bea), screens.client(world.maria)
    another = world.a_plan(mother_id=world.a_mother(given_name="Another"), agreed=True)
    assert (harbor.get(page).status_code, hospital.get(page).status_code) == (404, 404)  # no release, no disclosure
    saved(screens.sign(request_key="plan"))  # for Harbor, for care coordination, the plan without treatment
    shared = text_of(harbor.get(page))
    assert "A home of our own" in shared
    assert RECOVERY not in shared  # its scope
    assert hospital.get(page).status_code == 404  # its recipient
    assert harbor.get(f"/families/{another.identity_id}/").status_code == 404  # its person
    saved(screens.sign(recipients=[str(world.maria.agency_id)], purposes=["care_coordination"], request_key="purpose"))
    assert hospital.get(page).status_code == 404  # a hospital reads to treat; this release is for another purpose
    saved(screens.sign(share=["PLAN", "TREATMENT"], request_key="treatment"))
    assert RECOVERY in text_of(harbor.get(page))


@pytest.mark.requirement("R-106")
def test_a_release_says_how_much_for_whom_why_and_until_when_and_stops_at_her_word(screens: Screens) -> None:
    world, page, end = screens.world, f"/families/{screens.mother}/", clock.today() + timedelta(days=30)
    signed = screens.sign(until="DATE", until_on=end.isoformat())
    saved(signed)
    address = signed.headers["Location"]
    one = text_of(screens.client().get(address))
    for told in (world.harbor.name, "Plan and visits", "Plan together", date_format(end, "N j, Y")):
        assert told in one
    assert text_of(screens.client(world.bea).get(page))
    saved(screens.client().post(f"{address}stop/", {"how": "SPOKEN"}))
    assert screens.client(world.bea).get(page).status_code == 404
    assert "She stopped it" in text_of(screens.client().get(address))
