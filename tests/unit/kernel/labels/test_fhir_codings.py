"""Labels as `meta.security`: each code stands in HL7's own code system and is active there."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from tests.shared_data import shared_data

from careloom.kernel.disclosure import Category, Subject
from careloom.kernel.labels import Fact, Kind, fhir_codings, label
from careloom.kernel.labels import vocabulary as v
from careloom.kernel.labels.codes import ICD10CM
from careloom.kernel.labels.fhir import MARK, NOTICE

NS = {"f": "http://hl7.org/fhir"}


def active(name: str) -> set[str]:
    root = ElementTree.parse(shared_data("terminology", "hl7_utg", name)).getroot()
    found = set()
    for concept in root.iter("{http://hl7.org/fhir}concept"):
        code = concept.find("f:code", NS)
        states = [
            value.get("value")
            for part in concept.findall("f:property", NS)
            if (named := part.find("f:code", NS)) is not None
            and named.get("value") == "status"
            and (value := part.find("f:valueCode", NS)) is not None
        ]
        if code is not None and "retired" not in states:
            found.add(str(code.get("value")))
    return found


@pytest.mark.parametrize(
    ("kinds", "file"),
    [
        ((v.Confidentiality,), "v3-Confidentiality.xml"),
        ((v.Sensitivity, v.Law, v.Handling), "v3-ActCode.xml"),
        ((v.Purpose,), "v3-ActReason.xml"),
    ],
)
def test_every_code_is_hl7s_own_and_active(kinds: tuple[type, ...], file: str) -> None:
    codes = {one.value for kind in kinds for one in kind}  # type: ignore[attr-defined]
    assert codes - active(file) == set()


def test_the_mark_is_hl7s_own() -> None:
    assert MARK in active("v3-ActCode.xml")


def codes_of(fact: Fact) -> list[str]:
    return [str(coding["code"]) for coding in fhir_codings(label(fact))]


def test_a_programs_fact_carries_law_refrain_persistence_and_the_notice() -> None:
    fact = Fact(kind=Kind.MEDICATION, subject=Subject.MOTHER, category=Category.PART2_MEDICATION, texts=("Methadone",), from_part2_program=True)
    assert codes_of(fact) == [
        "R", "SUD", "OPIOIDUD", "42CFRPart2", "NORDSCLCD", "PERSISTLABEL", "CPLYCD", "TREAT", "HPAYMT", "HOPERAT", MARK,
    ]  # fmt: skip
    codings = fhir_codings(label(fact))
    assert codings[-1]["display"] == NOTICE
    assert codings[0]["extension"][0]["valueCoding"]["code"] == "42CFRPart2"  # type: ignore[index]


def test_an_inferring_fact_is_restricted_and_carries_no_part2_law() -> None:
    fact = Fact(kind=Kind.CONDITION, subject=Subject.INFANT, category=Category.HIPAA_NEWBORN_RECORD, codes=((ICD10CM, "Q86.0"),))
    assert codes_of(fact) == ["R", "SUD", "ETHUD", "PERSISTLABEL", "TREAT"]


def test_an_ordinary_fact_is_normal_and_says_no_more() -> None:
    fact = Fact(kind=Kind.CONDITION, subject=Subject.INFANT, category=Category.HIPAA_NEWBORN_RECORD, codes=((ICD10CM, "P22.0"),))
    assert codes_of(fact) == ["N"]
