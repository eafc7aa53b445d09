"""How many things stand where, and how many of them are late: one bar a place, with its table beneath."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

WIDE, LEFT, ROW, BAR = 1104, 250, 44, 26


@dataclass(frozen=True, kw_only=True)
class LaneCount:
    """A place: how many stand there, and how many of them are late."""

    label: str
    count: int
    late: int = 0


@dataclass(frozen=True, kw_only=True)
class PlacedBar:
    """A bar where it is drawn: what is on time, then what is late."""

    lane: LaneCount
    y: int
    text_y: int
    width: float
    late_x: float
    late_width: float
    text_x: float


@dataclass(frozen=True, kw_only=True)
class Lanes:
    """The picture and its table. `headings`: of the place, the count and the late ones; `late_word` stands beside a bar."""

    title: str
    lanes: tuple[LaneCount, ...]
    headings: tuple[str, str, str]
    late_word: str
    template: ClassVar[str] = "ui/components/lanes.html"

    @property
    def height(self) -> int:
        """How high it is."""
        return ROW * len(self.lanes)

    @property
    def bars(self) -> tuple[PlacedBar, ...]:
        """Every bar with its place."""
        unit = (WIDE - LEFT - 170) / max((lane.count for lane in self.lanes), default=0) if any(lane.count for lane in self.lanes) else 0
        return tuple(_placed(lane, y=ROW * place, unit=min(unit, 60)) for place, lane in enumerate(self.lanes))


def _placed(lane: LaneCount, *, y: int, unit: float) -> PlacedBar:
    width, late = round((lane.count - lane.late) * unit, 1), round(lane.late * unit, 1)
    return PlacedBar(
        lane=lane, y=y + (ROW - BAR) // 2, text_y=y + ROW // 2 + 5, width=width, late_x=LEFT + width, late_width=late,
        text_x=round(LEFT + width + late + 12, 1),
    )  # fmt: skip
