"""At which stage a collaborative works: indicators, each met only with evidence; one may fall back as one may rise.

Source: R-062, R-063; collaboration-instruments.md 4.4 (stage: the highest with 70 of 100 of its indicators and of those of all before it).
"""

from __future__ import annotations

from collections.abc import Collection
from enum import IntEnum

ENOUGH = 0.7


class Stage(IntEnum):
    """The four stages; 0 where not even the first is reached."""

    NONE = 0
    EXCHANGE = 1
    JOINT_PROJECTS = 2
    CHANGING_RULES = 3
    CHANGING_SYSTEM = 4


INDICATORS: dict[Stage, tuple[str, ...]] = {
    Stage.EXCHANGE: ("DIRECTORY", "GLOSSARY", "ATTENDANCE", "CROSS_TRAINING"),
    Stage.JOINT_PROJECTS: ("CHARTER", "JOINT_PILOT", "CO_LOCATED", "SHARED_GOALS"),
    Stage.CHANGING_RULES: ("DATA_AGREEMENT", "SHARED_PLAN", "SCREENING_PROTOCOL", "PRIORITY_ADMISSION", "BLENDED_FUNDING"),
    Stage.CHANGING_SYSTEM: ("SHARED_DATA", "POLICY_CHANGED", "OPEN_TO_ALL", "SUSTAINED_FUNDING", "BETTER_OUTCOMES"),
}
STAGE_OF = {code: stage for stage, codes in INDICATORS.items() for code in codes}


def met_of(stage: Stage, met: Collection[str]) -> tuple[int, int]:
    """How many indicators of a stage are met, of how many."""
    codes = INDICATORS[stage]
    return sum(code in met for code in codes), len(codes)


def stage_reached(met: Collection[str]) -> Stage:
    """The highest stage of which enough is met, as is of each before it."""
    reached = Stage.NONE
    for stage in INDICATORS:
        have, all_of_them = met_of(stage, met)
        if have / all_of_them < ENOUGH:
            return reached
        reached = stage
    return reached


def missing_next(met: Collection[str]) -> tuple[str, ...]:
    """The indicators that the next stage still lacks; none after the last."""
    reached = stage_reached(met)
    return () if reached is Stage.CHANGING_SYSTEM else tuple(code for code in INDICATORS[Stage(reached + 1)] if code not in met)
