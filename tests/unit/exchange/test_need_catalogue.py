"""The need catalogue and the coined directory that covers it."""

from __future__ import annotations

import pytest

from careloom.directory.facts import TermFact
from careloom.directory.needs import catalogue
from careloom.directory.seed import seed_facts


def test_every_need_has_words_in_both_languages_and_a_domain() -> None:
    known = catalogue()
    assert len(known.domains) == 6
    assert {n.domain for n in known.needs.values()} == set(known.domains)
    assert all(set(e.labels) == {"en", "es"} for e in (*known.needs.values(), *known.features.values()))


@pytest.mark.parametrize(
    ("taxonomy", "code", "name", "need"),
    [
        ("samhsa", "OT:Buprenorphine used in Treatment", "Buprenorphine used in Treatment", "MEDICINE_FOR_RECOVERY"),
        ("samhsa", "AS:Transportation assistance", "Transportation assistance", "RIDES"),
        ("careloom.need", "DOULA", "A doula", "DOULA"),
        ("211", "x", "WIC clinic", "FOOD"),
    ],
)
def test_terms_of_other_vocabularies_mean_needs(taxonomy: str, code: str, name: str, need: str) -> None:
    assert need in catalogue().needs_of([TermFact(taxonomy=taxonomy, code=code, name=name)])


def test_short_words_match_whole_words_only() -> None:
    assert "FOOD" not in catalogue().needs_of([TermFact(taxonomy="211", code="x", name="Warwick house")])
    assert catalogue().needs_of([TermFact(taxonomy="careloom.need", code="UNKNOWN", name="WIC")]) == []


def test_the_coined_directory_meets_every_need_with_reserved_numbers() -> None:
    facts = seed_facts()
    met = {code for s in facts.services for code in catalogue().needs_of(s.terms)}
    assert met == set(catalogue().needs)
    assert all(p.number.startswith("555-01") for s in facts.services for p in s.phones)
    assert len(facts.services) >= 45


def test_a_shelter_for_safety_shows_no_address() -> None:
    facts = seed_facts()
    hidden = [p for p in facts.locations if p.source_id in ("lantern_advocates", "safe_shore_advocates")]
    assert [(p.line1, p.city, p.postal_code) for p in hidden] == [("", "", "")] * 2
