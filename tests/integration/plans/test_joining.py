"""Who joined a care team is told of the plan once she lets the agency see it, whichever came first, and never before."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client
from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld, a_key

from careloom.consents.actions import revoke_consent
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.access.models import Caseload
from careloom.kernel.events import ConsentChanged
from careloom.plans import actions, joining
from careloom.plans.models import CareTeamMember, PlanOfSafeCare


def seat_for_bea(world: PlanWorld, plan: PlanOfSafeCare, *, worker_id: UUID | None = None) -> CareTeamMember:
    by = viewer(world.dana)
    with acting_as(by):
        seat = actions.add_team_member(
            by=by, at=world.at, plan_id=plan.pk, name="Bea", role="HOME_VISITOR", agency_id=world.bea.agency_id, worker_id=worker_id,
            request_key=a_key(),
        )  # fmt: skip
    assert isinstance(seat, CareTeamMember)
    return seat


def today_of_bea(world: PlanWorld) -> tuple[Client, str]:
    client = Client()
    client.force_login(world.bea.worker.user)
    return client, client.get("/today/").content.decode()


def test_joining_alone_tells_nobody(world: PlanWorld) -> None:
    seat_for_bea(world, world.a_plan())
    assert "Get to know the plan of" not in today_of_bea(world)[1]


def test_the_consent_that_comes_later_tells_them(world: PlanWorld) -> None:
    plan = world.a_plan()
    seat_for_bea(world, plan)
    signed = world.share(plan, to=world.bea)
    for _twice in range(2):
        joining.consent_changed(ConsentChanged(consent_id=signed.consent.pk, holder_id=plan.holder_id, identity_id=plan.identity_id))
    page = today_of_bea(world)[1]
    assert page.count("Get to know the plan of") >= 1
    assert page.count('id="duty-') == 1


def test_whom_nobody_named_waits_in_the_queue_until_somebody_takes_it(world: PlanWorld) -> None:
    plan = world.a_plan()
    world.share(plan, to=world.bea)
    seat_for_bea(world, plan)
    client, page = today_of_bea(world)
    assert "Take it" in page
    taking = page.split('action="/today/')[1].split('"')[0]
    assert client.post(f"/today/{taking}").status_code == 302
    assert "Take it" not in client.get("/today/").content.decode()
    with acting_as(viewer(world.bea)):
        assert Caseload.objects.filter(worker_id=world.bea.worker_id, identity_id=plan.identity_id).count() == 1


def test_a_worker_who_is_named_has_the_family_at_once(world: PlanWorld) -> None:
    plan = world.a_plan()
    world.share(plan, to=world.bea)
    seat_for_bea(world, plan, worker_id=world.bea.worker_id)
    client, page = today_of_bea(world)
    assert "Take it" not in page
    assert client.get(f"/families/{plan.identity_id}/").status_code == 200


def test_when_she_stops_sharing_nobody_is_asked_to_know_the_plan(world: PlanWorld) -> None:
    plan = world.a_plan()
    signed = world.share(plan, to=world.bea)
    seat_for_bea(world, plan)
    assert "Get to know the plan of" in today_of_bea(world)[1]
    by = viewer(world.dana)
    with acting_as(by):
        revoke_consent(by=by, at=clock.now(), consent_id=signed.consent.pk, how="SPOKEN")
    joining.consent_changed(ConsentChanged(consent_id=signed.consent.pk, holder_id=plan.holder_id, identity_id=plan.identity_id))
    assert "Get to know the plan of" not in today_of_bea(world)[1]


def test_who_left_the_team_is_not_asked_any_more(world: PlanWorld) -> None:
    plan, by = world.a_plan(), viewer(world.dana)
    world.share(plan, to=world.bea)
    seat = seat_for_bea(world, plan)
    with acting_as(by):
        actions.end_team_member(by=by, at=clock.now(), member_id=seat.pk)
    assert "Get to know the plan of" not in today_of_bea(world)[1]


@pytest.fixture
def world(db: None) -> PlanWorld:
    return PlanWorld()
