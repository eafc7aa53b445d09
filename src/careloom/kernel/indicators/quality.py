"""Whether a measure that somebody proposes is good enough to steer by: valid, available, timely, and to be looked at by group. Source: R-084."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Facet(StrEnum):
    """What is tested."""

    VALID = "VALID"  # it measures what it says
    AVAILABLE = "AVAILABLE"  # the data are kept, and can be had
    TIMELY = "TIMELY"  # soon enough to act on
    BY_GROUP = "BY_GROUP"  # it can be told by race and ethnicity, language, place and payer without naming anybody


class Judged(StrEnum):
    """How a facet was judged."""

    YES = "YES"
    PARTLY = "PARTLY"
    NO = "NO"


class Verdict(StrEnum):
    """What the test says."""

    OPEN = "OPEN"  # a facet is not judged yet
    FIT = "FIT"  # all four hold
    WITH_CARE = "WITH_CARE"  # it may be used, and what it lacks stands beside it
    UNFIT = "UNFIT"  # it does not measure what it says, or nobody can have the data


def verdict(judged: Mapping[Facet, Judged]) -> Verdict:
    """What four judgements come to. Without validity or data no committee can make it an indicator; late or coarse data are a matter of care."""
    if any(facet not in judged for facet in Facet):
        return Verdict.OPEN
    if Judged.NO in (judged[Facet.VALID], judged[Facet.AVAILABLE]):
        return Verdict.UNFIT
    return Verdict.FIT if all(one is Judged.YES for one in judged.values()) else Verdict.WITH_CARE
