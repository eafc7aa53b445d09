"""What the aims keep. None of it holds a family; indicators are known by the code of their definition."""

from careloom.aims.models.goals import Aim, Desire, Look, YearPriority
from careloom.aims.models.numbers import Calculation, Purpose, Schedule, Sent, UnitCost
from careloom.aims.models.proposals import Proposal, Quality, Ruling

__all__ = ["Aim", "Calculation", "Desire", "Look", "Proposal", "Purpose", "Quality", "Ruling", "Schedule", "Sent", "UnitCost", "YearPriority"]
