"""Reads `disclosure.yaml`: stricter law of a place as data, and which federal rules its counsel has reviewed.

An overlay can only close or add duties (42 CFR 2.20; 45 CFR 160.203); a mistake in it is a problem of the pack and never a permit.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Final

from careloom.kernel.disclosure import regimes
from careloom.kernel.disclosure.facts import Facts
from careloom.kernel.disclosure.inputs import CourtOrder
from careloom.kernel.disclosure.overlays import Overlay, PaperTest
from careloom.kernel.disclosure.vocabulary import (
    Actor,
    AgreementKind,
    Category,
    ConsentKind,
    Obligation,
    OrderKind,
    Provenance,
    Purpose,
    Subject,
)
from careloom.kernel.packs.reader import Reader
from careloom.kernel.packs.schema import Review

#: The facts that an overlay may ask about: those that are yes, no or unknown.
FACTS: Final = frozenset(f.name for f in fields(Facts) if f.type == "bool | None")
ORDER_WORDS: Final = frozenset(f.name for f in fields(CourtOrder) if f.type == "bool")


def rule_names() -> frozenset[str]:
    """Every name that counsel can review: the rules, and the regimes for what they say when no rule permits."""
    known = [value for value in vars(regimes).values() if isinstance(value, regimes.Regime)]
    return frozenset(rule.name for regime in known for rule in regime.rules) | {regime.name for regime in known}


def read_reviews(document: Reader) -> dict[str, Review]:
    """Return the reviews by the name of their rule. Each has a reviewer, a day and the fingerprint that the rule's page shows."""
    found: dict[str, Review] = {}
    if "reviews" not in document:
        document.raw("reviews")
        return found
    reviews = document.child("reviews")
    known = rule_names()
    for name in reviews.keys():  # noqa: SIM118
        inner = reviews.child(name)
        if name not in known:
            reviews.problem("There is no disclosure rule of this name.", "Use a name from docs/rules.", key=name)
        found[name] = Review(rule=name, reviewed_by=inner.text("reviewed_by"), reviewed_on=inner.day("reviewed_on"), of=inner.text("of"))
        inner.done()
    return found


def read_overlays(document: Reader, *, fictional: bool) -> tuple[Overlay, ...]:
    """Return the overlays in the order of their names."""
    found: list[Overlay] = []
    if "overlays" in document:
        overlays = document.child("overlays")
        found = [_overlay(name, overlays.child(name), fictional=fictional) for name in sorted(overlays.keys())]
    else:
        document.raw("overlays")
    document.done()
    return tuple(found)


def _overlay(name: str, reader: Reader, *, fictional: bool) -> Overlay:
    papers = reader.child("unless_papers") if "unless_papers" in reader else None
    reviewer, day, status = reader.optional_text("reviewed_by"), reader.optional_day("reviewed_on"), reader.status()
    if (reviewer is None) != (day is None):
        reader.problem("A review has a reviewer and a day, or neither.", "Fill in both, or set both to null.", key="reviewed_by")
    overlay = Overlay(
        name=name,
        says=reader.text("says"),
        citations=reader.texts("citations"),
        effective_from=reader.day("effective_from"),
        effective_to=reader.optional_day("effective_to"),
        review_needed=status.review_needed and reviewer is None and not fictional,
        categories=frozenset(reader.codes("categories", Category)),
        actors=frozenset(reader.codes("actors", Actor)),
        purposes=frozenset(reader.codes("purposes", Purpose)),
        subjects=frozenset(reader.codes("subjects", Subject)),
        provenances=frozenset(reader.codes("provenances", Provenance)),
        holders=frozenset(reader.texts("holders")),
        when=_facts(reader, "when"),
        closes=reader.flag("closes", default=False),
        unless_facts=_facts(reader, "unless_facts"),
        unless_papers=_papers(papers) if papers is not None else PaperTest(),
        adds=frozenset(reader.codes("adds", Obligation)),
    )
    reader.raw("unless_papers")
    _makes_sense(overlay, reader)
    reader.done()
    return overlay


def _facts(reader: Reader, key: str) -> tuple[tuple[str, bool], ...]:
    if key not in reader:
        reader.raw(key)
        return ()
    inner = reader.child(key)
    asked: list[tuple[str, bool]] = []
    for name in inner.keys():  # noqa: SIM118
        if name in FACTS:
            asked.append((name, inner.flag(name)))
        else:
            inner.problem("This is no fact that can be yes or no.", "Use a fact of kernel/disclosure/facts.py.", key=name)
    return tuple(sorted(asked))


def _papers(reader: Reader) -> PaperTest:
    test = PaperTest(
        consents=frozenset(reader.codes("consents", ConsentKind)),
        orders=frozenset(reader.codes("orders", OrderKind)),
        agreements=frozenset(reader.codes("agreements", AgreementKind)),
        names_category=reader.flag("names_category", default=False),
        order_says=frozenset(reader.texts("order_says")),
    )
    for word in sorted(test.order_says - ORDER_WORDS):
        reader.problem(f"{word} is nothing that an order can say.", f"Use one of {', '.join(sorted(ORDER_WORDS))}.", key="order_says")
    reader.done()
    return test


def _makes_sense(overlay: Overlay, reader: Reader) -> None:
    if not overlay.closes and not overlay.adds:
        reader.problem("This overlay changes nothing.", "Write `closes: true`, or list duties under `adds`.")
    if not overlay.closes and (overlay.unless_facts or overlay.unless_papers != PaperTest()):
        reader.problem("There is nothing to open, since this overlay closes nothing.", "Write `closes: true`, or take out what it asks for.")
    if not overlay.citations:
        reader.problem("A law needs its citation.", "Write at least one under citations.", key="citations")
    if overlay.effective_to is not None and overlay.effective_to < overlay.effective_from:
        reader.problem("It ends before it begins.", "Correct one of the two days.", key="effective_to")
