"""How each member takes part, what pulls apart, how help should be given, and what goes on around her: on the coordinator's screens."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld, a_key
from tests.requirements.conftest import SignIn, family_page, saved, text_of
from tests.requirements.screens import add_to_team, name_need

from careloom.directory.models import Organization, Service
from careloom.infra.access import acting_as
from careloom.plans.models import Need, PlanOfSafeCare, Tension

BOTH_PARTS = ("posc.plan_core", "posc.referral_status", "posc.plan_part2_segment")


@pytest.fixture
def plan(world: PlanWorld) -> PlanOfSafeCare:
    return world.a_plan(agreed=True)


@pytest.mark.requirement("R-121")
def test_each_member_starts_pauses_and_ends_on_days_of_their_own(world: PlanWorld, sign_in: SignIn, plan: PlanOfSafeCare) -> None:
    world.an_infant(mother_id=plan.identity_id, by=world.dana)
    dana, path = sign_in(world.dana), f"/plans/{plan.pk}/members/"
    nana = str(uuid4())
    family = {"name": "Nana", "relation": "my mother", "kind": "KIN", "contact": "OK", "wants_services": "YES", "member_id": nana}
    saved(dana.post(f"/plans/{plan.pk}/family/", family))
    today = world.today

    def say(member: str, status: str, days: int, words: str = "") -> None:
        day = (today - timedelta(days=days)).isoformat()
        saved(dana.post(path, {"member_id": member, "status": status, "starts_on": day, "words": words, "request_key": a_key()}))

    say(str(plan.identity_id), "ACTIVE", 40)
    say(nana, "ACTIVE", 20)
    say(str(plan.identity_id), "PAUSED", 5, "Rest after the birth")
    page = text_of(dana.get(path))
    cards = {name: page[page.index(f"data-name>{name}") :][:900] for name in ("Practice", "Nana")}
    assert "Pauses" in cards["Practice"]
    assert "Rest after the birth" in cards["Practice"]
    assert "Takes part: since" in cards["Practice"]
    assert "Takes part" in cards["Nana"]
    assert "Not started" in page
    assert sign_in(world.bea).get(path).status_code == 404
    assert dana.post(path, {"member_id": str(uuid4()), "status": "ACTIVE", "starts_on": today.isoformat(), "request_key": a_key()}).status_code == 422


def test_how_somebody_unsafe_takes_part_is_on_no_shared_page(world: PlanWorld, sign_in: SignIn, plan: PlanOfSafeCare) -> None:
    dana, who = sign_in(world.dana), str(uuid4())
    family = {
        "name": "Rex Unsafe",
        "relation": "ex",
        "kind": "OTHER",
        "contact": "DO_NOT_CONTACT",
        "unsafe": "on",
        "wants_services": "NO",
        "member_id": who,
    }
    saved(dana.post(f"/plans/{plan.pk}/family/", family))
    said = {"member_id": who, "status": "ENDED", "starts_on": world.today.isoformat(), "request_key": a_key()}
    saved(dana.post(f"/plans/{plan.pk}/members/", said))
    world.share(plan, to=world.bea, information=BOTH_PARTS)
    assert "Rex" not in text_of(sign_in(world.bea).get(f"/plans/{plan.pk}/members/"))


@pytest.mark.requirement("R-122")
def test_competing_needs_and_a_crisis_are_kept_with_how_they_went_on_and_close_nothing(
    world: PlanWorld, sign_in: SignIn, plan: PlanOfSafeCare
) -> None:
    dana, path = sign_in(world.dana), f"/plans/{plan.pk}/tensions/"
    saved(dana.post(path, {"kind": "COMPETING", "words": "Group meets when the baby has visits", "hers": "He comes first", "request_key": a_key()}))
    saved(dana.post(path, {"kind": "CRISIS", "words": "Locked out on Sunday", "hers": "", "request_key": a_key()}))
    assert "Something pulls in two directions, or a crisis is open" in text_of(dana.get(f"/plans/{plan.pk}/sections/"))
    with acting_as(viewer(world.dana)):
        plan.refresh_from_db()
        rows = {row.kind: row for row in Tension.objects.filter(plan_id=plan.pk)}
    assert plan.status == "UNDER_REVIEW"
    for row, words in ((rows["CRISIS"], "Her aunt took them in"), (rows["COMPETING"], "Visits move to mornings")):
        saved(dana.post(path, {"tension_id": str(row.pk), "resolution": words, "row_version": "1"}))
    page = text_of(dana.get(path))
    for words in ("He comes first", "Her aunt took them in", "Visits move to mornings"):
        assert words in page
    assert "crisis is open" not in text_of(dana.get(f"/plans/{plan.pk}/sections/"))
    with acting_as(viewer(world.dana)):
        plan.refresh_from_db()
    assert plan.closed_at is None
    bea = sign_in(world.bea)
    assert bea.get(path).status_code == 404
    assert bea.post(path, {"tension_id": str(rows["CRISIS"].pk), "resolution": "No", "row_version": "2"}).status_code == 404


def a_service(name: str, *, languages: list[str], features: list[str]) -> Service:
    organization = Organization.objects.create(source="test", source_id=uuid4().hex, name=name)
    return Service.objects.create(
        source="test", source_id=uuid4().hex, organization=organization, name=name, needs=["HOUSING"], language_codes=languages, features=features
    )  # fmt: skip


@pytest.mark.requirement("R-067")
def test_culture_and_language_are_written_and_only_services_that_fit_are_offered(world: PlanWorld, sign_in: SignIn, plan: PlanOfSafeCare) -> None:
    a_service("Casa Abierta", languages=["es"], features=["CHILDREN_ON_SITE"])
    a_service("English Only House", languages=["en"], features=["CHILDREN_ON_SITE"])
    a_service("Sin Niños", languages=["es"], features=[])
    dana = sign_in(world.dana)
    name_need(dana, plan, "HOUSING")
    with acting_as(viewer(world.dana)):
        need = Need.objects.get(plan_id=plan.pk)
    path = f"/plans/referrals/new/{need.pk}/"
    assert "English Only House" in text_of(dana.get(path))
    facts = {
        "languages": ["es"], "features": ["CHILDREN_ON_SITE"], "culture": "Elders are asked first", "faith": "Prays the rosary", "helps": "Time",
        "helps_not": "Forms", "row_version": "0",
    }  # fmt: skip
    saved(dana.post(f"/plans/{plan.pk}/preferences/", facts))
    page = text_of(dana.get(path))
    assert "Casa Abierta" in page
    assert "English Only House" not in page
    assert "Sin Niños" not in page
    assert "Only services that fit how she wants help: Spanish. Children may come along" in page
    assert "English Only House" in text_of(dana.get(f"{path}?all=1"))
    shown = text_of(dana.get(f"/plans/{plan.pk}/preferences/"))
    assert "Elders are asked first" in shown
    assert "Elders are asked first" in text_of(dana.get(f"/plans/{plan.pk}/sections/J/"))
    assert sign_in(world.bea).post(f"/plans/{plan.pk}/preferences/", facts).status_code == 404


@pytest.mark.requirement("R-155")
def test_after_the_birth_care_goes_on_in_six_ways_and_a_missing_one_is_pointed_out(world: PlanWorld, sign_in: SignIn, plan: PlanOfSafeCare) -> None:
    dana = sign_in(world.dana)
    baby = {"born_on": world.today.isoformat(), "first_baby": "Mateo", "second_baby": "", "request_key": a_key()}
    saved(dana.post(f"/plans/{plan.pk}/birth/", baby))
    needs = {
        "CASE_MANAGEMENT": "somebody who keeps it all together", "PEER": "somebody to talk to, or a peer", "WORK_AND_SCHOOL": "work and school",
        "HOUSING": "a home and help in daily life", "HOME_VISITING": "what keeps the family together",
    }  # fmt: skip
    page = family_page(dana, plan)
    assert [words for words in needs.values() if words not in page] == []
    for code in needs:
        name_need(dana, plan, code)
    page = family_page(dana, plan)
    assert [words for words in needs.values() if words in page] == []
    assert "medicine and care for recovery that goes on" in page
    name_need(dana, plan, "MEDICINE_FOR_RECOVERY")
    assert "support goes on in six ways" not in family_page(dana, plan)
    world.share(plan, to=world.bea)
    assert "medicine and care for recovery" not in family_page(sign_in(world.bea), plan)


@pytest.mark.requirement("R-050")
def test_systems_in_her_life_stand_on_one_line_as_far_as_each_reader_may_see(world: PlanWorld, sign_in: SignIn, plan: PlanOfSafeCare) -> None:
    dana, path = sign_in(world.dana), f"/plans/{plan.pk}/systems/"
    day = (world.today - timedelta(days=90)).isoformat()
    for system, words in (
        ("CHILD_WELFARE", "Voluntary services"),
        ("TREATMENT", "Day program"),
        ("EDUCATION", "Evening school"),
        ("COURT", "Family court"),
    ):
        saved(dana.post(path, {"system": system, "words": words, "starts_on": day, "request_key": a_key()}))
    add_to_team(dana, plan, "Jo Visitor", "HOME_VISITOR")
    add_to_team(dana, plan, "Ana Early", "EARLY_INTERVENTION")
    story = text_of(dana.get(f"/families/{plan.identity_id}/story/"))
    everything = (
        "Child welfare", "Voluntary services", "Treatment", "Day program", "Court", "Evening school", "Home visiting", "Jo Visitor",
        "Early intervention",
    )  # fmt: skip
    assert [words for words in everything if words not in story] == []
    bea = sign_in(world.bea)
    assert bea.get(f"/families/{plan.identity_id}/story/").status_code == 404
    world.share(plan, to=world.bea)
    story = text_of(bea.get(f"/families/{plan.identity_id}/story/"))
    assert "Voluntary services" in story
    assert "Day program" not in story
    assert bea.post(f"/plans/{uuid4()}/systems/", {"system": "COURT"}).status_code == 404
