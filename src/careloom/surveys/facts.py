"""What somebody tells for a round, a walk, a stage or a review, before it is looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class RoundFacts:
    """A round to open. `item_set_id` where an official set is asked instead of what ships."""

    kind: str
    closes_on: date
    invited: int
    item_set_id: UUID | None = None
    partner_id: UUID | None = None
    follows_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class FollowUpFacts:
    """What is to be done about something found."""

    what: str
    owner_id: UUID
    due_on: date


@dataclass(frozen=True, kw_only=True)
class WalkFacts:
    """A walk as it is told."""

    title: str
    scope: str
    sponsor_id: UUID
    walked_on: date
    year: int | None = None
    groups: tuple[str, ...] = ()
    root_cause: str = ""
    to_be: str = ""
    next_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class StepFacts:
    """A step as it is told; `source` names a count of the state, else `count` is one's own."""

    name: str
    place: int
    who: str = ""
    passed: str = ""
    days: int | None = None
    works: str = ""
    barrier: str = ""
    barrier_kind: str = ""
    source: str = ""
    count: int | None = None
    by_group: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A record that shows that an indicator is met: its kind, its id, and its words as somebody read them."""

    indicator: str
    kind: str
    id: str
    words: str


@dataclass(frozen=True, kw_only=True)
class StageFacts:
    """The three answers: which stage, which indicators show it, which steps next."""

    evidence: tuple[Evidence, ...]
    why: str
    next_steps: str
    moved_back: str = ""
    partner_id: UUID | None = None
    other_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ReviewLine:
    """One practice beside a shared goal and what the numbers show."""

    practice: str
    goal: str
    shows: str
    fits: str
    finding: str = ""


@dataclass(frozen=True, kw_only=True)
class ReviewFacts:
    """A review of practices."""

    reviewed_on: date
    lines: tuple[ReviewLine, ...]
    next_on: date
    summary: str = ""
