"""What changes a treatment record. Each takes `by` and `at`, and is safe to repeat."""

from careloom.infra.answers import Done, Refused, Stale
from careloom.treatment.actions.admitting import Asking, admit, close_admission, end_referred, give_interim, put_in_queue
from careloom.treatment.actions.checking_in import cares_for, plan_check_ins
from careloom.treatment.actions.keeping import add_entry, change_entry, take_back

__all__ = [
    "Asking", "Done", "Refused", "Stale", "add_entry", "admit", "cares_for", "change_entry", "close_admission", "end_referred", "give_interim",
    "plan_check_ins", "put_in_queue", "take_back",
]  # fmt: skip
