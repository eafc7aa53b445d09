"""What many people think: one bar a statement inside its table, and a history as stairs that go up and down.

The layout is pure and a template draws it as SVG; the words beside each picture are the content.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

BAR_W = 240.0
STAIRS_W, STAIRS_H, LEFT, RIGHT, TOP, BASE = 720.0, 232.0, 176.0, 30.0, 20.0, 186.0


@dataclass(frozen=True, kw_only=True)
class OpinionRow:
    """One statement: the shares (0 to 1) that disagree, stand between, and agree; what is said of it; `tone` of its status."""

    words: str
    shares: tuple[float, float, float]
    said: str
    status: str = ""
    tone: str = ""
    url: str = ""

    @property
    def parts(self) -> tuple[tuple[str, float, float], ...]:
        """Class, place and width of each part of the bar."""
        placed, x = [], 0.0
        for name, share in zip(("no", "mid", "yes"), self.shares, strict=True):
            wide = round(BAR_W * share, 1)
            if wide:
                placed.append((name, round(x, 1), wide))
            x += wide
        return tuple(placed)


@dataclass(frozen=True, kw_only=True)
class Opinions:
    """Statements with their bars, as a table. `headings`: the statement, the picture, what is said."""

    title: str
    rows: tuple[OpinionRow, ...]
    headings: tuple[str, str, str]
    template: ClassVar[str] = "ui/components/opinions.html"


@dataclass(frozen=True, kw_only=True)
class Stairs:
    """How a level changed: `levels` by name from the lowest, `points` as (when, level) from the oldest."""

    levels: tuple[str, ...]
    points: tuple[tuple[str, float], ...]
    template: ClassVar[str] = "ui/components/stairs.html"

    def y(self, level: float) -> float:
        """The height of a level."""
        return round(BASE - (BASE - TOP) * level / max(1, len(self.levels) - 1), 1)

    def x(self, place: int) -> float:
        """Where a point stands."""
        return round(LEFT + (STAIRS_W - LEFT - RIGHT) * (place + 0.5) / max(1, len(self.points)), 1)

    @property
    def lines(self) -> tuple[tuple[str, float], ...]:
        """Each level's name and height."""
        return tuple((name, self.y(level)) for level, name in enumerate(self.levels))

    @property
    def dots(self) -> tuple[tuple[float, float, str, bool], ...]:
        """Each point: place, height, when, and whether it fell."""
        fell = [False, *(two[1] < one[1] for one, two in zip(self.points, self.points[1:], strict=False))]
        return tuple((self.x(i), self.y(level), when, fell[i]) for i, (when, level) in enumerate(self.points))

    @property
    def path(self) -> str:
        """Flat, then up or down, to each point."""
        parts: list[str] = []
        for i, (_when, level) in enumerate(self.points):
            x, y = self.x(i), self.y(level)
            parts += [f"H{x} V{y}"] if parts else [f"M{x},{y}"]
        return " ".join(parts)
