"""Whole months up to now: a count moves once a month, so two days of it never tell of one family. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Months:
    """`until` is the first day that is not counted; `three` and `twelve` are where the last three and twelve months begin."""

    until: date
    three: date
    twelve: date


def whole_months(today: date) -> Months:
    """The months that are over on a day."""
    until = today.replace(day=1)
    return Months(until=until, three=back(until, 3), twelve=back(until, 12))


def back(first: date, months: int) -> date:
    """The first day of the month so many months before the month of `first`."""
    number = first.year * 12 + first.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)
