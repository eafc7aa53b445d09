"""The three counts follow the family: from the notification to the plan to the referral, by receipt, where the hospital may know."""

from __future__ import annotations

import pytest
from tests.factories import births
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.plans import PlanWorld

from careloom.agencies.roles import Role
from careloom.infra.access import acting_as
from careloom.kernel.agency_kinds import AgencyKind
from careloom.notifications.actions import run_batch
from careloom.outcomes import queries
from careloom.people.actions import join
from careloom.plans.counting import recount
from careloom.plans.models import PlanOfSafeCare


def counted() -> tuple[int, int, int]:
    lead = viewer(a_worker(Role.STATE_LEAD, agency=an_agency(kind=AgencyKind.STATE_OVERSIGHT)))
    with acting_as(lead):
        years = queries.years(viewer=lead, state="ZZ")
        three = [queries.federal_three(viewer=lead, year=year, state="ZZ") for year in years]
    return sum(t.identified for t in three), sum(t.with_plan for t in three), sum(t.with_referral for t in three)


def a_family_that_was_notified(world: PlanWorld) -> PlanOfSafeCare:
    """St. Agnes notified the birth; Riverbend keeps an agreed plan of the same mother; she showed her code, so the two records are one person."""
    born = births.a_birth(world.maria, at=world.at)
    births.sent(born, at=world.at)
    plan = world.a_plan(agreed=True)
    maria = viewer(world.maria)
    with acting_as(maria):
        join(by=maria, at=world.at, keep=plan.identity_id, gone=born.mother_id, because="HER_CODE")
    return plan


@pytest.fixture
def world(db: None) -> PlanWorld:
    return PlanWorld()


def test_a_plan_that_the_hospital_may_know_of_is_counted_by_receipt(world: PlanWorld) -> None:
    plan = a_family_that_was_notified(world)
    run_batch()
    assert counted() == (1, 0, 0)
    world.share(plan, to=world.maria)
    recount(identity_id=plan.identity_id)
    run_batch()
    assert counted() == (1, 1, 0)


def test_a_plan_that_the_hospital_may_not_know_of_is_not_counted(world: PlanWorld) -> None:
    plan = a_family_that_was_notified(world)
    recount(identity_id=plan.identity_id)
    run_batch()
    assert counted() == (1, 0, 0)
