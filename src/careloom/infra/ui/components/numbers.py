"""Numbers about people: a measure with its range, a small trend, a funnel, and a cell that is hidden."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import ClassVar

from careloom.infra.ui.components.page import Link

TREND_W, TREND_H, PAD_L, PAD_R, PAD_T, PAD_B = 250, 78, 8, 46, 8, 18
FUNNEL_W, BAR_W, FUNNEL_TOP, FUNNEL_BASE = 1104, 108, 40, 190


@dataclass(frozen=True, kw_only=True)
class HiddenCell:
    """A number that is not shown, with the rule that hid it."""

    reason: str
    template: ClassVar[str] = "ui/components/hidden.html"


@dataclass(frozen=True, kw_only=True)
class Trend:
    """A small line: values by period (None where hidden), start and target where there are any, and the last value's interval."""

    periods: tuple[str, ...]
    values: tuple[float | None, ...]
    base: float | None = None
    target: float | None = None
    low: float | None = None
    high: float | None = None
    base_word: str = "start"
    target_word: str = "target"
    template: ClassVar[str] = "ui/components/trend.html"

    def x(self, index: int) -> float:
        """Horizontal place of a period."""
        return round(PAD_L + (TREND_W - PAD_L - PAD_R) * index / max(1, len(self.periods) - 1), 1)

    def y(self, value: float) -> float:
        """Vertical place of a value; the scale holds everything drawn with a little air."""
        drawn = [v for v in (*self.values, self.base, self.target, self.low, self.high) if v is not None]
        low, high = min(drawn), max(drawn)
        air = (high - low) * 0.08 or 1.0
        share = (value - low + air) / (high - low + 2 * air)
        return round(PAD_T + (TREND_H - PAD_T - PAD_B) * (1 - share), 1)

    @property
    def dots(self) -> tuple[tuple[float, float], ...]:
        """Places of the values that are shown."""
        return tuple((self.x(i), self.y(v)) for i, v in enumerate(self.values) if v is not None)

    @property
    def line(self) -> str:
        """The points attribute of the line."""
        return " ".join(f"{x},{y}" for x, y in self.dots)

    @property
    def interval(self) -> tuple[float, float] | None:
        """Top and bottom of the soft bar at the last value; None where its range is not known or the last value is not shown."""
        if self.low is None or self.high is None or not self.values or self.values[-1] is None:
            return None
        return self.y(self.high), self.y(self.low)

    @property
    def base_y(self) -> float | None:
        """Place of the start line."""
        return None if self.base is None else self.y(self.base)

    @property
    def target_y(self) -> float | None:
        """Place of the target line."""
        return None if self.target is None else self.y(self.target)

    @property
    def label_ys(self) -> tuple[float, float]:
        """Places of the words "start" and "target", kept 12 px apart."""
        base, target = self.base_y or 0.0, self.target_y or 0.0
        if self.base is not None and self.target is not None and abs(base - target) < 12:
            middle, half = (base + target) / 2, 6 if base > target else -6
            base, target = middle + half, middle - half
        return round(base + 3.5, 1), round(target + 3.5, 1)

    @property
    def last_x(self) -> float:
        """Place of the last period."""
        return self.x(len(self.periods) - 1)


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A sentence first, then the number, its range, start, target, aim and a small trend.

    `url` leads to its own page; `lines` stand under the sentence, each with the link that belongs to it or None.
    """

    name: str
    sentence: str
    value: str
    interval: str
    pairs: tuple[tuple[str, str], ...] = ()
    trend: Trend | None = None
    hidden: HiddenCell | None = None
    url: str = ""
    lines: tuple[tuple[str, Link | None], ...] = ()
    template: ClassVar[str] = "ui/components/measure.html"


@dataclass(frozen=True, kw_only=True)
class Measures:
    """Measures under each other on one surface."""

    rows: tuple[Measure, ...]
    template: ClassVar[str] = "ui/components/measures.html"


@dataclass(frozen=True, kw_only=True)
class FunnelStep:
    """One step: ``count`` is None where hidden, and ``hidden`` then gives the rule.

    ``lost`` says how many were lost on the way to it, where that is not all who are missing (for some it is too early to say).
    """

    label: str
    count: int | None
    note: str = ""
    hidden: str = ""
    lost: int | None = None


@dataclass(frozen=True, kw_only=True)
class FunnelBar:
    """A bar and the loss after it, as places."""

    step: FunnelStep
    x: float
    top: float
    height: float
    lost: int | None
    lost_x: float
    path: str
    largest: bool


@dataclass(frozen=True, kw_only=True)
class Funnel:
    """Where families are lost on the way to help; the largest loss is the only one marked."""

    title: str
    steps: tuple[FunnelStep, ...]
    headings: tuple[str, str, str]
    lost_word: str
    template: ClassVar[str] = "ui/components/funnel.html"

    @property
    def bar_width(self) -> int:
        """How wide a bar is: of many steps narrower, so that what is lost between them can be read."""
        return min(BAR_W, round(FUNNEL_W / len(self.steps) * 0.49))

    @property
    def bars(self) -> tuple[FunnelBar, ...]:
        """Each step placed; a hidden count draws no bar and no loss."""
        counts = [s.count for s in self.steps]
        ways = itertools.pairwise(self.steps)
        losses = [None if a.count is None or b.count is None else a.count - b.count if b.lost is None else b.lost for a, b in ways]
        worst = max((loss for loss in losses if loss is not None), default=None)
        marked = losses.index(worst) if worst else -1
        gap = FUNNEL_W / len(self.steps)
        tops = [_top(c, max((k for k in counts if k is not None), default=1)) for c in counts]
        bars = []
        for i, step in enumerate(self.steps):
            x = round(gap * i, 1)
            loss = losses[i] if i < len(losses) else None
            start, end = x + self.bar_width, round(gap * (i + 1), 1)
            path = f"M{start},{tops[i]} L{end},{tops[i + 1]} L{end},{FUNNEL_BASE} L{start},{FUNNEL_BASE} Z" if loss else ""
            bars.append(
                FunnelBar(
                    step=step, x=x, top=tops[i], height=round(FUNNEL_BASE - tops[i], 1), lost=loss,
                    lost_x=round((start + end) / 2, 1), path=path, largest=i == marked,
                )
            )  # fmt: skip
        return tuple(bars)


def _top(count: int | None, largest: int) -> float:
    share = (count or 0) / max(1, largest)
    return round(FUNNEL_BASE - (FUNNEL_BASE - FUNNEL_TOP) * share, 1)
