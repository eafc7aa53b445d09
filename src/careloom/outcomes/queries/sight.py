"""Which figures of a snapshot a reader may see: all of them exactly, or what is published.

Whoever holds COUNTS_EXACT for all keeps the counted rows and reads them exactly. A provider keeps its own rows and reads its own figures. Everybody
else reads the cells that the protection of the whole publication left open, providers by name only where they agreed (see `sites`).
Source: R-052, R-087, R-211; DESIGN section 6.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from careloom.kernel.suppression import HiddenBecause
from careloom.outcomes.models import Curve, Figure


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One figure as a reader may see it. `hidden` says why there is nothing: "" for a figure that is shown; then the counts are whole numbers.

    `by` is the stratum ("" for everybody) and `group` its value. `starts_on` is the first day, `ends_on` the day after the last.
    """

    indicator: str
    variant: str
    period: str
    starts_on: date
    ends_on: date
    by: str = ""
    group: str = ""
    counted: int = 0
    met: int = 0
    apart: int = 0
    unripe: int = 0
    whole: int = 0
    part: int = 0
    hidden: str = ""

    @property
    def is_year(self) -> bool:
        """Whether it is of a calendar year."""
        return self.period.isdigit()


@dataclass(frozen=True, kw_only=True)
class Sight:
    """How a reader sees: everything exactly, or what is published and what is counted of her own provider's records (`site`, its code)."""

    exact: bool = False
    site: str = ""

    def shows(self, row: Figure | Curve) -> bool:
        """Whether a row of a snapshot is shown. Its `hidden` is None where nobody has protected it yet."""
        return self.exact or row.hidden == "" or (row.by == "site" and bool(self.site) and row.value == self.site)


def seen(figure: Figure, sight: Sight) -> Seen:
    """A figure of a snapshot as this reader may see it: when it is hidden no count of it leaves this function."""
    shown = sight.shows(figure)
    place = Seen(
        indicator=figure.indicator, variant=figure.variant, period=figure.period, starts_on=figure.starts_on, ends_on=figure.ends_on,
        by=figure.by, group=figure.value,
    )  # fmt: skip
    if not shown:
        return replace(place, hidden=figure.hidden or HiddenBecause.NOT_PUBLISHED.value)
    return replace(
        place, counted=figure.counted, met=figure.met, apart=figure.apart, unripe=figure.unripe, whole=figure.whole, part=figure.part
    )  # fmt: skip


def newest(figures: Iterable[Seen]) -> list[Seen]:
    """In the order of time."""
    return sorted(figures, key=lambda one: (one.starts_on, one.ends_on))
