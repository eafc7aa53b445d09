"""What somebody tells about a meeting, before it is looked at: texts and codes, as a form or a load gives them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class SeriesFacts:
    """A series as it is told."""

    week: int
    weekday: int
    hour: time
    minutes: int
    mode: str
    starts_on: date
    every_months: int = 1
    place: str = ""
    link: str = ""
    dial_in: str = ""
    rotation: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MeetingFacts:
    """One meeting as it is told: when, where, who leads."""

    starts_at: datetime
    minutes: int
    mode: str
    place: str = ""
    link: str = ""
    dial_in: str = ""
    leader_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ItemFacts:
    """A point of an agenda as it is told."""

    title: str
    for_families: str
    minutes: int = 10
    who: str = ""
    block: str = ""
    about_kind: str = ""
    about_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class LineFacts:
    """How a point of the agenda is to stand: its place, minutes, who brings it, what it changes for families; `version` as it was read."""

    item_id: UUID
    version: int
    place: int
    minutes: int
    who: str
    for_families: str
    taken_off: bool = False


@dataclass(frozen=True, kw_only=True)
class DecisionFacts:
    """A decision as it is told."""

    proposal: str
    for_families: str
    result: str
    votes_for: int | None = None
    votes_against: int | None = None
    abstained: int | None = None
    about_kind: str = ""
    about_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class DissentFacts:
    """What was said against a decision; `seat_id` is None where it stays nameless."""

    kind: str
    words: str
    seat_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class PromiseFacts:
    """A promise as it is told."""

    what: str
    owner_id: UUID
    due_on: date
    for_families: str = ""
    decision_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class CommitmentFacts:
    """What a partner commits each quarter."""

    hours: int
    mission: str
    funds: int = 0
    in_kind: str = ""


@dataclass(frozen=True, kw_only=True)
class ContributionFacts:
    """What a partner brought in a quarter beside its hours in meetings."""

    quarter: date
    hours: int = 0
    funds: int = 0
    in_kind: str = ""


@dataclass(frozen=True, kw_only=True)
class LoadFacts:
    """What weighs on a partner in a month."""

    month: date
    caseload: int | None = None
    turnover: int | None = None
    budget: int | None = None
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class PriorityFacts:
    """Evidence that a leader made this a priority."""

    kind: str
    what: str
    signed_by: str
    where: str
    on: date
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class VisitFacts:
    """A visit to one partner."""

    partner_id: UUID
    on: date
    who: str
    heard: str
    asks: str = ""
    meeting_id: UUID | None = None
