"""What somebody tells the inventory, before it is looked at: texts and codes, as a form or a load gives them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class OfferFacts:
    """A service that a partner gives."""

    name: str
    needs: tuple[str, ...]
    said_on: date
    points: tuple[str, ...] = ()
    populations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    payers: tuple[str, ...] = ()
    unit: str = ""
    most: int | None = None
    room: int | None = None
    notes: str = ""


@dataclass(frozen=True, kw_only=True)
class StandardFacts:
    """A standard of quality."""

    system: str
    name: str
    source: str = ""
    how: str = ""
    every_months: int = 12


@dataclass(frozen=True, kw_only=True)
class CheckFacts:
    """What a check of a standard found at a partner."""

    partner_id: UUID
    on: date
    found: str
    evidence: str
    checked_by: str


@dataclass(frozen=True, kw_only=True)
class StrategyFacts:
    """A change that answers a gap."""

    need: str
    place: str
    way: str
    what: str
    partner_id: UUID
    owner: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class FundFacts:
    """Money and its end."""

    name: str
    payer: str
    pays_for: str
    after: str
    partner_id: UUID | None = None
    dollars: int | None = None
    until: date | None = None
    after_words: str = ""


@dataclass(frozen=True, kw_only=True)
class KeepFacts:
    """What becomes of a change."""

    name: str
    kind: str
    stay: str
    why: str = ""
    partner_id: UUID | None = None
    keeper: str = ""
    written_at: str = ""
    look_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class LessonFacts:
    """What was decided, learned or is done in a certain way."""

    kind: str
    name: str
    words: str
    on: date
    keeper: str


@dataclass(frozen=True, kw_only=True)
class PromisingFacts:
    """How far one of the seven strategies is in place."""

    code: str
    here: str
    evidence: str
    looked_on: date
    since: date | None = None


@dataclass(frozen=True, kw_only=True)
class SustainFacts:
    """The sustainability plan."""

    relationships: str
    resources: str
    results: str
    review_on: date
    scale_up: str = ""
    reach_goal: int | None = None
    reach_by: date | None = None


@dataclass(frozen=True, kw_only=True)
class ReachFacts:
    """Scope and scale of a month. `families` is what was counted; from 1 to 10 only that they were few is kept."""

    month: date
    kinds: int
    services: int
    source: str
    families: int | None = None
    few: bool = False
    eligible: int | None = None


@dataclass(frozen=True, kw_only=True)
class HesitationFacts:
    """What keeps a partner from sharing data."""

    partner_id: UUID
    kind: str
    words: str
    eased_on: date | None = None
    eased_by: str = ""


@dataclass(frozen=True, kw_only=True)
class DataRuleFacts:
    """The rule for using each other's numbers."""

    words: str
    never: str
    adopted_on: date
