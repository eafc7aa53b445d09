"""Reads of barriers. Each asks first how the reader stands to the collaborative; what families read of answers names nobody and is for everybody."""

from careloom.barriers.queries.journeys import Journey, answered_by, journey_of
from careloom.barriers.queries.owed import OwedBarrier, answers_to, has_part, owed_by, raised_by
from careloom.barriers.queries.registers import Asks, Chip, Register, channel_of, holding, open_for, queue_of, register_of, told_to_families
from careloom.barriers.queries.told import Told, told_about
from careloom.barriers.queries.years import Year, year_of

__all__ = [
    "Asks",
    "Chip",
    "Journey",
    "OwedBarrier",
    "Register",
    "Told",
    "Year",
    "answered_by",
    "answers_to",
    "channel_of",
    "has_part",
    "holding",
    "journey_of",
    "open_for",
    "owed_by",
    "queue_of",
    "raised_by",
    "register_of",
    "told_about",
    "told_to_families",
    "year_of",
]
