"""What agreements keep. None of their tables has a family, an identity or a plan in it."""

from careloom.agreements.models.following import Answer, Audit, Notice, Report, Review
from careloom.agreements.models.paper import Agreement, Clause, Comment, Element, Line, Party, Signature, Version

__all__ = [
    "Agreement",
    "Answer",
    "Audit",
    "Clause",
    "Comment",
    "Element",
    "Line",
    "Notice",
    "Party",
    "Report",
    "Review",
    "Signature",
    "Version",
]
