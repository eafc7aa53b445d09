"""The shape of a reason."""

from __future__ import annotations

from enum import Enum
from typing import Protocol


class Spoken(Protocol):
    """Anything that a decision can give as its reason: a `Reason` of federal law, or a stricter rule of a place."""

    @property
    def code(self) -> str:
        """The stable word for logs and the database."""

    @property
    def citations(self) -> tuple[str, ...]:
        """Whole citations, the main one first."""

    @property
    def sentence(self) -> str:
        """One plain sentence."""

    @property
    def review_needed(self) -> bool:
        """Whether counsel must still look."""


class Reason(Enum):
    """A named reason: citations (the main one first), one plain sentence, and whether counsel must still look.

    A member is `(citations, sentence)` or `(citations, sentence, True)`; citations are parted by `; ` and each is
    whole, as `42 CFR 2.31(a)(4)`. `review_needed` marks rules that law.md calls [K], [?] or prudential.
    """

    # There is one object for each member, so its identity is its hash, at a tenth of the cost of hashing its name.
    __hash__ = object.__hash__

    def __init__(self, citations: str, sentence: str, review_needed: bool = False) -> None:
        self.citations: tuple[str, ...] = tuple(citations.split("; "))
        self.sentence = sentence
        self.review_needed = review_needed

    @property
    def code(self) -> str:
        """The stable upper-case word for logs and the database."""
        return self.name
