"""The one question: may this recipient have this part of this record, from this holder, for this purpose, on this day?

Deny overrides, and the default is deny. The answer depends on the set of papers and facts, not on their order.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from careloom.kernel.disclosure.inputs import Scenario
from careloom.kernel.disclosure.reasons import Other, Reason
from careloom.kernel.disclosure.regimes import Regime, denial_duties, denial_reasons, regime_of
from careloom.kernel.disclosure.rule import Decision, Effect, Finding
from careloom.kernel.disclosure.vocabulary import Obligation, Outcome


def decide(scenario: Scenario) -> Decision:
    """Decide one scenario by the order of domain/law.md 0.3; the same input always gives the same answer."""
    if not _is_complete(scenario):
        return _deny((Other.INCOMPLETE,), frozenset({Obligation.NEUTRAL_DENIAL}), review=False)
    regime = regime_of(scenario)
    findings, review = _findings(scenario, regime)
    prohibitions = [f for f in findings if f.effect is Effect.PROHIBIT]
    permissions = [f for f in findings if f.effect is Effect.PERMIT]
    if permissions and not prohibitions:
        return _permit(permissions, review)
    explained = [*prohibitions, *(f for f in findings if f.effect is Effect.REFUSE)]
    reasons = (*_reasons(explained), *denial_reasons(scenario, regime))
    return _deny(reasons, _duties(explained) | denial_duties(scenario, regime), review)


def _is_complete(scenario: Scenario) -> bool:
    """Nothing that is asked may be missing or unknown (deny, DESIGN 2)."""
    request, source = scenario.request, scenario.source
    asked = (request.actor, request.subject, request.category, request.purpose, request.on, source.provenance)
    return None not in asked and bool(source.holder.strip())


def _findings(scenario: Scenario, regime: Regime) -> tuple[list[Finding], bool]:
    """All findings in the order of the rules, and whether a permitting or prohibiting rule awaits review."""
    found: list[Finding] = []
    review = False
    for rule in regime.rules:
        if not rule.in_force(on=scenario.on):
            continue
        new = rule.find(scenario)
        found += new
        review = review or (rule.review_needed and any(f.effect is not Effect.REFUSE for f in new))
    return found, review


def _permit(permissions: list[Finding], review: bool) -> Decision:
    reasons = _reasons(permissions)
    return Decision(
        outcome=Outcome.PERMIT,
        basis=_citations(reasons),
        obligations=_in_order(_duties(permissions)),
        reasons=reasons,
        review_needed=review or any(reason.review_needed for reason in reasons),
        instruments=tuple(sorted({paper for finding in permissions for paper in finding.instruments if paper})),
        ends_on=_ends(permissions),
    )


def _deny(reasons: tuple[Reason, ...], owed: frozenset[Obligation], review: bool) -> Decision:
    unique = tuple(dict.fromkeys(reasons))
    return Decision(
        outcome=Outcome.DENY,
        basis=_citations(unique),
        obligations=_in_order(owed),
        reasons=unique,
        review_needed=review or any(reason.review_needed for reason in unique),
    )


def _reasons(findings: Iterable[Finding]) -> tuple[Reason, ...]:
    """Each reason once, by rule and then by the order of the law's own lists, whatever the order of the papers."""
    seen: dict[Reason, None] = {}
    groups: dict[type[Reason], list[Reason]] = {}
    for finding in findings:
        for reason in finding.reasons:
            groups.setdefault(type(reason), []).append(reason)
    for kind in sorted(groups, key=lambda k: k.__name__, reverse=True):
        members = list(kind)
        seen.update(dict.fromkeys(sorted(groups[kind], key=members.index)))
    return tuple(seen)


def _citations(reasons: Iterable[Reason]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(citation for reason in reasons for citation in reason.citations))


def _duties(findings: Iterable[Finding]) -> frozenset[Obligation]:
    return frozenset(duty for finding in findings for duty in finding.obligations)


def _in_order(owed: frozenset[Obligation]) -> tuple[Obligation, ...]:
    return tuple(duty for duty in Obligation if duty in owed)


def _ends(permissions: list[Finding]) -> date | None:
    """The last day that any permission gives; None when one of them is open-ended."""
    days = [finding.last_day for finding in permissions if finding.last_day is not None]
    return max(days) if len(days) == len(permissions) else None
