"""Who stands around the family, on the screens of the team: roles, one lead, co-leads, and child welfare only where she lets it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.plans import PlanWorld, a_key
from tests.requirements.conftest import SignIn, family_page, saved, text_of
from tests.requirements.screens import add_to_team, hold_next_review, name_need, options

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.infra.access import acting_as
from careloom.kernel.agency_kinds import AgencyKind
from careloom.plans.models import PlanOfSafeCare

TEAM = ("OB", "BEHAVIORAL_HEALTH", "MEDICATION", "SOCIAL_WORKER", "INSURANCE", "OTHER")
CLOSED_BY_WISH = {"reason": "FAMILY_DECLINED", "confirmed": [], "override": "She asked to end it"}


def started(world: PlanWorld, sign_in: SignIn, who: Membership, **facts: str) -> PlanOfSafeCare:
    """A plan that `who` starts on the screen with a mother of her own agency."""
    mother = world.a_mother(by=who, given_name="Practice")
    asked = {
        "due_on": (world.today + timedelta(days=140)).isoformat(), "language": "en", "label": "Family care plan", "wish": "A quiet birth",
        "lead": str(who.worker_id), "request_key": a_key(),
    }  # fmt: skip
    saved(sign_in(who).post(f"/plans/start/{mother}/", asked | facts))
    with acting_as(viewer(who)):
        return PlanOfSafeCare.objects.get(identity_id=mother)


@pytest.mark.requirement("R-140")
def test_a_team_of_every_role_has_one_lead_and_keeps_its_history(world: PlanWorld, sign_in: SignIn) -> None:
    plan, dana = world.a_plan(agreed=True), sign_in(world.dana)
    saved(dana.post(f"/plans/{plan.pk}/birth/", {"born_on": world.today.isoformat(), "first_baby": "Mateo"}))
    path = f"/plans/{plan.pk}/team/"
    roles = options(text_of(dana.get(path)), "role")
    for role in TEAM:
        add_to_team(dana, plan, f"Practice {role.title()}", role)
    page = text_of(dana.get(path))
    assert [role for role in TEAM if f"Practice {role.title()}" not in page or roles[role] not in page] == []
    assert page.count(">Leads<") == 1
    refused = dana.post(path, {"name": "Second Practice", "role": "PEER", "leads": "on", "request_key": a_key()})
    assert refused.status_code == 422
    assert "a plan has exactly one" in refused.content.decode()
    saved(dana.post(f"/plans/{plan.pk}/lead/", {"colleague": str(world.colleague.worker_id), "reason": "Leave", "request_key": a_key()}))
    page = text_of(dana.get(path))
    assert page.count(">Leads<") == 1
    lead = re.search(r"<b>([^<]+)</b><small>[^<]*</small></span><span[^>]*>Leads<", page)
    assert lead
    assert lead[1] == world.colleague.worker.name
    leaves = re.findall(r'action="(/plans/team/[0-9a-f-]+/end/)".*?: Practice Ob<', page)
    saved(dana.post(leaves[-1].split('action="')[-1]))
    story = text_of(dana.get(f"/families/{plan.identity_id}/story/"))
    for told in (
        f"{world.colleague.worker.name} joined the care team",
        f"{world.dana.worker.name} left the care team",
        "Practice Ob left the care team",
    ):
        assert told in story
    assert "Mateo" in family_page(dana, plan)


PRENATAL = {
    "OB": "Doctor or midwife for the pregnancy", "MEDICATION": "Medicine specialist", "BEHAVIORAL_HEALTH": "Counselor", "PEER": "Peer",
    "PARENTING": "Parenting support",
}  # fmt: skip


@pytest.mark.requirement("R-133")
def test_a_clinic_sees_who_the_team_of_a_pregnancy_still_lacks(world: PlanWorld, sign_in: SignIn) -> None:
    midwife = a_worker(Role.CARE_COORDINATOR, Role.CLINICIAN, agency=an_agency(kind=AgencyKind.OB_CLINIC, is_covered_entity=True))
    Membership.objects.filter(pk=midwife.pk).update(starts_at=world.at - timedelta(days=1))
    plan = started(world, sign_in, midwife)
    clinic, path = sign_in(midwife), f"/plans/{plan.pk}/team/"
    for role in PRENATAL:
        lacks = text_of(clinic.get(path)).split("still lacks:")[1].split("</p>")[0]
        assert PRENATAL[role] in lacks
        assert "Care coordinator" not in lacks  # she who started the plan
        add_to_team(clinic, plan, f"Practice {role.title()}", role)
    assert "still lacks" not in text_of(clinic.get(path))
    saved(clinic.post(f"/plans/{plan.pk}/birth/", {"born_on": world.today.isoformat(), "first_baby": "Mateo"}))
    assert "still lacks" not in text_of(clinic.get(path))


LEADS = [
    (AgencyKind.HOSPITAL, Role.HOSPITAL_SOCIAL_WORKER), (AgencyKind.HOME_VISITING, Role.HOME_VISITOR),
    (AgencyKind.PART2_PROGRAM, Role.CARE_COORDINATOR),
    (AgencyKind.PUBLIC_HEALTH, Role.CARE_COORDINATOR), (AgencyKind.TRIBAL_ICWA, Role.TRIBAL_WORKER), (AgencyKind.HEALTH_PLAN, Role.CARE_COORDINATOR),
    (AgencyKind.CPS_AGENCY, Role.CPS_WORKER), (AgencyKind.COORDINATION_HUB, Role.CARE_COORDINATOR), (AgencyKind.OTHER, Role.CARE_COORDINATOR),
]  # fmt: skip


@pytest.mark.requirement("R-024")
@pytest.mark.parametrize(("kind", "role"), LEADS, ids=[kind.value for kind, _role in LEADS])
def test_an_agency_of_any_kind_leads_a_plan(world: PlanWorld, sign_in: SignIn, kind: AgencyKind, role: Role) -> None:
    who = a_worker(role, agency=an_agency(kind=kind, is_part2_program=kind is AgencyKind.PART2_PROGRAM))
    Membership.objects.filter(pk=who.pk).update(starts_at=world.at - timedelta(days=1))
    plan = started(world, sign_in, who)
    page = family_page(sign_in(who), plan)
    assert "Leads the plan" in page
    assert f"{who.worker.name}, {who.agency.short_name}" in page
    assert "Agree and sign" in page


@pytest.mark.requirement("R-024")
def test_two_state_agencies_lead_one_plan_together_and_a_third_that_reads_it_does_not(world: PlanWorld, sign_in: SignIn) -> None:
    medicaid, health = an_agency(kind=AgencyKind.MEDICAID_AGENCY), an_agency(kind=AgencyKind.PUBLIC_HEALTH)
    first, second = a_worker(Role.CARE_COORDINATOR, agency=medicaid), a_worker(Role.CARE_COORDINATOR, agency=health)
    Membership.objects.update(starts_at=world.at - timedelta(days=1))
    plan = started(world, sign_in, first, co_lead=str(health.pk))
    world.dana = first  # who takes her consents in this story
    for reader in (second, world.bea):
        world.share(plan, to=reader)
    saved(sign_in(second).post(f"/plans/{plan.pk}/strengths/new/", {"text": "She asks early", "request_key": a_key()}))
    name_need(sign_in(second), plan, "HOUSING")
    assert "Agree and sign" in family_page(sign_in(first), plan)
    assert "Agree and sign" in family_page(sign_in(second), plan)
    assert "Agree and sign" not in family_page(sign_in(world.bea), plan)
    agreed = {"method": "SCREEN", "request_key": a_key()}
    refused = sign_in(world.bea).post(f"/plans/{plan.pk}/agree/", agreed)
    assert refused.status_code == 422
    assert "Only the agency that leads the plan does this." in refused.content.decode()
    saved(sign_in(second).post(f"/plans/{plan.pk}/agree/", agreed))
    assert "version 1, agreed to on" in family_page(sign_in(first), plan)


@pytest.mark.requirement("R-025")
def test_a_family_without_a_concern_is_helped_from_beginning_to_end_and_child_welfare_sees_nothing(world: PlanWorld, sign_in: SignIn) -> None:
    pine = an_agency(kind=AgencyKind.CPS_AGENCY, county="Pine")
    watchers = [a_worker(role, agency=pine) for role in (Role.CPS_WORKER, Role.SUPERVISOR)]
    Membership.objects.update(starts_at=world.at - timedelta(days=1))
    dana, county = sign_in(world.dana), [sign_in(watcher) for watcher in watchers]
    plan = started(world, sign_in, world.dana)

    def nothing_is_seen() -> None:
        for browser in county:
            for path in (
                f"/families/{plan.identity_id}/", f"/families/{plan.identity_id}/story/", f"/plans/{plan.pk}/plan.pdf", f"/plans/{plan.pk}/changes/",
                f"/consents/of/{plan.identity_id}/",
            ):  # fmt: skip
                assert browser.get(path).status_code == 404, path
            for path in ("/families/", "/today/", "/births/received/", "/plans/reviews/", "/plans/referrals/inbox/"):
                assert str(plan.identity_id) not in text_of(browser.get(path)), path

    nothing_is_seen()
    name_need(dana, plan, "HOUSING")
    saved(dana.post(f"/plans/{plan.pk}/strengths/new/", {"text": "She asks early", "request_key": a_key()}))
    saved(dana.post(f"/plans/{plan.pk}/agree/", {"method": "SCREEN", "request_key": a_key()}))
    nothing_is_seen()
    saved(dana.post(f"/plans/{plan.pk}/birth/", {"born_on": world.today.isoformat(), "first_baby": "Mateo"}))
    hold_next_review(dana, plan, world.today, "GOING_WELL", her_words="It is going well")
    assert "It is going well" in text_of(dana.get(f"/families/{plan.identity_id}/story/"))
    nothing_is_seen()
    saved(dana.post(f"/plans/{plan.pk}/close/", CLOSED_BY_WISH))
    assert "Open the plan again" in family_page(dana, plan)
    nothing_is_seen()
