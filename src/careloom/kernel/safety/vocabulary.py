"""The words of a safety assessment. None of them is a number: nothing here is added up, weighed or ranked by how many there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Part(StrEnum):
    """The three components of an assessment, all of them required (R-164)."""

    VULNERABILITY = "A"
    CAPACITY = "B"
    FACTOR = "C"


class Capacity(StrEnum):
    """How a protective capacity of an adult was seen (R-166)."""

    PRESENT = "PRESENT"
    DIMINISHED = "DIMINISHED"
    ABSENT = "ABSENT"


class Answer(StrEnum):
    """What was found about a safety factor (R-167)."""

    YES = "YES"
    NO = "NO"
    UNABLE = "UNABLE"


class Response(StrEnum):
    """What is done. The first is no plan at all; the last rests on a court's or another legal authority (safety-and-screening 3.1)."""

    SAFE = "SAFE"
    IN_HOME = "IN_HOME"
    OUT_OF_HOME = "OUT_OF_HOME"
    PLACEMENT = "PLACEMENT"


#: From what leaves a family most alone to what takes most from it.
STRENGTH: tuple[Response, ...] = (Response.SAFE, Response.IN_HOME, Response.OUT_OF_HOME, Response.PLACEMENT)


class Reason(StrEnum):
    """Why the parts point where they point, each with its source."""

    NO_DANGER = "NO_DANGER"
    NOBODY_VULNERABLE = "NOBODY_VULNERABLE"
    OFFSET = "OFFSET"
    NOT_KNOWN = "NOT_KNOWN"
    DANGER_NOW = "DANGER_NOW"
    HELD_AT_HOME = "HELD_AT_HOME"
    NOBODY_AT_HOME = "NOBODY_AT_HOME"

    @property
    def authority(self) -> str:
        """The rule that it comes from."""
        return "R-168" if self in {Reason.NO_DANGER, Reason.DANGER_NOW} else "Safety assessment, decision rule (domain 3.1)"


@dataclass(frozen=True, kw_only=True)
class Child:
    """A child of the family. `domains`: in which of the five domains something was noted that makes the child depend on others' protection."""

    key: str
    domains: frozenset[str] = frozenset()

    @property
    def is_vulnerable(self) -> bool:
        """Whether anything was noted in any domain. Two domains are not more than one."""
        return bool(self.domains)


@dataclass(frozen=True, kw_only=True)
class Adult:
    """An adult around the child. `cares`: parent, guardian or whoever has the daily care; `at_home`: lives with the child now or has moved in."""

    key: str
    cares: bool
    at_home: bool
    capacities: Mapping[str, Capacity] = field(default_factory=dict)

    @property
    def is_able(self) -> bool:
        """Whether every capacity that was assessed is there. Who was not assessed protects nobody."""
        return bool(self.capacities) and all(seen is Capacity.PRESENT for seen in self.capacities.values())


@dataclass(frozen=True, kw_only=True)
class Factor:
    """A safety factor as it was answered: which children it reaches, and whose behavior it is about, if an adult's."""

    key: str
    answer: Answer
    children: frozenset[str] = frozenset()
    by: frozenset[str] = frozenset()
