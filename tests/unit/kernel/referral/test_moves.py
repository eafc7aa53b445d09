"""Every move of a referral, legal and not, by everyone who could say it."""

from __future__ import annotations

from itertools import product

import pytest

from careloom.kernel.referral import (
    BUSINESS_STATUS,
    ENDED,
    FAMILY_REASONS,
    MOVES,
    OUR_REASONS,
    TASK_STATUS,
    Flaw,
    Outcome,
    Reason,
    State,
    Step,
    Voice,
    flaws,
    may_move,
    next_states,
    no_shows,
    reasons_for,
    state_of,
)

S, US, THEM, HER = State, Voice.US, Voice.THEM, Voice.HER
ALL = list(product(State, State, Voice))

# Written by hand from workflows 6.4, apart from the kernel's own table: start -> (who, what they may say).
EXPECTED = {
    S.DRAFT: {US: "REQUESTED CANCELLED", HER: "CANCELLED"},
    S.REQUESTED: {US: "CANCELLED FAILED", THEM: "ACCEPTED DECLINED SCHEDULED WAITLISTED COMPLETED FAILED", HER: "COMPLETED CANCELLED"},
    S.REOPENED: {
        US: "REQUESTED CANCELLED FAILED", THEM: "ACCEPTED DECLINED SCHEDULED WAITLISTED COMPLETED FAILED", HER: "COMPLETED CANCELLED",
    },
    S.ACCEPTED: {
        US: "SCHEDULED ATTENDED CANCELLED FAILED", THEM: "SCHEDULED ATTENDED WAITLISTED DECLINED COMPLETED FAILED",
        HER: "ATTENDED COMPLETED CANCELLED",
    },
    S.WAITLISTED: {US: "CANCELLED FAILED", THEM: "ACCEPTED DECLINED SCHEDULED WAITLISTED COMPLETED FAILED", HER: "COMPLETED CANCELLED"},
    S.SCHEDULED: {
        US: "SCHEDULED ATTENDED NO_SHOW CANCELLED FAILED", THEM: "SCHEDULED ATTENDED NO_SHOW COMPLETED FAILED",
        HER: "ATTENDED COMPLETED CANCELLED",
    },
    S.NO_SHOW: {
        US: "SCHEDULED ATTENDED CANCELLED FAILED", THEM: "SCHEDULED ATTENDED WAITLISTED COMPLETED FAILED",
        HER: "ATTENDED COMPLETED CANCELLED",
    },
    S.ATTENDED: {US: "SCHEDULED REOPENED CANCELLED FAILED", THEM: "SCHEDULED COMPLETED FAILED", HER: "REOPENED COMPLETED CANCELLED"},
    S.COMPLETED: {US: "REOPENED", HER: "REOPENED"},
    S.CANCELLED: {US: "REOPENED", HER: "REOPENED"},
    S.FAILED: {US: "REOPENED", HER: "REOPENED"},
    S.DECLINED: {},
}  # fmt: skip


def _whole(start: State, end: State, voice: Voice) -> Step:
    """A step with everything that it could need."""
    reason = next(iter(sorted(reasons_for(state=end, voice=voice))), None)
    return Step(state=end, voice=voice, reason=reason, outcome=Outcome.ENROLLED, has_time=True)


@pytest.mark.parametrize(("start", "end", "voice"), ALL, ids=lambda part: part.value)
def test_each_move_is_allowed_exactly_when_the_workflow_says_so(start: State, end: State, voice: Voice) -> None:
    legal = end.value in EXPECTED[start].get(voice, "").split()
    assert may_move(start=start, end=end, voice=voice) is legal
    found = flaws(start=start, step=_whole(start, end, voice))
    assert (found == ()) is legal
    if not legal:
        somebody = any(end.value in words.split() for words in EXPECTED[start].values())
        assert found == ((Flaw.NOT_YOURS_TO_SAY,) if somebody else (Flaw.NOT_FROM_HERE,))


def test_every_state_is_reached_and_nothing_but_a_new_referral_follows_a_no() -> None:
    assert {end for _, end, _ in MOVES} | {S.DRAFT} == set(State)
    assert all(next_states(start=S.DECLINED, voice=voice) == () for voice in Voice)


def test_only_our_agency_sends_and_only_theirs_accepts() -> None:
    assert {voice for _, end, voice in MOVES if end is S.REQUESTED} == {US}
    assert {voice for _, end, voice in MOVES if end in (S.ACCEPTED, S.DECLINED, S.WAITLISTED)} == {THEM}


def test_she_may_stop_whatever_is_not_over() -> None:
    assert {start for start, end, voice in MOVES if end is S.CANCELLED and voice is HER} == set(State) - ENDED


@pytest.mark.parametrize(
    ("start", "step", "flaw"),
    [
        (S.REQUESTED, Step(state=S.DECLINED, voice=THEM), Flaw.NEEDS_REASON),
        (S.REQUESTED, Step(state=S.DECLINED, voice=THEM, reason=Reason.NO), Flaw.NEEDS_REASON),
        (S.REQUESTED, Step(state=S.CANCELLED, voice=HER, reason=Reason.REROUTED), Flaw.NEEDS_REASON),
        (S.REQUESTED, Step(state=S.FAILED, voice=US, reason=Reason.FULL), Flaw.NEEDS_REASON),
        (S.ATTENDED, Step(state=S.COMPLETED, voice=THEM), Flaw.NEEDS_OUTCOME),
        (S.ACCEPTED, Step(state=S.SCHEDULED, voice=THEM), Flaw.NEEDS_TIME),
    ],
)
def test_a_step_without_its_reason_outcome_or_time_is_refused(start: State, step: Step, flaw: Flaw) -> None:
    assert flaws(start=start, step=step) == (flaw,)


def test_a_family_gives_only_family_reasons() -> None:
    assert reasons_for(state=S.CANCELLED, voice=HER) == FAMILY_REASONS
    assert reasons_for(state=S.CANCELLED, voice=US) == OUR_REASONS
    assert reasons_for(state=S.ACCEPTED, voice=THEM) == frozenset()


def test_the_state_follows_from_what_was_said() -> None:
    said = [(S.REQUESTED, US), (S.ACCEPTED, THEM), (S.SCHEDULED, THEM), (S.NO_SHOW, THEM), (S.SCHEDULED, US), (S.NO_SHOW, US), (S.WAITLISTED, THEM)]
    steps = [Step(state=state, voice=voice) for state, voice in said]
    assert [state_of(steps[:n]) for n in range(len(steps) + 1)] == [S.DRAFT, *(state for state, _ in said)]
    assert no_shows(steps) == 2


def test_a_step_that_came_too_late_changes_nothing() -> None:
    steps = [Step(state=S.REQUESTED, voice=US), Step(state=S.CANCELLED, voice=HER), Step(state=S.ACCEPTED, voice=THEM)]
    assert state_of(steps) is S.CANCELLED


def test_missed_visits_are_counted_since_she_last_came() -> None:
    steps = [Step(state=s, voice=THEM) for s in (S.NO_SHOW, S.ATTENDED, S.SCHEDULED, S.NO_SHOW)]
    assert no_shows(steps) == 1


def test_other_systems_know_every_state() -> None:
    gravity = {"draft", "requested", "accepted", "rejected", "cancelled", "in-progress", "on-hold", "failed", "completed"}
    assert set(TASK_STATUS) == set(State)
    assert set(TASK_STATUS.values()) <= gravity
    assert set(BUSINESS_STATUS) == set(State) - {S.DRAFT}
    assert BUSINESS_STATUS[S.NO_SHOW] == "5.1.2"
    assert BUSINESS_STATUS[S.COMPLETED] == "7.0"
