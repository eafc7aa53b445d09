"""What a rule is and what it finds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from careloom.kernel.disclosure.inputs import Scenario
from careloom.kernel.disclosure.reasons import Reason, Spoken
from careloom.kernel.disclosure.records import Record
from careloom.kernel.disclosure.vocabulary import Actor, Category, Obligation, Outcome, Purpose


class Effect(StrEnum):
    """A prohibition beats every permission; a refusal only explains why a door stayed shut."""

    PROHIBIT = "prohibit"
    PERMIT = "permit"
    REFUSE = "refuse"


# Named once: to find a member of an enum by its name costs more than to make a finding.
_PERMIT, _PROHIBIT, _REFUSE = Effect.PERMIT, Effect.PROHIBIT, Effect.REFUSE


class Finding(Record, frozen=True, kw_only=True):
    """What one rule says. `last_day` is inclusive; None is open-ended."""

    effect: Effect
    reasons: tuple[Reason, ...]
    obligations: frozenset[Obligation] = frozenset()
    instruments: tuple[str, ...] = ()
    last_day: date | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Rule:
    """A small named rule with its authority, its days and whether counsel must still review it.

    `actors`, `categories` and `purposes` are the words that the rule concerns, empty for all: of a request with other words it says nothing.
    """

    name: str
    authority: tuple[str, ...]
    find: Callable[[Scenario], tuple[Finding, ...]]
    actors: frozenset[Actor] = frozenset()
    categories: frozenset[Category] = frozenset()
    purposes: frozenset[Purpose] = frozenset()
    effective_from: date | None = None
    effective_to: date | None = None
    review_needed: bool = False

    def in_force(self, *, on: date) -> bool:
        """Whether the rule has legal effect on the day."""
        begun = self.effective_from is None or self.effective_from <= on
        return begun and (self.effective_to is None or on <= self.effective_to)


class Decision(Record, frozen=True, kw_only=True):
    """The answer. `basis` are whole citations, the main one first; `ends_on` is the inclusive last legal day."""

    outcome: Outcome
    basis: tuple[str, ...]
    obligations: tuple[Obligation, ...]
    reasons: tuple[Spoken, ...]
    review_needed: bool
    instruments: tuple[str, ...] = ()
    ends_on: date | None = None

    @property
    def permits(self) -> bool:
        """Whether the disclosure may be made, with its obligations."""
        return self.outcome is Outcome.PERMIT


def permit(
    *reasons: Reason,
    duties: frozenset[Obligation] | set[Obligation] = frozenset(),
    instruments: tuple[str, ...] = (),
    last_day: date | None = None,
) -> tuple[Finding, ...]:
    """One permission."""
    found = Finding(effect=_PERMIT, reasons=reasons, obligations=frozenset(duties), instruments=instruments, last_day=last_day)
    return (found,)


def refuse(*reasons: Reason, duties: frozenset[Obligation] | set[Obligation] = frozenset()) -> tuple[Finding, ...]:
    """One explanation of a shut door."""
    return (Finding(effect=_REFUSE, reasons=reasons, obligations=frozenset(duties)) if duties else Finding(effect=_REFUSE, reasons=reasons),)


def prohibit(*reasons: Reason, duties: frozenset[Obligation] | set[Obligation] = frozenset()) -> tuple[Finding, ...]:
    """One prohibition, which beats any permission."""
    return (Finding(effect=_PROHIBIT, reasons=reasons, obligations=frozenset(duties)),)
