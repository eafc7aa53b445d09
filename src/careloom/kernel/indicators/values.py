"""What a figure says: its value in the unit it is shown in, and how sure it is. Numbers only; the words are the presenters'.

Source: features O13 (sample-size honesty); the intervals' own sources stand in `intervals`.
"""

from __future__ import annotations

from dataclasses import dataclass

from careloom.kernel.indicators import intervals
from careloom.kernel.indicators.definition import Indicator, Kind
from careloom.kernel.indicators.intervals import Interval

TOO_FEW = 11  # people in a share: below it a percentage says more than it knows, and it would not be shown anyway


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """What is divided: `part` of `whole` people, events in time at risk, or a sum over people. Of a count, `part` alone."""

    part: int
    whole: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Value:
    """A figure: `shown` for `per` (61.0 of 100 parents; 4.48 moves per 1,000 days), the interval in the same unit (None: there is none to give)."""

    shown: float
    interval: Interval | None
    tally: Tally

    @property
    def few(self) -> bool:
        """Whether so few were counted that the figure is only a hint."""
        return self.tally.whole < TOO_FEW


def value_of(tally: Tally, *, indicator: Indicator) -> Value | None:
    """The figure of an indicator from its sums; None when there is nobody, or no time, to divide by.

    :raises ValueError: the indicator is a time, whose figure is the median of a curve (`survival.median`), not a quotient.
    """
    if indicator.kind is Kind.TIME:
        raise ValueError(f"{indicator.code} is a time. Take the median of its curve.")
    if indicator.kind is Kind.COUNT:
        return Value(shown=float(tally.part), interval=None, tally=tally)
    if tally.whole == 0:
        return None
    return Value(shown=tally.part * indicator.per / tally.whole, interval=_sure(tally, indicator=indicator), tally=tally)


def _sure(tally: Tally, *, indicator: Indicator) -> Interval | None:
    if indicator.kind is Kind.SHARE:
        found = intervals.share(tally.part, tally.whole)
        return None if found is None else Interval(low=found.low * indicator.per, high=found.high * indicator.per)
    if indicator.kind is Kind.RATE:
        return intervals.rate(tally.part, tally.whole, per=indicator.per)
    return None
