"""Two pictures of change: months of several sites against a start and a target, and columns of things that rest on each other.

The layouts are pure and a template draws them as SVG; the table beside each picture is the content.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Literal

LEFT, RIGHT, TOP, BOTTOM = 56.0, 150.0, 16.0, 34.0
WIDE, HIGH = 720.0, 300.0
BOX, GAP, COLUMN, STEP, HEAD = 168.0, 14.0, 214.0, 62.0, 40.0
MOST_LETTERS, MOST_LINES = 22, 2


@dataclass(frozen=True, kw_only=True)
class Course:
    """A site: its values by month, None where nothing may be shown."""

    label: str
    values: tuple[float | None, ...]
    compares: bool = False


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A course where it is drawn: its stretches without a gap, its dots and its label."""

    course: Course
    lines: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]
    label: tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Courses:
    """Months of several sites, with the start and the target as lines."""

    months: tuple[str, ...]
    courses: tuple[Course, ...]
    base: float
    target: float
    base_word: str
    target_word: str
    template: ClassVar[str] = "ui/components/courses.html"

    @cached_property
    def scale(self) -> tuple[float, float]:
        """The lowest and highest value that is drawn, with a little air; never below zero."""
        seen = [value for one in self.courses for value in one.values if value is not None] + [self.base, self.target]
        air = (max(seen) - min(seen)) * 0.12 or 1.0
        return max(0.0, min(seen) - air), max(seen) + air

    def x(self, place: int) -> float:
        """Where a month is."""
        return round(LEFT + (WIDE - LEFT - RIGHT) * (place / (len(self.months) - 1) if len(self.months) > 1 else 0.5), 1)

    def y(self, value: float) -> float:
        """Where a value is."""
        low, high = self.scale
        return round(TOP + (HIGH - TOP - BOTTOM) * (1 - (value - low) / (high - low)), 1)

    @property
    def base_y(self) -> float:
        """Where the start is."""
        return self.y(self.base)

    @property
    def target_y(self) -> float:
        """Where the target is."""
        return self.y(self.target)

    @property
    def ticks(self) -> tuple[tuple[float, str], ...]:
        """Three values at the left edge."""
        low, high = self.scale
        return tuple((self.y(value), f"{value:.0f}") for value in (low, (low + high) / 2, high))

    @property
    def month_ticks(self) -> tuple[tuple[float, str], ...]:
        """The months that are named: at most six."""
        every = max(1, -(-len(self.months) // 6))
        return tuple((self.x(place), month) for place, month in enumerate(self.months) if place % every == 0)

    @cached_property
    def placed(self) -> tuple[Drawn, ...]:
        """Every course where it is drawn; labels that would touch are moved apart."""
        return tuple(self._placed())

    def _placed(self) -> list[Drawn]:
        made: list[Drawn] = []
        taken: list[float] = []
        for one in self.courses:
            runs: list[list[str]] = [[]]
            dots = []
            for place, value in enumerate(one.values):
                if value is None:
                    runs.append([])
                    continue
                dots.append((self.x(place), self.y(value)))
                runs[-1].append(f"{self.x(place)},{self.y(value)}")
            at = dots[-1][1] + 5 if dots else HIGH - BOTTOM
            while any(abs(at - other) < 18 for other in taken):
                at += 18 if at < HIGH / 2 else -18
            taken.append(at)
            lines = tuple(" ".join(run) for run in runs if len(run) > 1)
            made.append(Drawn(course=one, lines=lines, dots=tuple(dots), label=(WIDE - RIGHT + 12, round(at, 1))))
        return made


@dataclass(frozen=True, kw_only=True)
class Thing:
    """A thing in a column, by its key; `tone` "gap" where something above it is missing."""

    key: str
    words: str
    tone: Literal["", "gap"] = ""


@dataclass(frozen=True, kw_only=True)
class Box:
    """A thing where it is drawn."""

    thing: Thing
    x: float
    y: float
    lines: tuple[tuple[str, float], ...]


@dataclass(frozen=True, kw_only=True)
class RestsOn:
    """Columns of things, each with its heading, and lines from a thing to one that it rests on."""

    heads: tuple[str, ...]
    columns: tuple[tuple[Thing, ...], ...]
    links: tuple[tuple[str, str], ...]  # the key of what rests, and of what it rests on
    template: ClassVar[str] = "ui/components/rests.html"
    box: ClassVar[tuple[float, float]] = (BOX, STEP - GAP)

    @property
    def size(self) -> tuple[float, float]:
        """How wide and how high the picture is."""
        return COLUMN * len(self.columns), HEAD + STEP * max([1, *(len(column) for column in self.columns)])

    @property
    def headed(self) -> tuple[tuple[float, str], ...]:
        """The headings where they are drawn."""
        return tuple((COLUMN * place, head) for place, head in enumerate(self.heads))

    @cached_property
    def boxes(self) -> tuple[Box, ...]:
        """Every thing where it is drawn."""
        made = []
        for column, things in enumerate(self.columns):
            for place, thing in enumerate(things):
                top = HEAD + STEP * place
                lines = _lines(thing.words)
                first = top + (STEP - GAP) / 2 + 5 - 8 * (len(lines) - 1)
                made.append(Box(thing=thing, x=COLUMN * column, y=top, lines=tuple((text, first + 17 * at) for at, text in enumerate(lines))))
        return tuple(made)

    @property
    def curves(self) -> tuple[str, ...]:
        """The lines between things, as paths."""
        places = {one.thing.key: one for one in self.boxes}
        made = []
        for lower, upper in self.links:
            if lower in places and upper in places:
                start, end = places[upper], places[lower]
                x1, y1, x2, y2 = start.x + BOX, start.y + (STEP - GAP) / 2, end.x, end.y + (STEP - GAP) / 2
                bend = (x2 - x1) / 2
                made.append(f"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}")
        return tuple(made)


def _lines(words: str) -> list[str]:
    """Words in at most two short lines."""
    lines: list[str] = []
    for word in words.split():
        if lines and len(lines[-1]) + 1 + len(word) <= MOST_LETTERS:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word[:MOST_LETTERS])
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1][: MOST_LETTERS - 1]}…"]
    return lines
