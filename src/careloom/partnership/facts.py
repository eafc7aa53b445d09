"""What somebody tells about a collaborative, before it is looked at: texts and codes, as a form or a load gives them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class CollaborativeFacts:
    """A collaborative as it is told."""

    name: str
    reach: str
    places: tuple[str, ...]
    new: bool
    starts_on: date


@dataclass(frozen=True, kw_only=True)
class PartnerFacts:
    """A partner as it is told."""

    name: str
    sectors: tuple[str, ...]
    joined_on: date
    agency_id: UUID | None = None
    kinds: tuple[str, ...] = ()
    streams: tuple[str, ...] = ()
    brings: str = ""


@dataclass(frozen=True, kw_only=True)
class BodyFacts:
    """A body as it is told."""

    name: str
    tier: str
    starts_on: date
    focus: str = ""
    stood_before: bool = False
    lead_id: UUID | None = None
    convened_by: str = ""
    reports_to: str = ""
    not_needed: tuple[str, ...] = ()
    quorum: int = 0


@dataclass(frozen=True, kw_only=True)
class SeatFacts:
    """A member's seat as it is told."""

    name: str
    partner_id: UUID
    starts_on: date
    worker_id: UUID | None = None
    title: str = ""
    level: str = ""
    office: str = "MEMBER"
    lens: str = ""
    authority: str = ""
    decides: bool = False
    money: bool = False
    expertise: str = ""
    lived: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    line_to: str = ""
    line_how: str = ""
    line_days: int | None = None
    needs_authority: str = ""
    granted_on: date | None = None
    term_ends_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class CharterFacts:
    """A charter as a body agreed on it."""

    processes: str
    roles: str
    rule: str
    adopted_on: date
    protocols: str = ""
    rule_words: str = ""
    disputes: str = ""


@dataclass(frozen=True, kw_only=True)
class VisionFacts:
    """What a collaborative is for, as it was adopted."""

    mission: str
    vision: str
    principles: str
    equity: str
    adopted_on: date
    review_on: date
