"""What the surveys keep. No table names who answered, and none holds a family, an identity or a plan."""

from careloom.surveys.models.looking import AlignmentReview, StageReading, Walk, WalkStep
from careloom.surveys.models.rounds import Box, FollowUp, ItemSet, Remark, Rhythm, Round, Spent, Taken, Tally

__all__ = [
    "AlignmentReview", "Box", "FollowUp", "ItemSet", "Remark", "Rhythm", "Round", "Spent", "StageReading", "Taken", "Tally", "Walk", "WalkStep",
]  # fmt: skip
