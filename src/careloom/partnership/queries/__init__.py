"""Reads of the partnership. Each asks first how the reader stands to the collaborative."""

from careloom.partnership.queries.noted import not_final, noted_about, paper_officer
from careloom.partnership.queries.structure import Rooms, rooms_of, seat_of

__all__ = ["Rooms", "not_final", "noted_about", "paper_officer", "rooms_of", "seat_of"]
