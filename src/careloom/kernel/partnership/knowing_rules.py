"""What follows from what partners told each other: pure rules. Source: R-021, R-034, R-042, R-047, R-055, R-060, R-072."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from careloom.kernel.partnership.knowing import ONBOARDING, Duty, ProcessStep

ONBOARDING_DAYS = 30


@dataclass(frozen=True, kw_only=True)
class RoleGap:
    """A step in which a duty is not clear: NOBODY does it, NO_ANSWER (nobody answers for it), or TWO_ANSWER."""

    step: ProcessStep
    code: str


def role_gaps(cells: Mapping[str, Mapping[str, str]]) -> tuple[RoleGap, ...]:
    """What is unclear in a role matrix, step by step. `cells`: step -> partner -> letters. One who answers for a step may also do it."""
    found: list[RoleGap] = []
    for step in ProcessStep:
        letters = [text for text in cells.get(step, {}).values() if text]
        answer = sum(Duty.ACCOUNTABLE in text for text in letters)
        if not any(Duty.RESPONSIBLE in text or Duty.ACCOUNTABLE in text for text in letters):
            found.append(RoleGap(step=step, code="NOBODY"))
        elif answer != 1:
            found.append(RoleGap(step=step, code="TWO_ANSWER" if answer else "NO_ANSWER"))
    return tuple(found)


def letters_of(text: str) -> str | None:
    """Duties as they are kept: each letter once, in the order R A C I; None where something else was written."""
    told = {letter for letter in text.upper() if letter not in " ,/"}
    return "".join(duty for duty in Duty if duty in told) if told <= {duty.value for duty in Duty} else None


def onboarding_due(starts_on: date) -> date:
    """The last day on which a new member's onboarding is in time."""
    return starts_on + timedelta(days=ONBOARDING_DAYS)


def onboarding_late(*, starts_on: date, done: Iterable[str], today: date) -> bool:
    """Whether a member's onboarding is incomplete after thirty days (R-047)."""
    return today > onboarding_due(starts_on) and not set(ONBOARDING) <= set(done)


def anniversary(day: date) -> date:
    """A year later; February 29 becomes February 28."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


@dataclass(frozen=True, kw_only=True)
class Effort:
    """An initiative: whose, for which outcome, for whom."""

    key: str
    owner: str
    outcome: str
    population: str


def duplicates(efforts: Iterable[Effort]) -> tuple[tuple[str, ...], ...]:
    """Groups of initiatives of different owners with the same outcome for the same population, by key (R-021)."""
    groups: dict[tuple[str, str], list[Effort]] = {}
    for one in efforts:
        groups.setdefault((one.outcome, one.population), []).append(one)
    return tuple(tuple(one.key for one in group) for group in groups.values() if len({one.owner for one in group}) > 1)


def training_first(*, since: date | None, levels: Iterable[str], starts_on: date, level: str, let_in_on: date | None) -> bool:
    """Whether a member takes a training before she takes part (P12).

    Nobody who sat before the first such training was set is stopped by it, and nobody who was let in once. A member whose level nobody said takes it.
    """
    return since is not None and let_in_on is None and starts_on >= since and (not level or not set(levels) or level in set(levels))


def in_conflict(meanings: Iterable[str]) -> bool:
    """Whether partners mean different things by one word: at least two, and not word for word the same (R-072)."""
    return len({" ".join(text.casefold().split()).rstrip(".") for text in meanings if text.strip()}) > 1


def share(*, done: int, of: int) -> int | None:
    """A percentage, never over 100; None where nobody is counted. People may take a course again and staff changes (R-042)."""
    return min(100, round(100 * done / of)) if of else None
