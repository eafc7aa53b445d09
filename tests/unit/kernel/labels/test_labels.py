"""A fact is labeled by its source, then by its code, its author, facts beside it and its words. Source: interop.md 0.3, 1.4; law.md 0.1."""

from __future__ import annotations

import re

import pytest
from tests.shared_data import shared_data

from careloom.kernel.disclosure import Category, Provenance, Subject
from careloom.kernel.labels import Fact, Kind, Law, Secret, Sensitivity, Why, infer, label
from careloom.kernel.labels.codes import ENTRIES, ICD10CM
from careloom.kernel.labels.vocabulary import Confidentiality, Status

OB, NEWBORN, APART = Category.HIPAA_OB_RECORD, Category.HIPAA_NEWBORN_RECORD, Category.HIPAA_TOXICOLOGY


def hers(kind: Kind = Kind.CONDITION, **said: object) -> Fact:
    return Fact(kind=kind, subject=Subject.MOTHER, category=OB, **said)  # type: ignore[arg-type]


def babys(kind: Kind = Kind.CONDITION, **said: object) -> Fact:
    return Fact(kind=kind, subject=Subject.INFANT, category=NEWBORN, **said)  # type: ignore[arg-type]


def icd(code: str) -> dict[str, object]:
    return {"codes": ((ICD10CM, code),)}


@pytest.mark.parametrize("code", ["P96.1", "P04.14", "P04.41", "P04.49", "P04.81", "P04.3", "P04.1A", "P04.17", "Q86.0", "P961", "p04.14"])
def test_an_infants_own_diagnosis_is_the_mothers_secret_and_leaves_the_newborn_record(code: str) -> None:
    found = label(babys(**icd(code)))
    assert (found.category, found.why, found.about, found.confidentiality) == (APART, Why.CODE, Secret.MOTHER, Confidentiality.RESTRICTED)
    assert Sensitivity.SUD in found.sensitivity


def test_the_whole_of_p04_1_lies_apart_but_only_what_is_about_use_is_labeled_so() -> None:
    chemotherapy, mood = label(babys(**icd("P04.11"))), label(babys(**icd("P04.15")))
    assert (chemotherapy.category, chemotherapy.sensitivity) == (APART, ())
    assert (mood.category, mood.sensitivity) == (APART, (Sensitivity.MH,))


@pytest.mark.parametrize("code", ["O99.320", "O99.324", "O99.312", "F11.20", "F10.10", "Z79.891", "T40.1X1A", "O35.5XX0", "R78.1", "Z71.51"])
def test_her_own_diagnosis_leaves_the_record_of_pregnancy(code: str) -> None:
    found = label(hers(**icd(code)))
    assert (found.category, found.about) == (APART, Secret.SUBJECT)


@pytest.mark.parametrize("code", ["F17.210", "O99.334", "P04.2", "P22.0", "Z38.00", "P07.18", "O24.410", "P04.5", "Z71.6", "D57.1"])
def test_tobacco_and_ordinary_diagnoses_stay_where_they_are(code: str) -> None:
    assert label(hers(**icd(code))).category is OB
    assert not label(babys(**icd(code))).tells


def test_every_code_of_the_federal_list_is_known() -> None:
    text = shared_data("terminology", "cms_bfd_part2", "security_labels.yml").read_text()
    listed = re.findall(r"- system: (\S+)\s+code: '?([^'\s]+)'?", text)
    missed = [(system, code) for system, code in listed if label(hers(Kind.PROCEDURE, codes=((system, code),))).category is not APART]
    assert len(listed) > 700
    assert missed == []


def test_every_entry_says_where_it_was_read() -> None:
    assert all(entry.source and entry.status in Status for entry in ENTRIES)
    assert len({(e.system, e.code) for e in ENTRIES}) == len(ENTRIES)


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("buprenorphine 8 MG / naloxone 2 MG Sublingual Film", APART), ("Methadone Hydrochloride 10 MG", APART), ("Vivitrol 380 mg", APART),
        ("Naloxone 4 mg nasal spray", APART), ("Suboxone", APART), ("Metadona 10 mg", APART), ("acetaminophen 325 MG Oral Tablet", OB),
        ("fentanyl citrate 50 mcg/mL injection", OB), ("nicotine patch", OB), ("Prenatal vitamin", OB),
    ],
)  # fmt: skip
def test_medicines_are_known_by_name(name: str, where: Category) -> None:
    assert label(hers(Kind.MEDICATION, texts=(name,))).category is where


def test_medicine_of_an_infant_for_withdrawal_is_known_as_such() -> None:
    assert label(babys(Kind.MEDICATION, texts=("morphine oral solution 0.4 mg/mL",))).about is Secret.MOTHER
    assert label(hers(Kind.MEDICATION, texts=("morphine injection",))).category is OB


@pytest.mark.parametrize(
    "name",
    [
        "Opiates [Presence] in Urine by Screen method", "Cocaine and metabolites in Meconium", "Finnegan score", "Eat, Sleep, Console assessment",
        "Neonatal abstinence syndrome score", "Benzoylecgonine in umbilical cord tissue", "Prueba de drogas en meconio",
    ],
)  # fmt: skip
def test_tests_and_scores_are_known_though_no_code_is(name: str) -> None:
    found = label(babys(Kind.OBSERVATION, texts=(name, "not detected"), codes=(("http://lab.example", "X1"),)))
    assert (found.category, found.about) == (APART, Secret.MOTHER)


@pytest.mark.parametrize("place", ["Riverbend Opioid Treatment Program", "New Dawn Recovery House", "Addiction Medicine", "Casa de recuperación Luz"])
def test_where_it_happened_tells(place: str) -> None:
    assert label(hers(Kind.ENCOUNTER, texts=("Office visit",), places=(place,))).why is Why.AUTHOR


@pytest.mark.parametrize(
    "place", ["Labor, Delivery, Recovery", "Cardiac Rehabilitation", "Recovery room", "St. Agnes Hospital", "Family Birth Center"]
)
def test_a_room_after_surgery_tells_nothing(place: str) -> None:
    assert not label(hers(Kind.ENCOUNTER, texts=("Recovery after cesarean",), places=(place,))).tells


def test_who_wrote_it_tells() -> None:
    assert label(hers(Kind.MEDICATION, texts=("Ondansetron",), authors=("J. Doe, LADC",))).why is Why.AUTHOR


def test_a_word_is_a_hint_and_said_to_be_one() -> None:
    found = label(hers(texts=("Denies drug use in pregnancy",)))
    assert (found.category, found.why) == (APART, Why.TEXT)


def test_source_goes_before_code() -> None:
    found = label(hers(from_part2_program=True, texts=("Iron deficiency anemia",)))
    assert (found.category, found.why, found.law) == (Category.PART2_DIAGNOSIS, Why.SOURCE, (Law.PART2,))
    received = label(Fact(kind=Kind.CONDITION, subject=Subject.MOTHER, category=Category.PART2_DIAGNOSIS, provenance=Provenance.PART2_VIA_TPO))
    assert (received.category, received.why, received.law) == (Category.PART2_DIAGNOSIS, Why.RECEIVED, (Law.PART2,))
    labeled_by_sender = label(hers(Kind.MEDICATION, texts=("Ondansetron",), security=("42CFRPart2",)))
    assert (labeled_by_sender.category, labeled_by_sender.why) == (Category.PART2_MEDICATION, Why.SOURCE)


def test_what_a_hospital_infers_is_no_part2_record_by_that() -> None:
    """law.md 1.2: hospital-sourced toxicology is not Part 2; its label is about minimum necessary alone."""
    for fact in (babys(**icd("P96.1")), hers(**icd("O99.324")), babys(Kind.NEWBORN_SIGNS)):
        assert label(fact).law == ()
        assert not label(fact).category.value.startswith("part2.")


def test_ambiguous_medicine_tells_beside_signs_and_not_alone() -> None:
    codeine, signs = hers(Kind.MEDICATION, texts=("Acetaminophen / Codeine",)), babys(Kind.NEWBORN_SIGNS)
    assert [one.category for one in infer([codeine])] == [OB]
    beside = infer([codeine, signs])
    assert [one.category for one in beside] == [APART, APART]
    assert beside[0].why is Why.INFERENCE


@pytest.mark.parametrize("substance", ["COCAINE", "ALCOHOL", "OTHER_SUBSTANCE", "A_NEW_CODE", "PSYCHIATRIC_MEDICATION"])
def test_an_exposure_always_lies_apart(substance: str) -> None:
    assert label(hers(Kind.EXPOSURE, codes=(("careloom.exposure", substance),))).category is APART


def test_what_was_kept_apart_never_comes_back_by_itself() -> None:
    fact = Fact(kind=Kind.CONDITION, subject=Subject.MOTHER, category=APART, texts=("Anemia",))
    assert label(fact).category is APART


def test_a_plan_row_that_tells_goes_with_the_treatment_part() -> None:
    core, status = Category.POSC_PLAN_CORE, Category.POSC_REFERRAL_STATUS
    referral = Fact(kind=Kind.REFERRAL, subject=Subject.MOTHER, category=status, places=("Oxford House", "A room"))
    visit = Fact(kind=Kind.APPOINTMENT, subject=Subject.MOTHER, category=core, texts=("Suboxone induction",))
    assert {label(referral).category, label(visit).category} == {Category.POSC_PLAN_PART2_SEGMENT}
    assert label(Fact(kind=Kind.REFERRAL, subject=Subject.MOTHER, category=status, places=("Harbor Home Visiting",))).category is status


def test_a_safety_note_stays_in_its_closed_place() -> None:
    fact = Fact(kind=Kind.CONDITION, subject=Subject.MOTHER, category=Category.DV_VICTIM_RECORD, texts=("He makes her use heroin",))
    assert label(fact).category is Category.DV_VICTIM_RECORD
