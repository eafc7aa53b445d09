"""The referral as a state machine: pure, without people, agencies or time."""

from careloom.kernel.referral.fhir import BUSINESS_STATUS, TASK_STATUS
from careloom.kernel.referral.moves import MOVES, Flaw, Step, flaws, may_move, next_states, no_shows, reasons_for, state_of
from careloom.kernel.referral.vocabulary import (
    AGENCY_REASONS,
    ENDED,
    FAMILY_REASONS,
    IN_SERVICE,
    OUR_REASONS,
    TAKEN,
    UNANSWERED,
    Help,
    Kind,
    Outcome,
    Reason,
    State,
    Voice,
)

__all__ = [
    "AGENCY_REASONS", "BUSINESS_STATUS", "ENDED", "FAMILY_REASONS", "IN_SERVICE", "MOVES", "OUR_REASONS", "TAKEN", "TASK_STATUS", "UNANSWERED",
    "Flaw", "Help", "Kind", "Outcome", "Reason", "State", "Step", "Voice", "flaws", "may_move", "next_states", "no_shows", "reasons_for", "state_of",
]  # fmt: skip
