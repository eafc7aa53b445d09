"""What changes keep. None of their tables has a family, an identity or a plan in it (DESIGN section 2)."""

from careloom.changes.models.guidance import Addressee, Comment, Feedback, Guidance, GuidanceVersion
from careloom.changes.models.law import Definition, PlaceAnswer, Statute
from careloom.changes.models.learning import Adoption, Assistance, KnownStrategy, Lesson, Priority
from careloom.changes.models.pilots import Cycle, Observation, Pilot, PilotSite
from careloom.changes.models.policy import Practice, Proposal, ProposalStep, Rests, Strategy

__all__ = [
    "Addressee", "Adoption", "Assistance", "Comment", "Cycle", "Definition", "Feedback", "Guidance", "GuidanceVersion", "KnownStrategy",
    "Lesson", "Observation", "Pilot", "PilotSite", "PlaceAnswer", "Practice", "Priority", "Proposal", "ProposalStep", "Rests", "Statute",
    "Strategy",
]  # fmt: skip
