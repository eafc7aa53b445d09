"""What a plan lacks, and where it may go."""

from __future__ import annotations

from dataclasses import replace

import pytest

from careloom.kernel.plan import OPEN, Flag, FlagFacts, PlanState, flags, may_move

WHOLE = FlagFacts(goals_about=("PARENT", "CHILD"), strengths=1, needs=1, has_lead=True, agreed=True)


def test_a_whole_plan_has_no_flag() -> None:
    assert flags(facts=WHOLE) == ()


@pytest.mark.parametrize(
    ("change", "flag"),
    [
        ({"goals_about": ("PARENT", "PARENT")}, Flag.ONLY_PARENT_GOALS),
        ({"goals_about": ("CHILD",)}, Flag.ONLY_CHILD_GOALS),
        ({"goals_about": ()}, Flag.NO_GOALS),
        ({"strengths": 0}, Flag.NO_STRENGTHS),
        ({"needs": 0}, Flag.NO_NEEDS),
        ({"has_lead": False}, Flag.NO_LEAD),
        ({"agreed": False}, Flag.NOT_AGREED),
    ],
)
def test_each_gap_has_its_flag(change: dict[str, object], flag: Flag) -> None:
    assert flags(facts=replace(WHOLE, **change)) == (flag,)


def test_a_goal_of_the_family_counts_for_parent_and_child() -> None:
    assert flags(facts=replace(WHOLE, goals_about=("FAMILY",))) == ()


def test_a_closed_plan_only_opens_again_and_a_merged_one_only_goes_back_to_where_it_was() -> None:
    assert [to for to in PlanState if may_move(state=PlanState.CLOSED, to=to)] == [PlanState.ACTIVE]
    assert {to for to in PlanState if may_move(state=PlanState.MERGED, to=to)} == set(OPEN)
    assert all(may_move(state=state, to=PlanState.UNDER_REVIEW) for state in OPEN)


def test_only_a_draft_is_discarded_and_what_is_discarded_or_void_never_moves() -> None:
    assert [state for state in PlanState if may_move(state=state, to=PlanState.DISCARDED)] == [PlanState.DRAFT]
    assert {state for state in PlanState if may_move(state=state, to=PlanState.VOID)} == set(OPEN)
    assert not any(may_move(state=state, to=to) for state in (PlanState.DISCARDED, PlanState.VOID) for to in PlanState)
