"""What the rows of the law show of each rule: how its reasons are used, which duties it brings, and rows that serve as worked examples."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from tests.spec.disclosure.every_row import PAIRS, pair_rows, written_rows
from tools.rules_book.statements import STATEMENTS

from careloom.infra.packs.fingerprints import every_regime
from careloom.kernel.disclosure import Obligation, Scenario, decide
from careloom.kernel.disclosure.reasons import Reason
from careloom.kernel.disclosure.regimes import regime_of
from careloom.kernel.disclosure.rule import Effect, Finding, Rule


@dataclass
class Seen:
    """What was seen of one rule. `pairs` are name, permitted world and refused twin; `alone` are single rows by id."""

    effects: dict[Reason, set[Effect]] = field(default_factory=dict)
    duties: set[Obligation] = field(default_factory=set)
    pairs: list[tuple[str, Scenario, Scenario]] = field(default_factory=list)
    alone: list[tuple[str, Scenario]] = field(default_factory=list)


def every_rule() -> dict[str, Rule]:
    """Each rule once, in the order of the statements."""
    found = {rule.name: rule for regime in every_regime() for rule in regime.rules}
    missing = set(found) ^ set(STATEMENTS)
    assert not missing, f"Write or take out in tools/rules_book/statements.py: {', '.join(sorted(missing))}"
    return {name: found[name] for name in STATEMENTS}


@cache
def seen() -> dict[str, Seen]:
    """Run every row once, rule by rule."""
    found = {name: Seen() for name in every_rule()}
    for name, permitted, refused in PAIRS:
        yes, no = _findings(permitted), _findings(refused)
        for rule in {**yes, **no}:
            permits = any(f.effect is Effect.PERMIT for f in yes.get(rule, ()))
            prohibits = any(f.effect is Effect.PROHIBIT for f in no.get(rule, ()))
            if (permits and yes.get(rule) != no.get(rule)) or (prohibits and not permits):
                found[rule].pairs.append((name, permitted, refused))
    for row in (*pair_rows(), *written_rows()):
        for rule, findings in _findings(row.scenario).items():
            for finding in findings:
                for reason in finding.reasons:
                    found[rule].effects.setdefault(reason, set()).add(finding.effect)
                if finding.effect is Effect.PERMIT:
                    found[rule].duties |= finding.obligations
            if findings and any(f.effect is not Effect.REFUSE for f in findings) == decide(row.scenario).permits:
                found[rule].alone.append((row.id, row.scenario))
    return found


def _findings(scenario: Scenario) -> dict[str, tuple[Finding, ...]]:
    request = scenario.request
    if None in (request.actor, request.category, request.purpose):
        return {}  # The engine refuses an incomplete question before it asks a rule.
    regime = regime_of(scenario)
    return {rule.name: rule.find(scenario) for rule in regime.book.rules_for(request=request, on=scenario.on)}
