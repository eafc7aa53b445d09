"""The one question: may this recipient have this part of this record, from this holder, for this purpose, on this day?

Deny overrides, and the default is deny. The answer depends on the set of papers and facts, not on their order.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from careloom.kernel.disclosure.inputs import Scenario
from careloom.kernel.disclosure.papers import earlier
from careloom.kernel.disclosure.reasons import Other, Reason
from careloom.kernel.disclosure.regimes import Regime, also_governs, denial_duties, denial_reasons, regime_of
from careloom.kernel.disclosure.rule import Decision, Effect, Finding
from careloom.kernel.disclosure.vocabulary import Obligation, Outcome
from careloom.kernel.disclosure.wording import worded

_PERMIT, _PROHIBIT, _REFUSE = Effect.PERMIT, Effect.PROHIBIT, Effect.REFUSE
_PERMITTED, _DENIED = Outcome.PERMIT, Outcome.DENY
_NO_DUTIES: Final[frozenset[Obligation]] = frozenset()
_SILENCE: Final = frozenset({Obligation.NEUTRAL_DENIAL})
_INCOMPLETE: Final = (Other.INCOMPLETE,)


def decide(scenario: Scenario, *, regime: Regime | None = None) -> Decision:
    """Decide one scenario by the order of domain/law.md 0.3; the same input always gives the same answer.

    `regime` is the law to decide by; without it, the law that governs the segment.
    """
    law = regime or regime_of(scenario)
    if not _is_complete(scenario):
        return _deny([], (*_INCOMPLETE, *denial_reasons(scenario, law)), _SILENCE, False)
    if _is_contradictory(scenario):
        return _deny([], (Other.CONTRADICTORY, *denial_reasons(scenario, law)), _SILENCE, False)
    decision = _under(scenario, law)
    second = also_governs(scenario, law) if decision.outcome is _PERMITTED and regime is None else None
    return decision if second is None else _both(decision, _under(scenario, second))


def _under(scenario: Scenario, law: Regime) -> Decision:
    """The answer of one law: its rules that concern the request, in their order."""
    permissions: list[Finding] = []
    prohibitions: list[Finding] = []
    refusals: list[Finding] = []
    review = False
    for rule in law.book.rules_for(request=scenario.request, on=scenario.on):
        for finding in rule.find(scenario):
            effect = finding.effect
            if effect is _REFUSE:
                refusals.append(finding)
                continue
            (permissions if effect is _PERMIT else prohibitions).append(finding)
            review = review or rule.review_needed
    if permissions and not prohibitions:
        return _permit(permissions, review)
    return _deny(prohibitions + refusals, denial_reasons(scenario, law), denial_duties(scenario, law), review)


def _both(first: Decision, second: Decision) -> Decision:
    """Two laws that must both permit: the denial of the second stands, and two permits carry the duties of both until the earlier end."""
    if second.outcome is _DENIED:
        return second
    owed = {*first.obligations, *second.obligations}
    return Decision(
        outcome=_PERMITTED,
        basis=tuple(dict.fromkeys((*first.basis, *second.basis))),
        obligations=tuple(duty for duty in Obligation if duty in owed),
        reasons=tuple(dict.fromkeys((*first.reasons, *second.reasons))),
        review_needed=first.review_needed or second.review_needed,
        instruments=tuple(sorted({*first.instruments, *second.instruments})),
        ends_on=earlier(first.ends_on, second.ends_on),
    )


def _is_complete(scenario: Scenario) -> bool:
    """Nothing that is asked may be missing or unknown (deny, DESIGN 2). A known word and a day are never empty."""
    request, source = scenario.request, scenario.source
    return bool(
        request.actor
        and request.subject
        and request.category
        and request.purpose
        and request.on
        and source.provenance
        and source.holder.strip()
        and request.actor_org.strip()
    )


def _is_contradictory(scenario: Scenario) -> bool:
    """Whether two papers of one kind have one id and differ."""
    if len(scenario.consents) < 2 and len(scenario.orders) < 2 and len(scenario.agreements) < 2:
        return False
    for papers in (scenario.consents, scenario.orders, scenario.agreements):
        if len(papers) > 1:
            known: dict[str, object] = {}
            if any(known.setdefault(paper.id, paper) != paper for paper in papers):
                return True
    return False


def _permit(permissions: list[Finding], review: bool) -> Decision:
    said = worded(_reasons(permissions), (), _duties(permissions))
    return Decision(
        outcome=_PERMITTED,
        basis=said.basis,
        obligations=said.obligations,
        reasons=said.reasons,
        review_needed=review or said.review_needed,
        instruments=_papers(permissions),
        ends_on=_ends(permissions),
    )


def _deny(explained: list[Finding], after: tuple[Reason, ...], owed: frozenset[Obligation], review: bool) -> Decision:
    said = worded(_reasons(explained), after, owed | _duties(explained)) if explained else worded((), after, owed)
    return Decision(outcome=_DENIED, basis=said.basis, obligations=said.obligations, reasons=said.reasons, review_needed=review or said.review_needed)


def _reasons(findings: list[Finding]) -> tuple[Reason, ...]:
    if len(findings) == 1:
        return findings[0].reasons
    return tuple([reason for finding in findings for reason in finding.reasons])


def _duties(findings: list[Finding]) -> frozenset[Obligation]:
    if len(findings) == 1:
        return findings[0].obligations
    # Most refusals owe nothing.
    owed = [finding.obligations for finding in findings if finding.obligations]
    if not owed:
        return _NO_DUTIES
    return owed[0] if len(owed) == 1 else _NO_DUTIES.union(*owed)


def _papers(permissions: list[Finding]) -> tuple[str, ...]:
    """The ids of the papers on which the answer rests, each once."""
    found = [paper for finding in permissions for paper in finding.instruments if paper]
    return tuple(found) if len(found) < 2 else tuple(sorted(set(found)))


def _ends(permissions: list[Finding]) -> date | None:
    """The last day that any permission gives; None when one of them is open-ended."""
    days = [finding.last_day for finding in permissions if finding.last_day is not None]
    return max(days) if len(days) == len(permissions) else None
