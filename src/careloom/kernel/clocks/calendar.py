"""Legal days: business days, the end of a legal day, and months.

A legal day is local to the jurisdiction. Holidays and working weekdays are data that a pack
gives; nothing here reads the time. Instants are aware datetimes and come out in UTC.
"""

from __future__ import annotations

import calendar as _months
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SEARCH_LIMIT_DAYS = 3660
"""A calendar with no business day in ten years is a mistake, not a long wait."""


@dataclass(frozen=True, kw_only=True, slots=True)
class BusinessCalendar:
    """The working days of one jurisdiction, with its IANA zone.

    `weekend` holds ISO weekdays (6 is Saturday, 7 is Sunday); `holidays` maps each closed day
    to its name. `covers_to` is the last day for which the holiday list was written, so that a
    screen can say when a count of business days runs past what is known.
    """

    zone: str
    holidays: Mapping[date, str] = field(default_factory=dict)
    weekend: frozenset[int] = frozenset({6, 7})
    covers_to: date | None = None

    def is_business_day(self, day: date) -> bool:
        """Say whether offices are open on `day`."""
        return day.isoweekday() not in self.weekend and day not in self.holidays

    def is_known(self, day: date) -> bool:
        """Say whether the holiday list was written far enough to trust `day`."""
        return self.covers_to is None or day <= self.covers_to


def local_day(*, at: datetime, zone: str) -> date:
    """Return the legal day in `zone` on which the instant `at` falls."""
    _require_aware(at)
    return at.astimezone(ZoneInfo(zone)).date()


def start_of_day(*, day: date, zone: str) -> datetime:
    """Return the first instant of the legal `day` in `zone`, in UTC.

    Where the clock jumps over midnight the day starts at the jump; where midnight comes twice
    it starts at the first one.
    """
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def next_midnight(*, day: date, zone: str) -> datetime:
    """Turn an inclusive legal day into the instant at which it is over, in UTC.

    # INVARIANT: this is the only place where an inclusive legal day becomes an instant
    (DESIGN 7 and 8): a consent that runs "to 5 March" ends at this instant and not before.
    """
    return start_of_day(day=day + timedelta(days=1), zone=zone)


def add_business_days(*, start: date, days: int, calendar: BusinessCalendar) -> date:
    """Return the `days`-th business day after `start`; `start` itself is not counted.

    With `days` = 0 the answer is `start` when it is a business day, else the next one.
    """
    if days < 0:
        raise ValueError("A number of business days cannot be negative. Count from the earlier day.")
    day, left = start, days
    for _ in range(SEARCH_LIMIT_DAYS + days * 7):
        if left == 0 and calendar.is_business_day(day):
            return day
        day += timedelta(days=1)
        if left > 0 and calendar.is_business_day(day):
            left -= 1
    raise ValueError("This calendar has no business days. Correct its weekend or its holidays.")


def business_days_between(*, start: date, end: date, calendar: BusinessCalendar) -> int:
    """Count the business days after `start` up to and with `end`; 0 when `end` is not later."""
    span = (end - start).days
    return sum(calendar.is_business_day(start + timedelta(days=offset)) for offset in range(1, span + 1))


def add_months(*, start: date, months: int) -> date:
    """Add calendar months; a day that the month does not have becomes its last day."""
    index = start.year * 12 + (start.month - 1) + months
    year, month = divmod(index, 12)
    last = _months.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))


def _require_aware(at: datetime) -> None:
    if at.tzinfo is None:
        raise ValueError("An instant needs a time zone. Pass an aware datetime.")
