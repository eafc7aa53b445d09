"""How a promise made in a meeting goes on: from open to verified, or blocked. Source: workflows 6.11."""

from __future__ import annotations

from enum import StrEnum


class Progress(StrEnum):
    """Where a promise stands."""

    OPEN = "OPEN"
    ACCEPTED = "ACCEPTED"
    IN_PROGRESS = "IN_PROGRESS"
    BLOCKED = "BLOCKED"
    DONE = "DONE"
    VERIFIED = "VERIFIED"


MOVES: dict[Progress, tuple[Progress, ...]] = {
    Progress.OPEN: (Progress.ACCEPTED, Progress.BLOCKED),
    Progress.ACCEPTED: (Progress.IN_PROGRESS, Progress.DONE, Progress.BLOCKED),
    Progress.IN_PROGRESS: (Progress.DONE, Progress.BLOCKED),
    Progress.BLOCKED: (Progress.IN_PROGRESS,),
    Progress.DONE: (Progress.VERIFIED, Progress.IN_PROGRESS),
    Progress.VERIFIED: (),
}
"""What each state may become; what was called done and is not goes on."""

OWED = (Progress.OPEN, Progress.ACCEPTED, Progress.IN_PROGRESS, Progress.BLOCKED)
"""States in which the owner still owes it, and can be late."""


def moves_of(state: Progress, *, owner: bool, leads: bool) -> tuple[Progress, ...]:
    """What somebody may make of a promise. Whoever leads may act for an owner who does not sign in; nobody verifies her own work."""
    found = MOVES[state]
    if state is Progress.DONE:
        return tuple(move for move in found if leads and (move is not Progress.VERIFIED or not owner))
    return found if owner or leads else ()
