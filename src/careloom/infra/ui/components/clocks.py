"""Dates that run side by side: a pure layout from dates to positions, drawn by a template as SVG.

BRIEF.md section 3: server SVG and a plain sentence; here also the same dates as a list.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Literal

from django.utils.formats import date_format

WIDTH, LEFT, WIDEST, RIGHT, TOP, LANE = 1100, 150, 300, 20, 72, 68  # names have 150 to 300 px
LETTER, NAME = 6.6, 7.3  # a generous mean width of a letter of a label and of a name, so that they do not touch
PointKind = Literal["done", "due", "open", "key"]


@dataclass(frozen=True, kw_only=True)
class ClockPoint:
    """A date on a clock: ``done`` is a fact, ``due`` needs someone, ``open`` is ahead, ``key`` is ahead and counts."""

    on: dt.date
    label: str
    kind: PointKind = "open"


@dataclass(frozen=True, kw_only=True)
class ClockRow:
    """One clock: whose, what it counts, from when to when, and its dates."""

    name: str
    sub: str
    starts_on: dt.date
    ends_on: dt.date
    points: tuple[ClockPoint, ...]


@dataclass(frozen=True, kw_only=True)
class PlacedPoint:
    """A knot with its place and the place of its label."""

    point: ClockPoint
    x: float
    y: float
    radius: int
    label_y: float
    anchor: str


@dataclass(frozen=True, kw_only=True)
class Lane:
    """One clock as drawn: the solid part until today, the dashed part after it, the knots."""

    row: ClockRow
    y: float
    run: tuple[float, float] | None
    ahead: tuple[float, float] | None
    points: tuple[PlacedPoint, ...]


@dataclass(frozen=True, kw_only=True)
class Tick:
    """The first of a month: a line, and a label when there is room."""

    x: float
    label: str


@dataclass(frozen=True, kw_only=True)
class Clocks:
    """Clocks beside each other with today across them; ``sentence`` is what a person would say."""

    today: dt.date
    rows: tuple[ClockRow, ...]
    title: str
    sentence: str
    lead: str = ""
    link_label: str = ""
    link_url: str = ""
    anchor: str = "clocks"
    template: ClassVar[str] = "ui/components/clocks.html"

    @cached_property
    def span(self) -> tuple[dt.date, dt.date]:
        """First and last month shown, as first days of months."""
        dates = [self.today, *(d for r in self.rows for d in (r.starts_on, r.ends_on, *(p.on for p in r.points)))]
        return min(dates).replace(day=1), next_month(max(dates))

    @cached_property
    def left(self) -> int:
        """Where the time begins: as far right as the longest name asks for, within reason."""
        return min(WIDEST, max(LEFT, round(24 + NAME * max((len(text) for r in self.rows for text in (r.name, r.sub)), default=0))))

    @property
    def height(self) -> int:
        """Height of the picture: the names of the months stand below the lowest label, however far down that had to go."""
        lowest = max((point.label_y for lane in self.lanes for point in lane.points), default=0)
        return max(TOP + LANE * (len(self.rows) - 1) + 54, round(lowest) + 30)

    @property
    def foot(self) -> int:
        """Where the vertical lines end."""
        return self.height - 24

    @property
    def today_x(self) -> float:
        """Where today stands."""
        return self.x(self.today)

    def x(self, on: dt.date) -> float:
        """Horizontal place of a date."""
        first, last = self.span
        return round(self.left + (WIDTH - self.left - RIGHT) * (on - first).days / (last - first).days, 1)

    @cached_property
    def ticks(self) -> tuple[Tick, ...]:
        """Month lines; every second (then third, sixth) month is named so that names do not touch."""
        months, month = [], self.span[0]
        while month < self.span[1]:
            months.append(month)
            month = next_month(month)
        step = next((s for s in (1, 2, 3, 6) if len(months) / s <= 9), 12)
        shown = [m for m in months if len(months) <= 30 or (m.month - 1) % 3 == 0]
        return tuple(
            Tick(
                x=self.x(m),
                label="" if months.index(m) % step else date_format(m, "M Y" if m == months[0] or m.month <= step else "M"),
            )
            for m in shown
        )

    @cached_property
    def lanes(self) -> tuple[Lane, ...]:
        """Each clock with its knots placed."""
        return tuple(self._lane(row, TOP + LANE * i) for i, row in enumerate(self.rows))

    def _lane(self, row: ClockRow, y: float) -> Lane:
        start, now, end = self.x(row.starts_on), self.today_x, self.x(row.ends_on)
        return Lane(
            row=row,
            y=y,
            run=(start, min(now, end)) if start < now else None,
            ahead=(max(start, now + 6), end) if end > now + 6 else None,
            points=self._place(row, y),
        )

    def _place(self, row: ClockRow, y: float) -> tuple[PlacedPoint, ...]:
        line = (self.today_x, self.today_x)  # the line of today: a label should not lie across it
        taken: dict[float, list[tuple[float, float]]] = {rise: [line] for rise in (24.0, -14.0, -15.0)}
        placed = []
        for point in sorted(row.points, key=lambda p: p.on):
            x = self.x(point.on)
            rise, anchor, box = _free_place(x, len(point.label) * LETTER, point.kind, taken, self.left - 60)
            taken.setdefault(rise, []).append(box)
            placed.append(PlacedPoint(point=point, x=x, y=y, radius=6 if point.kind == "done" else 7, label_y=y + rise, anchor=anchor))
        return tuple(placed)


def _free_place(
    x: float, width: float, kind: PointKind, taken: dict[float, list[tuple[float, float]]], least: float
) -> tuple[float, str, tuple[float, float]]:
    """The first place for a label that touches no other: above for what is due, below for the rest."""
    below, above = (24.0, -14.0) if kind != "due" else (-15.0, 24.0)
    boxes = {"middle": (x - width / 2, x + width / 2), "start": (x - 4, x + width), "end": (x - width, x + 4)}
    order = ("start", "middle", "end") if kind == "due" else ("middle", "start", "end")
    for rise in (below, above):
        for anchor in order:
            low, high = boxes[anchor]
            inside = low >= least and high <= WIDTH
            if inside and all(high < a - 4 or low > b + 4 for a, b in taken.get(rise, [])):
                return rise, anchor, (low, high)
    return below + 15 if below > 0 else above, "middle", boxes["middle"]


def next_month(on: dt.date) -> dt.date:
    """The first day of the month after ``on``."""
    return dt.date(on.year + on.month // 12, on.month % 12 + 1, 1)
