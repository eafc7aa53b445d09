"""Reads. Each asks first how the reader stands to the collaborative."""

from careloom.inventory.queries.array import Array, Line, array_of, offer_of
from careloom.inventory.queries.gaps import Gaps, gaps, strategies, strategy_of
from careloom.inventory.queries.lasting import Lasting, ending_funds, lasting, lessons, promising, reaches
from careloom.inventory.queries.sharing import Sharing, sharing
from careloom.inventory.queries.standards import Checked, Quality, quality, standard_of

__all__ = [
    "Array", "Checked", "Gaps", "Lasting", "Line", "Quality", "Sharing", "array_of", "ending_funds", "gaps", "lasting", "lessons", "offer_of",
    "promising", "quality", "reaches", "sharing", "standard_of", "strategies", "strategy_of",
]  # fmt: skip
