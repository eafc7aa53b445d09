"""A barrier's way: which deeds each state allows, which clock runs, how many families may be told, and what words lead back to somebody.

Source: workflows 6.9; R-005, R-016, R-192, R-202.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from careloom.kernel.partnership.vocabulary import Tier
from careloom.kernel.suppression import Cell, publish_count


class Kind(StrEnum):
    """What somebody sends up."""

    CHALLENGE = "CHALLENGE"
    IDEA = "IDEA"
    OPERATIONAL = "OPERATIONAL"
    ENGAGEMENT = "ENGAGEMENT"


class Source(StrEnum):
    """From where it comes. FAMILIES: from plans and from families themselves, without anybody in it."""

    FAMILIES = "FAMILIES"
    PROVIDER = "PROVIDER"
    MEMBER = "MEMBER"


class Cause(StrEnum):
    """Why a need cannot be met, where the cause lies with services (workflows 6.3)."""

    NO_SERVICE = "NO_SERVICE"
    WAITLIST = "WAITLIST"
    TOO_FAR = "TOO_FAR"
    COST = "COST"
    NOT_ELIGIBLE = "NOT_ELIGIBLE"
    LANGUAGE = "LANGUAGE"
    CHILD_CARE = "CHILD_CARE"
    STIGMA = "STIGMA"
    OTHER = "OTHER"


class State(StrEnum):
    """Where a barrier stands. With its tier it says who holds it."""

    LOGGED = "LOGGED"
    WORKING = "WORKING"
    QUEUED = "QUEUED"
    REFERRED = "REFERRED"
    DECIDED = "DECIDED"
    RESOLVED = "RESOLVED"
    TOLD = "TOLD"
    CLOSED = "CLOSED"
    DUPLICATE = "DUPLICATE"
    NOT_A_BARRIER = "NOT_A_BARRIER"


class Deed(StrEnum):
    """What is done with a barrier. Each is a step of its journey."""

    RAISE = "RAISE"
    TRIAGE = "TRIAGE"
    JOIN = "JOIN"
    REJECT = "REJECT"
    TRY = "TRY"
    UP = "UP"
    DECIDE = "DECIDE"
    OUTCOME = "OUTCOME"
    CYCLE = "CYCLE"
    RESOLVE = "RESOLVE"
    TELL = "TELL"
    CONFIRM = "CONFIRM"
    REOPEN = "REOPEN"
    CLOSE = "CLOSE"


class Decision(StrEnum):
    """What oversight may decide (R-005)."""

    RESOLVE = "RESOLVE"
    ASSIGN = "ASSIGN"
    DECLINE = "DECLINE"
    REFER = "REFER"


class Cycled(StrEnum):
    """What a try ends with (plan, do, study, act)."""

    ADOPT = "ADOPT"
    ADAPT = "ADAPT"
    ABANDON = "ABANDON"


_AT_WORK = frozenset({Deed.TRY, Deed.OUTCOME, Deed.CYCLE, Deed.RESOLVE, Deed.TELL})
#: INVARIANT: CLOSE and CONFIRM stand only behind TOLD, and TOLD only behind TELL: nothing closes before an answer went back (workflows 6.9).
DEEDS: Mapping[State, frozenset[Deed]] = {
    State.LOGGED: frozenset({Deed.TRIAGE, Deed.JOIN, Deed.REJECT}),
    State.WORKING: _AT_WORK | {Deed.UP, Deed.JOIN},
    State.QUEUED: frozenset({Deed.DECIDE, Deed.TELL}),
    State.REFERRED: frozenset({Deed.DECIDE, Deed.TELL}),
    State.DECIDED: _AT_WORK,
    State.RESOLVED: frozenset({Deed.TELL}),
    State.TOLD: frozenset({Deed.CONFIRM, Deed.REOPEN, Deed.CLOSE}),
    State.CLOSED: frozenset({Deed.REOPEN}),
    State.DUPLICATE: frozenset({Deed.REOPEN}),
    State.NOT_A_BARRIER: frozenset({Deed.REOPEN}),
}
OVER = frozenset({State.CLOSED, State.DUPLICATE, State.NOT_A_BARRIER})
#: The steps that answer who raised it.
ANSWERS = frozenset({Deed.TELL, Deed.DECIDE, Deed.JOIN, Deed.REJECT})
UPWARD = {Tier.LOCAL_TEAM: Tier.CORE, Tier.WORK_GROUP: Tier.CORE, Tier.CORE: Tier.OVERSIGHT}
STEP = 5
# An address of mail or of the web, a day, a telephone number, a long number.
_LEADS_BACK = re.compile(r"@|https?:|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b|\b\d{3}[-. ]\d{4}\b|\d{5,}")


def allows(state: State, deed: Deed) -> bool:
    """Whether a state allows a deed."""
    return deed in DEEDS[state]


def upward(tier: Tier, *, cross_system: bool) -> Tier | None:
    """The next tier up, or None. Oversight takes only what one system alone cannot change (workflows 6.9)."""
    next_up = UPWARD.get(tier)
    return None if next_up is Tier.OVERSIGHT and not cross_system else next_up


def clock_name(state: State, tier: Tier) -> str:
    """The pack's clock that runs in a state; "" where the day was decided, or nothing is waited for."""
    if state is State.WORKING:
        return "BARRIER_CORE" if tier is Tier.CORE else "BARRIER_WORK_GROUP"
    return {
        State.LOGGED: "BARRIER_TRIAGE", State.QUEUED: "BARRIER_OVERSIGHT", State.RESOLVED: "BARRIER_TELL_BACK", State.TOLD: "BARRIER_CONFIRM",
    }.get(state, "")  # fmt: skip


def about(count: int) -> Cell:
    """How many families, as the rooms may say it: a star under eleven, else rounded to fives, so that one more or less does not show."""
    cell = publish_count(count=count)
    return cell if cell.value is None else Cell(value=STEP * ((cell.value + STEP // 2) // STEP))


def leads_back(words: str) -> bool:
    """Whether words hold a day, an address, a telephone number or another long number, which would lead to one person.

    A distance, a sum of money or a count may stand ("70 miles", "2 rides in 9 tries").
    """
    return bool(_LEADS_BACK.search(words))
