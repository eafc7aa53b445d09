from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from careloom.demo.draw import Draw, after_working_days, instant, months_before, working_day


def test_the_same_stream_gives_the_same_answers_and_another_table_gives_others():
    first = [Draw(seed=1, table="birth", number=3).share() for _ in range(2)]
    assert first[0] == first[1]
    assert Draw(seed=1, table="plan", number=3).share() != first[0]
    assert Draw(seed=1, table="birth", number=4).share() != first[0]
    assert Draw(seed=2, table="birth", number=3).share() != first[0]


def test_a_lognormal_keeps_its_median():
    draw = Draw(seed=5, table="days", number=1)
    days = sorted(draw.days(median=38, sigma=0.5) for _ in range(2001))
    assert 36 <= days[1000] <= 40
    assert days[0] >= 0


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 3, 12), 15, date(2024, 12, 12)),
    ],
)
def test_months_before_keeps_the_day_or_takes_the_last_of_the_month(day, months, expected):
    assert months_before(day, months=months) == expected


def test_working_days_skip_the_weekend():
    assert working_day(date(2026, 3, 14)) == date(2026, 3, 16)
    assert working_day(date(2026, 3, 13)) == date(2026, 3, 13)
    assert after_working_days(date(2026, 3, 13), count=4) == date(2026, 3, 19)


def test_an_instant_knows_daylight_saving():
    assert instant(day=date(2026, 3, 7), hour=9) == datetime(2026, 3, 7, 14, tzinfo=UTC)
    assert instant(day=date(2026, 3, 9), hour=9) == datetime(2026, 3, 9, 13, tzinfo=UTC)
