"""What the barriers' rooms keep. None of these tables has a family, an identity or a plan in it."""

from careloom.barriers.models.given import Given
from careloom.barriers.models.register import Barrier, Cycle, Posting, Step

__all__ = ["Barrier", "Cycle", "Given", "Posting", "Step"]
