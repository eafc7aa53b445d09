"""Due rules, review schedules, escalation, and the court clocks of world W27."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from careloom.kernel.clocks import (
    BusinessCalendar,
    DueRule,
    EscalationStep,
    ReviewSchedule,
    Unit,
    alert_dates,
    due_at,
    due_on,
    entered_care_on,
    escalation_step,
    next_review,
    permanency_hearing_due_on,
    review_dates,
    review_days,
    status_review_due_on,
)

CALENDAR = BusinessCalendar(zone="America/New_York", holidays={date(2026, 11, 26): "Thanksgiving Day"})
STEPS = (
    EscalationStep(after_business_days=0, tell="LEAD"),
    EscalationStep(after_business_days=3, tell="SUPERVISOR"),
    EscalationStep(after_business_days=10, tell="PARTNERSHIP"),
)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (DueRule(unit=Unit.IMMEDIATE), date(2026, 11, 25)),
        (DueRule(unit=Unit.HOURS, amount=72), date(2026, 11, 28)),
        (DueRule(unit=Unit.HOURS, amount=1), date(2026, 11, 26)),
        (DueRule(unit=Unit.DAYS, amount=7), date(2026, 12, 2)),
        (DueRule(unit=Unit.BUSINESS_DAYS, amount=2), date(2026, 11, 30)),
        (DueRule(unit=Unit.MONTHS, amount=12), date(2027, 11, 25)),
    ],
)
def test_due_on(rule: DueRule, expected: date) -> None:
    assert due_on(start=date(2026, 11, 25), rule=rule, calendar=CALENDAR) == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (DueRule(unit=Unit.IMMEDIATE), datetime(2026, 10, 31, 3, 30, tzinfo=UTC)),
        (DueRule(unit=Unit.HOURS, amount=72), datetime(2026, 11, 3, 3, 30, tzinfo=UTC)),
        (DueRule(unit=Unit.DAYS, amount=2), datetime(2026, 11, 2, 5, tzinfo=UTC)),
        (DueRule(unit=Unit.BUSINESS_DAYS, amount=1), datetime(2026, 11, 3, 5, tzinfo=UTC)),
    ],
)
def test_due_at_counts_elapsed_hours_and_local_days(rule: DueRule, expected: datetime) -> None:
    late_friday_evening = datetime(2026, 10, 31, 3, 30, tzinfo=UTC)
    assert due_at(start=late_friday_evening, rule=rule, calendar=CALENDAR) == expected


def test_a_rule_that_cannot_be_counted_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot look back"):
        DueRule(unit=Unit.DAYS, amount=-1)
    with pytest.raises(ValueError, match="takes no amount"):
        DueRule(unit=Unit.IMMEDIATE, amount=1)


def test_reviews_fall_at_30_60_90_and_then_each_90_to_a_year() -> None:
    schedule = ReviewSchedule(days=(30, 60, 90), then_every=90, until_day=365)
    assert review_days(schedule=schedule) == (30, 60, 90, 180, 270, 360)
    assert review_dates(start=date(2026, 1, 1), schedule=schedule)[:3] == (date(2026, 1, 31), date(2026, 3, 2), date(2026, 4, 1))
    assert next_review(start=date(2026, 1, 1), schedule=schedule, after=date(2026, 1, 31)) == date(2026, 3, 2)
    assert next_review(start=date(2026, 1, 1), schedule=schedule, after=date(2027, 1, 1)) is None


def test_a_schedule_without_repeat_ends_with_its_list() -> None:
    assert review_days(schedule=ReviewSchedule(days=(14, 45))) == (14, 45)


@pytest.mark.parametrize("bad", [{"days": ()}, {"days": (30, 30)}, {"days": (0,)}, {"days": (30,), "then_every": 0}, {"days": (400,)}])
def test_a_schedule_that_does_not_move_forward_is_refused(bad: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="Correct"):
        ReviewSchedule(**bad)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("as_of", "told"),
    [
        (date(2026, 11, 20), None),
        (date(2026, 11, 21), "LEAD"),
        (date(2026, 11, 24), "LEAD"),
        (date(2026, 11, 25), "SUPERVISOR"),
        (date(2026, 12, 6), "SUPERVISOR"),
        (date(2026, 12, 7), "PARTNERSHIP"),
    ],
)
def test_an_overdue_review_rises_after_0_3_and_10_business_days(as_of: date, told: str | None) -> None:
    step = escalation_step(due=date(2026, 11, 20), as_of=as_of, steps=STEPS, calendar=CALENDAR)
    assert (step.tell if step else None) == told


@pytest.mark.parametrize(
    ("removed", "found", "entered", "hearing"),
    [
        (date(2024, 1, 1), date(2024, 2, 20), date(2024, 2, 20), date(2025, 2, 20)),
        (date(2024, 1, 1), date(2024, 4, 10), date(2024, 3, 1), date(2025, 3, 1)),
        (date(2024, 1, 1), date(2024, 2, 29), date(2024, 2, 29), date(2025, 2, 28)),
        (date(2024, 1, 31), date(2024, 3, 30), date(2024, 3, 30), date(2025, 3, 30)),
    ],
)
def test_world_w27_the_court_clock_starts_at_the_finding_or_60_days(removed: date, found: date, entered: date, hearing: date) -> None:
    assert entered_care_on(removed_on=removed, found_on=found) == entered
    assert permanency_hearing_due_on(entered_on=entered) == hearing


def test_no_finding_or_an_earlier_one_does_not_move_the_clock_out_of_its_bounds() -> None:
    assert entered_care_on(removed_on=date(2024, 1, 1), found_on=None) == date(2024, 3, 1)
    assert entered_care_on(removed_on=date(2024, 1, 1), found_on=date(2023, 11, 1)) == date(2024, 1, 1)


def test_later_hearings_and_reviews_count_from_the_last_one() -> None:
    entered = date(2024, 2, 29)
    assert permanency_hearing_due_on(entered_on=entered, last_hearing_on=date(2025, 2, 10)) == date(2026, 2, 10)
    assert status_review_due_on(entered_on=entered) == date(2024, 8, 29)
    assert status_review_due_on(entered_on=entered, last_review_on=date(2024, 8, 1)) == date(2025, 2, 1)
    assert alert_dates(entered_on=entered) == (date(2024, 11, 29), date(2024, 12, 29), date(2025, 1, 29))
