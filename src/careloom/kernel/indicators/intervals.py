"""How sure a figure is: intervals for shares, for rates, for a difference of two shares, and for a disparity ratio.

All are for 95 percent unless `confidence` says otherwise. Sources: Wilson 1927; Newcombe 1998, method 10; Byar's approximation to the exact Poisson
limits (Breslow and Day 1987); Katz 1978 for a ratio of two shares; for two rates the square-and-add method (Zou and Donner 2008) and the log method
for their ratio. O4, O13.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

_USUAL = 0.95


@dataclass(frozen=True, kw_only=True, slots=True)
class Interval:
    """From `low` to `high`, in the unit of the figure it belongs to."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether a value lies within."""
        return self.low <= value <= self.high


def share(part: int, whole: int, *, confidence: float = _USUAL) -> Interval | None:
    """Wilson's interval of a share, 0 to 1; None when nobody is counted.

    :raises ValueError: the part is no part of the whole.
    """
    if not 0 <= part <= whole:
        raise ValueError("A part is between zero and its whole.")
    if whole == 0:
        return None
    z = _z(confidence)
    p, square = part / whole, z * z
    middle = (p + square / (2 * whole)) / (1 + square / whole)
    half = z * math.sqrt(p * (1 - p) / whole + square / (4 * whole * whole)) / (1 + square / whole)
    # At the ends the formula meets 0 and 1 but for rounding.
    return Interval(low=0.0 if part == 0 else max(0.0, middle - half), high=1.0 if part == whole else min(1.0, middle + half))


def rate(events: int, at_risk: int, *, per: int, confidence: float = _USUAL) -> Interval | None:
    """Byar's interval of events in time at risk, for `per` units of it; None when there was no time."""
    if events < 0 or at_risk < 0:
        raise ValueError("Events and time at risk are zero or more.")
    if at_risk == 0:
        return None
    z = _z(confidence)
    low = 0.0 if events == 0 else events * (1 - 1 / (9 * events) - z / (3 * math.sqrt(events))) ** 3
    above = events + 1
    high = above * (1 - 1 / (9 * above) + z / (3 * math.sqrt(above))) ** 3
    return Interval(low=low * per / at_risk, high=high * per / at_risk)


def difference(first: tuple[int, int], second: tuple[int, int], *, confidence: float = _USUAL) -> Interval | None:
    """Newcombe's interval of the first share minus the second, each (part, whole); None when either counts nobody."""
    one, two = share(*first, confidence=confidence), share(*second, confidence=confidence)
    if one is None or two is None:
        return None
    apart = _apart(first[0] / first[1], one, second[0] / second[1], two)
    return Interval(low=max(-1.0, apart.low), high=min(1.0, apart.high))


def difference_of_rates(first: tuple[int, int], second: tuple[int, int], *, per: int, confidence: float = _USUAL) -> Interval | None:
    """Interval of the first rate minus the second, each (events, time at risk), for `per` units; None when either had no time."""
    one, two = rate(*first, per=per, confidence=confidence), rate(*second, per=per, confidence=confidence)
    if one is None or two is None:
        return None
    return _apart(first[0] * per / first[1], one, second[0] * per / second[1], two)


def ratio(first: tuple[int, int], second: tuple[int, int], *, confidence: float = _USUAL) -> Interval | None:
    """Katz's interval of the first share over the second, each (part, whole); None when a part is zero or nobody is counted."""
    (a, n), (b, m) = first, second
    if min(a, b, n, m) <= 0:
        return None
    spread = _z(confidence) * math.sqrt(1 / a - 1 / n + 1 / b - 1 / m)
    middle = (a / n) / (b / m)
    return Interval(low=middle * math.exp(-spread), high=middle * math.exp(spread))


def ratio_of_rates(first: tuple[int, int], second: tuple[int, int], *, confidence: float = _USUAL) -> Interval | None:
    """Interval of the first rate over the second, each (events, time at risk); None when either had no event or no time."""
    (a, n), (b, m) = first, second
    if min(a, b, n, m) <= 0:
        return None
    spread = _z(confidence) * math.sqrt(1 / a + 1 / b)
    middle = (a / n) / (b / m)
    return Interval(low=middle * math.exp(-spread), high=middle * math.exp(spread))


def _apart(p: float, one: Interval, q: float, two: Interval) -> Interval:
    """How far two values are apart, from the interval of each: the sides are squared and added."""
    return Interval(low=p - q - math.hypot(p - one.low, two.high - q), high=p - q + math.hypot(one.high - p, q - two.low))


def _z(confidence: float) -> float:
    return NormalDist().inv_cdf((1 + confidence) / 2)
