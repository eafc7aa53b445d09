"""Shares side by side as lying bars, drawn on the server; the table beside the picture is the content."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

WIDTH, LABEL, END, LINE, TOP = 640, 220, 84, 30, 6
MOST_LETTERS = 28


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A share from 0 to 100, or None where it is not known or not shown; `beside` is what it is compared with."""

    label: str
    value: float | None
    beside: float | None = None
    words: str = ""  # what stands at its end


@dataclass(frozen=True, kw_only=True)
class PlacedBar:
    """A bar where it is drawn."""

    bar: Bar
    label: str
    y: float
    width: float
    beside: float
    text_x: float


@dataclass(frozen=True, kw_only=True)
class Bars:
    """Bars under each other. Where bars are compared, `key` says what each color is."""

    rows: tuple[Bar, ...]
    key: tuple[str, ...] = ()
    template: ClassVar[str] = "ui/components/bars.html"

    @property
    def height(self) -> int:
        """How high the drawing is."""
        return TOP * 2 + LINE * len(self.rows)

    @property
    def width(self) -> int:
        """How wide it is."""
        return WIDTH

    @property
    def left(self) -> int:
        """Where bars begin."""
        return LABEL

    @property
    def room(self) -> int:
        """How long the bar of a whole hundred is."""
        return WIDTH - LABEL - END

    @property
    def compares(self) -> bool:
        """Whether any bar has another beside it."""
        return any(row.beside is not None for row in self.rows)

    @cached_property
    def placed(self) -> tuple[PlacedBar, ...]:
        """Every bar with its place."""
        return tuple(_placed(row, y=TOP + LINE * place) for place, row in enumerate(self.rows))


def _placed(bar: Bar, *, y: float) -> PlacedBar:
    room = WIDTH - LABEL - END
    width, beside = (round(room * min(100.0, share or 0.0) / 100, 1) for share in (bar.value, bar.beside))
    label = bar.label if len(bar.label) <= MOST_LETTERS else bar.label[: MOST_LETTERS - 1].rstrip() + "…"
    return PlacedBar(bar=bar, label=label, y=y, width=width, beside=beside, text_x=LABEL + max(width, beside) + 6)
