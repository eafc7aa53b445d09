"""Counting days: lengths, birthdays, and what "within twelve months" means.

The federal texts say "within 12 months" and do not say how a leap year counts. We count 365 days and offer the calendar's own date as a variant, so a
dashboard states which it uses (synthetic-county.md part 3, worlds W01 and W02).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import ibis
import ibis.expr.types as ir

FAR = date(9999, 12, 31)  # a day that never comes: what is unknown or has no end


@dataclass(frozen=True, kw_only=True)
class Span:
    """How long is long enough: so many days, or so many calendar months when `months` is named."""

    days: int = 365
    months: int | None = None

    def end(self, start: ir.DateValue) -> ir.DateValue:
        """The last day that is still within."""
        if self.months is None:
            return later(start, days=self.days)
        return (start + ibis.interval(months=self.months)).cast("date")


YEAR = Span()


def later(day: ir.DateValue, *, days: int) -> ir.DateValue:
    """So many days after."""
    return (day + ibis.interval(days=days)).cast("date")


def length(end: ir.DateValue, start: ir.DateValue) -> ir.IntegerValue:
    """Whole days from `start` to `end`; the first day counts, the last does not."""
    return end.delta(start, unit="day")


def birthday(born: ir.DateValue, *, years: int) -> ir.DateValue:
    """The day somebody turns so old. Who is born on a leap day turns on the first of March of a year that has none."""
    same_date = (born + ibis.interval(years=years)).cast("date")
    leap = (born.month() == 2) & (born.day() == 29) & (same_date.day() != 29)
    return ibis.ifelse(leap, later(same_date, days=1), same_date)


def earliest(*days: ir.DateValue) -> ir.DateValue:
    """The earliest of the days that are known; engines differ on unknown ones, so each is filled first."""
    return ibis.least(*(day.fill_null(FAR) for day in days))
