"""What aims read. Each asks `standing_of` first; an outsider gets NotVisible."""

from careloom.aims.queries.goals import Crosswalk, Goal, aim_of, aims_for, crosswalk, desire_of, goals_by_indicator
from careloom.aims.queries.numbers import (
    Reported,
    Saved,
    costs_for,
    costs_in_force,
    due_points,
    purposes_for,
    saving_of,
    savings_for,
    schedules_for,
    worked_out,
)
from careloom.aims.queries.proposals import Proposed, accepted_for_pack, judgements, proposal_of, proposals_for

__all__ = [
    "Crosswalk", "Goal", "Proposed", "Reported", "Saved", "accepted_for_pack", "aim_of", "aims_for", "costs_for", "costs_in_force", "crosswalk",
    "desire_of", "due_points", "goals_by_indicator", "judgements", "proposal_of", "proposals_for", "purposes_for", "saving_of", "savings_for",
    "schedules_for", "worked_out",
]  # fmt: skip
