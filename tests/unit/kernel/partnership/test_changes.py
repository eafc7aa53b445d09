"""Steps that a change may take, what a share hides, and the chain from a practice up to the law."""

from __future__ import annotations

from decimal import Decimal

import pytest

from careloom.kernel.partnership.changes import (
    GUIDANCE_STEPS,
    PILOT_STEPS,
    PROPOSAL_STEPS,
    ChangeKind,
    Node,
    better,
    chain_of,
    may_rest,
    share,
)

LAW, POLICY, PROTOCOL = Node(kind=ChangeKind.LAW, key="l"), Node(kind=ChangeKind.POLICY, key="p"), Node(kind=ChangeKind.PROTOCOL, key="g")
PILOT, PRACTICE = Node(kind=ChangeKind.PILOT, key="t"), Node(kind=ChangeKind.PRACTICE, key="w")


@pytest.mark.parametrize("steps", [GUIDANCE_STEPS, PROPOSAL_STEPS, PILOT_STEPS])
def test_every_step_is_reached_from_the_first_and_leads_on_or_ends(steps: dict[str, frozenset[str]]) -> None:
    first = next(iter(steps))
    reached, todo = {first}, [first]
    while todo:
        following = steps.get(todo.pop(), frozenset()) - reached
        reached |= following
        todo += following
    assert set(steps) <= reached
    assert any(state not in steps for state in reached)  # somewhere it ends


def test_a_share_is_told_only_where_eleven_or_more_stand_behind_each_part() -> None:
    assert share(some=33, of=48) == Decimal("68.8")
    assert share(some=0, of=48) == 0
    assert share(some=48, of=48) == 100
    assert share(some=10, of=48) is None
    assert share(some=38, of=48) is None  # ten are the rest
    assert share(some=5, of=10) is None
    assert share(some=0, of=0) is None
    with pytest.raises(ValueError, match="not more"):
        share(some=5, of=4)


def test_better_is_what_is_wished() -> None:
    assert better(before=Decimal(5), after=Decimal(6), higher=True)
    assert better(before=Decimal(6), after=Decimal(5), higher=False)
    assert not better(before=Decimal(5), after=Decimal(5), higher=True)


def test_a_thing_rests_only_on_what_stands_above_it() -> None:
    assert may_rest(ChangeKind.PRACTICE, ChangeKind.LAW)
    assert not may_rest(ChangeKind.LAW, ChangeKind.PRACTICE)
    assert not may_rest(ChangeKind.PILOT, ChangeKind.PILOT)


def test_a_chain_goes_up_to_the_law_and_says_what_is_missing() -> None:
    whole = chain_of(PRACTICE, rests=[(PRACTICE, PILOT), (PILOT, PROTOCOL), (PROTOCOL, POLICY), (POLICY, LAW)])
    assert whole.held == (LAW, POLICY, PROTOCOL, PILOT, PRACTICE)
    assert whole.missing == ()
    short = chain_of(PRACTICE, rests=[(PRACTICE, LAW), (PILOT, PROTOCOL)])
    assert short.held == (LAW, PRACTICE)
    assert short.missing == (ChangeKind.POLICY, ChangeKind.PROTOCOL)  # without a pilot nothing is missing
    assert chain_of(PRACTICE, rests=[(PRACTICE, PILOT), (PILOT, PRACTICE)]).held == (PILOT, PRACTICE)  # a ring ends
