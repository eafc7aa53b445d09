"""Screens for who is around her: starting a plan, her family, the team with one lead, the lead's transfer, the birth."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld, a_key

from careloom.agencies.models import Membership
from careloom.infra.access import acting_as
from careloom.people.models import FamilyMember, PersonRecord
from careloom.plans.models import CareTeamMember, Goal, LeadTransfer, PlanInfant, PlanOfSafeCare

SignIn = Callable[[Membership], Client]


def start_facts(world: PlanWorld) -> dict[str, str]:
    due = (world.today + timedelta(days=140)).isoformat()
    lead = str(world.dana.worker_id)
    return {"due_on": due, "language": "es", "label": "Healing circle", "wish": "A quiet birth", "lead": lead, "request_key": a_key()}


def test_a_plan_is_started_before_birth_and_twice_is_once(world: PlanWorld, sign_in: SignIn) -> None:
    mother, client, facts = world.a_mother(), sign_in(world.dana), start_facts(world)
    page = client.get(f"/plans/start/{mother}/").content.decode()
    assert "Starting it opens no child-welfare case." in page
    for _ in range(2):
        assert client.post(f"/plans/start/{mother}/", facts).status_code == 302
    with acting_as(viewer(world.dana)):
        [plan] = PlanOfSafeCare.objects.filter(identity_id=mother)
        assert (plan.kind, plan.label, plan.language) == ("PRENATAL", "Healing circle", "es")
        assert Goal.objects.get(plan_id=plan.pk).words == "A quiet birth"
    assert "Expected" in client.get(f"/families/{mother}/").content.decode()


def test_a_plan_is_started_only_with_a_mother_one_may_see(world: PlanWorld, sign_in: SignIn) -> None:
    mother = world.a_mother()
    for other in (world.bea, world.colleague):
        assert sign_in(other).get(f"/plans/start/{mother}/").status_code == 404
        assert sign_in(other).post(f"/plans/start/{mother}/", start_facts(world)).status_code == 404


@pytest.mark.requirement("R-118")
def test_who_is_not_to_be_contacted_is_on_no_shared_page(world: PlanWorld, sign_in: SignIn) -> None:
    plan, client = world.a_plan(agreed=True), sign_in(world.dana)
    path = f"/plans/{plan.pk}/family/"
    for name, contact in (("Elena Practice", "OK"), ("Rafa Practice", "DO_NOT_CONTACT")):
        facts = {
            "name": name, "relation": "as she says", "kind": "KIN", "contact": contact, "wants_services": "NOT_ASKED", "member_id": str(uuid4()),
        }  # fmt: skip
        for _ in range(2):
            assert client.post(path, facts).status_code == 302
    page = client.get(path).content.decode()
    assert "Rafa Practice" in page
    assert "Do not contact" in page
    world.share(plan, to=world.bea)
    shared = sign_in(world.bea).get(path).content.decode()
    assert "Elena Practice" in shared
    assert "Rafa Practice" not in shared
    with acting_as(viewer(world.dana)):
        assert FamilyMember.objects.get(name="Rafa Practice").category == "dv.victim_record"


def test_a_second_lead_is_refused_with_a_sentence(world: PlanWorld, sign_in: SignIn) -> None:
    plan, client = world.a_plan(agreed=True), sign_in(world.dana)
    path, facts = f"/plans/{plan.pk}/team/", {"name": "Peer Practice", "role": "PEER", "request_key": a_key()}
    refused = client.post(path, facts | {"leads": "on"})
    assert refused.status_code == 422
    assert "a plan has exactly one" in refused.content.decode()
    assert client.post(path, facts).status_code == 302
    with acting_as(viewer(world.dana)):
        assert CareTeamMember.objects.filter(plan_id=plan.pk, leads=True, ends_at=None).count() == 1
        peer = CareTeamMember.objects.get(name="Peer Practice")
    assert client.post(f"/plans/team/{peer.pk}/end/").status_code == 302
    assert "Peer Practice" not in client.get(path).content.decode()
    assert sign_in(world.bea).post(f"/plans/team/{peer.pk}/end/").status_code == 404


def test_the_lead_goes_over_only_when_the_other_agency_says_yes(world: PlanWorld, sign_in: SignIn) -> None:
    plan, client = world.a_plan(agreed=True), sign_in(world.dana)
    path, facts = f"/plans/{plan.pk}/lead/", {"agency": str(world.harbor.pk), "reason": "She moved nearer", "request_key": a_key()}
    refused = client.post(path, facts)
    assert refused.status_code == 422
    assert "Ask her first, then ask them to lead." in refused.content.decode()
    world.share(plan, to=world.bea, information=("posc.plan_core", "posc.referral_status", "posc.plan_part2_segment"))
    told = client.post(path, facts | {"hand_off": "She is in methadone care; call the clinic"})
    assert told.status_code == 422
    assert "These words tell of treatment, and the offer may not." in told.content.decode()
    hand_off = "Bea comes along on Monday and meets her in person"
    assert client.post(path, facts | {"hand_off": hand_off}).status_code == 302
    assert hand_off in client.get(path).content.decode()
    assert "You lead until they say yes." in client.get(path).content.decode()
    with acting_as(viewer(world.bea)):
        transfer = LeadTransfer.objects.get(plan_id=plan.pk)
    answer = f"/plans/{plan.pk}/lead/{transfer.pk}/"
    assert hand_off in sign_in(world.bea).get(answer).content.decode()
    assert sign_in(world.maria).post(answer, {"accept": "1"}).status_code == 404
    assert client.post(answer, {"accept": "1", "worker": str(world.dana.worker_id)}).status_code == 404
    assert sign_in(world.bea).post(answer, {"accept": "1", "worker": str(world.bea.worker_id)}).status_code == 302
    with acting_as(viewer(world.dana)):
        assert PlanOfSafeCare.objects.get(pk=plan.pk).lead_agency_id == world.harbor.pk


@pytest.mark.requirement("R-208")
def test_twins_make_one_plan_after_birth_with_nothing_typed_again(world: PlanWorld, sign_in: SignIn) -> None:
    plan, client = world.a_plan(agreed=True), sign_in(world.dana)
    facts = {"born_on": world.today.isoformat(), "first_baby": "Mateo", "second_baby": "Lucas"}
    for _ in range(2):
        assert client.post(f"/plans/{plan.pk}/birth/", facts).status_code == 302
    with acting_as(viewer(world.dana)):
        now = PlanOfSafeCare.objects.get(pk=plan.pk)
        assert (now.kind, now.born_on) == ("POSTNATAL", world.today)
        assert PlanInfant.objects.filter(plan_id=plan.pk, ended_at=None).count() == 2
        assert PersonRecord.objects.filter(mother_identity_id=plan.identity_id, role="INFANT").count() == 2
    page = client.get(f"/families/{plan.identity_id}/").content.decode()
    assert "Mateo" in page
    assert "Lucas" in page
    assert "She asks for help early" in page


def test_a_birth_without_a_baby_says_what_to_do_next(world: PlanWorld, sign_in: SignIn) -> None:
    plan = world.a_plan()
    refused = sign_in(world.dana).post(f"/plans/{plan.pk}/birth/", {"born_on": world.today.isoformat()})
    assert refused.status_code == 422
    assert "Choose a baby, or write a first name." in refused.content.decode()


def test_an_agreement_that_was_spoken_needs_a_witness(world: PlanWorld, sign_in: SignIn) -> None:
    plan, client = world.a_plan(), sign_in(world.dana)
    client.post(f"/plans/{plan.pk}/strengths/new/", {"text": "She asks for help early", "request_key": a_key()})
    facts = {"method": "SPOKEN", "no_needs_because": "She was asked and names none today", "request_key": a_key()}
    refused = client.post(f"/plans/{plan.pk}/agree/", facts)
    assert refused.status_code == 422
    assert "write down who heard it" in refused.content.decode()
    assert client.post(f"/plans/{plan.pk}/agree/", facts | {"witness": "A practice witness"}).status_code == 302
