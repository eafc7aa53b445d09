"""Every rule of every regime, and three ways to break one whole rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import FunctionType
from typing import Any

from careloom.kernel.disclosure import Scenario, regimes
from careloom.kernel.disclosure.regimes import Regime
from careloom.kernel.disclosure.rule import Effect, Finding, Rule

Find = Callable[[Scenario], tuple[Finding, ...]]


def every_regime() -> tuple[Regime, ...]:
    """All regimes, in the order of their names."""
    return tuple(sorted((value for value in vars(regimes).values() if isinstance(value, Regime)), key=lambda regime: regime.name))


def every_rule() -> dict[str, Rule]:
    """Every rule once, by name. Two rules of one name would hide each other."""
    found: dict[str, Rule] = {}
    for regime in every_regime():
        for rule in regime.rules:
            assert found.setdefault(rule.name, rule) is rule, rule.name
    return found


def find_of(rule: Rule) -> FunctionType:
    """The function of a rule."""
    found: Any = rule.find
    assert isinstance(found, FunctionType)
    return found


def removed(original: Find) -> Find:
    """The rule says nothing any more."""
    return lambda scenario: ()


def always_refusing(original: Find) -> Find:
    """Whatever the rule permits it refuses."""
    return lambda scenario: tuple(
        replace(finding, effect=Effect.REFUSE) if finding.effect is Effect.PERMIT else finding for finding in original(scenario)
    )


def without_duties(original: Find) -> Find:
    """The rule forgets what is owed."""
    return lambda scenario: tuple(replace(finding, obligations=frozenset()) for finding in original(scenario))


BREAKS: dict[str, Callable[[Find], Find]] = {"removed": removed, "always refusing": always_refusing, "without duties": without_duties}
