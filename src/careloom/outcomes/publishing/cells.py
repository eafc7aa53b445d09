"""The numbers of people that a figure tells, so that the rule of small numbers looks at people and never at days or rows."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from careloom.kernel.indicators.definition import Indicator, Kind
from careloom.kernel.pooling import Rule
from careloom.kernel.suppression import SuppressionSettings

SUMS = ("counted", "met", "apart", "unripe", "whole", "part")


class Figured(Protocol):
    """What a figure has, as the table of figures keeps it."""

    indicator: Any
    variant: Any
    period: Any
    by: Any
    value: Any
    counted: Any
    met: Any
    apart: Any
    unripe: Any
    whole: Any
    part: Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Sums:
    """The six sums of a figure, or of several together."""

    counted: int = 0
    met: int = 0
    apart: int = 0
    unripe: int = 0
    whole: int = 0
    part: int = 0

    def __add__(self, other: Sums) -> Sums:
        return Sums(**{name: getattr(self, name) + getattr(other, name) for name in SUMS})

    def __sub__(self, other: Sums) -> Sums:
        return Sums(**{name: getattr(self, name) - getattr(other, name) for name in SUMS})


def sums_of(figure: Figured) -> Sums:
    """The sums of one figure."""
    return Sums(**{name: int(getattr(figure, name)) for name in SUMS})


def together(sums: Sequence[Sums]) -> Sums:
    """Several heaps as one."""
    return sum(sums, Sums())


Heap = Mapping[str, Sums]  # by code of the indicator: what is told of one group


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How the people of a heap are read for some indicators: a tuple of numbers in one order, and the rule that fits it."""

    cells: Callable[[Heap], tuple[int, ...]]
    rule: Rule


def reading(
    codes: Sequence[str], *, indicators: Mapping[str, Indicator], follow: Sequence[Sequence[str]], settings: SuppressionSettings, told: bool = False
) -> Reading:
    """The reading of these indicators together: each one's numbers, and of those that follow each other the people between them."""
    steps = [(one, two) for chain in follow for one, two in _steps([code for code in chain if code in codes])]
    opposites = []
    width = 0
    for code in codes:
        if indicators[code].kind is Kind.SHARE:
            opposites.append((width, width + 1))
        width += len(_numbers(indicators[code], Sums()))

    def cells(heap: Heap) -> tuple[int, ...]:
        own = [number for code in codes for number in _numbers(indicators[code], heap.get(code, Sums()))]
        between = [number for one, two in steps for number in _between(heap.get(one, Sums()), heap.get(two, Sums()))]
        return (*own, *between)

    return Reading(cells=cells, rule=Rule(settings=settings, opposites=tuple(opposites), told=told))


def _steps(chain: Sequence[str]) -> list[tuple[str, str]]:
    return list(itertools.pairwise(chain))


def _numbers(indicator: Indicator, sums: Sums) -> tuple[int, ...]:
    if indicator.measure.recipe.startswith("margins."):
        # Both are counts of people; the rows behind them are not.
        return (sums.part, max(0, sums.whole - sums.part))
    if indicator.kind is Kind.MEAN:
        return (sums.counted, sums.apart)
    return (sums.met, sums.counted - sums.met, sums.apart)


def _between(one: Sums, two: Sums) -> tuple[int, ...]:
    """How many more meet the first than the second, and how many more are counted. Where it is the other way round, that stands in its own place."""
    met, counted = one.met - two.met, one.counted - two.counted
    rest = counted - met
    return tuple(part for number in (met, counted, rest) for part in (max(0, number), max(0, -number)))
