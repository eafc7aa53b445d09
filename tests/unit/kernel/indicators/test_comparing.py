"""Better, worse, chance or too early: worked out by hand, and what must hold whatever the counts are."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.kernel.indicators.test_intervals_and_values import COUNTS, indicator

from careloom.kernel.indicators.comparing import Change, Median, Reached, against, compare, compare_times, disparity
from careloom.kernel.indicators.definition import Goal
from careloom.kernel.indicators.values import Tally, value_of


def tally(part: int, whole: int) -> Tally:
    return Tally(part=part, whole=whole)


TURNED = {Change.BETTER: Change.WORSE, Change.WORSE: Change.BETTER}


def test_a_share_that_rose_by_more_than_chance_is_better_where_up_is_the_goal() -> None:
    # 56/70 - 48/80 is 20.0 points, 5.2 to 33.4 (Newcombe 1998, method 10).
    found = compare(tally(56, 70), tally(48, 80), indicator=indicator("SHARE"))
    assert found.difference is not None
    assert found.interval is not None
    assert (found.change, round(found.difference, 6), round(found.interval.low, 2), round(found.interval.high, 2)) == (
        Change.BETTER,
        20.0,
        5.24,
        33.39,
    )
    assert compare(tally(56, 70), tally(48, 80), indicator=indicator("SHARE", goal="DOWN")).change is Change.WORSE
    assert compare(tally(56, 70), tally(48, 80), indicator=indicator("SHARE", goal="KNOWN")).change is Change.DIFFERENT


def test_small_differences_are_chance_and_few_people_too_early() -> None:
    assert compare(tally(50, 100), tally(48, 100), indicator=indicator("SHARE")).change is Change.CHANCE
    assert compare(tally(10, 10), tally(0, 500), indicator=indicator("SHARE")).change is Change.TOO_EARLY
    assert compare(tally(0, 0), tally(5, 50), indicator=indicator("SHARE")).change is Change.TOO_EARLY


def test_rates_and_counts_are_compared_as_events() -> None:
    moves = indicator("RATE", goal="DOWN", per=1000)
    assert compare(tally(40, 10_000), tally(80, 10_000), indicator=moves).change is Change.BETTER
    assert compare(tally(1, 900), tally(3, 900), indicator=moves).change is Change.TOO_EARLY
    assert compare(tally(100, 100), tally(50, 50), indicator=indicator("COUNT", goal="UP")).change is Change.BETTER
    assert compare(tally(52, 52), tally(50, 50), indicator=indicator("COUNT", goal="UP")).change is Change.CHANCE


def test_amounts_are_told_and_not_judged() -> None:
    found = compare(tally(30, 10), tally(20, 10), indicator=indicator("MEAN", goal="DOWN", per=1))
    assert (found.change, found.difference, found.interval) == (Change.NOT_JUDGED, 1.0, None)


@given(COUNTS, COUNTS, st.sampled_from(["UP", "DOWN"]))
def test_comparing_the_other_way_round_turns_the_verdict(first: tuple[int, int], second: tuple[int, int], goal: str) -> None:
    asked = indicator("SHARE", goal=goal)
    there, back = compare(tally(*first), tally(*second), indicator=asked), compare(tally(*second), tally(*first), indicator=asked)
    assert back.change is TURNED.get(there.change, there.change)


@given(COUNTS)
def test_nothing_differs_from_itself(counts: tuple[int, int]) -> None:
    found = compare(tally(*counts), tally(*counts), indicator=indicator("SHARE"))
    assert found.change in {Change.CHANCE, Change.TOO_EARLY}
    assert found.difference == 0


@given(COUNTS, COUNTS)
def test_a_verdict_agrees_with_the_sign_of_the_difference(first: tuple[int, int], second: tuple[int, int]) -> None:
    found = compare(tally(*first), tally(*second), indicator=indicator("SHARE"))
    if found.change is Change.BETTER:
        assert first[0] * second[1] > second[0] * first[1]
    if found.change is Change.WORSE:
        assert first[0] * second[1] < second[0] * first[1]


def test_a_disparity_is_a_ratio_with_its_interval() -> None:
    # Newborn tests ordered: 7.3 and 1.7 of 100 (JAMA Network Open 2023), here of 1,000 births each: 4.29 times as often.
    found = disparity(tally(73, 1000), tally(17, 1000), indicator=indicator("SHARE", goal="KNOWN"))
    assert found.ratio is not None
    assert found.interval is not None
    spread = 1.959964 * math.sqrt(1 / 73 - 1 / 1000 + 1 / 17 - 1 / 1000)
    assert math.isclose(found.ratio, 73 / 17)
    assert math.isclose(found.interval.low, 73 / 17 * math.exp(-spread), rel_tol=1e-6)
    assert found.change is Change.DIFFERENT
    assert disparity(tally(20, 1000), tally(17, 1000), indicator=indicator("SHARE", goal="KNOWN")).change is Change.CHANCE
    assert disparity(tally(0, 1000), tally(17, 1000), indicator=indicator("SHARE")).change is Change.TOO_EARLY
    assert disparity(tally(3, 1000), tally(0, 1000), indicator=indicator("SHARE")).change is Change.TOO_EARLY
    with pytest.raises(ValueError, match="no ratio"):
        disparity(tally(3, 3), tally(2, 2), indicator=indicator("COUNT"))


def test_a_rate_of_notifications_may_pass_its_whole() -> None:
    found = disparity(tally(150, 100), tally(60, 100), indicator=indicator("RATE", goal="KNOWN"))
    assert found.ratio == 2.5
    assert found.change is Change.DIFFERENT


def test_medians_differ_when_their_days_do_not_meet() -> None:
    early, late = Median(days=20, low=15, high=25, seen=80), Median(days=60, low=40, high=None, seen=80)
    assert compare_times(early, late, goal=Goal.DOWN).change is Change.BETTER
    assert compare_times(late, early, goal=Goal.DOWN).change is Change.WORSE
    assert compare_times(early, Median(days=24, low=22, high=30, seen=80), goal=Goal.DOWN).change is Change.CHANCE
    assert compare_times(early, Median(days=None, low=None, high=None, seen=80), goal=Goal.DOWN).change is Change.TOO_EARLY
    assert compare_times(early, Median(days=60, low=40, high=None, seen=10), goal=Goal.DOWN).change is Change.TOO_EARLY


@pytest.mark.parametrize(("part", "goal", "target", "reached"), [
    (80, "UP", 60.0, Reached.REACHED), (62, "UP", 60.0, Reached.NEAR), (40, "UP", 60.0, Reached.NOT_YET),
    (20, "DOWN", 40.0, Reached.REACHED), (38, "DOWN", 40.0, Reached.NEAR), (70, "DOWN", 40.0, Reached.NOT_YET),
])  # fmt: skip
def test_a_target_is_reached_when_the_whole_interval_is_there(part: int, goal: str, target: float, reached: Reached) -> None:
    asked = indicator("SHARE", goal=goal)
    assert against(value_of(tally(part, 100), indicator=asked), target=target, goal=Goal(goal)) is reached
    assert against(None, target=target, goal=Goal(goal)) is Reached.TOO_EARLY


def test_what_is_only_to_be_known_has_no_target() -> None:
    with pytest.raises(ValueError, match="no target"):
        against(None, target=1.0, goal=Goal.KNOWN)
