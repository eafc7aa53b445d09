"""Pictures over time: months of a year as knots on a line, and columns made of parts. The page says the same in words or in a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

MONTH_W, MONTH_PAD = 44, 22
WIDE, HIGH, FOOT, HEAD = 640, 180, 34, 22
MonthState = Literal["held", "missed", "coming"]


@dataclass(frozen=True, kw_only=True)
class MonthKnot:
    """One month: its short name and what it came to."""

    label: str
    state: MonthState


@dataclass(frozen=True, kw_only=True)
class MonthStrip:
    """The months of a series: a filled knot was held, a ringed one is missing, an open one is still to come."""

    months: tuple[MonthKnot, ...]
    template: ClassVar[str] = "ui/components/month_strip.html"

    @property
    def width(self) -> int:
        """The width of the picture."""
        return max(1, len(self.months)) * MONTH_W

    @property
    def placed(self) -> tuple[tuple[MonthKnot, int], ...]:
        """Each month with its place."""
        return tuple((month, MONTH_PAD + MONTH_W * place) for place, month in enumerate(self.months))


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of a column: which of the series it belongs to, and how much it is."""

    tone: Literal["a", "b", "c", "d"]
    value: int


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column with its label; its parts stand on each other, or beside each other."""

    label: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True)
class PlacedPart:
    """A part as a rectangle."""

    tone: str
    x: float
    y: float
    width: float
    height: float
    value: int


@dataclass(frozen=True, kw_only=True)
class PlacedColumn:
    """A column with its rectangles, and where its label and its sum stand."""

    label: str
    middle: float
    top: float
    sum: int
    parts: tuple[PlacedPart, ...]


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Columns over time. `keys` names the tones; `beside` puts the parts next to each other instead of on each other."""

    columns: tuple[Column, ...]
    keys: tuple[tuple[str, str], ...]
    beside: bool = False
    template: ClassVar[str] = "ui/components/columns.html"

    @property
    def base(self) -> int:
        """The ground line."""
        return HIGH - FOOT

    @property
    def placed(self) -> tuple[PlacedColumn, ...]:
        """Every column in its place, on one scale."""
        sums = [max((p.value for p in column.parts), default=0) if self.beside else sum(p.value for p in column.parts) for column in self.columns]
        scale = (HIGH - FOOT - HEAD) / max([*sums, 1])
        gap = WIDE / max(1, len(self.columns))
        return tuple(self._placed(column, left=gap * place, gap=gap, scale=scale) for place, column in enumerate(self.columns))

    def _placed(self, column: Column, *, left: float, gap: float, scale: float) -> PlacedColumn:
        width, ground, found = min(gap * 0.6, 56.0), float(HIGH - FOOT), []
        x = left + (gap - width) / 2
        each = width / max(1, len(column.parts)) if self.beside else width
        top = ground
        for place, part in enumerate(column.parts):
            height = part.value * scale
            y = ground - height if self.beside else top - height
            beside = 2 if self.beside else 0
            found.append(
                PlacedPart(
                    tone=part.tone, x=round(x + (each * place if self.beside else 0), 1), y=round(y, 1), width=round(each - beside, 1),
                    height=round(height, 1), value=part.value,
                )
            )  # fmt: skip
            top = min(top, y)
        total = sum(part.value for part in column.parts)
        return PlacedColumn(label=column.label, middle=round(left + gap / 2, 1), top=round(top - 6, 1), sum=total, parts=tuple(found))
