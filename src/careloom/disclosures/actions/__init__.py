"""What changes: asking, handling, giving, looking in an emergency, asking for more."""

from careloom.disclosures.actions.asking import FromOutside, Question, ask_holder, note_request
from careloom.disclosures.actions.emergency import (
    finding_read,
    open_for_patient,
    opening_of,
    openings_now,
    own_patient,
    registered,
    review_opening,
    tell_disclosers,
)
from careloom.disclosures.actions.giving import ByHand, close_breach, digest_of, note_given
from careloom.disclosures.actions.handling import Checked, Release, check_request, deny_request, link_person, release_request
from careloom.disclosures.actions.more import ask_for_more, her_answer, looked_at, may_read_reached, pass_on, waiting_for_her
from careloom.infra.answers import Done, Refused, Stale

__all__ = [
    "ByHand",
    "Checked",
    "Done",
    "FromOutside",
    "Question",
    "Refused",
    "Release",
    "Stale",
    "ask_for_more",
    "ask_holder",
    "check_request",
    "close_breach",
    "deny_request",
    "digest_of",
    "finding_read",
    "her_answer",
    "link_person",
    "looked_at",
    "may_read_reached",
    "note_given",
    "note_request",
    "open_for_patient",
    "opening_of",
    "openings_now",
    "own_patient",
    "pass_on",
    "registered",
    "release_request",
    "review_opening",
    "tell_disclosers",
    "waiting_for_her",
]
