"""The index, the properties in plain English, what waits for counsel, and the stricter law of the packs."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tools.rules_book.rule_page import Reviews, own_reasons, review_state, waits
from tools.rules_book.seen import every_rule
from tools.rules_book.statements import REGIMES, STATEMENTS
from tools.rules_book.words import DUTIES, cell, listed, plain

from careloom.infra.packs import list_packs, load_pack
from careloom.infra.packs.fingerprints import every_regime
from careloom.kernel.disclosure.overlays import Overlay, PaperTest

ROOT = Path(__file__).resolve().parents[2]
_GENERATIVE = ("tests/generative/disclosure/test_properties.py", "tests/generative/disclosure/test_more_properties.py")


def index_page(*, reviews: Reviews) -> str:
    """How to read and sign the book, and its contents."""
    rules = every_rule()
    reasons = {reason for rule in rules.values() for reason in own_reasons(rule)}
    signed, waiting = sum(name in reviews for name in rules), sum(waits(rule) for rule in rules.values())
    return f"""# The rules of disclosure

This book is written by a program from the code that decides and from the rows that test it, so it cannot say something else than the engine
does. By hand are only the title and the plain statement at the head of each rule, and the numbered order of evaluation. `bin/test` fails when the
book is out of date; `python -m tools.rules_book write` writes it again. It is not legal advice: it is what counsel is asked to read, correct and
sign.

The law permits and never compels: where the book says permit, read "may" (42 CFR 2.61).

{len(rules)} rules, {len(reasons)} reasons, {len(every_regime())} laws. Rules reviewed by counsel: {signed}. Rules that rest, in whole or for one
of their reasons, on text that was not read again or is contested: {waiting}. An answer that rests on such a text says that review is needed.

- [What always holds](properties.md)
- [The order of evaluation, and which law governs which record](order.md)
- [What waits for counsel](unreviewed.md)
- [Stricter law of states and places](overlays.md)

To sign a rule, print its page, fill in the sheet at its end and have name, day and fingerprint entered in the pack of the jurisdiction. When the
rule changes afterwards its fingerprint changes, and the signature no longer counts (docs/decisions/0006).

## Laws

{"".join(f"- [{title}](regime/{name.lower()}.md): {what}{chr(10)}" for name, (title, what) in REGIMES.items())}
## Rules

| Rule | Authority | Review |
| --- | --- | --- |
{"".join(_index_row(name, reviews) for name in rules)}"""


def _index_row(name: str, reviews: Reviews) -> str:
    rule = every_rule()[name]
    mark = "Needed. " if waits(rule) else ""
    return f"| [{STATEMENTS[name][0]}](rule/{name}.md) | {'; '.join(rule.authority)} | {mark}{review_state(rule, reviews=reviews)} |\n"


def properties_page() -> str:
    """Each property with the test that shows it on generated worlds."""
    lines = ["# What always holds\n\n", "Each sentence is tried on generated worlds each time the tests run, on many more at night.\n\n"]
    for path in _GENERATIVE:
        for node in ast.parse((ROOT / path).read_text()).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                said = " ".join((ast.get_docstring(node) or "").split())
                lines.append(f"- {said} [`{node.name}`](../../{path})\n")
    lines.append("\nBreaking any one rule is caught by a row of the law: [`tests/mutation`](../../tests/mutation/test_every_rule_is_caught.py).\n")
    return "".join(lines)


def unreviewed_page(*, reviews: Reviews) -> str:
    """Every rule and reason that law.md marks [K] or [?], apart."""
    return "".join(_unreviewed(reviews))


def _unreviewed(reviews: Reviews) -> Iterator[str]:
    yield "# What waits for counsel\n\n"
    yield "Rules and reasons whose text was not read again, or is contested. An answer that rests on one says that review is needed, "
    yield "until counsel of the jurisdiction has reviewed the rule.\n\n| Rule | Reason | What it says | Citations | State |\n"
    yield "| --- | --- | --- | --- | --- |\n"
    for name, rule in every_rule().items():
        link, state = f"[{STATEMENTS[name][0]}](rule/{name}.md)", review_state(rule, reviews=reviews)
        if rule.review_needed:
            yield f"| {link} | the whole rule | {cell(STATEMENTS[name][1])} | {'; '.join(rule.authority)} | {state} |\n"
        for reason in own_reasons(rule):
            if reason.review_needed:
                yield f"| {link} | {reason.code} | {cell(reason.sentence)} | {cell('; '.join(reason.citations))} | {state} |\n"
    for regime in every_regime():
        if regime.default.review_needed:
            link = f"[{REGIMES[regime.name][0]}](regime/{regime.name.lower()}.md)"
            yield f"| {link} | {regime.default.code} | {cell(regime.default.sentence)} | {cell('; '.join(regime.default.citations))} | by default |\n"


def overlays_page() -> str:
    """The stricter law that the packs add."""
    return "".join(_overlays())


def _overlays() -> Iterator[str]:
    yield "# Stricter law of states and places\n\n"
    yield "42 CFR 2.20 and 45 CFR 160.203 let state law be stricter, never looser. These rules stand in `packs/<pack>/disclosure.yaml`. "
    yield "They are asked after the federal answer; they can close it and add duties, and can open nothing. Her own record is never closed to her.\n"
    for pack in list_packs():
        found = load_pack(name=pack).overlays
        if found:
            yield f"\n## {load_pack(name=pack).manifest.title}\n"
        for overlay in found:
            yield f"\n### {overlay.name}\n\n{overlay.says}\n\n- Authority: {'; '.join(overlay.citations)}\n"
            ends = overlay.effective_to.isoformat() if overlay.effective_to else "further notice"
            yield f"- In force: {overlay.effective_from.isoformat()} to {ends}\n"
            yield "- Review: " + ("needed; not read again, or contested\n" if overlay.review_needed else "not marked as waiting\n")
            yield "".join(f"- {line}\n" for line in _overlay_lines(overlay))


def _overlay_lines(overlay: Overlay) -> Iterator[str]:
    scopes = (("Categories", overlay.categories), ("Recipients", overlay.actors), ("Purposes", overlay.purposes), ("Whose record", overlay.subjects))
    for name, words in (*scopes, ("Provenance", overlay.provenances), ("Kinds of holder", overlay.holders)):
        if words:
            yield f"{name}: {listed([plain(word) for word in sorted(words)])}"
    if overlay.when:
        yield f"Unless it is known to be otherwise: {_facts(overlay.when)}"
    if overlay.closes:
        facts = [_facts(overlay.unless_facts)] if overlay.unless_facts else []
        keys = listed([*facts, *_papers(overlay.unless_papers)])
        yield f"Closes, unless: {keys}" if keys else "Closes without exception"
    if overlay.adds:
        yield f"Adds: {listed([text for duty, text in DUTIES.items() if duty in overlay.adds])}"


def _facts(facts: tuple[tuple[str, bool], ...]) -> str:
    return listed([f"{name.replace('_', ' ')}: {'yes' if value else 'no'}" for name, value in facts])


def _papers(test: PaperTest) -> Iterator[str]:
    by_name = " that names the category itself" if test.names_category else ""
    with_words = f" that says {listed([word.replace('_', ' ') for word in sorted(test.order_says)])}" if test.order_says else ""
    for words, more in ((test.consents, by_name), (test.orders, with_words), (test.agreements, "")):
        yield from (f"a {plain(word)}{more}" for word in sorted(words))
