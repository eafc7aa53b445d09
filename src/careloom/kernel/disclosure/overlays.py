"""Law of a state or an agreement that is stricter than federal law (42 CFR 2.20; 45 CFR 160.203(b)), and what counsel has reviewed.

An overlay is data of a pack. It is asked after the federal answer and can only close or add duties: nothing here can turn a denial into a
permit. A person's access to her own record is never closed, since for access "more stringent" means more access (45 CFR 160.202).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from careloom.kernel.disclosure.engine import decide
from careloom.kernel.disclosure.hipaa_special import in_force
from careloom.kernel.disclosure.inputs import Scenario, day_before
from careloom.kernel.disclosure.papers import earlier
from careloom.kernel.disclosure.reasons import Other, Spoken
from careloom.kernel.disclosure.regimes import Regime, also_governs, denial_duties, denial_reasons, regime_of
from careloom.kernel.disclosure.rule import Decision, Effect
from careloom.kernel.disclosure.vocabulary import (
    Actor,
    AgreementKind,
    Category,
    ConsentKind,
    Obligation,
    OrderKind,
    Outcome,
    Provenance,
    Purpose,
    Subject,
)


@dataclass(frozen=True, kw_only=True)
class PaperTest:
    """Which papers open what an overlay closes. Only a paper on which the federal permit rests is looked at."""

    consents: frozenset[ConsentKind] = frozenset()
    orders: frozenset[OrderKind] = frozenset()
    agreements: frozenset[AgreementKind] = frozenset()
    #: The consent must list the category by its own name, and not through the full record.
    names_category: bool = False
    #: Findings and limits that the order must carry, such as `in_camera`.
    order_says: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Overlay:
    """One stricter rule. An empty set of words means all of them; `holders` are kinds of holder."""

    name: str
    says: str
    citations: tuple[str, ...]
    effective_from: date
    effective_to: date | None = None
    review_needed: bool = True
    categories: frozenset[Category] = frozenset()
    actors: frozenset[Actor] = frozenset()
    purposes: frozenset[Purpose] = frozenset()
    subjects: frozenset[Subject] = frozenset()
    provenances: frozenset[Provenance] = frozenset()
    holders: frozenset[str] = frozenset()
    #: Facts that bring the overlay: unknown counts as yes, because unknown never helps a permit.
    when: tuple[tuple[str, bool], ...] = ()
    closes: bool = False
    #: Facts that open what it closes: each must be known.
    unless_facts: tuple[tuple[str, bool], ...] = ()
    unless_papers: PaperTest = field(default_factory=PaperTest)
    adds: frozenset[Obligation] = frozenset()

    @property
    def code(self) -> str:
        """The stable word for logs."""
        return self.name

    @property
    def sentence(self) -> str:
        """What a reason says."""
        return self.says

    def in_force(self, *, on: date) -> bool:
        """Whether it is law on the day; both days are inclusive."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)

    def reaches(self, scenario: Scenario) -> bool:
        """Whether the request falls under it, whatever the day."""
        request, source = scenario.request, scenario.source
        asked: tuple[tuple[frozenset[object], object], ...] = (
            (frozenset(self.categories), request.category),
            (frozenset(self.actors), request.actor),
            (frozenset(self.purposes), request.purpose),
            (frozenset(self.subjects), request.subject),
            (frozenset(self.provenances), source.provenance),
            (frozenset(self.holders), source.holder_type),
        )
        if any(words and word not in words for words, word in asked):
            return False
        return all(getattr(scenario.facts, name) in {None, wanted} for name, wanted in self.when)

    def is_met(self, scenario: Scenario, decision: Decision) -> bool:
        """Whether what it asks for is there: every fact, or a paper of the right kind under the federal permit."""
        facts = bool(self.unless_facts) and all(getattr(scenario.facts, name) is wanted for name, wanted in self.unless_facts)
        return facts or any(_carries(self.unless_papers, scenario, decision))


@dataclass(frozen=True, kw_only=True)
class LocalLaw:
    """What a jurisdiction adds: its overlays, and the names of rules and regimes that its counsel has reviewed."""

    overlays: tuple[Overlay, ...] = ()
    reviewed: frozenset[str] = frozenset()


#: Federal law alone, nothing reviewed by counsel.
FEDERAL = LocalLaw()


def decide_under(scenario: Scenario, *, law: LocalLaw = FEDERAL) -> Decision:
    """Decide by federal law, then by the stricter law of the place. Same input, same answer; it never permits what `decide` denies."""
    decision = decide(scenario)
    if decision.review_needed and law.reviewed and decision.reasons != (Other.INCOMPLETE,):
        decision = replace(decision, review_needed=_awaits_review(scenario, decision, law.reviewed))
    return _narrowed(scenario, decision, law.overlays) if law.overlays and decision.permits else decision


def _narrowed(scenario: Scenario, decision: Decision, overlays: tuple[Overlay, ...]) -> Decision:
    own = scenario.request.actor is Actor.PATIENT and scenario.request.purpose is Purpose.PATIENT_ACCESS
    closing: list[Overlay] = []
    for overlay in overlays:
        if not overlay.reaches(scenario):
            continue
        shuts = overlay.closes and not own and not overlay.is_met(scenario, decision)
        if overlay.in_force(on=scenario.on):
            closing += [overlay] if shuts else []
            decision = _with(decision, overlay)
        elif shuts and overlay.effective_from > scenario.on:
            # A permit of today must not outlive the day before the stricter law begins.
            decision = replace(decision, ends_on=earlier(decision.ends_on, day_before(overlay.effective_from)))
    return _closed(scenario, closing) if closing else decision


def _with(decision: Decision, overlay: Overlay) -> Decision:
    if not overlay.adds:
        return decision
    owed = set(decision.obligations) | overlay.adds
    return replace(
        decision,
        obligations=tuple(duty for duty in Obligation if duty in owed),
        basis=tuple(dict.fromkeys((*decision.basis, *overlay.citations))),
        review_needed=decision.review_needed or overlay.review_needed,
    )


def _closed(scenario: Scenario, closing: list[Overlay]) -> Decision:
    regime = regime_of(scenario)
    owed = denial_duties(scenario, regime)
    reasons: tuple[Spoken, ...] = (*closing, *denial_reasons(scenario, regime))
    return Decision(
        outcome=Outcome.DENY,
        basis=tuple(dict.fromkeys(citation for reason in reasons for citation in reason.citations)),
        obligations=tuple(duty for duty in Obligation if duty in owed),
        reasons=reasons,
        review_needed=any(reason.review_needed for reason in reasons),
    )


def _carries(test: PaperTest, scenario: Scenario, decision: Decision) -> Iterator[bool]:
    for consent in scenario.consents:
        named = not test.names_category or (scenario.request.category is not None and scenario.request.category.value in consent.info)
        yield consent.kind in test.consents and consent.id in decision.instruments and named
    for order in scenario.orders:
        rests = order.kind in test.orders and order.id in decision.instruments and in_force(order=order, scenario=scenario)
        yield rests and all(getattr(order, name) is True for name in test.order_says)
    for agreement in scenario.agreements:
        yield agreement.kind in test.agreements and agreement.id in decision.instruments


def _awaits_review(scenario: Scenario, decision: Decision, reviewed: frozenset[str]) -> bool:
    """Ask the rules again, each with its own name: what counsel has reviewed does not make the answer wait any more."""
    first = regime_of(scenario)
    second = also_governs(scenario, first)
    for law in (first, second) if second is not None else (first,):
        # A permit rests on every law that governs; a denial on the first that denies.
        if decide(scenario, regime=law).permits != decision.permits:
            continue
        if _law_awaits(scenario, law, permitted=decision.permits, reviewed=reviewed):
            return True
        if not decision.permits:
            break
    return False


def _law_awaits(scenario: Scenario, law: Regime, *, permitted: bool, reviewed: frozenset[str]) -> bool:
    for rule in law.book.rules_for(request=scenario.request, on=scenario.on):
        if rule.name in reviewed:
            continue
        found = rule.find(scenario)
        counted = [finding for finding in found if (finding.effect is Effect.PERMIT) == permitted]
        flagged = rule.review_needed and any(finding.effect is not Effect.REFUSE for finding in found)
        if flagged or any(reason.review_needed for finding in counted for reason in finding.reasons):
            return True
    return not permitted and law.name not in reviewed and any(reason.review_needed for reason in denial_reasons(scenario, law))
