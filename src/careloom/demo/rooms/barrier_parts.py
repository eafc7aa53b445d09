"""What a story of a barrier is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A step: the deed, the weeks before the last day, who takes it, and what is told. Keys of bodies and seats stand for their ids."""

    deed: str
    weeks: int
    who: str
    told: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class BarrierOf:
    """A barrier. Without `who` it came from families: `families` is how many in each month, by weeks before the last day."""

    key: str
    title: str
    words: str
    weeks: int
    who: str = ""
    kind: str = "CHALLENGE"
    cause: str = ""
    service: str = ""
    county: str = "Pine"
    quote: str = ""
    families: tuple[tuple[int, int], ...] = ()
    steps: tuple[Taken, ...] = ()


def step(deed: str, weeks: int, who: str, /, **told: Any) -> Taken:
    """One step in one line."""
    return Taken(deed=deed, weeks=weeks, who=who, told=told)
