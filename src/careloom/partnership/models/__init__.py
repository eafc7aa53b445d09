"""What the partnership keeps. None of its tables has a family, an identity or a plan in it (DESIGN section 2)."""

from careloom.partnership.models.noted import Noted
from careloom.partnership.models.structure import Body, Charter, Collaborative, OfCollaborative, Partner, Seat, Vision

__all__ = ["Body", "Charter", "Collaborative", "Noted", "OfCollaborative", "Partner", "Seat", "Vision"]
