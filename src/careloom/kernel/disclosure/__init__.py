"""The disclosure kernel: pure, frozen, typed. One question, one `Decision` (DESIGN section 2, domain/law.md)."""

from careloom.kernel.disclosure.consent_form import MissingElement, validate_consent
from careloom.kernel.disclosure.engine import decide
from careloom.kernel.disclosure.facts import Event, Facts, Period, Restriction
from careloom.kernel.disclosure.inputs import Agreement, Consent, CourtOrder, Request, Scenario, Source, Statements
from careloom.kernel.disclosure.part2_orders import validate_order
from careloom.kernel.disclosure.reasons import FormGap, Reason
from careloom.kernel.disclosure.rule import Decision
from careloom.kernel.disclosure.vocabulary import (
    Actor,
    AgreementKind,
    Category,
    ConsentKind,
    Obligation,
    OrderKind,
    Outcome,
    Provenance,
    Purpose,
    Subject,
)

__all__ = [
    "Actor",
    "Agreement",
    "AgreementKind",
    "Category",
    "Consent",
    "ConsentKind",
    "CourtOrder",
    "Decision",
    "Event",
    "Facts",
    "FormGap",
    "MissingElement",
    "Obligation",
    "OrderKind",
    "Outcome",
    "Period",
    "Provenance",
    "Purpose",
    "Reason",
    "Request",
    "Restriction",
    "Scenario",
    "Source",
    "Statements",
    "Subject",
    "decide",
    "validate_consent",
    "validate_order",
]
