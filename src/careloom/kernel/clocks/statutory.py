"""Court clocks that a statute fixes. They count calendar months.

The P1 indicator counts from removal; the court clock counts from the day a child is taken to
have entered foster care. They are two dates and a screen shows both (world W27).
"""

from __future__ import annotations

from datetime import date, timedelta

from careloom.kernel.clocks.calendar import add_months

ENTERED_CARE_DAYS = 60
"""Days after removal at which entry is fixed without a finding. 42 USC 675(5)(F)."""


def entered_care_on(*, removed_on: date, found_on: date | None) -> date:
    """Return the day of entry into foster care: a finding, or 60 days after removal, if earlier.

    `found_on` is the first judicial finding of abuse or neglect. A finding dated before the
    removal (an in-home case) does not start the clock earlier than the removal itself.
    Source: 42 USC 675(5)(F).
    """
    latest = removed_on + timedelta(days=ENTERED_CARE_DAYS)
    if found_on is None:
        return latest
    return min(max(found_on, removed_on), latest)


def permanency_hearing_due_on(*, entered_on: date, last_hearing_on: date | None = None, months: int = 12) -> date:
    """Return the last day for the next permanency hearing.

    The first is due 12 months after entry, each next one 12 months after the last hearing.
    Source: 42 USC 675(5)(C).
    """
    return add_months(start=last_hearing_on or entered_on, months=months)


def status_review_due_on(*, entered_on: date, last_review_on: date | None = None) -> date:
    """Return the last day for the next six-month status review. Source: 42 USC 675(5)(B)."""
    return add_months(start=last_review_on or entered_on, months=6)


def alert_dates(*, entered_on: date, months: tuple[int, ...] = (9, 10, 11)) -> tuple[date, ...]:
    """Return the days on which workers are warned of the 12-month hearing. Row R-174."""
    return tuple(add_months(start=entered_on, months=month) for month in months)
