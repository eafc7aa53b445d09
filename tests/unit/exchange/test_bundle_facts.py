"""What a bundle says becomes facts with provenance and a label hint."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.unit.exchange.worlds import as_bytes, bundle, facts, resource

from careloom.exchange.fhir import Role, read_bundle
from careloom.exchange.fhir.facts import ExposureBasis, ObservationKind, PregnancyOutcome, Substance

pytestmark = pytest.mark.usefixtures("in_this_process")


def test_mother_is_read_with_language_and_place() -> None:
    mother = facts("mother").subjects[0]
    assert (mother.role, mother.birth_date, mother.sex) == (Role.MOTHER, date(1998, 4, 9), "female")
    assert mother.languages == ("es", "en")
    assert mother.addresses[0].district == "Pine"
    assert mother.identifiers[0].kind == "MR"
    assert mother.race == ("White",)


def test_pregnancy_is_joined_from_visit_condition_due_date_and_birth() -> None:
    (pregnancy,) = facts("mother").pregnancies
    assert pregnancy.outcome is PregnancyOutcome.LIVE_BIRTH
    assert (pregnancy.starts_on, pregnancy.ends_on, pregnancy.due_on) == (date(2025, 9, 10), date(2026, 4, 8), date(2026, 4, 12))
    assert len(pregnancy.evidence) == 4


def test_exposures_keep_basis_and_evidence() -> None:
    found = {(e.substance, e.basis): e for e in facts("mother").exposures}
    assert (Substance.OPIOID, ExposureBasis.DIAGNOSIS) in found
    moud = found[Substance.MOUD, ExposureBasis.MEDICATION]
    assert moud.prescribed is True
    assert moud.in_pregnancies == (date(2025, 9, 10),)
    assert moud.evidence[0].provenance.path == "Bundle.entry[10].resource"
    assert (Substance.OPIOID, ExposureBasis.TOXICOLOGY) in found


def test_prescription_names_drug_and_prescriber() -> None:
    (medication,) = facts("mother").medications
    assert (medication.rxnorm, medication.prescriber, medication.dosage) == ("1010600", "Dr. Rue Alder", "One film twice a day")
    assert medication.provenance.organization == "Riverbend"


def test_the_same_fact_is_part2_only_when_it_came_from_the_program() -> None:
    plain, declared = facts("mother"), facts("mother", part2_programs=["Riverbend"])
    assert [c.label.category for c in plain.conditions] == ["hipaa.ob_record", "hipaa.toxicology", "hipaa.mental_health"]
    assert [c.label.category for c in declared.conditions] == ["hipaa.ob_record", "part2.diagnosis", "hipaa.mental_health"]
    assert declared.medications[0].label.category == "part2.medication"
    assert declared.encounters[0].label.category == "hipaa.ob_record"


def test_security_label_of_the_sender_makes_it_part2() -> None:
    content = bundle("mother")
    security = {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "42CFRPart2"}
    resource(content, "Observation", 1)["meta"] = {"security": [security]}
    observations = read_bundle(data=as_bytes(content), name="m").observations
    assert {o.kind: o.label.category for o in observations}[ObservationKind.TOXICOLOGY] == "part2.drug_screens"


def test_infants_diagnosis_reveals_the_mothers_use_without_any_federal_code() -> None:
    infant = facts("infant")
    assert infant.conditions[0].label.category == "hipaa.toxicology"
    assert infant.conditions[0].label.reveals_sud
    assert infant.exposures[0].basis is ExposureBasis.INFANT_DIAGNOSIS


@pytest.mark.parametrize(
    ("kind", "value", "unit"),
    [(ObservationKind.BIRTH_WEIGHT, 2910, "g"), (ObservationKind.GESTATIONAL_AGE, 273, "d"), (ObservationKind.APGAR_5, 9, "")],
)
def test_birth_facts_are_in_our_units(kind: ObservationKind, value: int, unit: str) -> None:
    found = {o.kind: o for o in facts("infant").observations}[kind]
    assert (found.value, found.unit) == (Decimal(value), unit)


def test_twins_are_two_subjects_in_birth_order() -> None:
    twins = facts("twins", role=Role.INFANT).subjects
    assert [(t.role, t.birth_order) for t in twins] == [(Role.INFANT, 1), (Role.INFANT, 2)]


def test_a_mother_and_her_infant_may_share_a_bundle() -> None:
    dyad = facts("dyad")
    assert [s.role for s in dyad.subjects] == [Role.MOTHER, Role.INFANT]
    assert {c.subject_id for c in dyad.conditions} == {s.source_id for s in dyad.subjects}


def test_the_callers_role_wins_and_the_doubt_is_kept() -> None:
    subject = facts("infant", role=Role.MOTHER).subjects[0]
    assert (subject.role, subject.looks_like) == (Role.MOTHER, Role.INFANT)


def test_unknown_and_unused_resources_are_counted() -> None:
    content = bundle("mother")
    content["entry"].append({"resource": {"resourceType": "Hovercraft", "id": "h1"}})
    counts = read_bundle(data=as_bytes(content), name="m").counts
    assert counts.unknown == {"Hovercraft": 1}
    assert counts.unused == {"CarePlan": 1}
    assert counts.total == len(content["entry"])


def test_what_was_entered_in_error_is_no_fact() -> None:
    content = bundle("mother")
    resource(content, "MedicationRequest")["status"] = "entered-in-error"
    read = read_bundle(data=as_bytes(content), name="m")
    assert read.medications == ()
    assert Substance.MOUD not in {e.substance for e in read.exposures}


def test_reading_again_gives_the_same_facts() -> None:
    assert facts("dyad") == facts("dyad")
