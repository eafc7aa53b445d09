"""What partners know of each other. None of the tables has a family, an identity or a plan in it."""

from careloom.knowledge.models.registers import (
    Champion,
    Community,
    Contact,
    Course,
    Entry,
    Exchange,
    Initiative,
    Material,
    Passed,
    Related,
    Resource,
    Staff,
    Stakeholder,
    Taken,
    Transfer,
)
from careloom.knowledge.models.running import Dispute, DisputeStep, Process, Review, SelfSaid, Task
from careloom.knowledge.models.told import Agreed, Answer, Matrix, Meaning, Part, Settled, Term

__all__ = [
    "Agreed", "Answer", "Champion", "Community", "Contact", "Course", "Dispute", "DisputeStep", "Entry", "Exchange", "Initiative", "Material",
    "Matrix", "Meaning", "Part", "Passed", "Process", "Related", "Resource", "Review", "SelfSaid", "Settled", "Staff", "Stakeholder", "Taken", "Task",
    "Term", "Transfer",
]  # fmt: skip
