"""The twelve facts: stored and read back, and never read against her where nobody answered."""

from __future__ import annotations

import pytest

from careloom.kernel.notification import InTreatment, ToldMother, Use
from careloom.notifications.facts import ExposureFact, NotificationFacts, as_stored, from_json, to_json, to_kernel

FULL = NotificationFacts(
    exposures=(ExposureFact(substance="METHADONE", prescribed="YES", known_from=("PRESCRIBER",), part2=True),),
    as_prescribed="YES",
    in_treatment="YES",
    safety_concern="NO",
    plan_status="HAS_CARD",
    told_mother="YES",
)


def test_facts_come_back_as_they_were_stored() -> None:
    assert from_json(as_stored(FULL)) == FULL
    assert from_json({**to_json(FULL), "a_field_of_an_older_version": 1}) == FULL


def test_what_nobody_answered_is_unsure_and_silent() -> None:
    facts = to_kernel(NotificationFacts(exposures=(ExposureFact(substance="FENTANYL"),)))
    assert facts.exposures[0].use is Use.UNSURE
    assert facts.in_treatment is InTreatment.DECLINED_TO_SAY
    assert facts.told_mother is ToldMother.NOT_YET
    assert not facts.safety_concern


def test_blank_words_do_not_explain_a_concern() -> None:
    assert not to_kernel(NotificationFacts(safety_concern="YES", safety_words="  ")).safety_concern_explained


@pytest.mark.parametrize("gone", ["in_treatment", "safety_concern", "plan_status", "told_mother", "as_prescribed"])
def test_each_question_that_waits_is_named(gone: str) -> None:
    assert FULL.unanswered == ()
    stored = as_stored(FULL) | {gone: ""}
    assert from_json(stored).unanswered == (gone,)


def test_how_she_takes_it_is_not_asked_when_nothing_was_prescribed() -> None:
    stored = as_stored(FULL) | {"as_prescribed": "", "exposures": [{"substance": "CANNABIS", "prescribed": "NO"}]}
    assert from_json(stored).answered


def test_no_field_for_what_may_never_route_exists() -> None:
    names = set(NotificationFacts.__dataclass_fields__) | set(ExposureFact.__dataclass_fields__)
    assert not [n for n in names for word in ("history", "race", "payer", "marital", "ethnic", "insur") if word in n]
