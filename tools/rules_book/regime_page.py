"""The page of one law: its rules in their order, what it says by default, and its decision tables."""

from __future__ import annotations

from collections.abc import Iterator

from tools.rules_book.keys import KEYS, NOTHING
from tools.rules_book.rule_page import Reviews, review_state, waits
from tools.rules_book.statements import REGIMES, STATEMENTS
from tools.rules_book.table import tables

from careloom.infra.packs.fingerprints import fingerprints
from careloom.kernel.disclosure.regimes import Regime


def regime_page(regime: Regime, *, reviews: Reviews) -> str:
    """The whole page."""
    return "".join(_parts(regime, reviews))


def _parts(regime: Regime, reviews: Reviews) -> Iterator[str]:
    title, what = REGIMES[regime.name]
    yield f"# {title}\n\n`{regime.name}`\n\n{what}\n\n## Rules, in the order in which they are asked\n\n"
    yield "| Rule | Authority | Review |\n| --- | --- | --- |\n"
    for rule in regime.rules:
        state = ("Needed. " if waits(rule) else "") + review_state(rule, reviews=reviews)
        yield f"| [{STATEMENTS[rule.name][0]}](../rule/{rule.name}.md) | {'; '.join(rule.authority)} | {state} |\n"
    default = regime.default
    yield f"\nWhere no rule permits: {default.sentence} ({'; '.join(default.citations)})"
    yield " Review is needed.\n" if default.review_needed else "\n"
    yield f"\nFingerprint of the list and of this answer: `{fingerprints()[regime.name]}`\n\n## Decision table\n\n"
    yield f"For each purpose and recipient the engine was asked {len(KEYS)} times: with {NOTHING.words}, with each paper in its best form, and "
    yield "with the facts of each exception. A paper names exactly this holder, recipient, person, category and purpose. What is not listed did "
    yield "not open the record alone.\n\n"
    yield from tables(regime)
