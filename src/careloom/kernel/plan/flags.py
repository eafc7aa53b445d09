"""What a plan still lacks, said as a flag and never as a block. Source: R-116, R-120, R-140."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Flag(StrEnum):
    """A gap that the page points out."""

    ONLY_PARENT_GOALS = "ONLY_PARENT_GOALS"
    """The plan is fragmented: it has goals for the parent and none for the child (R-116)."""
    ONLY_CHILD_GOALS = "ONLY_CHILD_GOALS"
    """The plan is fragmented: it has goals for the child and none for the parent (R-116)."""
    NO_GOALS = "NO_GOALS"
    NO_STRENGTHS = "NO_STRENGTHS"
    """Needs stand without strengths (R-120)."""
    NO_NEEDS = "NO_NEEDS"
    NO_LEAD = "NO_LEAD"
    """Nobody on the team leads (R-140)."""
    NOT_AGREED = "NOT_AGREED"
    """She has not agreed to any version yet."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FlagFacts:
    """What the flags are read from. `goals_about` holds PARENT, CHILD or FAMILY for each open goal."""

    goals_about: tuple[str, ...]
    strengths: int
    needs: int
    has_lead: bool
    agreed: bool


def flags(*, facts: FlagFacts) -> tuple[Flag, ...]:
    """Return the gaps of a plan in the order in which a page names them.

    A goal about the FAMILY counts for the parent and the child alike.
    """
    about = set(facts.goals_about)
    tests = (
        (Flag.NO_LEAD, not facts.has_lead),
        (Flag.NO_GOALS, not about),
        (Flag.ONLY_PARENT_GOALS, about == {"PARENT"}),
        (Flag.ONLY_CHILD_GOALS, about == {"CHILD"}),
        (Flag.NO_STRENGTHS, facts.strengths == 0),
        (Flag.NO_NEEDS, facts.needs == 0),
        (Flag.NOT_AGREED, not facts.agreed),
    )
    return tuple(flag for flag, holds in tests if holds)
