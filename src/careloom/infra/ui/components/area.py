"""Pictures of places and of growth: a map of areas, and bars with a line over months. The table beside each holds the same numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Literal

AreaTone = Literal["none", "few", "some", "many", "own"]
WIDE, HIGH, LEFT, RIGHT, TOP, BASE = 720, 250, 44, 44, 24, 206


@dataclass(frozen=True, kw_only=True)
class Area:
    """A place: its polygon, where its words stand, what is said in it, and how heavy it is."""

    name: str
    points: str
    x: float
    y: float
    figure: str
    note: str = ""
    tone: AreaTone = "none"
    inside: bool = False


@dataclass(frozen=True, kw_only=True)
class AreaMap:
    """Places with a figure in each."""

    areas: tuple[Area, ...]
    width: int
    height: int
    template: ClassVar[str] = "ui/components/area_map.html"


@dataclass(frozen=True, kw_only=True)
class GrowthStep:
    """A month: how much there is (a bar) and how many it reaches (a dot; None where it is hidden or nobody counted)."""

    label: str
    breadth: int
    people: int | None
    hidden: str = ""


@dataclass(frozen=True, kw_only=True)
class PlacedStep:
    """A month where it is drawn. `y` is None where no dot stands; `said` is whether its label has room."""

    step: GrowthStep
    x: float
    middle: float
    width: float
    top: float
    height: float
    y: float | None
    said: bool


@dataclass(frozen=True, kw_only=True)
class Growth:
    """Scope as bars and scale as a line over months. Each has its own scale: bars to the left, the line to the right."""

    steps: tuple[GrowthStep, ...]
    template: ClassVar[str] = "ui/components/growth.html"

    @property
    def most_breadth(self) -> int:
        """The number at the top of the bars."""
        return max((step.breadth for step in self.steps), default=0)

    @property
    def most_people(self) -> int:
        """The number at the top of the line."""
        return max((step.people for step in self.steps if step.people is not None), default=0)

    @cached_property
    def placed(self) -> tuple[PlacedStep, ...]:
        """Every month with its places, the first to the left."""
        gap = (WIDE - LEFT - RIGHT) / max(len(self.steps), 1)
        every = max(1, round(len(self.steps) / 8))
        found = []
        for place, step in enumerate(self.steps):
            x = LEFT + gap * place
            top = _at(step.breadth, self.most_breadth)
            found.append(
                PlacedStep(
                    step=step, x=round(x + gap * 0.18, 1), middle=round(x + gap / 2, 1), width=round(gap * 0.64, 1), top=top,
                    height=round(BASE - top, 1), y=_at(step.people, self.most_people) if step.people is not None else None,
                    said=place % every == 0,
                )
            )  # fmt: skip
        return tuple(found)

    @property
    def lines(self) -> tuple[str, ...]:
        """The line in pieces: a hidden month breaks it."""
        pieces: list[list[str]] = [[]]
        for one in self.placed:
            if one.y is None:
                pieces.append([])
            else:
                pieces[-1].append(f"{one.middle},{one.y}")
        return tuple(" ".join(piece) for piece in pieces if len(piece) > 1)


def _at(value: int, most: int) -> float:
    return round(BASE - (BASE - TOP) * value / max(1, most), 1)
