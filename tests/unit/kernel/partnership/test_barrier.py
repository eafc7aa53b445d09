"""The pure rules of a barrier's way: what each state allows, how many families may be told, and which words lead back."""

from __future__ import annotations

import pytest

from careloom.kernel.partnership import Tier
from careloom.kernel.partnership.barrier import DEEDS, Deed, State, about, allows, clock_name, leads_back, upward


def test_nothing_closes_before_an_answer_went_back() -> None:
    assert {state for state in State if allows(state, Deed.CLOSE) or allows(state, Deed.CONFIRM)} == {State.TOLD}
    assert all(allows(state, Deed.TELL) for state in (State.WORKING, State.QUEUED, State.REFERRED, State.DECIDED, State.RESOLVED))
    assert set(DEEDS) == set(State)


@pytest.mark.parametrize(
    ("tier", "cross", "expected"),
    [
        (Tier.WORK_GROUP, False, Tier.CORE),
        (Tier.LOCAL_TEAM, True, Tier.CORE),
        (Tier.CORE, True, Tier.OVERSIGHT),
        (Tier.CORE, False, None),
        (Tier.OVERSIGHT, True, None),
    ],
)
def test_oversight_takes_only_what_crosses_systems(tier: Tier, cross: bool, expected: Tier | None) -> None:
    assert upward(tier, cross_system=cross) is expected


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (1, None), (10, None), (11, 10), (12, 10), (13, 15), (22, 20), (23, 25), (24, 25), (100, 100)])
def test_families_are_hidden_under_eleven_and_rounded_to_fives(count: int, shown: int | None) -> None:
    assert about(count).value == shown


@pytest.mark.parametrize("words", ["born 2/18/2026", "on 2026-02-18", "call 555-0164", "write a@b.org", "case 1048862", "see https://x.org"])
def test_words_that_lead_to_somebody_are_found(words: str) -> None:
    assert leads_back(words)


@pytest.mark.parametrize("words", ["The clinic is 70 miles away", "2 rides in 9 tries", "It closes at 4", "No bus after 6 pm, $40 a ride", ""])
def test_a_distance_or_a_count_may_stand(words: str) -> None:
    assert not leads_back(words)


def test_each_waiting_state_has_its_clock() -> None:
    assert clock_name(State.LOGGED, Tier.WORK_GROUP) == "BARRIER_TRIAGE"
    assert clock_name(State.WORKING, Tier.LOCAL_TEAM) == "BARRIER_WORK_GROUP"
    assert clock_name(State.WORKING, Tier.CORE) == "BARRIER_CORE"
    assert clock_name(State.QUEUED, Tier.OVERSIGHT) == "BARRIER_OVERSIGHT"
    assert clock_name(State.DECIDED, Tier.CORE) == ""
