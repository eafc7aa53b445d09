"""Review schedules of a plan, and who is told when a review is late.

Source: plan-content 2.7 (30, 60, 90 days, then every 90 days to 12 months) and workflows 6.2
(overdue: notice at once, supervisor after 3 business days, partnership after 10).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from careloom.kernel.clocks.calendar import BusinessCalendar, add_business_days


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewSchedule:
    """Days after the start on which a plan is reviewed.

    `days` come first; after the last of them a review falls each `then_every` days, up to and
    with day `until_day`. Without `then_every` only `days` count.
    """

    days: tuple[int, ...]
    then_every: int | None = None
    until_day: int = 365

    def __post_init__(self) -> None:
        """Refuse a schedule that does not move forward."""
        if not self.days or self.days[0] < 1 or any(b <= a for a, b in pairwise(self.days)):
            raise ValueError("Review days must start at 1 or later and rise. Correct the list.")
        if self.then_every is not None and self.then_every < 1:
            raise ValueError("Reviews cannot repeat more often than daily. Correct then_every.")
        if self.until_day < self.days[-1]:
            raise ValueError("The schedule ends before its last review day. Correct until_day.")


def review_days(*, schedule: ReviewSchedule) -> tuple[int, ...]:
    """Return the day numbers of every review, in order."""
    if schedule.then_every is None:
        return schedule.days
    step, last = schedule.then_every, schedule.days[-1]
    return schedule.days + tuple(range(last + step, schedule.until_day + 1, step))


def review_dates(*, start: date, schedule: ReviewSchedule) -> tuple[date, ...]:
    """Return the date of every review of a plan that started on `start`."""
    return tuple(start + timedelta(days=day) for day in review_days(schedule=schedule))


def next_review(*, start: date, schedule: ReviewSchedule, after: date) -> date | None:
    """Return the first review later than `after`, or None when the schedule has ended."""
    return next((d for d in review_dates(start=start, schedule=schedule) if d > after), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class EscalationStep:
    """One step: who is told, so many business days after the due day."""

    after_business_days: int
    tell: str


def escalation_step(
    *,
    due: date,
    as_of: date,
    steps: tuple[EscalationStep, ...],
    calendar: BusinessCalendar,
) -> EscalationStep | None:
    """Return the highest step reached at `as_of` for a thing due on `due` and not done.

    On the due day itself nothing is late, so a step of 0 is reached the day after it.
    """
    reached = [step for step in steps if as_of > due and as_of >= _falls_on(due, step, calendar)]
    return max(reached, key=lambda step: step.after_business_days, default=None)


def _falls_on(due: date, step: EscalationStep, calendar: BusinessCalendar) -> date:
    if step.after_business_days == 0:
        return due + timedelta(days=1)
    return add_business_days(start=due, days=step.after_business_days, calendar=calendar)
