"""Charts that tell chance from change: shares and rates over time, and the days between rare events.

A p-chart for shares, a u-chart for rates, a g-chart for days or births between rare events, where counts for a month are mostly zero. Signals: a
point outside the limits, or eight in a row on one side of the middle; a point on the middle line neither counts nor ends a run. Sources: Shewhart;
Benneyan 2001 for the g-chart; NHS rules of signal. O13.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

RUN = 8
_SIGMAS = 3.0


class Signal(StrEnum):
    """What a point says: nothing beyond chance, outside the limits, or the eighth in a row on one side."""

    NONE = "NONE"
    OUTSIDE = "OUTSIDE"
    RUN = "RUN"


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """A value with the limits that chance alone would keep it in."""

    value: float
    low: float
    high: float
    signal: Signal


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """The middle line and the points; no points when there is too little to draw a chart from."""

    middle: float
    points: tuple[Point, ...]

    @property
    def changed(self) -> bool:
        """Whether any point says more than chance."""
        return any(point.signal is not Signal.NONE for point in self.points)


def of_shares(counts: Sequence[tuple[int, int]]) -> Chart:
    """A p-chart of (part, whole) per period; a period without anybody is left out of the middle and has no point."""
    wholes = sum(whole for _, whole in counts)
    middle = sum(part for part, _ in counts) / wholes if wholes else 0.0
    spread = math.sqrt(middle * (1 - middle))
    points = [(part / whole, spread / math.sqrt(whole)) for part, whole in counts if whole]
    return _chart(middle, points, ceiling=1.0)


def of_rates(counts: Sequence[tuple[int, int]], *, per: int) -> Chart:
    """A u-chart of (events, time at risk) per period, for `per` units of time."""
    risk = sum(whole for _, whole in counts)
    middle = sum(part for part, _ in counts) / risk if risk else 0.0
    points = [(part / whole * per, math.sqrt(middle / whole) * per) for part, whole in counts if whole]
    return _chart(middle * per, points)


def between(gaps: Sequence[int]) -> Chart:
    """A g-chart of what lies between rare events (days, or births): a long gap is good news, and its limit is far from the middle.

    The middle line is the median of the geometric law (0.693 of the mean), since such gaps are skewed.
    """
    mean = sum(gaps) / len(gaps) if gaps else 0.0
    spread = math.sqrt(mean * (mean + 1))
    middle = 0.693 * mean
    points = [(float(gap), spread) for gap in gaps]
    return Chart(middle=middle, points=_signals(middle, [(value, 0.0, mean + _SIGMAS * sigma) for value, sigma in points]))


def _chart(middle: float, points: Sequence[tuple[float, float]], *, ceiling: float = math.inf) -> Chart:
    limits = [(value, max(0.0, middle - _SIGMAS * sigma), min(ceiling, middle + _SIGMAS * sigma)) for value, sigma in points]
    return Chart(middle=middle, points=_signals(middle, limits))


def _signals(middle: float, limits: Sequence[tuple[float, float, float]]) -> tuple[Point, ...]:
    points, side, length = [], 0, 0
    for value, low, high in limits:
        here = 0 if math.isclose(value, middle) else 1 if value > middle else -1
        if here:
            length, side = (length + 1 if here == side else 1), here
        signal = Signal.OUTSIDE if not low <= value <= high else Signal.RUN if here and length >= RUN else Signal.NONE
        points.append(Point(value=value, low=low, high=high, signal=signal))
    return tuple(points)
