"""What patients asked of holders, each step of it, and what came of it. Source: 42 CFR 2.23 to 2.26; 45 CFR 164.522 to 164.528."""

from careloom.rights.models.beside import StandsBeside
from careloom.rights.models.heldback import HeldBack
from careloom.rights.models.request import PassedOn, RightsRequest, RightsStep

__all__ = ["HeldBack", "PassedOn", "RightsRequest", "RightsStep", "StandsBeside"]
