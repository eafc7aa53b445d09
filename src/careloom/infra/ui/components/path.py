"""A way between tiers: lanes one over the other, knots from left to right, a solid line for what happened and a dashed one for what comes.

The layout is pure and a template draws it as SVG; the list of steps beside the picture is the content.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Literal

WIDE, LANE, TOP, LEFT, RIGHT = 1104, 90, 17, 222, 1010
KnotKind = Literal["start", "k", "wait", "o"]
LETTER, LEAST = 7.2, 9  # how wide a letter is drawn, and the fewest letters of a label
BEND = 34


@dataclass(frozen=True, kw_only=True)
class Lane:
    """A tier: its name and a quieter second line."""

    label: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class PathKnot:
    """One step: in which lane (0 is the highest), the day and a few words. `start` is hers, `k` happened, `wait` is now, `o` is to come."""

    lane: int
    label: str
    note: str = ""
    kind: KnotKind = "k"


@dataclass(frozen=True, kw_only=True)
class PlacedKnot:
    """A knot where it is drawn, with its two lines of words."""

    knot: PathKnot
    x: float
    y: float
    words: tuple[tuple[str, str, float, float], ...]  # class, text, x, y
    anchor: str


@dataclass(frozen=True, kw_only=True)
class Path:
    """The picture."""

    lanes: tuple[Lane, ...]
    knots: tuple[PathKnot, ...]
    template: ClassVar[str] = "ui/components/path.html"

    @property
    def height(self) -> int:
        """How high it is."""
        return TOP + LANE * len(self.lanes)

    @property
    def rows(self) -> tuple[tuple[Lane, int, int, int], ...]:
        """Each lane with its top and the places of its two lines."""
        return tuple((lane, TOP + LANE * place, TOP + LANE * place + 43, TOP + LANE * place + 63) for place, lane in enumerate(self.lanes))

    @cached_property
    def placed(self) -> tuple[PlacedKnot, ...]:
        """Every knot with its place."""
        last = max(len(self.knots) - 1, 1)
        step = (RIGHT - LEFT) / last
        across = [round(LEFT + step * place, 1) for place in range(len(self.knots))]
        return tuple(_placed(knot, x=across[place], place=place, knots=self.knots, step=step) for place, knot in enumerate(self.knots))

    @property
    def done(self) -> str:
        """The line through what happened."""
        return _line([(one.x, one.y) for one in self.placed if one.knot.kind != "o"])

    @property
    def coming(self) -> str:
        """The dashed line through what comes."""
        ahead = [place for place, one in enumerate(self.placed) if one.knot.kind == "o"]
        return _line([(one.x, one.y) for one in self.placed[max(ahead[0] - 1, 0) :]]) if ahead else ""


def _placed(knot: PathKnot, *, x: float, place: int, knots: tuple[PathKnot, ...], step: float) -> PlacedKnot:
    y = TOP + LANE * knot.lane + LANE / 2
    under = _is_under(place, knots=knots)
    # Words run until the next ones that stand in the same lane on the same side.
    beside = [at for at, other in enumerate(knots) if at > place and other.lane == knot.lane and _is_under(at, knots=knots) == under]
    room = step * (min(beside) - place if beside else 3) - 12
    most = max(LEAST, int(min(room, 260) / LETTER))
    edge = x > WIDE - 150
    anchor, left = ("end", x + 12) if edge else ("start", x - 8)
    top = y + 24 if under else y - 32
    kind = "p-b p-now" if knot.kind == "wait" else "p-b"
    words = ((kind, _short(knot.label, most), left, round(top, 1)), ("", _short(knot.note, most), left, round(top + 16, 1)))
    return PlacedKnot(knot=knot, x=x, y=y, words=words, anchor=anchor)


def _is_under(place: int, *, knots: tuple[PathKnot, ...]) -> bool:
    """Whether the words of a knot stand under it: not where the line goes down behind it, and neighbors in one lane take turns."""
    knot, later = knots[place], knots[place + 1] if place + 1 < len(knots) else None
    if later is not None and later.lane > knot.lane:
        return False
    first = place
    while first > 0 and knots[first - 1].lane == knot.lane:
        first -= 1
    return (place - first) % 2 == 0


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _line(points: list[tuple[float, float]]) -> str:
    if not points:
        return ""
    parts = [f"M{points[0][0]},{points[0][1]}"]
    for (x1, y1), (x2, y2) in itertools.pairwise(points):
        if y1 == y2:
            parts.append(f"L{x2},{y2}")
            continue
        bend = min(BEND, (x2 - x1) / 2)
        middle = (x1 + x2) / 2
        parts.append(f"L{middle - bend},{y1} C{middle},{y1} {middle},{y2} {middle + bend},{y2} L{x2},{y2}")
    return " ".join(parts)
