"""What child welfare does for a family's safety: assess, decide, approve, plan, watch, and say what stands beside it."""

from careloom.infra.answers import Done, Refused, Stale
from careloom.safety.actions.beside import ask_history, ensure_plan, note_history, note_told, offer_case
from careloom.safety.actions.deciding import approve, complete, correct, return_to_worker
from careloom.safety.actions.drafting import Person, Said, put_findings, put_person, take_out_person
from careloom.safety.actions.keeping import end_plan, not_kept, note_contact
from careloom.safety.actions.planning import add_step, drop_step, note_signature, note_spoken, start_plan
from careloom.safety.actions.reporting import Reported, correct_report, keep_report
from careloom.safety.actions.starting import screened_in, start
from careloom.safety.actions.taking_back import take_back, void

__all__ = [
    "Done", "Person", "Refused", "Reported", "Said", "Stale", "add_step", "approve", "ask_history", "complete", "correct", "correct_report",
    "drop_step", "end_plan", "ensure_plan", "keep_report", "not_kept", "note_contact", "note_history", "note_signature", "note_spoken", "note_told",
    "offer_case", "put_findings", "put_person", "return_to_worker", "screened_in", "start", "start_plan", "take_back", "take_out_person", "void",
]  # fmt: skip
