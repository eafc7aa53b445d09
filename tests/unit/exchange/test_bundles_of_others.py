"""Bundles and examples that others made: Synthea, HL7's R4 examples, US Core 6.1.0 and BSeR."""

from __future__ import annotations

import json
import tarfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.shared_data import shared_data
from tests.unit.exchange.worlds import AS_OF, as_bytes

from careloom.exchange.fhir import BundleFacts, BundleRefused, Role, check_pair, read_bundle
from careloom.exchange.fhir.facts import ObservationKind, PregnancyOutcome, Substance


def _synthea(start: str) -> BundleFacts:
    (path,) = shared_data("synthea_r4").glob(f"{start}*.json")
    return read_bundle(data=path.read_bytes(), name=path.name, as_of=AS_OF)


def test_synthea_mother_with_overdose_and_five_pregnancies() -> None:
    mother = _synthea("Francine")
    assert mother.subjects[0].role is Role.MOTHER
    assert [p.outcome.value for p in mother.pregnancies] == ["LIVE_BIRTH", "LIVE_BIRTH", "TERMINATION", "LOSS", "ECTOPIC"]
    assert (mother.pregnancies[1].starts_on, mother.pregnancies[1].ends_on) == (date(2018, 10, 25), date(2019, 5, 9))
    assert Substance.OPIOID in {e.substance for e in mother.exposures}
    assert (len(mother.conditions), len(mother.medications), len(mother.encounters)) == (17, 26, 84)
    assert mother.counts.total == 561


def test_synthea_mother_with_opioid_use_in_her_pregnancy() -> None:
    mother = _synthea("Virginia")
    born = [p for p in mother.pregnancies if p.outcome is PregnancyOutcome.LIVE_BIRTH]
    assert [(p.starts_on, p.ends_on) for p in born] == [(date(2013, 8, 6), date(2014, 3, 4))]
    (exposure,) = mother.exposures
    assert born[0].starts_on in exposure.in_pregnancies
    assert mother.subjects[0].languages == ("es",)
    assert exposure.label.reveals_sud


def test_synthea_infant_and_the_pairs() -> None:
    mother, infant = _synthea("Francine"), _synthea("Luigi")
    assert infant.subjects[0].role is Role.INFANT
    assert [(o.kind, o.unit) for o in infant.observations] == [(ObservationKind.BIRTH_WEIGHT, "g")]
    assert not any(p.blocks for p in check_pair(mother=mother, infant=infant))
    assert check_pair(mother=infant, infant=mother)[0].blocks


def _with_patient(resource: dict[str, Any]) -> bytes:
    """An example as it would come: in a bundle with the patient that it is about."""
    reference = next((resource[f]["reference"] for f in ("subject", "patient") if "reference" in resource.get(f, {})), "Patient/p1")
    patient = {"resourceType": "Patient", "id": reference.rsplit("/", 1)[-1], "birthDate": "1980-05-05", "gender": "female"}
    entries = [resource] if resource["resourceType"] == "Patient" else [patient, resource]
    return as_bytes({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": r} for r in entries]})


def _answer(resource: dict[str, Any]) -> BundleFacts | BundleRefused:
    try:
        return read_bundle(data=_with_patient(resource), name="example")
    except BundleRefused as refusal:
        return refusal


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize("kind", ["Patient", "Condition", "Encounter", "Observation", "CarePlan", "Goal", "Questionnaire"])
def test_official_examples_are_read_or_refused_with_a_path(kind: str) -> None:
    paths = sorted(shared_data("fhir_examples", "r4_core_4.0.1").glob(f"{kind}-*.json"))
    answers = {p.stem: _answer(json.loads(p.read_text(encoding="utf-8"))) for p in paths}
    refused = {name: a.problems[0].path for name, a in answers.items() if isinstance(a, BundleRefused)}
    assert all(path.startswith("Bundle.entry[") for path in refused.values())
    if kind == "Questionnaire":
        assert refused == {"Questionnaire-qs1": "Bundle.entry[1].resource.item[0].item[0].linkId"}
    assert len(refused) < len(answers)


@pytest.mark.usefixtures("in_this_process")
def test_us_core_examples_of_pregnancy_and_medication_are_read() -> None:
    names = ("Observation-pregnancy-status", "MedicationRequest-medicationrequest-contained-oral-axid", "Patient-infant-example")
    with tarfile.open(shared_data("fhir_packages", "hl7.fhir.us.core-6.1.0.tgz")) as package:
        found = {n: json.load(package.extractfile(f"package/example/{n}.json")) for n in names}  # type: ignore[arg-type]
    answers = [_answer(found[n]) for n in names]
    pregnant, medicated, infant = [a for a in answers if isinstance(a, BundleFacts)]
    assert len(pregnant.pregnancies) == 1
    assert medicated.medications[0].concept.codings
    assert infant.subjects[0].birth_date


def _bser() -> list[Path]:
    return sorted(shared_data("fhir_examples", "bser_2.0.0-ballot").glob("Bundle-*.json"))


@pytest.mark.usefixtures("in_this_process")
def test_bser_bundles_with_dangling_persons_are_refused_with_a_path() -> None:
    """The published BSeR bundles point at patients by ids that they do not hold (SOURCE.md), so none can be taken."""
    refusals = []
    for path in _bser():
        with pytest.raises(BundleRefused) as refused:
            read_bundle(data=path.read_bytes(), name=path.name)
        refusals.append(refused.value.problems[0].path)
    assert len(refusals) == len(_bser()) == 16
    assert sum(".subject.reference" in p or ".fullUrl" in p for p in refusals) == 3
