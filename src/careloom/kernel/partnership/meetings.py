"""Meetings as pure rules: days of a series, who leads next, months without a meeting, who hears of what is late, quorum and what a vote says.

Source: workflows 6.11; R-032, R-053, R-188 to R-190.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

K = TypeVar("K")
LAST_WEEK = 5
WEEK = 7


class Block(StrEnum):
    """The four duties of governance, each a standing block of the agenda (R-032)."""

    POLICY = "POLICY"
    BARRIERS = "BARRIERS"
    SUSTAINABILITY = "SUSTAINABILITY"
    OUTCOMES = "OUTCOMES"


class Month(StrEnum):
    """What a month of a series came to."""

    HELD = "HELD"
    MISSED = "MISSED"
    COMING = "COMING"


@dataclass(frozen=True, kw_only=True)
class MonthFact:
    """One meeting of a series, as the months are counted: its day, whether it was held, and whether it may still be."""

    on: date
    held: bool
    coming: bool


def day_in(*, month: date, week: int, weekday: int) -> date:
    """The day of a month such as its second Tuesday (`weekday` 0 is Monday); week 5 is the last one."""
    first = month.replace(day=1)
    day = first + timedelta(days=(weekday - first.weekday()) % WEEK)
    if week < LAST_WEEK:
        return day + timedelta(weeks=week - 1)
    return day + timedelta(weeks=(monthrange(day.year, day.month)[1] - day.day) // WEEK)


def next_month(month: date, *, by: int = 1) -> date:
    """The first day of the month so many after."""
    months = month.year * 12 + month.month - 1 + by
    return date(months // 12, months % 12 + 1, 1)


def series_days(*, start: date, week: int, weekday: int, every: int, until: date) -> tuple[date, ...]:
    """The days of a series from the month of `start`, each `every` months, none before `start` and none after `until`."""
    found, month = [], start.replace(day=1)
    while month <= until:
        day = day_in(month=month, week=week, weekday=weekday)
        if start <= day <= until:
            found.append(day)
        month = next_month(month, by=every)
    return tuple(found)


def months_of(*, start: date, every: int, today: date, meetings: Iterable[MonthFact]) -> tuple[tuple[date, Month], ...]:
    """Every month in which the series meets, up to the running one, with what it came to: a cancelled meeting leaves its month missed (R-189)."""
    facts = list(meetings)
    found, month = [], start.replace(day=1)
    while month <= today:
        end = next_month(month, by=every)
        own = [fact for fact in facts if month <= fact.on < end]
        if any(fact.held for fact in own):
            found.append((month, Month.HELD))
        elif any(fact.coming for fact in own) or (not own and end > today):
            found.append((month, Month.COMING))
        else:
            found.append((month, Month.MISSED))
        month = end
    return tuple(found)


def leader_at(*, rotation: Sequence[K], place: int) -> K | None:
    """Whose turn it is to lead the meeting number `place` of a series (R-190)."""
    return rotation[place % len(rotation)] if rotation else None


def next_in_turn(*, of: Sequence[K], last: Mapping[K, date]) -> K | None:
    """Who had no turn yet, in the order given; else whose turn is longest ago (R-053)."""
    return min(of, key=lambda one: (one in last, last.get(one, date.min))) if of else None


def cycles_without(*, newest_first: Iterable[frozenset[Block]]) -> int:
    """How many meetings in a row, the newest first, held none of the four duties (R-032)."""
    count = 0
    for blocks in newest_first:
        if blocks:
            return count
        count += 1
    return count


def quorum_met(*, present: int, needed: int) -> bool | None:
    """Whether enough members are there; None where none was agreed."""
    return present >= needed if needed else None


def told(*, due_on: date, today: date, steps: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    """Who has heard of a promise that was due on a day, in the order of `steps` (days after it, whom): its last day is in time."""
    late = (today - due_on).days
    return tuple(who for after, who in steps if late > after)


def minimum_missing(*, minimum: Sequence[str], there: Iterable[str]) -> tuple[str, ...]:
    """Which parts of a work group's minimum nobody stands for (R-188)."""
    held = set(there)
    return tuple(code for code in minimum if code not in held)


def quarter_of(day: date) -> date:
    """The first day of the quarter of a day."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def quarters_back(day: date, *, count: int) -> tuple[date, ...]:
    """The last `count` quarters up to that of `day`, the oldest first."""
    return tuple(next_month(quarter_of(day), by=-3 * back) for back in range(count - 1, -1, -1))
