"""Figures with their intervals: against values worked out by hand or printed by the methods' authors, and what must hold for all counts."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careloom.kernel.indicators import intervals
from careloom.kernel.indicators.definition import Indicator, Kind, read_indicator
from careloom.kernel.indicators.values import Tally, value_of


def indicator(kind: str, *, goal: str = "UP", per: int = 100) -> Indicator:
    """A definition of that kind; its words do not matter here."""
    words = dict.fromkeys(("title", "question", "unit", "success", "numerator", "denominator", "source", "basis", "owner"), "words")
    raw = {
        "code": "X",
        "domain": "CHILD",
        "theme": "PLANS",
        "kind": kind,
        "goal": goal,
        "per": per,
        "review_months": 12,
        "measure": {"recipe": "x.y"},
    }
    return read_indicator({**words, **raw})


COUNTS = st.integers(1, 5000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


def test_wilsons_interval_is_the_one_that_is_printed() -> None:
    # Newcombe 1998 (Statistics in Medicine 17:857), table I, method 3: 81/263, 15/148, 0/20, 1/29.
    printed = {(81, 263): (0.2553, 0.3662), (15, 148): (0.0624, 0.1605), (0, 20): (0.0, 0.1611), (1, 29): (0.0061, 0.1718)}
    for (part, whole), (low, high) in printed.items():
        found = intervals.share(part, whole)
        assert found is not None
        assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_newcombes_difference_is_the_one_that_is_printed() -> None:
    # Newcombe 1998 (Statistics in Medicine 17:873), table II, method 10: 56/70 - 48/80 and 10/10 - 0/20.
    printed = {((56, 70), (48, 80)): (0.0524, 0.3339), ((10, 10), (0, 20)): (0.6791, 1.0)}
    for (first, second), (low, high) in printed.items():
        found = intervals.difference(first, second)
        assert found is not None
        assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_byars_limits_are_near_the_exact_ones_of_poisson() -> None:
    # Exact 95 percent limits of a count of 10: 4.795 and 18.390 (Breslow and Day 1987).
    found = intervals.rate(10, 1, per=1)
    assert found is not None
    assert math.isclose(found.low, 4.795, rel_tol=0.01)
    assert math.isclose(found.high, 18.390, rel_tol=0.01)


def test_katzs_ratio_by_hand() -> None:
    # 20/100 over 10/100: the log's spread is sqrt(1/20 - 1/100 + 1/10 - 1/100) = sqrt(0.13) = 0.360555; 2 x exp(-/+ 1.959964 x 0.360555).
    found = intervals.ratio((20, 100), (10, 100))
    assert found is not None
    assert (round(found.low, 3), round(found.high, 3)) == (0.987, 4.054)


@given(COUNTS)
def test_a_share_lies_in_its_interval_and_more_people_narrow_it(counts: tuple[int, int]) -> None:
    part, whole = counts
    found, wider = intervals.share(part * 4, whole * 4), intervals.share(part, whole)
    assert found is not None
    assert wider is not None
    assert 0 <= wider.low <= part / whole <= wider.high <= 1
    assert found.high - found.low < wider.high - wider.low


@given(COUNTS, COUNTS)
def test_a_difference_turned_round_is_its_mirror(first: tuple[int, int], second: tuple[int, int]) -> None:
    there, back = intervals.difference(first, second), intervals.difference(second, first)
    assert there is not None
    assert back is not None
    assert math.isclose(there.low, -back.high, abs_tol=1e-12)
    assert math.isclose(there.high, -back.low, abs_tol=1e-12)
    assert there.holds(first[0] / first[1] - second[0] / second[1])


@given(st.integers(0, 3000), st.integers(1, 10**7), st.sampled_from([1, 1000, 100_000]))
def test_a_rate_lies_in_its_interval_whatever_it_is_shown_for(events: int, at_risk: int, per: int) -> None:
    found = intervals.rate(events, at_risk, per=per)
    assert found is not None
    assert 0 <= found.low <= events * per / at_risk <= found.high


@given(st.integers(1, 3000), st.integers(1, 10**6), st.integers(1, 3000), st.integers(1, 10**6))
def test_a_ratio_of_rates_turned_round_is_its_inverse(a: int, n: int, b: int, m: int) -> None:
    there, back = intervals.ratio_of_rates((a, n), (b, m)), intervals.ratio_of_rates((b, m), (a, n))
    assert there is not None
    assert back is not None
    assert math.isclose(there.low, 1 / back.high, rel_tol=1e-9)
    assert there.holds((a / n) / (b / m))


def test_a_figure_is_shown_in_its_own_unit() -> None:
    share = value_of(Tally(part=61, whole=100), indicator=indicator("SHARE"))
    assert share is not None
    assert share.interval is not None
    assert (share.shown, round(share.interval.low, 1), round(share.interval.high, 1)) == (61.0, 51.2, 70.0)
    rate = value_of(Tally(part=2, whole=160), indicator=indicator("RATE", per=100_000))
    assert rate is not None
    assert rate.shown == 1250.0
    count = value_of(Tally(part=7, whole=7), indicator=indicator("COUNT"))
    assert count is not None
    assert (count.shown, count.interval) == (7.0, None)
    mean = value_of(Tally(part=30, whole=12), indicator=indicator("MEAN", per=1))
    assert mean is not None
    assert (mean.shown, mean.interval) == (2.5, None)


def test_nobody_counted_is_no_figure_and_a_time_is_a_curve() -> None:
    assert value_of(Tally(part=0, whole=0), indicator=indicator("SHARE")) is None
    assert value_of(Tally(part=0, whole=0), indicator=indicator("RATE")) is None
    with pytest.raises(ValueError, match="median of its curve"):
        value_of(Tally(part=1, whole=2), indicator=indicator("TIME"))


def test_a_figure_of_ten_people_is_only_a_hint() -> None:
    few, enough = (value_of(Tally(part=5, whole=whole), indicator=indicator("SHARE")) for whole in (10, 11))
    assert few is not None
    assert enough is not None
    assert (few.few, enough.few) == (True, False)


def test_every_kind_but_a_time_has_a_figure() -> None:
    for kind in set(Kind) - {Kind.TIME}:
        assert value_of(Tally(part=12, whole=24), indicator=indicator(kind.value)) is not None


def test_the_more_we_ask_to_be_sure_the_wider_the_interval() -> None:
    found = [intervals.share(30, 90, confidence=confidence) for confidence in (0.8, 0.9, 0.95, 0.99)]
    widths = [each.high - each.low for each in found if each is not None]
    assert all(narrow < wide for narrow, wide in pairwise(widths))
