"""What somebody tells about a change, before it is looked at: texts and codes, as a form or a load gives them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class GuidanceFacts:
    """A new guidance with the words of its first version."""

    title: str
    body_id: UUID
    text: str


@dataclass(frozen=True, kw_only=True)
class ProposalFacts:
    """A change of policy, procedure or practice as it is told."""

    title: str
    kind: str
    body_id: UUID
    now: str
    new: str
    why: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StrategyFacts:
    """A strategy for systems change as it is told."""

    title: str
    what: str
    does: str
    tier: str
    owner_id: UUID
    stage: str
    outcomes: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    known_id: UUID | None = None
    result: str = ""
    evaluated_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class PracticeFacts:
    """A practice or a marker as it is told."""

    title: str
    what: str
    place: str = ""
    marker: bool = False
    marks: tuple[str, ...] = ()
    family_how: str = ""
    family_on: date | None = None
    family_said: str = ""
    adopted_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class PilotFacts:
    """A pilot as it is told: `sites` where it is tried, `compared` that go on as before."""

    title: str
    kind: str
    body_id: UUID
    what: str
    measure: str
    unit: str
    baseline: Decimal
    target: Decimal
    starts_on: date
    until: date
    sites: tuple[str, ...]
    compared: tuple[str, ...] = ()
    higher: bool = True
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StatuteFacts:
    """A law as the scan found it."""

    citation: str
    kind: str
    says: str
    looked_on: date
    asks: str = ""
    gap: str = ""
    ends_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class DefinitionFacts:
    """A version of what an affected infant is."""

    text: str
    covers: tuple[str, ...]
    citation: str
    body_id: UUID
    adopted_on: date
    changed: str = ""


@dataclass(frozen=True, kw_only=True)
class AnswerFacts:
    """An answer to one of the six questions."""

    question: str
    place: str
    choice: str
    answer: str
    rationale: str
    approved_by: str
    answered_on: date


@dataclass(frozen=True, kw_only=True)
class LessonFacts:
    """A story as it is told; `shared` with other collaboratives."""

    title: str
    words: str
    place: str
    worked: bool
    learned: str
    tags: tuple[str, ...] = ()
    shared: bool = False


@dataclass(frozen=True, kw_only=True)
class KnownFacts:
    """A strategy of the library."""

    name: str
    what: str
    evidence: str
    source: str
    populations: tuple[str, ...]
    systems: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AssistanceFacts:
    """Help that is asked for, with the answer and what follows once they are there."""

    title: str
    asks: str
    of: str
    asked_on: date
    answer: str = ""
    answered_on: date | None = None
    follows: str = ""
    follows_who: str = ""
    follows_by: date | None = None
    done_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class PriorityFacts:
    """What is decided about an indicator."""

    indicator: str
    course: str
    why: str
    owner_id: UUID
    body_id: UUID
    decided_on: date
    review_on: date
    plan: str = ""
