"""What is written. Each action is one transaction, for `by`, at `at`; a refusal is a value, and a form sent twice is one row."""

from careloom.knowledge.actions.disputes import adopt_process, close_dispute, open_dispute, take_step
from careloom.knowledge.actions.gate import pass_course
from careloom.knowledge.actions.registers import put_entry, take_out
from careloom.knowledge.actions.running import add_task, hold_review, say_of_self, tick
from careloom.knowledge.actions.told import adopt_roles, agree, answer, put_meaning, put_term, settle, write_profile

__all__ = [
    "add_task", "adopt_process", "adopt_roles", "agree", "answer", "close_dispute", "hold_review", "open_dispute", "pass_course", "put_entry",
    "put_meaning",
    "put_term", "say_of_self", "settle", "take_out", "take_step", "tick", "write_profile",
]  # fmt: skip
