"""Whether two figures differ, and whether that is good: periods, pilot and comparison sites, groups, and a target.

One rule for all: a difference is told only when its interval (95 of 100) leaves out zero, and a ratio's leaves out one. Else chance could explain it.
Where fewer than eleven people stand behind either share, or fewer than five events behind both rates together, it is too early to say.
Source: O3, O4, O13; R-210.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from careloom.kernel.indicators import intervals
from careloom.kernel.indicators.definition import Goal, Indicator, Kind
from careloom.kernel.indicators.intervals import Interval
from careloom.kernel.indicators.values import TOO_FEW, Tally, Value, value_of

FEW_EVENTS = 5


class Change(StrEnum):
    """What a comparison says.

    DIFFERENT: more than chance, and no way is better (`Goal.KNOWN`). NOT_JUDGED: sums that do not say how sure they are.
    """

    BETTER = "BETTER"
    WORSE = "WORSE"
    DIFFERENT = "DIFFERENT"
    CHANCE = "CHANCE"
    TOO_EARLY = "TOO_EARLY"
    NOT_JUDGED = "NOT_JUDGED"


class Reached(StrEnum):
    """How a figure stands to its target: surely there, there or not within chance, surely not, or too early to say."""

    REACHED = "REACHED"
    NEAR = "NEAR"
    NOT_YET = "NOT_YET"
    TOO_EARLY = "TOO_EARLY"


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """The first figure beside the second: `difference` is first minus second in the indicator's own unit."""

    change: Change
    difference: float | None = None
    interval: Interval | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Disparity:
    """One group beside the group it is compared with: how many times as often."""

    change: Change
    ratio: float | None = None
    interval: Interval | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Median:
    """A median of days with the days between which it lies; None is "not reached"."""

    days: int | None
    low: int | None
    high: int | None
    seen: int


def compare(first: Tally, second: Tally, *, indicator: Indicator) -> Comparison:
    """Now beside before, or pilot beside comparison sites. Counts are compared as events of two periods that are as long as each other.

    :raises ValueError: the indicator is a time (see :func:`compare_times`).
    """
    one, two = value_of(first, indicator=indicator), value_of(second, indicator=indicator)
    if one is None or two is None:
        return Comparison(change=Change.TOO_EARLY)
    difference = one.shown - two.shown
    if indicator.kind is Kind.MEAN:
        return Comparison(change=Change.NOT_JUDGED, difference=difference)
    found = _interval(one, two, indicator=indicator)
    if found is None or _too_few(one, two, indicator=indicator):
        return Comparison(change=Change.TOO_EARLY, difference=difference, interval=found)
    return Comparison(change=_judged(found, middle=0.0, goal=indicator.goal), difference=difference, interval=found)


def compare_times(first: Median, second: Median, *, goal: Goal) -> Comparison:
    """Two medians. They differ when their days do not meet; where an upper end is not reached, nothing ends it."""
    if first.low is None or second.low is None or min(first.seen, second.seen) < TOO_FEW:
        return Comparison(change=Change.TOO_EARLY)
    difference = None if first.days is None or second.days is None else float(first.days - second.days)
    longer = second.high is not None and first.low > second.high
    shorter = first.high is not None and first.high < second.low
    if not longer and not shorter:
        return Comparison(change=Change.CHANCE, difference=difference)
    return Comparison(change=_way(1 if longer else -1, goal), difference=difference)


def disparity(group: Tally, reference: Tally, *, indicator: Indicator) -> Disparity:
    """A group's figure over the reference group's: Katz's interval for shares, the log interval for rates (O4).

    :raises ValueError: the indicator is neither a share nor a rate.
    """
    if indicator.kind not in (Kind.SHARE, Kind.RATE):
        raise ValueError(f"{indicator.code} is neither a share nor a rate: there is no ratio of it.")
    one, two = value_of(group, indicator=indicator), value_of(reference, indicator=indicator)
    if one is None or two is None or two.shown == 0:
        return Disparity(change=Change.TOO_EARLY)
    pairs = (group.part, group.whole), (reference.part, reference.whole)
    found = intervals.ratio(*pairs) if indicator.kind is Kind.SHARE else intervals.ratio_of_rates(*pairs)
    times = one.shown / two.shown
    if found is None or _too_few(one, two, indicator=indicator):
        return Disparity(change=Change.TOO_EARLY, ratio=times, interval=found)
    return Disparity(change=_judged(found, middle=1.0, goal=indicator.goal), ratio=times, interval=found)


def against(value: Value | None, *, target: float, goal: Goal) -> Reached:
    """How a figure stands to its target, in the unit it is shown in. A goal that is only to be known has no target to reach.

    :raises ValueError: the goal is KNOWN.
    """
    if goal is Goal.KNOWN:
        raise ValueError("What is only to be known has no target.")
    if value is None:
        return Reached.TOO_EARLY
    low, high = (value.shown, value.shown) if value.interval is None else (value.interval.low, value.interval.high)
    if goal is Goal.DOWN:
        low, high, target = -high, -low, -target
    if low >= target:
        return Reached.REACHED
    return Reached.NOT_YET if high < target else Reached.NEAR


def _interval(one: Value, two: Value, *, indicator: Indicator) -> Interval | None:
    first, second = one.tally, two.tally
    if indicator.kind is Kind.SHARE:
        found = intervals.difference((first.part, first.whole), (second.part, second.whole))
        return None if found is None else Interval(low=found.low * indicator.per, high=found.high * indicator.per)
    if indicator.kind is Kind.COUNT:
        return intervals.difference_of_rates((first.part, 1), (second.part, 1), per=1)
    return intervals.difference_of_rates((first.part, first.whole), (second.part, second.whole), per=indicator.per)


def _too_few(one: Value, two: Value, *, indicator: Indicator) -> bool:
    if indicator.kind is Kind.SHARE:
        return one.few or two.few
    return one.tally.part + two.tally.part < FEW_EVENTS


def _judged(found: Interval, *, middle: float, goal: Goal) -> Change:
    if found.holds(middle):
        return Change.CHANCE
    return _way(1 if found.low > middle else -1, goal)


def _way(sign: int, goal: Goal) -> Change:
    if goal is Goal.KNOWN:
        return Change.DIFFERENT
    return Change.BETTER if (sign > 0) is (goal is Goal.UP) else Change.WORSE
