"""What lasts, as codes and pure rules: seven promising strategies, what follows money, what stays, and reach.

Source: On the Road to Improvement, strategies for sustainability (relationships, resources, results; scope and scale; reach);
R-056, R-065, R-066, R-088, R-132, R-213, R-218.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from math import ceil

from careloom.kernel.suppression import HOUSE_SETTINGS, HiddenBecause, PercentCell, SuppressionSettings, publish_percent

PLANNING_DAYS = 90  # the planning phase of a collaborative: until then a sustainability plan is opened in time
SOON_DAYS = 365  # money that ends within a year needs an answer

QUARTER_DAYS = 365.25 / 4


class Strategy(StrEnum):
    """The seven promising strategies (R-132)."""

    CO_LOCATION = "CO_LOCATION"
    TREATMENT_COURT = "TREATMENT_COURT"
    CASE_MANAGEMENT = "CASE_MANAGEMENT"
    STRUCTURES = "STRUCTURES"
    WRAPAROUND = "WRAPAROUND"
    PROTOCOLS = "PROTOCOLS"
    CROSS_TRAINING = "CROSS_TRAINING"


class Here(StrEnum):
    """How far a strategy is in place."""

    YES = "YES"
    PARTLY = "PARTLY"
    NO = "NO"


class Kind(StrEnum):
    """The three R's of systems change (R-066)."""

    RELATIONSHIPS = "RELATIONSHIPS"
    RESOURCES = "RESOURCES"
    RESULTS = "RESULTS"


class Stay(StrEnum):
    """What becomes of a change."""

    UNDECIDED = "UNDECIDED"
    KEEP = "KEEP"
    ALTER = "ALTER"
    LET_GO = "LET_GO"


class After(StrEnum):
    """What follows money that ends."""

    NOT_NEEDED = "NOT_NEEDED"
    NOTHING = "NOTHING"
    LOOKING = "LOOKING"
    APPLIED = "APPLIED"
    SECURED = "SECURED"


def ends_soon(*, until: date | None, today: date) -> bool:
    """Whether money ends within a year or has ended."""
    return until is not None and (until - today).days <= SOON_DAYS


def in_time(*, starts_on: date, opened_on: date) -> bool:
    """Whether a sustainability plan was opened in the planning phase (R-218)."""
    return (opened_on - starts_on).days <= PLANNING_DAYS


def reach(*, families: int | None, few: bool, eligible: int | None, settings: SuppressionSettings = HOUSE_SETTINGS) -> PercentCell:
    """The share of the intended families that is served, or why it is not shown: too few, nobody counted, or more served than intended."""
    if few or families is None:
        return PercentCell(value=None, hidden_because=HiddenBecause.PROTECTS_PEOPLE if few else HiddenBecause.NOT_PUBLISHED)
    if eligible is None or eligible < families:
        return PercentCell(value=None, hidden_because=HiddenBecause.NOT_PUBLISHED)
    return publish_percent(numerator=families, denominator=eligible, settings=settings)


def needed_a_quarter(*, share: float, goal: int, today: date, by: date) -> float | None:
    """How many of 100 more each quarter lead from `share` to `goal` by a day, one decimal up; None where it is reached or the day is over (R-065)."""
    days = (by - today).days
    if share >= goal or days <= 0:
        return None
    return ceil((goal - share) / (days / QUARTER_DAYS) * 10) / 10
