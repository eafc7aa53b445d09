"""What somebody tells about aims, before it is looked at: texts, codes and numbers, as a form or a load gives them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class AimFacts:
    """A shared outcome as it is told; values in the unit of its indicator."""

    outcome: str
    success: str
    goal: str
    owner_id: UUID
    owner_name: str
    body_id: UUID
    agreed_on: date
    review_on: date
    indicator: str = ""
    proposal_id: UUID | None = None
    candidates: tuple[str, ...] = ()
    baseline: Decimal | None = None
    baseline_period: str = ""
    baseline_source: str = ""
    target: Decimal | None = None
    target_by: date | None = None


@dataclass(frozen=True, kw_only=True)
class LookFacts:
    """What was seen when an aim was looked at."""

    on: date
    seen: str
    next_on: date
    follows: str = ""
    value: Decimal | None = None
    period: str = ""
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class PriorityFacts:
    """That an aim comes first for a year."""

    year: int
    body_id: UUID
    why: str


@dataclass(frozen=True, kw_only=True)
class DesireFacts:
    """What an agency wants for families, in its own words."""

    partner_id: UUID
    words: str
    measured_by: str = ""
    aims: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ProposalFacts:
    """A measure as somebody proposes it."""

    name: str
    question: str
    counted: str
    among: str
    source: str
    whom: str
    kind: str
    goal: str
    why: str
    instead_of: str = ""


@dataclass(frozen=True, kw_only=True)
class QualityFacts:
    """How one facet of a proposal is judged, with what shows it."""

    facet: str
    judged: str
    evidence: str


@dataclass(frozen=True, kw_only=True)
class RulingFacts:
    """What a committee decided about a proposal."""

    body_id: UUID
    result: str
    why: str
    decided_on: date
    becomes: str = ""


@dataclass(frozen=True, kw_only=True)
class CostFacts:
    """What a unit costs, in whole dollars of a year."""

    code: str
    value: int
    low: int
    high: int
    year: int
    status: str
    source: str


@dataclass(frozen=True, kw_only=True)
class LineFacts:
    """Units of one part that both sides had."""

    part: str
    ours: int
    theirs: int
    source: str


@dataclass(frozen=True, kw_only=True)
class SavingFacts:
    """What families with help and a comparison had."""

    name: str
    helped: str
    against: str
    families: int
    compared: int
    on: date
    lines: tuple[LineFacts, ...]
    paid: int | None = None
    paid_source: str = ""


@dataclass(frozen=True, kw_only=True)
class PurposeFacts:
    """By which indicators one of the two purposes is tracked."""

    code: str
    partner_id: UUID
    program: str
    indicators: tuple[str, ...]
    words: str


@dataclass(frozen=True, kw_only=True)
class ScheduleFacts:
    """Figures that go to somebody again and again."""

    name: str
    to_whom: str
    partner_id: UUID
    indicators: tuple[str, ...]
    every: str
    first: date
    days: int


@dataclass(frozen=True, kw_only=True)
class SentFacts:
    """That the figures of a period went."""

    period_on: date
    on: date
    how: str
    source: str
    snapshot_id: UUID | None = None
