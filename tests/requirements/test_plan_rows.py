"""What a plan of safe care holds, on the coordinator's screens: each person's needs, her goals, the whole catalogue."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from tests.factories.plans import PlanWorld
from tests.requirements.conftest import SignIn, family_page, saved, text_of
from tests.requirements.screens import name_goal, name_need, options

from careloom.plans.models import PlanOfSafeCare

ONLY_HER = "Every goal is for her. Ask what she wants for the baby, too."
ONLY_CHILD = "Every goal is for the child. Ask what she wants for herself, too."


@pytest.fixture
def plan(world: PlanWorld) -> PlanOfSafeCare:
    return world.a_plan(agreed=True)


@pytest.mark.requirement("R-116")
def test_each_person_of_the_family_has_needs_and_a_plan_for_one_of_them_alone_is_pointed_out(
    world: PlanWorld, sign_in: SignIn, plan: PlanOfSafeCare
) -> None:
    baby = world.an_infant(mother_id=plan.identity_id, by=world.dana)
    dana = sign_in(world.dana)
    asked_of = re.findall(r'name="whose" value="([0-9a-f-]+)"', text_of(dana.get(f"/plans/{plan.pk}/needs/new/")))
    assert set(asked_of) == {str(plan.identity_id), str(baby)}
    name_need(dana, plan, "DENTAL")
    name_need(dana, plan, "INFANT_DOCTOR", whose=str(baby))
    grandmother = {
        "name": "Nana", "relation": "my mother", "kind": "KIN", "contact": "OK", "strengths": "Cooks for all of us", "needs": "Someone to talk to",
        "wants_services": "YES", "member_id": str(uuid4()),
    }  # fmt: skip
    saved(dana.post(f"/plans/{plan.pk}/family/", grandmother))
    circle = text_of(dana.get(f"/plans/{plan.pk}/family/"))
    assert "Needs: Someone to talk to" in " ".join(re.sub(r"<[^>]+>", " ", circle).split())
    assert "Cooks for all of us" in circle
    page = family_page(dana, plan)
    assert "Dental care" in page
    assert "A doctor for the baby" in page
    name_goal(dana, plan, "A door I can lock")
    assert ONLY_HER in family_page(dana, plan)
    name_goal(dana, plan, "That he sleeps", about="CHILD")
    page = family_page(dana, plan)
    assert ONLY_HER not in page
    assert ONLY_CHILD not in page


@pytest.mark.requirement("R-116")
def test_a_plan_with_goals_for_the_child_alone_is_pointed_out_too(sign_in: SignIn, world: PlanWorld, plan: PlanOfSafeCare) -> None:
    dana = sign_in(world.dana)
    name_goal(dana, plan, "That he sleeps", about="CHILD")
    assert ONLY_CHILD in family_page(dana, plan)
    name_goal(dana, plan, "We eat together", about="FAMILY")
    assert ONLY_CHILD not in family_page(dana, plan)


SPAN = {
    "clinical treatment": "MEDICINE_FOR_RECOVERY", "clinical support": "PARENTING_CLASS", "community support": "PEER",
    "substance use": "RECOVERY_CARE", "mental health": "COUNSELING", "physical": "PRIMARY_CARE", "developmental": "DEVELOPMENTAL_SCREENING",
    "social": "FAMILY_THERAPY", "economic": "CASH", "environmental": "HOME_SAFETY",
}  # fmt: skip


@pytest.mark.requirement("R-117")
def test_the_list_of_needs_spans_treatment_support_and_community(sign_in: SignIn, world: PlanWorld, plan: PlanOfSafeCare) -> None:
    dana = sign_in(world.dana)
    offered = options(text_of(dana.get(f"/plans/{plan.pk}/needs/new/")), "code")
    assert set(SPAN.values()) <= set(offered)
    for code in SPAN.values():
        name_need(dana, plan, code)
    page = family_page(dana, plan)
    assert [words for words in (offered[code] for code in SPAN.values()) if words not in page] == []
    assert "Ten threads." in page


@pytest.mark.requirement("R-119")
def test_being_close_is_a_goal_that_one_chooses_for_her_and_the_baby_and_for_her_and_her_people(
    sign_in: SignIn, world: PlanWorld, plan: PlanOfSafeCare
) -> None:
    dana = sign_in(world.dana)
    offered = options(text_of(dana.get(f"/plans/{plan.pk}/goals/new/")), "theme")
    assert offered["ATTACHMENT"] == "Being close: her and the baby, her and her people"
    name_goal(dana, plan, "To hold him every morning", about="FAMILY", theme="ATTACHMENT")
    name_goal(dana, plan, "To talk with my sister again", about="PARENT", theme="ATTACHMENT")
    page = family_page(dana, plan)
    assert "“To hold him every morning”" in page
    assert "“To talk with my sister again”" in page
    assert page.count("Being close: her and the baby, her and her people") == 2


@pytest.mark.requirement("R-129")
@pytest.mark.parametrize(
    ("theme", "shown", "words"),
    [
        ("STRUCTURE", "How our days go: rules and routines", "Supper at six, all of us"),
        ("ROLES", "Who does what in the family", "He does nights on weekends"),
        ("COMMUNICATION", "Talking and listening to each other", "We talk before we shout"),
    ],
)
def test_how_the_family_lives_together_is_a_goal_that_one_chooses(
    sign_in: SignIn, world: PlanWorld, plan: PlanOfSafeCare, theme: str, shown: str, words: str
) -> None:
    dana = sign_in(world.dana)
    assert options(text_of(dana.get(f"/plans/{plan.pk}/goals/new/")), "theme")[theme] == shown
    name_goal(dana, plan, words, about="FAMILY", theme=theme)
    page = family_page(dana, plan)
    assert f"“{words}”" in page
    assert f"For them together. {shown}" in page


DOMAINS = {
    "her medical care after birth": "POSTPARTUM_VISIT", "her medical care later": "PRIMARY_CARE", "the baby's doctor": "INFANT_DOCTOR",
    "behavioral health": "COUNSELING", "health education": "HEALTH_EDUCATION", "baby care": "SAFE_SLEEP", "parenting": "PARENTING_CLASS",
    "ongoing care coordination": "CASE_MANAGEMENT",
}  # fmt: skip


@pytest.mark.requirement("R-154")
def test_a_plan_covers_mother_and_baby_from_the_doctor_to_who_keeps_it_together(sign_in: SignIn, world: PlanWorld, plan: PlanOfSafeCare) -> None:
    """Each domain is planned, followed as a thread, and read by another of the care team with whom she shares her plan."""
    world.share(plan, to=world.bea)
    dana, bea = sign_in(world.dana), sign_in(world.bea)
    offered = options(text_of(dana.get(f"/plans/{plan.pk}/needs/new/")), "code")
    for code in DOMAINS.values():
        name_need(dana, plan, code)
    pages = [family_page(reader, plan) for reader in (dana, bea)]
    assert [offered[code] for code in DOMAINS.values() for page in pages if offered[code] not in page] == []


SUPPORTS = {
    "housing, safe and stable": "HOUSING", "a sober home": "RECOVERY_HOUSING", "safe surroundings": "HOME_SAFETY", "work": "WORK_AND_SCHOOL",
    "for mother": "FOOD", "for baby": "CRIB_AND_CAR_SEAT",
}  # fmt: skip


@pytest.mark.requirement("R-145")
def test_home_work_and_other_supports_are_tracked_until_they_stand(sign_in: SignIn, world: PlanWorld, plan: PlanOfSafeCare) -> None:
    dana = sign_in(world.dana)
    for code in SUPPORTS.values():
        name_need(dana, plan, code, title=f"Need {code}")
    page = family_page(dana, plan)
    assert "Six threads." in page
    needs = {code: re.search(rf'/plans/needs/([0-9a-f-]+)/"[^>]*>[^<]*Need {code}', page) for code in SUPPORTS.values()}
    assert all(needs.values()), page
    stands = {"HOUSING": ("PARTLY", ""), "RECOVERY_HOUSING": ("UNMET", "WAITLIST"), "CRIB_AND_CAR_SEAT": ("MET", "")}
    for code, (result, reason) in stands.items():
        found = needs[code]
        assert found
        facts = {"about": "result", "result": result, "reason": reason, "said": f"It is {result}", "request_key": f"r-{code}"}
        saved(dana.post(f"/plans/needs/{found[1]}/", facts))
        assert f"It is {result}" in text_of(dana.get(f"/plans/needs/{found[1]}/"))
    page = family_page(dana, plan)
    for words in ("Partly", "Not met", "A waiting list", "Resolved"):
        assert words in page
    assert "one finished" in page.lower()
