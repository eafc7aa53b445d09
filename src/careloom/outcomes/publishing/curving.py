"""A curve as it may be published: so coarse that each of its steps speaks of nobody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from careloom.kernel.suppression import SuppressionSettings

# A year is watched to its end for everybody once so many days have passed since the period ended; what comes after is not told.
WATCHED = 365
_WEEK = 7


def may_be_told(*, seen: int, came: int, settings: SuppressionSettings) -> bool:
    """Whether who came and who did not are enough people each."""
    return seen > 0 and not any(settings.is_small(number) for number in (seen, came, seen - came))


def coarse(steps: Sequence[Sequence[Any]], *, seen: int, settings: SuppressionSettings) -> list[list[Any]]:
    """Only steps between which at least the smallest number that may be shown came and left, with as many still waiting; shares to the percent.

    `steps` begin with the day and the share still waiting and end with how many were watched; what stands between is an interval and is left out,
    since it says as much as the share.
    """
    kept: list[list[Any]] = []
    waiting, watched = 1.0, seen
    for step in steps:
        days, share, at_risk = int(step[0]), float(step[1]), int(step[-1])
        if days > WATCHED:
            break
        came, rest = (waiting - share) * seen, share * seen
        enough = all(number >= settings.threshold for number in (came, watched - at_risk, rest, at_risk))
        if enough:
            kept.append([days, f"{round(share, 2):.2f}", at_risk])
            waiting, watched = share, at_risk
    return kept


def told_median(median: int | None) -> int | None:
    """The median to the week, so that it is nobody's own day; None after the days that are told."""
    return None if median is None or median > WATCHED else max(_WEEK, _WEEK * round(median / _WEEK))
