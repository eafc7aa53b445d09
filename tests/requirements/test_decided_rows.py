"""The six answers of a place drive the plans that are made there (R-015), on the screens of who answers and of who makes the plan."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld, a_key
from tests.requirements.changing import House
from tests.requirements.conftest import SignIn, saved, text_of
from tests.requirements.knowing import on
from tests.requirements.test_structure_rows import a_partner, send

from careloom.agencies.models import Agency
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.plans.models import PlanOfSafeCare, PlanTemplate


@pytest.fixture
def house(sign_in: SignIn, world: PlanWorld) -> House:
    """A collaborative of Pine and Harbor counties in which Riverbend, of Pine County, takes part."""
    found = House(sign_in)
    Agency.objects.filter(pk=world.riverbend.pk).update(county="Pine County")
    a_partner(found.browser, found.rooms, world.riverbend.name, "SUBSTANCE_USE", agency_id=world.riverbend.pk)
    found.enter()
    return found


def decide(house: House, question: str, choice: str, *, place: str = "Pine", version: int = 0) -> None:
    facts = {
        "question": question, "place": place, "choice": choice, "answer": "As we agreed.", "rationale": "It is read to the end.",
        "approved_by": "The core team", **on("answered_on", clock.today()),
    }  # fmt: skip
    send(house.lead, house.at(f"changes/questions/answer/?question={question}&place={place}"), version=version, **facts)


def begin(dana: Client, world: PlanWorld, mother: object, **facts: str) -> tuple[int, str]:
    asked = {
        "due_on": (world.today + timedelta(days=140)).isoformat(), "language": "en", "label": "Family care plan", "wish": "",
        "lead": str(world.dana.worker_id), "request_key": a_key(),
    }  # fmt: skip
    answer = dana.post(f"/plans/start/{mother}/", asked | facts)
    return answer.status_code, answer.content.decode()


@pytest.mark.requirement("R-015")
def test_whether_plans_begin_before_birth_is_the_places_to_say(house: House, world: PlanWorld, sign_in: SignIn) -> None:
    decide(house, "PRENATAL", "NO", place="Harbor")
    mother, dana = world.a_mother(), sign_in(world.dana)
    assert "Decided for this place" not in text_of(dana.get(f"/plans/start/{mother}/"))
    decide(house, "PRENATAL", "NO")
    page = text_of(dana.get(f"/plans/start/{mother}/"))
    assert "A plan begins at birth, not before." in page
    assert "When is the baby expected?" not in page
    status, words = begin(dana, world, mother)
    assert status == 422
    assert "start the plan when the baby is born" in words
    assert "In plans: A plan begins at birth, not before." in house.page(house.member, "changes/questions/")
    decide(house, "PRENATAL", "YES", version=1)
    assert begin(dana, world, mother)[0] == 302


@pytest.mark.requirement("R-015")
def test_what_goes_into_the_medical_record_and_how_copies_are_given_is_the_places_to_say(house: House, world: PlanWorld, sign_in: SignIn) -> None:
    plan, dana = world.a_plan(agreed=True), sign_in(world.dana)
    copies = f"/plans/{plan.pk}/copies/"
    assert "MEDICAL_RECORD" in text_of(dana.get(copies))
    decide(house, "RECORD", "NO")
    decide(house, "FORMAT", "ELECTRONIC")
    page = text_of(dana.get(copies))
    assert "No copy goes into the medical record." in page
    assert "The plan is kept electronically." in page
    assert 'value="MEDICAL_RECORD"' not in page
    given = {"kind": "MEDICAL_RECORD", "form": "PAPER", "language": "en", "on": world.today.isoformat(), "place": "St. Agnes", "request_key": a_key()}
    assert dana.post(copies, given).status_code == 422
    assert dana.post(copies, given | {"kind": "HER"}).status_code == 302


@pytest.mark.requirement("R-015")
def test_who_leads_and_which_template_counts_is_the_places_to_say(house: House, world: PlanWorld, sign_in: SignIn) -> None:
    mother, dana = world.a_mother(), sign_in(world.dana)
    decide(house, "ROLES", "HEALTH")
    decide(house, "CONTENT", "LOCAL")
    page = text_of(dana.get(f"/plans/start/{mother}/"))
    assert "Health care leads." in page
    assert "Your agency uses no local template yet." in page
    hospitals = [agency.name_outside for agency in Agency.objects.filter(active=True, kind="HOSPITAL")]
    others = page[page.index('name="co_lead"') :]
    assert all(others.index(name) < others.index(world.harbor.name_outside) for name in hospitals if name in others)
    saved(house.browser.post("/plans/templates/", {"name": "Pine plan", "stage": "BOTH", "request_key": a_key()}))
    template = PlanTemplate.objects.get(agency_id=house.agency.pk)
    saved(house.browser.post(f"/plans/templates/{template.pk}/", {"about": "publish", "what_changed": "Ours"}))
    version = template.versions.get()
    saved(sign_in(world.supervisor).post(f"/plans/templates/{template.pk}/", {"about": "adopt", "version": str(version.pk)}))
    dana = sign_in(world.dana)
    assert "uses no local template" not in text_of(dana.get(f"/plans/start/{mother}/"))
    assert begin(dana, world, mother)[0] == 302
    decide(house, "CONTENT", "PRODUCT", version=1)
    second = world.a_mother()
    assert "A plan has the sections that Careloom asks." in text_of(dana.get(f"/plans/start/{second}/"))
    assert begin(dana, world, second)[0] == 302
    with acting_as(viewer(world.dana)):
        kept = dict(PlanOfSafeCare.objects.filter(identity_id__in=[mother, second]).values_list("identity_id", "template_version_id"))
    assert kept == {mother: version.pk, second: None}
