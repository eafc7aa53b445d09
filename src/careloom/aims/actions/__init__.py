"""What is written. Each action is one transaction, for `by`, at `at`; a refusal is a value, and a form sent twice is one row."""

from careloom.aims.actions.goals import end_row, ends_here, look_at, put_aim, put_desire, put_first
from careloom.aims.actions.numbers import keep_saving, put_cost, put_purpose, put_schedule, send
from careloom.aims.actions.proposals import judge, propose, rule

__all__ = [
    "end_row", "ends_here", "judge", "keep_saving", "look_at", "propose", "put_aim", "put_cost", "put_desire", "put_first", "put_purpose",
    "put_schedule", "rule", "send",
]  # fmt: skip
