"""What changes a case. Each function changes one thing, in one transaction, with its audit row; sent twice it is done once."""

from careloom.permanency.actions.court import cancel_hearing, court_review, enrol, extend, file_recommendation, hold_hearing, keep_order, plan_hearing
from careloom.permanency.actions.kin import log_kin, note_visit, plan_visit, tell_kin
from careloom.permanency.actions.opening import close_case, give_resource, open_case, set_recovery_day
from careloom.permanency.actions.planning import add_item, answer_fit, ask_fit, end_item, hold_review, note_fit, sign_plan
from careloom.permanency.actions.removing import change_custody, end_care, end_pause, note_court_facts, pause, place_child, remove_child
from careloom.permanency.actions.taking_back import take_back
from careloom.permanency.actions.tribe import Invited, Notice, answer_notice, ask_about_tribe, log_effort, note_receipt, send_notice

__all__ = [
    "Invited", "Notice", "add_item", "answer_fit", "answer_notice", "ask_about_tribe", "ask_fit", "cancel_hearing", "change_custody", "close_case",
    "court_review", "end_care", "end_item", "end_pause", "enrol", "extend", "file_recommendation", "give_resource", "hold_hearing", "hold_review",
    "keep_order", "log_effort", "log_kin", "note_court_facts", "note_fit", "note_receipt", "note_visit", "open_case", "pause", "place_child",
    "plan_hearing", "plan_visit", "remove_child", "send_notice", "set_recovery_day", "sign_plan", "take_back", "tell_kin",
]  # fmt: skip
