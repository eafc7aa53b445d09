"""When something is due: one small rule, an amount and a unit, counted from a start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from careloom.kernel.clocks.calendar import (
    BusinessCalendar,
    add_business_days,
    add_months,
    local_day,
    next_midnight,
)


class Unit(StrEnum):
    """How an amount of time is counted."""

    IMMEDIATE = "IMMEDIATE"
    HOURS = "HOURS"
    DAYS = "DAYS"
    BUSINESS_DAYS = "BUSINESS_DAYS"
    MONTHS = "MONTHS"


@dataclass(frozen=True, kw_only=True, slots=True)
class DueRule:
    """An amount of time after a start. `IMMEDIATE` takes no amount."""

    unit: Unit
    amount: int = 0

    def __post_init__(self) -> None:
        """Refuse an amount that cannot be counted."""
        if self.amount < 0:
            raise ValueError("A due rule cannot look back. Use an amount of 0 or more.")
        if self.unit is Unit.IMMEDIATE and self.amount:
            raise ValueError("An immediate rule takes no amount. Leave it out or choose a unit.")


def due_on(*, start: date, rule: DueRule, calendar: BusinessCalendar) -> date:
    """Return the last legal day on which a thing that started on `start` is still on time.

    The start day is day 0. A rule in hours is counted in whole days, rounded up, because a date
    alone does not say the hour; use `due_at` when the instant is known.
    """
    match rule.unit:
        case Unit.IMMEDIATE:
            return start
        case Unit.HOURS:
            return start + timedelta(days=-(-rule.amount // 24))
        case Unit.DAYS:
            return start + timedelta(days=rule.amount)
        case Unit.BUSINESS_DAYS:
            return add_business_days(start=start, days=rule.amount, calendar=calendar)
        case Unit.MONTHS:
            return add_months(start=start, months=rule.amount)


def due_at(*, start: datetime, rule: DueRule, calendar: BusinessCalendar) -> datetime:
    """Return the instant, in UTC, from which the thing is late.

    Hours are elapsed hours, so a daylight-saving change neither gives nor takes one. Days are
    legal days in the calendar's zone and end at the next midnight.
    """
    day = local_day(at=start, zone=calendar.zone)
    if rule.unit is Unit.IMMEDIATE:
        return start.astimezone(UTC)
    if rule.unit is Unit.HOURS:
        return start.astimezone(UTC) + timedelta(hours=rule.amount)
    last = due_on(start=day, rule=rule, calendar=calendar)
    return next_midnight(day=last, zone=calendar.zone)
