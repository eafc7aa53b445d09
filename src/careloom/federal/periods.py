"""Periods of the federal files: a federal year runs from October 1 to September 30; AFCARS has its two halves, A and B."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from careloom.federal.layouts import AFCARS

_YEAR, _HALF = re.compile(r"FFY(20\d\d)"), re.compile(r"(20\d\d)([AB])")


@dataclass(frozen=True, kw_only=True)
class Period:
    """A period by its name; `ends_on` is the first day after it."""

    name: str
    starts_on: date
    ends_on: date


def period_of(*, kind: str, name: str) -> Period | None:
    """The period of that name for a kind of file: FFY2025, or 2025A (October to March) and 2025B (April to September). None: no such period."""
    if kind == AFCARS:
        half = _HALF.fullmatch(name)
        if half is None:
            return None
        year = int(half[1])
        starts, ends = (date(year - 1, 10, 1), date(year, 4, 1)) if half[2] == "A" else (date(year, 4, 1), date(year, 10, 1))
        return Period(name=name, starts_on=starts, ends_on=ends)
    found = _YEAR.fullmatch(name)
    if found is None:
        return None
    year = int(found[1])
    return Period(name=name, starts_on=date(year - 1, 10, 1), ends_on=date(year, 10, 1))


def periods_until(*, kind: str, today: date, years: int = 5) -> list[str]:
    """The names of the periods that have begun, newest first."""
    last = today.year + (today.month >= 10)
    names = [f"FFY{year}" for year in range(last, last - years, -1)]
    if kind == AFCARS:
        names = [f"{year}{half}" for year in range(last, last - years, -1) for half in "BA"]
    found = [period_of(kind=kind, name=name) for name in names]
    return [one.name for one in found if one is not None and one.starts_on <= today]
