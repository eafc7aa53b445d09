"""A figure's value with its range, and what two of them say of each other: the kernel's rules over figures as a reader may see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from careloom.kernel.indicators import comparing, values
from careloom.kernel.indicators.comparing import Change
from careloom.kernel.indicators.definition import Goal, Indicator, Kind
from careloom.outcomes.queries.sight import Seen

LEAST = values.TOO_FEW
RIPE = 10  # a figure is ripe when at most one of so many answers is not known yet


@dataclass(frozen=True, kw_only=True)
class Value:
    """A value in the unit of its indicator (a share of `per`, events for `per` units of time, people, or days), with its 95 percent range."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, kw_only=True)
class Moved:
    """What lies between two values: `by` in the indicator's unit (now less then), its range where it is known, and what it says."""

    verdict: Change
    by: float = 0.0
    low: float | None = None
    high: float | None = None


def tally(seen: Seen) -> values.Tally:
    """What is divided."""
    return values.Tally(part=seen.part, whole=seen.whole)


def value_of(indicator: Indicator, seen: Seen) -> Value | None:
    """The value of a figure; None where it is hidden or nobody was counted. A time has its value in its curve (see `curves`)."""
    if seen.hidden or indicator.kind is Kind.TIME:
        return None
    found = values.value_of(tally(seen), indicator=indicator)
    if found is None:
        return None
    return Value(
        value=found.shown, low=found.interval.low if found.interval else None, high=found.interval.high if found.interval else None
    )  # fmt: skip


def moved(indicator: Indicator, *, now: Seen, then: Seen) -> Moved:
    """What happened between two figures of one indicator. Where most answers of one are not known yet it is too early to say."""
    if now.hidden or then.hidden or now.unripe > now.counted or then.unripe > then.counted:
        return Moved(verdict=Change.TOO_EARLY)
    found = comparing.compare(tally(now), tally(then), indicator=indicator)
    low, high = (found.interval.low, found.interval.high) if found.interval else (None, None)
    return Moved(verdict=found.change, by=found.difference or 0.0, low=low, high=high)


def beyond(indicator: Indicator, *, now: Value | None, line: float) -> Moved:
    """What a value says of a line that has no range of its own: a baseline that was agreed from another source."""
    if now is None:
        return Moved(verdict=Change.TOO_EARLY)
    by = now.value - line
    if now.low is None or now.high is None:
        return Moved(verdict=Change.NOT_JUDGED, by=by)
    low, high = now.low - line, now.high - line
    if low <= 0 <= high:
        verdict = Change.CHANCE
    elif indicator.goal is Goal.KNOWN:
        verdict = Change.DIFFERENT
    else:
        verdict = Change.BETTER if (low > 0) is (indicator.goal is Goal.UP) else Change.WORSE
    return Moved(verdict=verdict, by=by, low=low, high=high)


def current(indicator: Indicator, years: Sequence[Seen]) -> Seen | None:
    """The figure to read now: the newest period of which most answers are known; else the newest that counts anybody; else the newest."""
    some = [one for one in years if not one.hidden and (one.counted or one.met)]
    ripe = [one for one in some if one.unripe * RIPE <= one.counted + one.unripe]
    return (ripe or some or list(years) or [None])[-1]
