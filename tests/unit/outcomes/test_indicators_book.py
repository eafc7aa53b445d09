"""The page of indicators is what the definitions say, the definitions are whole, and the page of others' measures names what there is."""

from __future__ import annotations

import re

import msgspec
import pytest
from tools.indicators_book import PAGE, out_of_date, page

from careloom.infra.packs.indicators import indicators_in
from careloom.kernel.indicators.definition import Goal, Kind
from careloom.outcomes.measures.layout import TABLES
from careloom.outcomes.measures.recipes import NotUsable, check, shipped

CODE = re.compile(r"`([A-Z][A-Z0-9_]+)`")


def test_the_page_is_what_the_definitions_say() -> None:
    assert not out_of_date(), "Write it again: .venv/bin/python -m tools.indicators_book write"
    changed = page().replace("Numerator: ", "Numerator: not ", 1)
    assert changed != PAGE.read_text(encoding="utf-8")


def test_the_page_of_others_measures_names_indicators_that_there_are() -> None:
    named = set(CODE.findall((PAGE.parent / "measures-of-others.md").read_text(encoding="utf-8")))
    assert {"CAPTA_A", "SUPPORT6", "RPG_C7"} <= named
    assert named - set(shipped()) == set()


@pytest.mark.parametrize("code", sorted(shipped()))
def test_a_definition_says_everything_that_is_reviewed(code: str) -> None:
    one = shipped()[code]
    words = (one.title, one.success, one.numerator, one.denominator, one.source, one.basis, one.owner, one.unit)
    assert all(words)
    assert one.question.endswith("?")
    assert all(part.endswith(".") for part in (one.success, one.numerator, one.denominator, *one.exclusions))
    assert not [part for part in (*words, one.question, *one.exclusions) if "\u2014" in part or "!" in part]
    assert set(one.draws_on) <= set(TABLES)
    assert one.draws_on
    assert 1 <= one.review_months <= 24
    assert one.goal is not Goal.KNOWN or one.kind is not Kind.TIME
    assert len(one.code) <= 40
    assert all(len(variant) <= 24 for variant in one.variants)


def test_a_definition_that_cannot_be_computed_is_refused() -> None:
    one = shipped()["P1"]
    with pytest.raises(NotUsable, match=r"no recipe care\.nothing"):
        check(msgspec.structs.replace(one, measure=msgspec.structs.replace(one.measure, recipe="care.nothing")))
    with pytest.raises(NotUsable, match="is not told colour"):
        check(msgspec.structs.replace(one, measure=msgspec.structs.replace(one.measure, with_={"colour": 1})))


def test_each_indicator_is_said_in_spanish_too_and_what_is_reviewed_stays() -> None:
    said = indicators_in("es")
    assert set(said) == set(shipped())
    for code, one in said.items():
        here = shipped()[code]
        assert one.title != here.title
        assert one.question.startswith("¿") or ", ¿" in one.question
        assert bool(one.told) == bool(here.told)
        assert bool(one.among) == bool(here.among)
        assert (one.numerator, one.denominator, one.measure) == (here.numerator, here.denominator, here.measure)
    assert indicators_in("xx") == shipped()
