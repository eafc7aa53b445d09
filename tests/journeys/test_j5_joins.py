"""J5, step 5: a Tribe joins, every agreement asks to be looked at, and an element schedule that is changed carries nothing new unsigned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from tests.factories.agencies import a_worker, viewer
from tests.factories.plans import PLAN
from tests.journeys.conftest import Visitor
from tests.journeys.riverbend import Riverbend
from tests.journeys.table import done, kept, looks, press, refuses, sees, text

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.agreements import actions
from careloom.agreements.actions import AgreementFacts, ElementFacts, PartyFacts
from careloom.agreements.checklists import checklists
from careloom.agreements.models import Agreement, Party
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.kernel.partnership.agreements import Takes
from careloom.kernel.referral import Kind
from careloom.partnership.actions import CollaborativeFacts, PartnerFacts, begin, put_partner
from careloom.plans.actions import add_need
from careloom.plans.models import Need, PlanOfSafeCare
from careloom.plans.referrals.actions import send_referral
from careloom.plans.referrals.answers import Ask, Moved

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Visitor]
TO_SIGN = ("DRAFT", "PARTNER_REVIEW", "LEGAL", "APPROVED", "SIGNING")


@dataclass(kw_only=True)
class Papers:
    """A collaborative of Riverbend and St. Agnes with two agreements in force, and a mother whose consent St. Agnes reads by."""

    world: Riverbend
    rooms: str
    sharing: UUID
    plan: PlanOfSafeCare
    keepers: dict[str, Membership]


@pytest.fixture(scope="module")
def papers(site: str) -> Papers:
    """What earlier years left: a memorandum and a data-sharing agreement that lets the plan flow, and no referral."""
    world = Riverbend()
    with transaction.atomic():
        for member in (world.lead_of_state, world.officer):
            member.worker.name = "Ruth Adeyemi" if member is world.lead_of_state else "Paul Greyhollow"
            member.worker.save(update_fields=["name"])
        keepers = {"riverbend": world.officer, "agnes": a_worker(Role.PRIVACY_OFFICER, agency=world.st_agnes, name="Iris Moe")}
        by, since = viewer(world.lead_of_state), clock.today() - timedelta(days=40)
        with acting_as(by):
            facts = CollaborativeFacts(name="Safe Start Columbia", reach="STATE", places=("Pine", "Harbor"), new=True, starts_on=since)
            pk = done(begin(by=by, at=clock.now(), facts=facts, request_key="begin"))
            partners = {}
            for key, agency, sector in (("riverbend", world.riverbend, "SUBSTANCE_USE"), ("agnes", world.st_agnes, "HOSPITALS")):
                told = PartnerFacts(name=agency.name, sectors=(sector,), joined_on=since, agency_id=agency.pk)
                partners[key] = done(put_partner(by=by, at=clock.now(), collaborative_id=pk, facts=told, request_key=key))
        memorandum = in_force(world, keepers, pk, partners, kind="MOU", title="Memorandum of safe care")
        sharing = in_force(world, keepers, pk, partners, kind="DATA_SHARING", title="Data of plans")
    assert memorandum != sharing
    with transaction.atomic():
        plan = world.a_plan(mother_id=world.mother, agreed=True)
        world.share(plan, to=world.maria, information=PLAN)
        with acting_as(viewer(world.dana)):
            need = world_need(world, plan)
            asked = Ask(kind=Kind.LOGGED, organization="County Housing Office")
            sent = send_referral(by=viewer(world.dana), at=clock.now(), need_id=need, ask=asked, request_key="housing")
            assert isinstance(sent, Moved)
    return Papers(world=world, rooms=f"/partnership/{pk}/", sharing=sharing, plan=plan, keepers=keepers)


def in_force(world: Riverbend, keepers: dict[str, Membership], pk: UUID, partners: dict[str, UUID], *, kind: str, title: str) -> UUID:
    """An agreement of this kind that both parties signed, by the actions that its screens use; their own keepers sign."""
    by, at, today = viewer(world.lead_of_state), clock.now(), clock.today()
    with acting_as(by):
        told = AgreementFacts(kind=kind, title=title, because="Both serve her.", starts_on=today, review_on=today + timedelta(days=365))
        one = done(actions.put_agreement(by=by, at=at, collaborative_id=pk, facts=told, request_key=kind))
        for key, partner in partners.items():
            party = PartyFacts(partner_id=partner, role="MEMBER", contact_name="Ada Reed", contact_reach="555-0100", signer_name="Ada Reed")
            done(actions.put_party(by=by, at=at, agreement_id=one, facts=party, request_key=f"{kind}{key}"))
        for clause in checklists().kinds[kind].clauses:
            if clause.rule.required and clause.rule.takes in {Takes.TEXT, Takes.CODES}:
                codes = tuple(clause.rule.must) if clause.rule.takes is Takes.CODES else ()
                answer = actions.put_clause(
                    by=by,
                    at=at,
                    agreement_id=one,
                    code=clause.rule.code,
                    text="As agreed.",
                    codes=codes,
                    version=0,
                    request_key=f"{kind}{clause.rule.code}",
                )
                done(answer)
        for place in range(2 if kind == "MOU" else 0):
            cells = (f"Step {place}", "Hospital", "Program", "Her doctor")
            done(actions.put_line(by=by, at=at, agreement_id=one, table="ROLE", cells=cells, request_key=f"{kind}line{place}"))
        if kind == "DATA_SHARING":
            flow = ElementFacts(
                discloser_id=partners["riverbend"], recipient_id=partners["agnes"], categories=("posc.plan_core",),
                purposes=("care_coordination", "treatment"),
            )  # fmt: skip
            done(actions.put_element(by=by, at=at, agreement_id=one, facts=flow, request_key="flow"))
        for state in TO_SIGN:
            done(actions.move(by=by, at=at, agreement_id=one, to=state, version=Agreement.objects.get(pk=one).row_version))
    for key, partner in partners.items():
        party_id = Party.objects.get(agreement_id=one, partner_id=partner).pk
        signs = viewer(keepers[key])
        with acting_as(signs):
            signed: dict[str, Any] = {
                "name": "Ada Reed",
                "title": "Director",
                "signed_on": today,
                "version": Agreement.objects.get(pk=one).row_version,
            }
            done(actions.sign(by=signs, at=at, party_id=party_id, request_key=f"{kind}{key}s", **signed))
    return one


def world_need(world: Riverbend, plan: PlanOfSafeCare) -> UUID:
    """A home that the family needs."""
    need = add_need(by=viewer(world.dana), at=world.at, plan_id=plan.pk, code="HOUSING", request_key="home", her_choice="YES")
    assert isinstance(need, Need)
    return need.pk


def test_a_tribe_joins_and_what_is_signed_decides_what_flows(papers: Papers, visit: Visit) -> None:
    world = papers.world
    ruth, maria = visit(world.lead_of_state), visit(world.maria)
    for visitor in (ruth, maria):
        visitor.context.set_default_timeout(20_000)
    assert the_hospital_reads(maria, papers) == (True, False)
    the_tribe_joins(ruth, papers)
    she_looks_at_the_memorandum(ruth, papers)
    she_changes_the_schedule(ruth, papers)
    assert the_hospital_reads(maria, papers) == (True, False)
    both_sign(ruth, visit, papers)
    assert the_hospital_reads(maria, papers) == (True, True)
    looks(maria, "hospital-reads")
    the_stage_rests_on_them(ruth, papers)


def the_hospital_reads(maria: Visitor, papers: Papers) -> tuple[bool, bool]:
    """Whether St. Agnes is shown the mother's plan, and the referral in it."""
    page = maria.go(f"/families/{papers.world.mother}/").inner_text("body")
    return "Marisol" in page, "County Housing Office" in page


def the_tribe_joins(ruth: Visitor, papers: Papers) -> None:
    """A new partner; both agreements and what is called success ask to be looked at again, each with its way."""
    ruth.go(f"{papers.rooms}partners/")
    press(ruth, "Add a partner")
    kept(ruth, {"name": "Eagle Nation", "sectors": ["TRIBES"]}, ticks=("Cultural or community leaders",))
    ruth.go(papers.rooms)
    press(ruth, "Agreements")
    sees(ruth, "A partner joined. Does it still fit?", "Eagle Nation", "Memorandum of safe care", "Data of plans")
    assert text(ruth).count("A partner joined. Does it still fit?") == 2
    looks(ruth, "joined")


def she_looks_at_the_memorandum(ruth: Visitor, papers: Papers) -> None:
    """It still fits: the Tribe comes in by its own paper, and that is written down; the task is gone."""
    press(ruth, "Memorandum of safe care")
    press(ruth, "Look at it again")
    values = {"because": "JOINED", "needed": "1", "outcome": "NO_CHANGE"}
    refuses(ruth, values, shot="look-again")
    kept(ruth, {"changed": "Eagle Nation joins by its own resolution."})
    sees(ruth, "Eagle Nation joins by its own resolution.")
    ruth.go(f"{papers.rooms}agreements/")
    assert text(ruth).count("A partner joined. Does it still fit?") == 1


def she_changes_the_schedule(ruth: Visitor, papers: Papers) -> None:
    """The data-sharing agreement is amended: one more thing may flow, in words and not in codes; the old version stays in force."""
    press(ruth, "Data of plans")
    press(ruth, "Look at it again")
    kept(ruth, {"because": "JOINED", "needed": "1", "outcome": "AMEND", "changed": "The hospital follows where she was referred."})
    sees(ruth, "In force, being amended")
    row = ruth.page.locator("section:has(table)").get_by_role("row", name=papers.world.riverbend.name).first
    row.get_by_role("link", name="Change").click()
    ruth.page.wait_for_load_state()
    assert ruth.page.locator("[name=categories][value='posc.plan_core']").is_checked()
    sees(ruth, "It carries nothing before every party has signed")
    kept(ruth, {"categories": ["posc.referral_status"]}, shot="schedule")
    press(ruth, "What is being changed")
    looks(ruth, "amended")
    ruth.page.go_back()


def both_sign(ruth: Visitor, visit: Visit, papers: Papers) -> None:
    """The partners, counsel, and each party's own keeper of papers; nobody signs for who gives."""
    address = f"{papers.rooms}agreements/{papers.sharing}/"
    ruth.go(address)
    for step in ("Give it to the partners", "Give it to counsel", "Counsel approved it", "Open it for signing"):
        press(ruth, step)
    for key, name in (("agnes", papers.world.st_agnes.name), ("riverbend", papers.world.riverbend.name)):
        keeper = visit(papers.keepers[key])
        keeper.context.set_default_timeout(20_000)
        keeper.go(address)
        press(keeper, f"Sign: {name}")
        kept(keeper, {})
    sees(keeper, "Version 2", "In force")
    assert "being amended" not in text(keeper)


def the_stage_rests_on_them(ruth: Visitor, papers: Papers) -> None:
    """13 What is in force is offered as what shows an indicator, and the stage leads to it: she types no paper that is kept here."""
    ruth.go(f"{papers.rooms}stage/new/")
    chosen = {}
    for code, title in (("CHARTER", "Memorandum of safe care, version 1, in force"), ("DATA_AGREEMENT", "Data of plans, version 2, in force")):
        options = ruth.page.locator(f"[name=record_{code}] option")
        assert title in options.all_inner_texts()
        chosen[f"record_{code}"] = title
    kept(ruth, {**chosen, "why": "Both sides signed.", "next_steps": "A glossary."})
    press(ruth, "Data of plans, version 2, in force")
    sees(ruth, "Data of plans", "In force")
