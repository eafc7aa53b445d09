"""The states of a plan and the moves between them. Source: workflows 6.2."""

from __future__ import annotations

from enum import StrEnum


class PlanState(StrEnum):
    """Where a plan stands. A pending lead transfer is no state of the plan: the old lead goes on leading."""

    DRAFT = "DRAFT"
    ACTIVE = "ACTIVE"
    UNDER_REVIEW = "UNDER_REVIEW"
    CLOSE_PROPOSED = "CLOSE_PROPOSED"
    CLOSED = "CLOSED"
    MERGED = "MERGED"
    """It became one with another plan of the same pregnancy; undoing that gives it back its state."""
    DISCARDED = "DISCARDED"
    """A draft that nobody went on with."""
    VOID = "VOID"
    """It was made by mistake: the wrong person, or a pregnancy that was none. The rows stay and say so."""


OPEN = frozenset({PlanState.DRAFT, PlanState.ACTIVE, PlanState.UNDER_REVIEW, PlanState.CLOSE_PROPOSED})

_S = PlanState
_MOVES: dict[PlanState, frozenset[PlanState]] = {
    _S.DRAFT: frozenset({_S.ACTIVE, _S.UNDER_REVIEW, _S.CLOSE_PROPOSED, _S.CLOSED, _S.MERGED, _S.DISCARDED, _S.VOID}),
    _S.ACTIVE: frozenset({_S.ACTIVE, _S.UNDER_REVIEW, _S.CLOSE_PROPOSED, _S.CLOSED, _S.MERGED, _S.VOID}),
    _S.UNDER_REVIEW: frozenset({_S.ACTIVE, _S.UNDER_REVIEW, _S.CLOSE_PROPOSED, _S.CLOSED, _S.MERGED, _S.VOID}),
    _S.CLOSE_PROPOSED: frozenset({_S.ACTIVE, _S.UNDER_REVIEW, _S.CLOSE_PROPOSED, _S.CLOSED, _S.MERGED, _S.VOID}),
    _S.CLOSED: frozenset({_S.ACTIVE}),
    _S.MERGED: OPEN,
    _S.DISCARDED: frozenset(),
    _S.VOID: frozenset(),
}


def may_move(*, state: PlanState, to: PlanState) -> bool:
    """Say whether a plan in `state` may go to `to`. A closed plan only opens again; a merged one only goes back, undone."""
    return to in _MOVES[state]
