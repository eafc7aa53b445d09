"""What the meetings keep. None of its tables has a family, an identity or a plan in it (DESIGN section 2)."""

from careloom.meetings.models.contributions import Commitment, Contribution, Load, Priority, Represents, Visit
from careloom.meetings.models.meetings import AgendaItem, Attendance, Meeting, Series
from careloom.meetings.models.outcomes import ActionItem, ActionStep, Decision, Dissent

__all__ = [
    "ActionItem", "ActionStep", "AgendaItem", "Attendance", "Commitment", "Contribution", "Decision", "Dissent", "Load", "Meeting", "Priority",
    "Represents", "Series", "Visit",
]  # fmt: skip
