"""Where a need stands on its line, and what holds it up: pure, from the rows of a plan. Source: workflows 6.3 and 6.4; F10, F14.

Need -> her choice -> service -> referral -> delivered -> problem resolved. Her no ends the line in calm.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from careloom.kernel.referral import Help, Outcome, State
from careloom.plans.merging import NeedNow
from careloom.plans.models import Referral

HELPED = frozenset({Outcome.ENROLLED.value, Outcome.SERVICE_DELIVERED.value})
OUTREACH_AFTER = 2


@dataclass(frozen=True, kw_only=True)
class Place:
    """A need on its line. `owner_id` and `next_on` are None only where nobody or nothing comes next; `stuck` is a code of words.STUCK, or ""."""

    need: NeedNow
    referral: Referral | None
    stage: str
    stuck: str
    owner_id: UUID | None
    next_on: date | None
    late: bool

    @property
    def is_over(self) -> bool:
        """Whether nothing more is asked of anybody for this need."""
        return self.need.is_over


def place_of(
    need: NeedNow, *, referrals: Sequence[Referral], lead_id: UUID | None, workers: frozenset[UUID] | None, next_review_on: date | None, at: datetime,
    today: date,
) -> Place:  # fmt: skip
    """Where a need stands. `workers` are those who work in its agency now (None: not asked); a need of somebody who left is the lead's.

    With no day of its own a need is looked at in the plan's next review.
    """
    last = referrals[-1] if referrals else None
    owner = need.row.owner_worker_id
    known = owner if owner is not None and (workers is None or owner in workers) else None
    next_on = need.row.next_on or next_review_on
    late = not need.is_over and next_on is not None and next_on < today
    stuck = "" if need.is_over else _stuck(need, last, at=at)
    over = {"owner_id": None, "next_on": None} if need.is_over else {"owner_id": known or lead_id, "next_on": next_on}
    return Place(need=need, referral=last, stage=stage_of(need, last), stuck=stuck or ("LATE" if late else ""), late=late, **over)  # type: ignore[arg-type]


def stage_of(need: NeedNow, referral: Referral | None) -> str:
    """The furthest point that a need has come to: a code of words.STAGES."""
    if need.choice == "NO":
        return "ENDED"
    if need.result == "MET":
        return "RESOLVED"
    if referral is not None and referral.state in (State.ATTENDED, State.COMPLETED):
        return "DELIVERED"
    if referral is not None and referral.state not in (State.CANCELLED, State.DECLINED, State.FAILED):
        return "REFERRAL"
    if need.row.existing_service:
        return "DELIVERED"
    return {"YES": "SERVICE", "NOT_NOW": "CHOICE"}.get(need.choice, "NAMED")


def gaps_of(places: Iterable[Place], *, has_lead: bool, next_review_on: date | None) -> tuple[str, ...]:
    """What a family lacks so that somebody owns each open need and something comes next: codes of words.GAPS."""
    open_places = [place for place in places if not place.is_over]
    wrong = {
        "NO_LEAD": not has_lead,
        "NO_OWNER": any(place.owner_id is None for place in open_places),
        "NO_NEXT": next_review_on is None and (not open_places or any(place.next_on is None for place in open_places)),
    }
    return tuple(code for code, is_wrong in wrong.items() if is_wrong)


def _stuck(need: NeedNow, referral: Referral | None, *, at: datetime) -> str:
    if need.result == "UNMET":
        return "UNMET"
    if need.choice == "NOT_NOW":
        return "ASK_AGAIN"
    if referral is None:
        return "" if need.row.existing_service else "ASK_HER" if need.choice == "NOT_ASKED" else "NO_SERVICE_ASKED"
    match State(referral.state):
        case State.DRAFT:
            return "NOT_SENT"
        case State.REQUESTED if referral.answer_due_at is not None and referral.answer_due_at <= at:
            return "NO_ANSWER"
        case State.WAITLISTED:
            return "WAITING_LIST"
        case State.NO_SHOW:
            return "MISSED_TWICE" if referral.no_shows >= OUTREACH_AFTER else "MISSED"
        case State.DECLINED | State.CANCELLED:
            return "NOT_TAKEN"
        case State.FAILED:
            return "LOST"
        case State.REOPENED:
            return "DID_NOT_HELP"
        case State.COMPLETED if referral.outcome not in HELPED:
            return "NOT_TAKEN"
        case State.COMPLETED if not referral.got_help:
            return "NOT_CONFIRMED"
        case State.COMPLETED if referral.got_help != Help.YES:
            return "DID_NOT_HELP"
    return ""
