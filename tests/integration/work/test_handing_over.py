"""A duty that is handed over takes the family along, and only a supervisor hands one over, within her agency."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld, a_key

from careloom.agencies.models import Membership
from careloom.config import subscriptions
from careloom.infra.access import System, acting_as, system
from careloom.plans import actions
from careloom.plans.models import PlanOfSafeCare
from careloom.work.actions import hand_over, take
from careloom.work.models import Obligation


@pytest.fixture
def world(db: None) -> PlanWorld:
    subscriptions.join()
    return PlanWorld()


def duty(world: PlanWorld, plan: PlanOfSafeCare) -> Obligation:
    with acting_as(system(System.JOB, holder_id=plan.holder_id)):
        found = Obligation.objects.filter(identity_id=plan.identity_id, worker_id=world.dana.worker_id, met_at=None).first()
    assert found is not None
    return found


def browser(member: Membership) -> Client:
    client = Client()
    client.force_login(member.worker.user)
    client.get("/me/")
    return client


def test_who_gets_a_duty_gets_the_family_with_it(world: PlanWorld) -> None:
    plan = world.a_plan(agreed=True)
    owed, colleague = duty(world, plan), browser(world.colleague)
    assert colleague.get(f"/families/{plan.identity_id}/").status_code == 404
    sent = browser(world.supervisor).post(f"/today/{owed.pk}/hand-over/", {"worker": str(world.colleague.worker_id)})
    assert sent.status_code == 302, sent.status_code
    assert colleague.get(f"/families/{plan.identity_id}/").status_code == 200
    with acting_as(system(System.JOB, holder_id=plan.holder_id)):
        assert Obligation.objects.get(pk=owed.pk).worker_id == world.colleague.worker_id


def test_nobody_else_hands_over_and_nobody_outside_gets_it(world: PlanWorld) -> None:
    plan = world.a_plan(agreed=True)
    owed = duty(world, plan)
    for who, to in ((world.dana, world.colleague), (world.supervisor, world.bea), (world.bea, world.bea)):
        by = viewer(who)
        with acting_as(by):
            assert hand_over(by=by, at=world.at, obligation_id=owed.pk, worker_id=to.worker_id) is False
    by = viewer(world.bea)
    with acting_as(by):
        assert take(by=by, at=world.at, obligation_id=owed.pk) is False
    assert duty(world, plan).pk == owed.pk


def test_a_duty_that_is_met_is_not_handed_over(world: PlanWorld) -> None:
    plan = world.a_plan(agreed=True)
    owed, by = duty(world, plan), viewer(world.supervisor)
    with acting_as(by):
        actions.add_goal(by=by, at=world.at, plan_id=plan.pk, words="A goal", request_key=a_key())
        Obligation.objects.filter(pk=owed.pk).update(met_at=world.at)
        assert hand_over(by=by, at=world.at, obligation_id=owed.pk, worker_id=world.colleague.worker_id) is False
