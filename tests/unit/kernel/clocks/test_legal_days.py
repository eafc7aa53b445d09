"""Legal days, business days and months."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careloom.kernel.clocks import (
    BusinessCalendar,
    add_business_days,
    add_months,
    business_days_between,
    local_day,
    next_midnight,
    start_of_day,
)

NEW_YORK = "America/New_York"
CALENDAR = BusinessCalendar(zone=NEW_YORK, holidays={date(2026, 11, 26): "Thanksgiving Day"}, covers_to=date(2026, 12, 31))
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))
ZONES = st.sampled_from([NEW_YORK, "America/Los_Angeles", "America/Havana", "America/Santiago", "Asia/Beirut", "Pacific/Apia", "UTC"])


@pytest.mark.parametrize(
    ("day", "instant"),
    [
        (date(2026, 3, 7), datetime(2026, 3, 8, 5, tzinfo=UTC)),
        (date(2026, 3, 8), datetime(2026, 3, 9, 4, tzinfo=UTC)),
        (date(2026, 10, 31), datetime(2026, 11, 1, 4, tzinfo=UTC)),
        (date(2026, 11, 1), datetime(2026, 11, 2, 5, tzinfo=UTC)),
    ],
)
def test_a_legal_day_ends_at_local_midnight_across_daylight_saving(day: date, instant: datetime) -> None:
    assert next_midnight(day=day, zone=NEW_YORK) == instant


def test_a_day_has_23_25_or_24_hours() -> None:
    lengths = [
        next_midnight(day=day, zone=NEW_YORK) - start_of_day(day=day, zone=NEW_YORK)
        for day in (date(2026, 3, 8), date(2026, 11, 1), date(2026, 7, 1))
    ]
    assert lengths == [timedelta(hours=23), timedelta(hours=25), timedelta(hours=24)]


def test_where_the_clock_jumps_over_midnight_the_day_starts_at_the_jump() -> None:
    start = start_of_day(day=date(2026, 3, 8), zone="America/Havana")
    assert start == datetime(2026, 3, 8, 5, tzinfo=UTC)
    assert local_day(at=start, zone="America/Havana") == date(2026, 3, 8)
    assert local_day(at=start - timedelta(microseconds=1), zone="America/Havana") == date(2026, 3, 7)


@given(day=DAYS, zone=ZONES)
def test_the_last_instant_of_a_day_is_in_it_and_the_next_is_not(day: date, zone: str) -> None:
    end = next_midnight(day=day, zone=zone)
    assert local_day(at=end - timedelta(microseconds=1), zone=zone) == day
    assert local_day(at=end, zone=zone) == day + timedelta(days=1)


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="aware datetime"):
        local_day(at=datetime(2026, 1, 1), zone=NEW_YORK)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        (date(2026, 11, 24), 1, date(2026, 11, 25)),
        (date(2026, 11, 25), 1, date(2026, 11, 27)),
        (date(2026, 11, 25), 2, date(2026, 11, 30)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2026, 11, 21), 0, date(2026, 11, 23)),
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
    ],
)
def test_business_days_pass_over_weekend_and_holiday(start: date, days: int, expected: date) -> None:
    assert add_business_days(start=start, days=days, calendar=CALENDAR) == expected


@given(start=DAYS, days=st.integers(1, 40))
def test_counting_back_gives_the_number_counted_forward(start: date, days: int) -> None:
    end = add_business_days(start=start, days=days, calendar=CALENDAR)
    assert CALENDAR.is_business_day(end)
    assert business_days_between(start=start, end=end, calendar=CALENDAR) == days


def test_a_calendar_says_how_far_it_is_written() -> None:
    assert CALENDAR.is_known(date(2026, 12, 31))
    assert not CALENDAR.is_known(date(2027, 1, 1))


def test_a_calendar_without_working_days_or_a_negative_count_is_refused() -> None:
    closed = BusinessCalendar(zone=NEW_YORK, weekend=frozenset(range(1, 8)))
    with pytest.raises(ValueError, match="no business days"):
        add_business_days(start=date(2026, 1, 1), days=1, calendar=closed)
    with pytest.raises(ValueError, match="cannot be negative"):
        add_business_days(start=date(2026, 1, 1), days=-1, calendar=CALENDAR)


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 12, 15), 1, date(2025, 1, 15)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2024, 5, 5), 0, date(2024, 5, 5)),
    ],
)
def test_months_keep_the_day_or_take_the_last(start: date, months: int, expected: date) -> None:
    assert add_months(start=start, months=months) == expected
