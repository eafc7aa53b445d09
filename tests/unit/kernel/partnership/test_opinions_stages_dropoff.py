"""What answers say, at which stage a collaborative is, and where families are lost: pure rules."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careloom.kernel.partnership.dropoff import apart, kept, shown, shown_by_group
from careloom.kernel.partnership.opinions import Counts, Verdict, gap, priority, together, verdict
from careloom.kernel.partnership.stages import INDICATORS, Stage, missing_next, stage_reached

ALL = Counts.of({5: 6, 4: 2, 1: 2, 0: 2})


def test_shares_are_of_those_on_the_scale() -> None:
    assert (ALL.said, ALL.everybody) == (10, 12)
    assert (ALL.agree, ALL.disagree) == (0.8, 0.2)
    assert ALL.mean == 4.0
    assert round(ALL.spread, 3) == 1.549
    assert ALL.turned().agree == 0.2
    assert Counts.of({0: 3}).mean is None


@pytest.mark.parametrize(
    ("whole", "groups", "expected"),
    [
        ({5: 8, 1: 2}, [], Verdict.SHARED),
        ({1: 8, 5: 2}, [], Verdict.SHARED),
        ({5: 5, 1: 5}, [], Verdict.CONTESTED),
        ({5: 8, 1: 2}, [{5: 5}, {5: 3, 1: 2}], Verdict.CONTESTED),
        ({5: 5, 0: 5}, [], Verdict.UNKNOWN),
        ({5: 13, 1: 7}, [], Verdict.MIXED),
        ({0: 9}, [], Verdict.UNKNOWN),
    ],
)
def test_a_statement_is_shared_contested_unknown_or_mixed(whole: dict[int, int], groups: list[dict[int, int]], expected: Verdict) -> None:
    assert verdict(Counts.of(whole), [Counts.of(one) for one in groups]) is expected


def test_thirty_points_between_groups_are_a_divergence_and_votes_weigh_low_capacity() -> None:
    assert gap([Counts.of({5: 10}), Counts.of({5: 7, 1: 3})]) == 0.3
    assert gap([Counts.of({5: 10})]) == 0.0
    assert together([Counts.of({5: 1}), Counts.of({5: 2, 1: 1})]) == Counts.of({5: 3, 1: 1})
    assert priority(votes=0.5, mean=1.0) > priority(votes=0.5, mean=4.0) > priority(votes=0.0, mean=1.0) == 0.0


def test_a_stage_needs_seventy_of_a_hundred_of_its_own_and_of_each_before_it() -> None:
    one, two, three, four = (list(INDICATORS[stage]) for stage in INDICATORS)
    assert stage_reached([]) is Stage.NONE
    assert stage_reached(one[:2]) is Stage.NONE
    assert stage_reached(one[:3]) is Stage.EXCHANGE
    assert stage_reached([*two, *three, *four]) is Stage.NONE
    assert stage_reached([*one, *two[:3], *three[:3]]) is Stage.JOINT_PROJECTS
    assert stage_reached([*one, *two, *three[:4]]) is Stage.CHANGING_RULES
    assert stage_reached([*one, *two, *three, *four]) is Stage.CHANGING_SYSTEM
    assert missing_next(one) == tuple(two)
    assert missing_next([*one, *two, *three, *four]) == ()


@given(st.lists(st.one_of(st.none(), st.integers(min_value=0, max_value=60)), max_size=8))
def test_neither_a_step_nor_a_loss_between_steps_is_small(counts: list[int | None]) -> None:
    found = [count for count in shown(counts) if count is not None]
    assert all(count == 0 or count >= 11 for count in found)
    assert all(abs(a - b) == 0 or abs(a - b) >= 11 for a, b in combinations(found, 2))


@given(st.lists(st.lists(st.integers(min_value=0, max_value=60), min_size=4, max_size=4), min_size=2, max_size=4))
def test_a_step_shows_all_its_groups_or_none(groups: list[list[int]]) -> None:
    for step in zip(*shown_by_group(groups), strict=True):
        assert all(count is None for count in step) or all(count is not None and (count == 0 or count >= 11) for count in step)


def test_a_share_has_its_bounds() -> None:
    way = kept(96, 70)
    assert way is not None
    low, high = way.bounds
    assert (round(way.share, 3), round(low, 3), round(high, 3)) == (0.729, 0.633, 0.808)
    assert kept(None, 3) is None
    assert kept(0, 0) is None
    assert kept(12, 40) is None


def test_two_groups_lie_apart_only_by_more_than_chance() -> None:
    pine, harbor = kept(40, 29), kept(30, 12)
    assert pine is not None
    assert harbor is not None
    bounds = apart(pine, harbor)
    assert bounds is not None
    assert tuple(round(bound, 3) for bound in bounds) == (0.091, 0.517)
    assert apart(harbor, pine) is None
    half = kept(40, 20)
    assert half is not None
    assert apart(half, harbor) is None
