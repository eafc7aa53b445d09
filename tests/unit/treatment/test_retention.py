"""How long somebody stayed is computed from the stays and from nothing else."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careloom.treatment.retention import MARKS, Stay, retained

TODAY = date(2026, 3, 12)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_a_stay_that_lasts_counts_from_its_first_day() -> None:
    found = retained([Stay(starts_on=ago(100))], as_of=TODAY)
    assert found is not None
    assert (found.since, found.days, found.reached, found.next_mark, found.next_on) == (ago(100), 100, (30, 90), 180, ago(100) + timedelta(days=180))


def test_the_mark_is_reached_on_its_day() -> None:
    assert [retained([Stay(starts_on=ago(days))], as_of=TODAY).reached for days in (29, 30)] == [(), (30,)]  # type: ignore[union-attr]


def test_after_a_year_no_mark_is_ahead() -> None:
    found = retained([Stay(starts_on=ago(365))], as_of=TODAY)
    assert found is not None
    assert (found.reached, found.next_mark, found.next_on) == (MARKS, None, None)


def test_a_transfer_without_a_day_between_is_one_stay_and_a_gap_is_not() -> None:
    joined = [Stay(starts_on=ago(200), ends_on=ago(50)), Stay(starts_on=ago(49))]
    apart = [Stay(starts_on=ago(200), ends_on=ago(50)), Stay(starts_on=ago(48))]
    assert [found.since for found in (retained(joined, as_of=TODAY), retained(apart, as_of=TODAY)) if found] == [ago(200), ago(48)]


def test_nothing_is_retained_where_nothing_lasts() -> None:
    assert retained([], as_of=TODAY) is None
    assert retained([Stay(starts_on=ago(20), ends_on=ago(1))], as_of=TODAY) is None
    assert retained([Stay(starts_on=TODAY + timedelta(days=2))], as_of=TODAY) is None


spans = st.tuples(st.integers(0, 900), st.one_of(st.none(), st.integers(0, 900)))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(spans, max_size=8))
def test_the_order_of_the_stays_does_not_matter_and_the_marks_follow_the_days(drawn: list[tuple[int, int | None]]) -> None:
    stays = [Stay(starts_on=ago(begun), ends_on=None if length is None else ago(begun) + timedelta(days=length)) for begun, length in drawn]
    found = retained(stays, as_of=TODAY)
    assert found == retained(list(reversed(stays)), as_of=TODAY)
    if found is not None:
        assert found.days == (TODAY - found.since).days >= 0
        assert found.reached == tuple(mark for mark in MARKS if mark <= found.days)
        assert found.since in {stay.starts_on for stay in stays}
