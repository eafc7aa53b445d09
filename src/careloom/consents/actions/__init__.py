"""What changes a paper in force: consents, court orders, data clauses, restrictions, emergency openings. Grants follow in the same transaction."""

from careloom.consents.actions.clauses import ClauseDraft, end_clause, put_clause_in_force, review_clause
from careloom.consents.actions.consent import (
    STATEMENTS,
    Draft,
    NotSigned,
    Signature,
    Signed,
    end_with_plan,
    event_happened,
    gaps_of,
    missing_elements,
    note_not_now,
    note_still_holds,
    preview,
    revoke_consent,
    sign_consent,
)
from careloom.consents.actions.emergency import HOURS, EmergencyDraft, Opened, close_emergency, open_emergency
from careloom.consents.actions.orders import OrderDraft, Recorded, end_order, record_order
from careloom.consents.actions.outcomes import Changed
from careloom.consents.actions.restrictions import RestrictionDraft, end_restriction, put_restriction_in_force
from careloom.infra.answers import Refused, Stale

__all__ = [
    "HOURS",
    "STATEMENTS",
    "Changed",
    "ClauseDraft",
    "Draft",
    "EmergencyDraft",
    "NotSigned",
    "Opened",
    "OrderDraft",
    "Recorded",
    "Refused",
    "RestrictionDraft",
    "Signature",
    "Signed",
    "Stale",
    "close_emergency",
    "end_clause",
    "end_order",
    "end_restriction",
    "end_with_plan",
    "event_happened",
    "gaps_of",
    "missing_elements",
    "note_not_now",
    "note_still_holds",
    "open_emergency",
    "preview",
    "put_clause_in_force",
    "put_restriction_in_force",
    "record_order",
    "review_clause",
    "revoke_consent",
    "sign_consent",
]
