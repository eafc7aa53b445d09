"""Conditions, medicines, visits, observations and forms: conforming, found by what US Core asks for, and bound by the law of their source."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from tests.factories.charts import a_chart, a_treatment_record, a_whole_record
from tests.factories.fhir import FhirWorld, System, a_system
from tests.integration.fhir.profiles import faults

from careloom.agencies.roles import Role

pytestmark = pytest.mark.django_db
NEW = ("Condition", "MedicationRequest", "Encounter", "Observation", "QuestionnaireResponse")


def codes(resource: dict[str, Any]) -> set[str]:
    return {one["code"] for one in resource["meta"].get("security", [])}


@pytest.fixture
def ids(made: FhirWorld) -> dict[str, list[UUID]]:
    return a_whole_record(made.world, mother=made.mother)


def test_each_is_served_conforms_and_is_read_as_it_was_found(made: FhirWorld, keeper: System, ids: dict[str, list[UUID]]) -> None:
    for kind in NEW:
        found = keeper.found(kind)
        assert {one["id"] for one in found} == {str(one) for one in ids[kind]}, kind
        for resource in found:
            assert faults(resource) == [], resource
            assert keeper.read(f"{kind}/{resource['id']}") == resource


def test_what_a_program_wrote_carries_its_law_whatever_its_code(made: FhirWorld, keeper: System, ids: dict[str, list[UUID]]) -> None:
    """Hypertension in a program's chart is a Part 2 record; in a hospital's it is not."""
    for kind in NEW:
        for resource in keeper.found(kind):
            assert {"R", "42CFRPart2", "NORDSCLCD", "RedisclosureProhibitionMark"} <= codes(resource), resource
            assert "42 CFR part 2 prohibits" in resource["text"]["div"]
    world = made.world
    mother = world.a_mother(by=world.maria)
    infant = world.an_infant(mother_id=mother)
    a_chart(world, by=world.maria, mother=mother, infant=infant)
    hospital = a_system(world.st_agnes, role=Role.HOSPITAL_SOCIAL_WORKER)
    pressure = hospital.found("Condition?code=http://snomed.info/sct|59621000")
    assert [codes(one) for one in pressure] == [{"N"}]
    assert not any("42CFRPart2" in codes(one) for kind in NEW for one in hospital.found(kind))


def test_the_searches_that_us_core_asks_for(made: FhirWorld, keeper: System, ids: dict[str, list[UUID]]) -> None:
    her = f"patient={made.mother}"
    today = made.world.today.isoformat()
    numbers = {
        f"Condition?{her}&category=problem-list-item": 3,
        f"Condition?{her}&category=encounter-diagnosis": 0,
        f"Condition?{her}&clinical-status=active": 2,
        f"Condition?{her}&clinical-status=resolved": 1,
        f"Condition?{her}&code=F11.20": 1,
        f"Condition?{her}&onset-date={today}": 2,
        f"Condition?{her}&abatement-date=ge{today}": 1,
        f"Condition?{her}&recorded-date=lt2000": 0,
        f"MedicationRequest?{her}&intent=order": 2,
        f"MedicationRequest?{her}&intent=plan": 0,
        f"MedicationRequest?{her}&intent=order&status=active": 2,
        f"MedicationRequest?{her}&intent=order&status=completed,unknown": 0,
        f"MedicationRequest?{her}&intent=order&authoredon=le{today}": 2,
        "MedicationRequest?code=http://www.nlm.nih.gov/research/umls/rxnorm|6813": 1,
        f"Encounter?{her}&status=planned": 1,
        f"Encounter?{her}&status=finished": 1,
        f"Encounter?{her}&date=gt{today}": 1,
        f"Encounter?{her}&date=eb{today}": 1,
        f"Observation?{her}&code=82810-3": 1,
        f"Observation?{her}&category=social-history&date=ge2000": 1,
        f"Observation?{her}&category=survey": 1,
        f"Observation?{her}&code=urn:careloom:form|phq-9": 1,
        f"Observation?{her}&code=phq-9&status=final": 1,
        "Observation?code=http://loinc.org|9274-2": 1,
        f"QuestionnaireResponse?{her}&status=completed": 1,
        f"QuestionnaireResponse?{her}&status=amended": 0,
        f"QuestionnaireResponse?{her}&questionnaire=urn:careloom:form:phq-9": 1,
        f"QuestionnaireResponse?{her}&authored=ge{today}": 1,
    }
    assert {path: len(keeper.found(path)) for path in numbers} == numbers


def test_a_referral_is_found_by_the_code_of_its_need(made: FhirWorld, keeper: System) -> None:
    her = f"ServiceRequest?patient={made.mother}"
    category = "category=http://snomed.info/sct|3457005"
    assert len(keeper.found(f"{her}&code=HOUSING")) == len(keeper.found(f"{her}&code=urn:careloom:need|HOUSING")) == 1
    assert keeper.found(f"{her}&code=FOOD") == keeper.found(f"{her}&code=urn:other|HOUSING") == []
    assert len(keeper.found(f"{her}&{category}&authored=ge{made.world.today.year}")) == 1
    assert keeper.found(f"{her}&{category}&authored=lt2000") == []


def test_the_facts_of_a_birth_are_the_infant_s(made: FhirWorld, keeper: System, ids: dict[str, list[UUID]]) -> None:
    birth = keeper.read("Observation?code=birth-facts&_include=Observation:patient")["entry"]
    told = birth[0]["resource"]
    parts = {part["code"]["coding"][0]["code"]: part["valueQuantity"]["value"] for part in told["component"] if "coding" in part["code"]}
    assert parts == {"8339-4": 2950, "11884-4": 268}
    assert len(told["effectiveDateTime"]) == len("2026-11-23"), "an hour that nobody knows is not sent"
    assert told["subject"]["reference"] == f"Patient/{birth[1]['resource']['id']}"


def test_a_score_is_derived_from_the_form_that_stands_beside_it(made: FhirWorld, keeper: System, ids: dict[str, list[UUID]]) -> None:
    entries = keeper.read("Observation?category=survey&_include=Observation:derived-from")["entry"]
    score, form = (entries[number]["resource"] for number in (0, 1))
    assert (score["valueQuantity"]["value"], form["resourceType"]) == (9, "QuestionnaireResponse")
    assert form["questionnaire"].startswith("urn:careloom:form:phq-9")


def test_what_was_said_about_safety_at_home_goes_to_no_machine(made: FhirWorld, keeper: System, ids: dict[str, list[UUID]]) -> None:
    """34 U.S.C. 12291(b)(2): the form exists, and neither it nor a trace of it is served."""
    assert [one["questionnaire"].partition("|")[0] for one in keeper.found("QuestionnaireResponse")] == ["urn:careloom:form:phq-9"]


def test_who_was_given_the_plan_reads_no_treatment_record(made: FhirWorld, reader: System, ids: dict[str, list[UUID]]) -> None:
    for kind in NEW:
        shown = {one["id"] for one in reader.found(kind)}
        assert not shown & {str(one) for one in ids[kind][:1] + ids[kind][-1:]} or kind == "Encounter", kind


def test_a_role_without_the_page_has_none_of_its_entries(made: FhirWorld, ids: dict[str, list[UUID]]) -> None:
    """A privacy officer opens plans and no treatment or form, whatever categories she was given."""
    officer = a_system(made.world.riverbend, role=Role.PRIVACY_OFFICER)
    assert officer.found("CarePlan")
    assert officer.found("QuestionnaireResponse") == []
    assert a_treatment_record(made.world, mother=made.mother)
    assert officer.found("MedicationRequest") == []
