"""docs/rules is what the code says: pages of rules word for word, decision tables by their seal (and word for word at night)."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from tools.rules_book.book import FOLDER, out_of_date, reviews
from tools.rules_book.keys import ASKED
from tools.rules_book.rule_page import own_reasons, review_state, rule_page
from tools.rules_book.seen import every_rule, seen
from tools.rules_book.statements import REGIMES, STATEMENTS

from careloom.infra.packs.fingerprints import every_regime, fingerprints
from careloom.kernel.disclosure.rule import Effect
from careloom.kernel.packs.schema import Review

AGAIN = "Write it again: .venv/bin/python -m tools.rules_book write"


def test_the_book_is_what_the_code_says() -> None:
    """RULES_BOOK_TABLES=1 makes the decision tables again too, which takes half a minute."""
    assert out_of_date(tables="RULES_BOOK_TABLES" in os.environ) == [], AGAIN


def test_every_rule_and_law_has_a_title_and_a_place() -> None:
    assert set(every_rule()) == set(STATEMENTS)
    assert {regime.name for regime in every_regime()} == set(REGIMES) == set(ASKED)


@pytest.mark.parametrize("name", sorted(STATEMENTS))
def test_a_row_shows_each_rule(name: str) -> None:
    """A worked example on the page, and each rule that can permit is seen to permit."""
    shown = seen()[name]
    assert shown.pairs or shown.alone
    effects = {effect for effects in shown.effects.values() for effect in effects}
    assert effects
    assert name == "part2_hints" or effects != {Effect.REFUSE}


def test_what_counsel_signs_is_on_the_page() -> None:
    rule = every_rule()["part2_emergency"]
    page = rule_page(rule, reviews={})
    assert fingerprints()[rule.name] in page
    assert all(reason.sentence in page for reason in own_reasons(rule))
    assert "Not yet reviewed by counsel." in page


def test_a_review_is_told_with_name_and_day() -> None:
    from datetime import date

    signed = Review(rule="part2_emergency", reviewed_by="Counsel of the county", reviewed_on=date(2026, 12, 1), of="x")
    state = review_state(every_rule()["part2_emergency"], reviews={"part2_emergency": [("columbia", signed)]})
    assert state == "Reviewed by Counsel of the county on 2026-12-01 for columbia."
    assert set(reviews()) <= set(fingerprints())


def test_every_link_of_the_book_leads_somewhere() -> None:
    for page in FOLDER.rglob("*.md"):
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text()):
            assert (page.parent / target).resolve().exists(), (page.relative_to(FOLDER), target)


def test_no_page_is_too_long() -> None:
    long = {str(path.relative_to(FOLDER)): len(path.read_text().splitlines()) for path in Path(FOLDER).rglob("*.md")}
    assert max(long.values()) <= 300, max(long, key=lambda name: long[name])
