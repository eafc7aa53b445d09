"""Which figures are due when: periods of a schedule, the day on which each is due, and whether it came in time. Source: R-201."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Every(StrEnum):
    """How long a period is."""

    MONTH = "MONTH"
    QUARTER = "QUARTER"
    HALF = "HALF"
    YEAR = "YEAR"


MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF: 6, Every.YEAR: 12}


class InTime(StrEnum):
    """How a period stands."""

    IN_TIME = "IN_TIME"
    SENT_LATE = "SENT_LATE"
    DUE = "DUE"
    LATE = "LATE"


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """A period that is over: from its first day to its last, the day by which it is due, and when it was sent."""

    starts_on: date
    ends_on: date
    due_on: date
    sent_on: date | None
    stands: InTime


def periods(*, every: Every, first: date, until: date) -> Iterator[tuple[date, date]]:
    """The periods, as first and last day, that are over before `until`; `first` is the first day of the first of them.

    :raises ValueError: `first` is not the first day of a month, for a period that begins within one has no name.
    """
    if first.day != 1:
        raise ValueError("A period begins on the first day of a month.")
    start = first
    while (after := _months_on(start, MONTHS[every])) <= until:
        yield start, after - timedelta(days=1)
        start = after


def due(*, every: Every, first: date, days: int, today: date, sent: Mapping[date, date]) -> tuple[Due, ...]:
    """Every period that is over, the newest first. `sent`: the day on which it first went, by the first day of its period."""
    found = [_stands(start, end, days=days, today=today, sent=sent.get(start)) for start, end in periods(every=every, first=first, until=today)]
    return tuple(reversed(found))


def _stands(start: date, end: date, *, days: int, today: date, sent: date | None) -> Due:
    due_on = end + timedelta(days=days)
    if sent is not None:
        stands = InTime.IN_TIME if sent <= due_on else InTime.SENT_LATE
    else:
        stands = InTime.DUE if today <= due_on else InTime.LATE
    return Due(starts_on=start, ends_on=end, due_on=due_on, sent_on=sent, stands=stands)


def _months_on(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)
