"""What changes: drafts, what is handed in, what was done about an answer, what she was shown, forms of one's own."""

from careloom.infra.answers import Done, Refused, Stale
from careloom.screening.actions.drafting import amend, begin, discard, save, settle
from careloom.screening.actions.following import follow_up
from careloom.screening.actions.handing_in import Incomplete, hand_in
from careloom.screening.actions.own_forms import bring_in
from careloom.screening.actions.showing import note_read, note_shown
from careloom.screening.actions.taking_back import take_back

__all__ = [
    "Done", "Incomplete", "Refused", "Stale", "amend", "begin", "bring_in", "discard", "follow_up", "hand_in", "note_read", "note_shown", "save",
    "settle", "take_back",
]  # fmt: skip
