"""Charts of time: values with the limits that chance alone keeps them in, and how many still wait as days go by. The table beside is the content."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BASE = 720, 240, 56, 700, 16, 204
LINES = 4


@dataclass(frozen=True, kw_only=True)
class ChartPoint:
    """A value of one period with its limits; `marked` where it says more than chance."""

    label: str
    value: float
    low: float
    high: float
    marked: bool = False


@dataclass(frozen=True, kw_only=True)
class PlacedPoint:
    """A point where it is drawn."""

    point: ChartPoint
    x: float
    y: float
    named: bool


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A line of the scale: where it is, and what it says."""

    at: float
    words: str


def scale(low: float, high: float) -> tuple[float, float, float]:
    """Round ends and a round step of a scale that holds both."""
    rough = ((high - low) or 1.0) / LINES
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= rough)
    first = math.floor(low / step) * step
    return first, max(math.ceil(high / step) * step, first + step), step


def _words(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) else f"{value:,.1f}"


@dataclass(frozen=True, kw_only=True)
class ControlChart:
    """Values by period, the middle, and the band that chance alone keeps values in."""

    points: tuple[ChartPoint, ...]
    middle: float
    band_word: str
    template: ClassVar[str] = "ui/components/control_chart.html"

    @property
    def ends(self) -> tuple[float, float, float]:
        """The scale: its lowest, its highest, its step."""
        every = [v for p in self.points for v in (p.value, p.low, p.high)] + [self.middle]
        return scale(max(0.0, min(every)), max(every))

    def y(self, value: float) -> float:
        """Vertical place of a value."""
        low, high, _ = self.ends
        return round(BASE - (BASE - TOP) * (value - low) / (high - low), 1)

    @property
    def placed(self) -> tuple[PlacedPoint, ...]:
        """Every point where it is drawn; as many labels as there is room for."""
        gap = (RIGHT - LEFT) / max(1, len(self.points) - 1)
        every = max(1, -(-len(self.points) // 8))
        last = len(self.points) - 1
        return tuple(
            PlacedPoint(point=p, x=round(LEFT + gap * i, 1), y=self.y(p.value), named=(last - i) % every == 0) for i, p in enumerate(self.points)
        )

    @property
    def line(self) -> str:
        """The points attribute of the line."""
        return " ".join(f"{p.x},{p.y}" for p in self.placed)

    @property
    def band(self) -> str:
        """The points attribute of the band."""
        there = [f"{p.x},{self.y(p.point.high)}" for p in self.placed]
        return " ".join([*there, *(f"{p.x},{self.y(p.point.low)}" for p in reversed(self.placed))])

    @property
    def middle_y(self) -> float:
        """Place of the middle line."""
        return self.y(self.middle)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The lines of the scale."""
        low, high, step = self.ends
        count = round((high - low) / step)
        return tuple(Mark(at=self.y(low + step * i), words=_words(low + step * i)) for i in range(count + 1))


@dataclass(frozen=True, kw_only=True)
class CurveStep:
    """After that many days this share (0 to 100) still waits, with its range where it is known."""

    days: int
    waiting: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, kw_only=True)
class WaitingCurve:
    """How many of 100 still wait, day by day, as stairs. `half_on` is the day on which half are there; None where it was not reached."""

    steps: tuple[CurveStep, ...]
    half_on: int | None
    days_word: str
    template: ClassVar[str] = "ui/components/waiting_curve.html"

    @property
    def last(self) -> int:
        """The last day that is drawn."""
        return max([step.days for step in self.steps], default=1) or 1

    def x(self, days: float) -> float:
        """Horizontal place of a day."""
        return round(LEFT + (RIGHT - LEFT) * days / self.last, 1)

    def y(self, share: float) -> float:
        """Vertical place of a share."""
        return round(BASE - (BASE - TOP) * share / 100, 1)

    @property
    def line(self) -> str:
        """The points attribute of the stairs."""
        return self._stairs([(step.days, step.waiting) for step in self.steps])

    @property
    def band(self) -> str:
        """The points attribute of the soft band; "" where no range is known."""
        known = [step for step in self.steps if step.low is not None and step.high is not None]
        if not known:
            return ""
        up = self._stairs([(step.days, step.high or 0.0) for step in known]).split(" ")
        down = self._stairs([(step.days, step.low or 0.0) for step in known]).split(" ")
        return " ".join([*up, *reversed(down)])

    def _stairs(self, steps: Sequence[tuple[int, float]]) -> str:
        places, before = [f"{self.x(0)},{self.y(100)}"], 100.0
        for days, share in steps:
            places += [f"{self.x(days)},{self.y(before)}", f"{self.x(days)},{self.y(share)}"]
            before = share
        return " ".join([*places, f"{RIGHT},{self.y(before)}"])

    @property
    def half(self) -> tuple[float, float] | None:
        """The place where half are there."""
        return None if self.half_on is None else (self.x(self.half_on), self.y(50))

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The lines of the scale: of 100."""
        return tuple(Mark(at=self.y(share), words=str(share)) for share in (0, 25, 50, 75, 100))

    @property
    def days(self) -> tuple[Mark, ...]:
        """The days along the foot."""
        low, high, step = scale(0, self.last)
        count = round((high - low) / step)
        return tuple(Mark(at=self.x(step * i), words=f"{step * i:,.0f}") for i in range(count + 1) if step * i <= self.last)
