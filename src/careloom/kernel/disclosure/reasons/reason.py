"""The shape of a reason."""

from __future__ import annotations

from enum import Enum


class Reason(Enum):
    """A named reason: citations (the main one first), one plain sentence, and whether counsel must still look.

    A member is `(citations, sentence)` or `(citations, sentence, True)`; citations are parted by `; ` and each is
    whole, as `42 CFR 2.31(a)(4)`. `review_needed` marks rules that law.md calls [K], [?] or prudential.
    """

    def __init__(self, citations: str, sentence: str, review_needed: bool = False) -> None:
        self.citations: tuple[str, ...] = tuple(citations.split("; "))
        self.sentence = sentence
        self.review_needed = review_needed

    @property
    def code(self) -> str:
        """The stable upper-case word for logs and the database."""
        return self.name
