"""Reads of the surveys. Each asks first how the reader stands to the collaborative."""

from careloom.surveys.queries.looking import StageNow, pairs_of, review_due, reviews_of, stage_of, walk_of, walks_of
from careloom.surveys.queries.rounds import (
    Due,
    Element,
    Item,
    Overview,
    Results,
    earlier_of,
    follow_up_of,
    follow_ups_by,
    follow_ups_of,
    overview,
    remarks_of,
    results_of,
    round_of,
)

__all__ = [
    "Due", "Element", "Item", "Overview", "Results", "StageNow", "earlier_of", "follow_up_of", "follow_ups_by", "follow_ups_of", "overview",
    "pairs_of", "remarks_of", "results_of", "review_due", "reviews_of", "round_of", "stage_of", "walk_of", "walks_of",
]  # fmt: skip
