"""Who is at the table: kinds of partner as spokes, tiers as rings.

The layout is pure and a template draws it as SVG; the list beside the picture is the content.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import cos, pi, sin
from typing import ClassVar, Literal

SeatKind = Literal["held", "empty", "none"]
MIDDLE, RINGS, SPOKE, LABEL = 250.0, (84.0, 122.0, 160.0), (58.0, 172.0), 186.0
HELD, NONE = 9.5, 3.0  # how large a seat is drawn
LINE = 16  # from one line of a label to the next
MOST_LETTERS = 15


@dataclass(frozen=True, kw_only=True)
class Spoke:
    """One kind of partner and its seat on each ring, inner ring first."""

    label: str
    seats: tuple[SeatKind, ...]

    @property
    def has_gap(self) -> bool:
        """Whether a seat of it is empty."""
        return "empty" in self.seats


@dataclass(frozen=True, kw_only=True)
class PlacedSeat:
    """A seat where it is drawn."""

    kind: SeatKind
    x: float
    y: float
    radius: float


@dataclass(frozen=True, kw_only=True)
class PlacedSpoke:
    """A spoke where it is drawn: its line, its seats and the lines of its label."""

    spoke: Spoke
    line: tuple[float, float, float, float]
    seats: tuple[PlacedSeat, ...]
    anchor: str
    words: tuple[tuple[str, float, float], ...]


@dataclass(frozen=True, kw_only=True)
class Wheel:
    """The wheel: `middle` stands in its center in two lines."""

    spokes: tuple[Spoke, ...]
    middle: tuple[str, str]
    template: ClassVar[str] = "ui/components/wheel.html"

    @property
    def rings(self) -> tuple[float, ...]:
        """The radius of each ring."""
        return RINGS

    @cached_property
    def placed(self) -> tuple[PlacedSpoke, ...]:
        """Every spoke with its places, the first one on top."""
        return tuple(_placed(spoke, turn=2 * pi * place / max(len(self.spokes), 1) - pi / 2) for place, spoke in enumerate(self.spokes))


def _placed(spoke: Spoke, *, turn: float) -> PlacedSpoke:
    x, y = cos(turn), sin(turn)
    at = lambda radius: (round(MIDDLE + radius * x, 1), round(MIDDLE + radius * y, 1))  # noqa: E731
    seats = tuple(
        PlacedSeat(kind=kind, x=at(ring)[0], y=at(ring)[1], radius=NONE if kind == "none" else HELD)
        for ring, kind in zip(RINGS, spoke.seats, strict=False)
    )
    lines = _lines(spoke.label)
    left, top = at(LABEL)
    top += 4.5 - (len(lines) - 1) * LINE / 2
    return PlacedSpoke(
        spoke=spoke,
        line=(*at(SPOKE[0]), *at(SPOKE[1])),
        seats=seats,
        anchor="start" if x > 0.2 else "end" if x < -0.2 else "middle",
        words=tuple((text, left, round(top + LINE * place, 1)) for place, text in enumerate(lines)),
    )


def _lines(label: str) -> list[str]:
    """A label in lines that leave room for its neighbors."""
    lines: list[str] = []
    for word in label.split():
        if lines and len(lines[-1]) + 1 + len(word) <= MOST_LETTERS:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines
