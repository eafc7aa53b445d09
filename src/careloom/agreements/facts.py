"""What somebody tells about an agreement, before it is looked at: texts, codes and days, as a form or a load gives them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class AgreementFacts:
    """An agreement as it is told."""

    kind: str
    title: str
    because: str = ""
    places: tuple[str, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    review_on: date | None = None
    frequency: str = ""
    report_due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class PartyFacts:
    """A party as it is told."""

    partner_id: UUID
    role: str
    contact_name: str = ""
    contact_reach: str = ""
    signer_name: str = ""
    signer_title: str = ""
    contract: str = ""
    manager: str = ""


@dataclass(frozen=True, kw_only=True)
class ElementFacts:
    """A line of the element schedule as it is told."""

    discloser_id: UUID
    recipient_id: UUID
    categories: tuple[str, ...]
    purposes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ReviewFacts:
    """A look at an agreement, as it was held. `success` is asked where the definitions are looked at."""

    because: str
    outcome: str = ""
    needed: bool = True
    changed: str = ""
    success: str = ""
    next_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerFacts:
    """An answer of a self-audit as it is told."""

    code: str
    says: str
    evidence: str = ""
    finding: str = ""
    action: str = ""
    owner: str = ""
    due_on: date | None = None
    done_on: date | None = None
