"""Kaplan-Meier: how long it takes when some are not there yet.

Source: Kaplan and Meier 1958; world W28; Greenwood 1926 for the variance, with log-log limits (Kalbfleisch and Prentice 1980), which stay between
0 and 1. The product is taken in whole fractions, so that the median does not hang on rounding.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import NormalDist

from careloom.kernel.indicators.intervals import Interval


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """One day of a curve: how many came to the event on it, and how many were seen no longer than it (those who came among them)."""

    days: int
    came: int
    seen: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """The share still waiting after that day, how many were watched as it began, and how many of them came."""

    days: int
    waiting: Fraction
    at_risk: int
    came: int


def curve(days: Iterable[Day]) -> list[Step]:
    """The curve, one step for each day on which somebody came, from a table of days in any order.

    :raises ValueError: more came than were seen.
    """
    ordered = sorted(days, key=lambda day: day.days)
    at_risk, waiting, steps = sum(day.seen for day in ordered), Fraction(1), []
    for day in ordered:
        if not 0 <= day.came <= day.seen:
            raise ValueError("A day of a curve has more who came than were seen.")
        if day.came:
            waiting *= Fraction(at_risk - day.came, at_risk)
            steps.append(Step(days=day.days, waiting=waiting, at_risk=at_risk, came=day.came))
        at_risk -= day.seen
    return steps


def median(steps: Iterable[Step]) -> int | None:
    """The first day on which half or fewer are waiting; None when the curve never comes down to half ("not reached")."""
    return next((step.days for step in steps if step.waiting * 2 <= 1), None)


def still_waiting(steps: Iterable[Step], *, at: int) -> Fraction:
    """The share still waiting once day `at` is over."""
    share = Fraction(1)
    for step in steps:
        if step.days > at:
            break
        share = step.waiting
    return share


def limits(steps: Sequence[Step], *, confidence: float = 0.95) -> list[Interval]:
    """How sure each step is; where nobody or everybody still waits, there is nothing to be unsure by, and the interval is the value."""
    z, summed, found = NormalDist().inv_cdf((1 + confidence) / 2), 0.0, []
    for step in steps:
        left = step.at_risk - step.came
        waiting = float(step.waiting)
        if not 0 < waiting < 1:
            found.append(Interval(low=waiting, high=waiting))
            continue
        summed += step.came / (step.at_risk * left)
        spread = z * math.sqrt(summed) / math.log(waiting)
        found.append(Interval(low=waiting ** math.exp(-spread), high=waiting ** math.exp(spread)))
    return found


def median_limits(steps: Sequence[Step], *, confidence: float = 0.95) -> tuple[int | None, int | None]:
    """The days between which the median lies: from where the lower limit comes down to half, to where the upper one does (None: not reached).

    Source: Brookmeyer and Crowley 1982, with the log-log limits.
    """
    bounds = limits(steps, confidence=confidence)
    low = next((step.days for step, bound in zip(steps, bounds, strict=True) if bound.low <= 0.5), None)
    high = next((step.days for step, bound in zip(steps, bounds, strict=True) if bound.high <= 0.5), None)
    return low, high


def at_risk(days: Iterable[Day], *, at: Iterable[int]) -> list[int]:
    """How many are watched as each of those days begins: the row of numbers under a curve."""
    ordered = list(days)
    return [sum(day.seen for day in ordered if day.days >= asked) for asked in at]
