"""The pages of following and of the integration position in a browser: nothing for axe, nothing sideways, at 1280 and 320."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.plans import PlanWorld, a_key
from tests.journeys.conftest import Visitor, assert_accessible

from careloom.agencies.roles import Role
from careloom.config import subscriptions
from careloom.directory.models import Organization, Service
from careloom.following.actions import Told, note_attempt
from careloom.following.models import BarrierDraft
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.referral import Kind
from careloom.plans import actions
from careloom.plans.models import Need, PlanOfSafeCare
from careloom.plans.referrals.actions import send_referral
from careloom.plans.referrals.answers import Ask
from careloom.position.actions import Met, name_holder, note_contact
from careloom.work import escalating
from careloom.work.actions import open_obligation

pytestmark = pytest.mark.browser


def a_family(world: PlanWorld) -> tuple[PlanOfSafeCare, Need]:
    """Home for some days, two tries without an answer, one need asked of a service, one said no to, one not met."""
    by, now = viewer(world.dana), clock.now()
    born = world.today - timedelta(days=14)
    mother = world.a_mother(given_name="Marisol", family_name="Valdeluna", county="Pine")
    plan = world.a_plan(mother_id=mother, kind="POSTNATAL", born_on=born, discharged_on=born + timedelta(days=2))
    made = []
    with acting_as(by):
        for code, choice in (("HOUSING", "YES"), ("RESPITE", "NO"), ("CHILD_CARE", "YES")):
            need = actions.add_need(by=by, at=world.at, plan_id=plan.pk, code=code, her_choice=choice, her_words="As I said", request_key=a_key())
            assert isinstance(need, Need)
            made.append(need)
        send_referral(by=by, at=world.at, need_id=made[0].pk, ask=Ask(kind=Kind.LOGGED, organization="Hope House"), request_key=a_key())
        actions.resolve_need(by=by, at=now, need_id=made[2].pk, result="UNMET", reason="NO_SERVICE", request_key=a_key())
        for days, how in ((6, "CALL"), (3, "VISIT")):
            told = Told(how=how, outcome="NO_ANSWER", at=now - timedelta(days=days))
            note_attempt(by=by, at=now, plan_id=plan.pk, told=told, request_key=a_key())
        met = Met(at=now - timedelta(days=6), kind="HOME_VISIT", place="HOME", minutes=45, took_part=True, words="Talked about the plan")
        note_contact(by=by, at=now, identity_id=mother, met=met, request_key=a_key())
    return plan, made[2]


def test_each_page_is_open_to_everybody(site: str, visit: Callable[..., Visitor]) -> None:
    subscriptions.join()
    with transaction.atomic():
        world = PlanWorld()
        admin = a_worker(Role.AGENCY_ADMIN, agency=world.riverbend)
        with acting_as(viewer(admin)):
            name_holder(by=viewer(admin), at=clock.now(), worker_id=world.dana.worker_id, holds_it=True)
        plan, unmet = a_family(world)
        job = system(System.JOB, holder_id=world.riverbend.pk)
        with acting_as(job):
            open_obligation(
                by=job, at=world.at, holder_id=world.riverbend.pk, kind="NOTE", family_id=plan.identity_id, identity_id=plan.identity_id,
                link=f"/families/{plan.identity_id}/", request_key=a_key(), worker_id=world.dana.worker_id, due_at=clock.now() - timedelta(days=8),
            )  # fmt: skip
        escalating.run(at=clock.now())
        for place in range(12):
            BarrierDraft(
                month=clock.today().replace(day=1), county="Pine", code="TOO_FAR", service="HOUSEHOLD", words="No bus" if place else ""
            ).save()
        where = Organization.objects.create(source="test", source_id="o1", name="Hope Street")
        service = Service.objects.create(
            organization=where, source="test", source_id="s1", name="Residential care", needs=["RESIDENTIAL"], statewide=True
        )
    pages = {
        "follows": f"/following/plans/{plan.pk}/", "reach": f"/following/plans/{plan.pk}/reach/", "unreached": "/following/unreached/",
        "concern": f"/following/plans/{plan.pk}/concern/", "barrier": f"/following/needs/{unmet.pk}/barrier/",
        "next": f"/following/needs/{unmet.pk}/next/", "wishes": "/today/wishes/", "caseload": "/position/",
        "position": f"/position/of/{plan.identity_id}/", "entry": "/position/entry/", "print": "/position/entry/print/",
        "days": "/position/days/", "referrals": "/position/referrals/", "questions": f"/directory/{service.pk}/questions/",
    }  # fmt: skip
    dana = visit(world.dana)
    for name, path in pages.items():
        assert_accessible(dana.go(path), name=f"h47-{name}")
    assert_accessible(visit(world.supervisor).go("/today/late/"), name="h47-late")
    assert_accessible(visit(admin).go("/position/holders/"), name="h47-holders")
    with transaction.atomic():
        lead = a_worker(Role.PARTNERSHIP_COORDINATOR, agency=an_agency(kind=AgencyKind.COORDINATION_HUB))
    assert_accessible(visit(lead).go("/following/barriers/"), name="h47-barriers")
