"""What is written. Each action is one transaction, for `by`, at `at`; a refusal is a value, and a form sent twice is one row."""

from careloom.inventory.actions.array import end_offer, put_offer
from careloom.inventory.actions.lasting import put_fund, put_keep, put_promising, put_reach, put_sustain, write_lesson
from careloom.inventory.actions.sharing import adopt_data_rule, agree_to_rule, put_hesitation, take_back_yes
from careloom.inventory.actions.standards import check_standard, put_standard
from careloom.inventory.actions.strategies import begin_strategy, step_strategy

__all__ = [
    "adopt_data_rule", "agree_to_rule", "begin_strategy", "check_standard", "end_offer", "put_fund", "put_hesitation", "put_keep", "put_offer",
    "put_promising", "put_reach", "put_standard", "put_sustain", "step_strategy", "take_back_yes", "write_lesson",
]  # fmt: skip
