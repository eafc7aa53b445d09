"""What counted answers say: agreement, divergence between groups, what is not known, and which element is weakest.

An answer is 1 (strongly disagree) to 5 (strongly agree), or 0 (cannot say). Source: collaboration-instruments.md 4.1, 4.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

SCALE = (1, 2, 3, 4, 5)
UNSURE = 0
ONE_SIDE, APART, HALF = 0.7, 0.3, (0.4, 0.6)


class Verdict(StrEnum):
    """What the answers to one statement are."""

    SHARED = "SHARED"
    CONTESTED = "CONTESTED"
    UNKNOWN = "UNKNOWN"
    MIXED = "MIXED"


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How often each answer was given. Never ordered by person or time."""

    by_answer: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, found: Mapping[int, int]) -> Counts:
        """From answer and number."""
        return cls(by_answer=tuple(sorted(found.items())))

    def number(self, *answers: int) -> int:
        """How many gave one of these answers."""
        return sum(n for answer, n in self.by_answer if answer in answers)

    @property
    def said(self) -> int:
        """Who placed herself on the scale."""
        return self.number(*SCALE)

    @property
    def everybody(self) -> int:
        """All who answered, with those who cannot say."""
        return self.said + self.number(UNSURE)

    @property
    def agree(self) -> float:
        """The share of those on the scale who agree."""
        return self.number(4, 5) / self.said if self.said else 0.0

    @property
    def disagree(self) -> float:
        """The share of those on the scale who disagree."""
        return self.number(1, 2) / self.said if self.said else 0.0

    @property
    def unsure(self) -> float:
        """The share of all who cannot say or stand in the middle."""
        return self.number(UNSURE, 3) / self.everybody if self.everybody else 0.0

    @property
    def mean(self) -> float | None:
        """The mean on the scale; None where nobody is on it."""
        return sum(answer * n for answer, n in self.by_answer if answer in SCALE) / self.said if self.said else None

    @property
    def spread(self) -> float:
        """The standard deviation of those on the scale."""
        mean = self.mean
        if mean is None:
            return 0.0
        return sqrt(sum(n * (answer - mean) ** 2 for answer, n in self.by_answer if answer in SCALE) / self.said)

    def turned(self) -> Counts:
        """The same answers to the opposite statement."""
        return Counts.of({(6 - answer if answer in SCALE else answer): n for answer, n in self.by_answer})


def verdict(whole: Counts, groups: Iterable[Counts] = ()) -> Verdict:
    """Shared where 70 of 100 stand on one side and no two groups are 30 points apart; contested where they are, or where it is split near half."""
    if not whole.said or whole.unsure >= HALF[0]:
        return Verdict.UNKNOWN
    if gap(groups) >= APART or HALF[0] <= whole.agree <= HALF[1]:
        return Verdict.CONTESTED
    return Verdict.SHARED if max(whole.agree, whole.disagree) >= ONE_SIDE else Verdict.MIXED


def gap(groups: Iterable[Counts]) -> float:
    """The largest difference between the shares of two groups that agree."""
    shares = [one.agree for one in groups if one.said]
    return round(max(shares) - min(shares), 6) if len(shares) > 1 else 0.0


def together(counts: Iterable[Counts]) -> Counts:
    """Several statements as one, such as those of an element."""
    found: dict[int, int] = {}
    for one in counts:
        for answer, n in one.by_answer:
            found[answer] = found.get(answer, 0) + n
    return Counts.of(found)


def priority(*, votes: float, mean: float | None) -> float:
    """How much an element calls for work: the share that chose it, weighted by how far its capacity is from full (0 to 4)."""
    return round(votes * (5 - mean), 4) if mean is not None else 0.0
