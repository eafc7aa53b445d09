"""What somebody tells about a barrier, before it is looked at: texts and codes, as a form or a load gives them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class BarrierFacts:
    """A barrier or an idea as it is raised."""

    title: str
    words: str
    kind: str
    cause: str = ""
    service: str = ""
    county: str = ""
    partner_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class TriageFacts:
    """What triage says: taken by a body (`does` TRIAGE), the same as another (JOIN), or not a barrier (REJECT)."""

    does: str
    body_id: UUID | None = None
    owner_id: UUID | None = None
    joined_to_id: UUID | None = None
    reason: str = ""
    title: str = ""  # empty: as it stands
    words: str = ""
    quote: str = ""


@dataclass(frozen=True, kw_only=True)
class DecisionFacts:
    """What oversight decides (R-005)."""

    decision: str
    words: str
    due_on: date | None
    assigned_to_id: UUID | None = None  # a body; empty: the one that sent it up


@dataclass(frozen=True, kw_only=True)
class CycleFacts:
    """A try as it is planned."""

    change: str
    stakeholders: str
    measure: str
    starts_on: date
    due_on: date
    before: Decimal | None = None
    aim: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class CycleEnd:
    """How a try went."""

    happened: str
    learned: str
    result: str
    ended_on: date
    after: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class PostingFacts:
    """What is posted down."""

    body_id: UUID
    kind: str
    title: str
    words: str
    to_id: UUID | None = None
    barrier_id: UUID | None = None
