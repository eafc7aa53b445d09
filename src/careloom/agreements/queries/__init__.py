"""Reads of agreements. Each asks first how the reader stands to the collaborative."""

from careloom.agreements.queries.counting import Counting, counted_by
from careloom.agreements.queries.papers import Whole, agreement_of, agreements_of, definitions_of, in_force_of, live_of, spoken_of
from careloom.agreements.queries.waiting import Due, due

__all__ = [
    "Counting", "Due", "Whole", "agreement_of", "agreements_of", "counted_by", "definitions_of", "due", "in_force_of", "live_of", "spoken_of",
]  # fmt: skip
