"""Reads of barriers. Each asks first how the reader stands to the collaborative; what families read of answers names nobody and is for everybody."""

from careloom.barriers.queries.journeys import Journey, journey_of
from careloom.barriers.queries.registers import Asks, Chip, Register, channel_of, holding, open_for, queue_of, register_of, told_to_families

__all__ = [
    "Asks",
    "Chip",
    "Journey",
    "Register",
    "channel_of",
    "holding",
    "journey_of",
    "open_for",
    "queue_of",
    "register_of",
    "told_to_families",
]
