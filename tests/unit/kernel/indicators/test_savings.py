"""A saving is a range against a comparison, with every step (R-098)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careloom.kernel.indicators.savings import Counted, NotComparable, Part, Range, savings

DAY = Range(value=5000.0, low=1500.0, high=7500.0)
BIRTH = Range(value=60000.0, low=30000.0, high=90000.0)
COSTS = {Part.NICU_DAY: DAY, Part.HOSPITAL_NIGHT: DAY, Part.FOSTER_DAY: Range(value=100.0, low=30.0, high=400.0), Part.PRETERM_BIRTH: BIRTH}


def test_what_was_expected_comes_from_the_comparison_at_our_number_of_families() -> None:
    found = savings(families=100, compared=200, counted=[Counted(part=Part.NICU_DAY, ours=300, theirs=1000)], costs=COSTS)
    (step,) = found.steps
    assert step.expected == 500
    assert step.avoided == Range(value=200, low=200, high=200)
    assert found.saved == Range(value=1_000_000, low=300_000, high=1_500_000)
    assert found.left is None
    assert not found.unclear


def test_what_the_help_cost_is_taken_off_at_both_ends() -> None:
    paid = Range(value=800_000.0, low=800_000.0, high=800_000.0)
    found = savings(families=100, compared=200, counted=[Counted(part=Part.NICU_DAY, ours=300, theirs=1000)], costs=COSTS, paid=paid)
    assert found.left == Range(value=200_000, low=-500_000, high=700_000)
    assert found.unclear


def test_more_days_than_expected_are_a_cost_and_its_ends_are_not_crossed() -> None:
    found = savings(families=100, compared=100, counted=[Counted(part=Part.FOSTER_DAY, ours=700, theirs=600)], costs=COSTS)
    assert found.saved == Range(value=-10_000, low=-40_000, high=-3_000)


def test_chance_is_told_for_births_and_an_early_birth_is_not_added_beside_its_own_days() -> None:
    births = Counted(part=Part.PRETERM_BIRTH, ours=14, theirs=20)
    alone = savings(families=100, compared=100, counted=[births], costs=COSTS)
    assert alone.steps[0].by_chance
    assert alone.steps[0].added
    assert alone.steps[0].avoided.low < 0 < alone.steps[0].avoided.high
    assert alone.unclear
    beside = savings(families=100, compared=100, counted=[births, Counted(part=Part.NICU_DAY, ours=1, theirs=11)], costs=COSTS)
    assert [step.added for step in beside.steps] == [False, True]
    assert beside.saved == Range(value=50_000, low=15_000, high=75_000)
    large = savings(families=1000, compared=1000, counted=[Counted(part=Part.PRETERM_BIRTH, ours=100, theirs=250)], costs=COSTS)
    assert not large.steps[0].by_chance


@pytest.mark.parametrize(
    ("code", "families", "counted", "costs"),
    [
        ("FAMILIES", 0, [Counted(part=Part.NICU_DAY, ours=1, theirs=1)], COSTS),
        ("NOTHING", 100, [], COSTS),
        ("COUNTS", 100, [Counted(part=Part.NICU_DAY, ours=-1, theirs=1)], COSTS),
        ("COUNTS", 100, [Counted(part=Part.PRETERM_BIRTH, ours=101, theirs=1)], COSTS),
        ("COUNTS", 100, [Counted(part=Part.NICU_DAY, ours=1, theirs=1)] * 2, COSTS),
        ("COSTS", 100, [Counted(part=Part.NICU_DAY, ours=1, theirs=1)], {}),
        ("COSTS", 100, [Counted(part=Part.NICU_DAY, ours=1, theirs=1)], {Part.NICU_DAY: Range(value=5.0, low=6.0, high=7.0)}),
    ],
)
def test_what_cannot_be_compared_is_refused_by_name(code: str, families: int, counted: list[Counted], costs: dict[Part, Range]) -> None:
    with pytest.raises(NotComparable) as problem:
        savings(families=families, compared=100, counted=counted, costs=costs)
    assert problem.value.code == code


@given(st.integers(1, 500), st.integers(1, 500), st.integers(0, 500), st.integers(0, 500), st.sampled_from(Part))
def test_the_value_always_lies_between_its_ends(families: int, compared: int, ours: int, theirs: int, part: Part) -> None:
    counted = [Counted(part=part, ours=min(ours, families), theirs=min(theirs, compared))]
    found = savings(families=families, compared=compared, counted=counted, costs=COSTS)
    assert found.saved.low <= found.saved.value <= found.saved.high
    assert (found.steps[0].avoided.value > 0) == (counted[0].theirs * families > counted[0].ours * compared)
