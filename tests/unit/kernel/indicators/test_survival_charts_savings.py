"""Curves of time, charts of rare events, and what was saved: by hand, and what must hold for all."""

from __future__ import annotations

import math
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from careloom.kernel.indicators import charts
from careloom.kernel.indicators.charts import Signal
from careloom.kernel.indicators.savings import avoided_amount, avoided_cases
from careloom.kernel.indicators.survival import Day, at_risk, curve, limits, median, median_limits, still_waiting
from careloom.kernel.indicators.values import Tally

# Remission times of Freireich 1963, treated arm (Kalbfleisch and Prentice, table 1.1): day, how many came on it, how many were seen no longer.
_TIMES = (
    (6, 3, 4), (7, 1, 1), (9, 0, 1), (10, 1, 2), (11, 0, 1), (13, 1, 1), (16, 1, 1), (17, 0, 1), (19, 0, 1), (20, 0, 1), (22, 1, 1), (23, 1, 1),
    (25, 0, 1), (32, 0, 2), (34, 0, 1), (35, 0, 1),
)  # fmt: skip
REMISSION = [Day(days=days, came=came, seen=seen) for days, came, seen in _TIMES]


def test_the_textbooks_curve_with_its_limits() -> None:
    steps = curve(REMISSION)
    assert [round(float(step.waiting), 4) for step in steps] == [0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482]
    assert [step.at_risk for step in steps] == [21, 17, 15, 12, 11, 7, 6]
    # Log-log limits of the first and the last step, as statistical packages print them.
    bounds = [(round(each.low, 3), round(each.high, 3)) for each in (limits(steps)[0], limits(steps)[-1])]
    assert bounds == [(0.620, 0.952), (0.188, 0.680)]
    assert median(steps) == 23
    assert median_limits(steps) == (13, None)
    assert at_risk(REMISSION, at=[0, 6, 7, 20, 36]) == [21, 21, 17, 8, 0]
    assert still_waiting(steps, at=12) == steps[2].waiting


DAYS = st.lists(st.tuples(st.integers(0, 400), st.booleans()), min_size=1, max_size=60).map(
    lambda pairs: [
        Day(days=day, came=sum(came for other, came in pairs if other == day), seen=sum(other == day for other, _ in pairs))
        for day in {day for day, _ in pairs}
    ]
)


@given(DAYS)
def test_a_curve_falls_within_its_limits(days: list[Day]) -> None:
    steps = curve(days)
    waiting = [step.waiting for step in steps]
    assert waiting == sorted(waiting, reverse=True)
    assert all(0 <= share < 1 for share in waiting)
    for step, bound in zip(steps, limits(steps), strict=True):
        assert 0 <= bound.low <= float(step.waiting) + 1e-12
        assert float(step.waiting) <= bound.high + 1e-12 <= 1 + 1e-9


@given(DAYS)
def test_without_anybody_cut_off_a_curve_is_the_plain_share(days: list[Day]) -> None:
    whole = [Day(days=day.days, came=day.seen, seen=day.seen) for day in days]
    everybody = sum(day.seen for day in whole)
    for step in curve(whole):
        assert step.waiting == Fraction(sum(day.seen for day in whole if day.days > step.days), everybody)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 50)).map(lambda pair: (min(pair), max(pair[1], pair[0]))), min_size=1, max_size=30))
def test_a_share_that_never_changes_gives_no_signal(counts: list[tuple[int, int]]) -> None:
    part, whole = counts[0]
    assert not charts.of_shares([(part, whole)] * len(counts)).changed


def test_a_month_far_outside_is_told_and_a_long_run_too() -> None:
    calm = [(10, 100), (12, 100), (9, 100), (11, 100)] * 3
    assert [point.signal for point in charts.of_shares([*calm, (60, 100)]).points].index(Signal.OUTSIDE) == 12
    shifted = charts.of_shares([(10, 100)] * 8 + [(14, 100)] * 8)
    assert [point.signal for point in shifted.points] == [*[Signal.NONE] * 7, Signal.RUN, *[Signal.NONE] * 7, Signal.RUN]


def test_a_point_on_the_middle_line_neither_counts_nor_ends_a_run() -> None:
    chart = charts.of_rates([(4, 100)] * 4 + [(6, 100)] + [(4, 100)] * 4 + [(10, 100), (8, 100), (6, 100)], per=100)
    assert math.isclose(chart.middle, 62 / 12)
    on_the_line = charts.of_rates([(1, 10)] * 4 + [(2, 10)] + [(1, 10)] * 4 + [(4, 10), (3, 10), (3, 10), (2, 10), (2, 10)], per=10)
    assert math.isclose(on_the_line.middle, 24 / 14)
    exact = charts.of_rates([(1, 10)] * 4 + [(2, 10)] + [(1, 10)] * 4 + [(3, 10)] * 8, per=10)
    assert math.isclose(exact.middle, 2.0)
    assert [point.signal for point in exact.points].index(Signal.RUN) == 8


def test_days_between_rare_events_by_hand() -> None:
    # Mean 30: the middle is 20.79, the upper limit 30 + 3 x sqrt(30 x 31) = 121.49; a gap of 150 days is good news that chance does not explain.
    gaps = [10, 20, 15, 5, 25, 12, 8, 30, 150, 25]
    chart = charts.between(gaps)
    assert math.isclose(chart.middle, 0.693 * 30)
    assert round(chart.points[0].high, 2) == 121.49
    assert [point.signal for point in chart.points].index(Signal.OUTSIDE) == 8
    assert charts.between([]).points == ()


def test_early_births_avoided() -> None:
    # 14 of 100 among ours, 20 of 100 in the comparison: six fewer among our 100; the interval of the difference reaches below zero.
    found = avoided_cases(Tally(part=14, whole=100), Tally(part=20, whole=100))
    assert found is not None
    assert found.low is not None
    assert (found.units, found.sure) == (6, False)
    assert found.low < 0
    sure = avoided_cases(Tally(part=140, whole=1000), Tally(part=200, whole=1000))
    assert sure is not None
    assert (sure.units, sure.sure) == (60, True)


def test_days_avoided_have_no_range() -> None:
    found = avoided_amount(Tally(part=820, whole=100), Tally(part=1490, whole=100))
    assert found is not None
    assert (found.units, found.low, found.sure) == (670, None, False)


def test_nobody_saves_nothing() -> None:
    assert avoided_cases(Tally(part=0, whole=0), Tally(part=1, whole=2)) is None
    assert avoided_amount(Tally(part=0, whole=0), Tally(part=1, whole=2)) is None


@given(st.integers(0, 200), st.integers(1, 200), st.integers(0, 200), st.integers(1, 200))
def test_what_is_saved_one_way_is_lost_the_other(part: int, whole: int, other: int, others: int) -> None:
    found, back = avoided_amount(Tally(part=part, whole=whole), Tally(part=other, whole=others)), avoided_amount(
        Tally(part=other, whole=others), Tally(part=part, whole=whole)
    )  # fmt: skip
    assert found is not None
    assert back is not None
    assert found.units * others == -back.units * whole
