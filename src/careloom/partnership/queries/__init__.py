"""Reads of the partnership. Each asks first how the reader stands to the collaborative."""

from careloom.partnership.queries.structure import Rooms, rooms_of, seat_of

__all__ = ["Rooms", "rooms_of", "seat_of"]
