"""What the surveys write. Each action is one transaction; a refusal is a value, and a form sent twice is one row."""

from careloom.surveys.actions.answering import answer, is_open, round_of_code, take_code
from careloom.surveys.actions.following import done_follow_up, found_in, import_items, put_follow_up, put_rhythm, works_here
from careloom.surveys.actions.looking import drop_step, put_review, put_step, put_walk, read_stage
from careloom.surveys.actions.rounds import analyse, close_round, discuss, may_ask, open_round, print_codes, remind

__all__ = [
    "analyse", "answer", "close_round", "discuss", "done_follow_up", "drop_step", "found_in", "import_items", "is_open", "may_ask", "open_round",
    "print_codes", "put_follow_up", "put_review", "put_rhythm", "put_step", "put_walk", "read_stage", "remind", "round_of_code", "take_code",
    "works_here",
]  # fmt: skip
