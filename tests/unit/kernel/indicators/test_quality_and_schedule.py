"""The test of a proposed measure (R-084), and figures that go on a schedule (R-201)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careloom.kernel.indicators.quality import Facet, Judged, Verdict, verdict
from careloom.kernel.indicators.schedule import Every, InTime, due, periods

ALL = dict.fromkeys(Facet, Judged.YES)


def test_a_measure_is_fit_only_when_all_four_points_hold() -> None:
    assert verdict(ALL) is Verdict.FIT
    for facet in Facet:
        assert verdict({one: how for one, how in ALL.items() if one is not facet}) is Verdict.OPEN
        assert verdict(ALL | {facet: Judged.PARTLY}) is Verdict.WITH_CARE
        unfit = facet in (Facet.VALID, Facet.AVAILABLE)
        assert verdict(ALL | {facet: Judged.NO}) is (Verdict.UNFIT if unfit else Verdict.WITH_CARE)


def test_a_period_is_due_after_it_is_over_and_stays_late_until_it_is_sent() -> None:
    found = due(every=Every.QUARTER, first=date(2025, 1, 1), days=30, today=date(2025, 10, 15), sent={date(2025, 1, 1): date(2025, 5, 1)})
    assert [(one.starts_on, one.ends_on, one.stands) for one in found] == [
        (date(2025, 7, 1), date(2025, 9, 30), InTime.DUE),
        (date(2025, 4, 1), date(2025, 6, 30), InTime.LATE),
        (date(2025, 1, 1), date(2025, 3, 31), InTime.SENT_LATE),
    ]
    on_the_day = due(every=Every.YEAR, first=date(2024, 1, 1), days=31, today=date(2025, 1, 31), sent={})
    assert [one.stands for one in on_the_day] == [InTime.DUE]
    sent = due(every=Every.YEAR, first=date(2024, 1, 1), days=31, today=date(2025, 3, 1), sent={date(2024, 1, 1): date(2025, 1, 31)})
    assert [one.stands for one in sent] == [InTime.IN_TIME]


def test_the_last_day_of_a_period_is_not_after_it() -> None:
    assert list(periods(every=Every.MONTH, first=date(2025, 1, 1), until=date(2025, 1, 31))) == []
    assert list(periods(every=Every.MONTH, first=date(2025, 1, 1), until=date(2025, 2, 1))) == [(date(2025, 1, 1), date(2025, 1, 31))]
    with pytest.raises(ValueError, match="first day"):
        list(periods(every=Every.MONTH, first=date(2025, 1, 2), until=date(2025, 3, 1)))


@given(st.sampled_from(Every), st.dates(date(2020, 1, 1), date(2026, 1, 1)), st.integers(0, 3000))
def test_periods_follow_each_other_without_a_gap(every: Every, day: date, more: int) -> None:
    first = day.replace(day=1)
    found = list(periods(every=every, first=first, until=first + timedelta(days=more)))
    assert all(after[0] == before[1] + timedelta(days=1) for before, after in pairwise(found))
    assert all(end < first + timedelta(days=more) for _start, end in found)
