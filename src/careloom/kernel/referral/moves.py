"""The legal moves of a referral as one table, and the state that follows from its steps.

A referral never moves who holds the family's record or who leads the plan: nothing here names a holder (features thread 31).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from careloom.kernel.referral.vocabulary import AGENCY_REASONS, FAMILY_REASONS, OUR_REASONS, Outcome, Reason, State, Voice

S, US, THEM, HER = State, Voice.US, Voice.THEM, Voice.HER
_STOP = {S.CANCELLED: {US, HER}, S.FAILED: {US, THEM}}
_HER_WORD = {S.COMPLETED: {THEM, HER}}
_ANSWERS = {S.ACCEPTED: {THEM}, S.DECLINED: {THEM}, S.SCHEDULED: {THEM}, S.WAITLISTED: {THEM}}

_TABLE: dict[State, dict[State, set[Voice]]] = {
    S.DRAFT: {S.REQUESTED: {US}, S.CANCELLED: {US, HER}},
    S.REQUESTED: _ANSWERS | _HER_WORD | _STOP,
    S.REOPENED: _ANSWERS | _HER_WORD | _STOP | {S.REQUESTED: {US}},
    S.ACCEPTED: {S.SCHEDULED: {THEM, US}, S.ATTENDED: {THEM, US, HER}, S.WAITLISTED: {THEM}, S.DECLINED: {THEM}} | _HER_WORD | _STOP,
    S.WAITLISTED: _ANSWERS | _HER_WORD | _STOP,
    S.SCHEDULED: {S.SCHEDULED: {THEM, US}, S.ATTENDED: {THEM, US, HER}, S.NO_SHOW: {THEM, US}} | _HER_WORD | _STOP,
    S.NO_SHOW: {S.SCHEDULED: {THEM, US}, S.ATTENDED: {THEM, US, HER}, S.WAITLISTED: {THEM}} | _HER_WORD | _STOP,
    S.ATTENDED: {S.SCHEDULED: {THEM, US}, S.REOPENED: {HER, US}} | _HER_WORD | _STOP,
    S.COMPLETED: {S.REOPENED: {HER, US}},
    S.CANCELLED: {S.REOPENED: {HER, US}},
    S.FAILED: {S.REOPENED: {HER, US}},
    S.DECLINED: {},
}

MOVES: frozenset[tuple[State, State, Voice]] = frozenset(
    (start, end, voice) for start, ends in _TABLE.items() for end, voices in ends.items() for voice in voices
)


class Flaw(StrEnum):
    """Why a step is not taken."""

    NOT_FROM_HERE = "NOT_FROM_HERE"
    NOT_YOURS_TO_SAY = "NOT_YOURS_TO_SAY"
    NEEDS_REASON = "NEEDS_REASON"
    NEEDS_OUTCOME = "NEEDS_OUTCOME"
    NEEDS_TIME = "NEEDS_TIME"


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One thing that was said about a referral."""

    state: State
    voice: Voice
    reason: Reason | None = None
    outcome: Outcome | None = None
    has_time: bool = False


def may_move(*, start: State, end: State, voice: Voice) -> bool:
    """Whether `voice` may take a referral from `start` to `end`."""
    return (start, end, voice) in MOVES


def next_states(*, start: State, voice: Voice) -> tuple[State, ...]:
    """The states that `voice` may choose from `start`, in the order of `State`."""
    return tuple(end for end in State if may_move(start=start, end=end, voice=voice))


def flaws(*, start: State, step: Step) -> tuple[Flaw, ...]:
    """What is wrong with `step` taken from `start`; empty when it may be taken."""
    if not any(may_move(start=start, end=step.state, voice=voice) for voice in Voice):
        return (Flaw.NOT_FROM_HERE,)
    if not may_move(start=start, end=step.state, voice=step.voice):
        return (Flaw.NOT_YOURS_TO_SAY,)
    lacks = {
        Flaw.NEEDS_REASON: step.state in _REASONED and step.reason not in reasons_for(state=step.state, voice=step.voice),
        Flaw.NEEDS_OUTCOME: step.state is State.COMPLETED and step.outcome is None,
        Flaw.NEEDS_TIME: step.state is State.SCHEDULED and not step.has_time,
    }
    return tuple(flaw for flaw, missing in lacks.items() if missing)


_REASONED = frozenset({State.DECLINED, State.CANCELLED, State.FAILED})


def reasons_for(*, state: State, voice: Voice) -> frozenset[Reason]:
    """The reasons that `voice` may give for `state`; empty where none is asked for."""
    if state is State.FAILED:
        return frozenset({Reason.NO_CONTACT})
    if state is State.DECLINED:
        return AGENCY_REASONS
    if state is State.CANCELLED:
        return FAMILY_REASONS if voice is Voice.HER else OUR_REASONS
    return frozenset()


def state_of(steps: Iterable[Step]) -> State:
    """The state that follows from steps in the order in which they were said.

    A step that was not legal when it came (two agencies answered at once) changes nothing, so the state is always reachable.
    """
    state = State.DRAFT
    for step in steps:
        if may_move(start=state, end=step.state, voice=step.voice):
            state = step.state
    return state


def no_shows(steps: Iterable[Step]) -> int:
    """How many visits in a row were missed, counted since she last came."""
    count = 0
    for step in steps:
        count = 0 if step.state in (State.ATTENDED, State.COMPLETED) else count + (step.state is State.NO_SHOW)
    return count
