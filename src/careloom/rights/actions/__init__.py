"""What changes: asking, putting off, answering, correcting, limiting."""

from careloom.infra.answers import Done, Refused, Stale
from careloom.rights.actions.amending import accept_correction, note_disagreement
from careloom.rights.actions.answering import Made, hand_over_copy, hand_over_list, handed_over
from careloom.rights.actions.asking import Asked, ask_for_herself, note_right, pass_on
from careloom.rights.actions.handling import ask_review, ask_to_end, deny, disagree, put_off_once, review_denial, take_back, verify
from careloom.rights.actions.limiting import accept_way, agree_limit, end_limit, hold_back, lift

__all__ = [
    "Asked",
    "Done",
    "Made",
    "Refused",
    "Stale",
    "accept_correction",
    "accept_way",
    "agree_limit",
    "ask_for_herself",
    "ask_review",
    "ask_to_end",
    "deny",
    "disagree",
    "end_limit",
    "hand_over_copy",
    "hand_over_list",
    "handed_over",
    "hold_back",
    "lift",
    "note_disagreement",
    "note_right",
    "pass_on",
    "put_off_once",
    "review_denial",
    "take_back",
    "verify",
]
