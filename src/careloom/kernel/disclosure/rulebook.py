"""The rules of one law, found by what is asked and on which day, so that a rule that concerns other words is not run at all."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from careloom.kernel.disclosure.inputs import Request
from careloom.kernel.disclosure.memory import also_forget
from careloom.kernel.disclosure.rule import Rule
from careloom.kernel.disclosure.vocabulary import Actor, Category, Purpose


class Rulebook:
    """Rules in their order. Each word of a request knows, as bits, the rules that concern it."""

    def __init__(self, *, rules: tuple[Rule, ...]) -> None:
        self._rules = rules
        self._by_actor = _bits(Actor, [rule.actors for rule in rules])
        self._by_category = _bits(Category, [rule.categories for rule in rules])
        self._by_purpose = _bits(Purpose, [rule.purposes for rule in rules])
        #: The days on which a rule begins or no longer holds; between two of them the same rules are in force.
        self._turns = sorted({day for rule in rules for day in (rule.effective_from, _day_after(rule.effective_to)) if day is not None})
        #: For each time between two turns: the rules for some bits.
        self._found: list[dict[int, tuple[Rule, ...]]] = [{} for _ in range(len(self._turns) + 1)]
        for found in self._found:
            also_forget(found.clear)

    def rules_for(self, *, request: Request, on: date) -> tuple[Rule, ...]:
        """The rules in force on the day that concern the request, in their order; the request must be complete."""
        concerned = self._by_actor[request.actor] & self._by_category[request.category] & self._by_purpose[request.purpose]
        found = self._found[bisect_right(self._turns, on)]
        rules = found.get(concerned)
        if rules is None:
            rules = tuple(rule for place, rule in enumerate(self._rules) if concerned >> place & 1 and rule.in_force(on=on))
            found[concerned] = rules
        return rules


def _bits(
    words: Iterable[StrEnum], named: list[frozenset[Actor]] | list[frozenset[Category]] | list[frozenset[Purpose]]
) -> dict[StrEnum | None, int]:
    return {word: sum(1 << place for place, names in enumerate(named) if not names or word in names) for word in words}


def _day_after(day: date | None) -> date | None:
    return None if day is None or day == date.max else day + timedelta(days=1)
