"""Which periods a snapshot computes: years that are over, by everything one may look by; quarters that are over, for everybody, for charts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

YEARS = 6
QUARTERS = 16
_OCTOBER = 10  # the federal fiscal year begins


@dataclass(frozen=True, kw_only=True)
class Period:
    """`starts_on` is its first day, `ends_on` the day after its last. `deep`: also by strata."""

    name: str
    starts_on: date
    ends_on: date
    deep: bool


def years(*, until: date, most: int = YEARS) -> list[Period]:
    """The calendar years that are over on `until` (the last day that is known), the oldest first."""
    last = (until + timedelta(days=1)).year - 1
    return [Period(name=str(y), starts_on=date(y, 1, 1), ends_on=date(y + 1, 1, 1), deep=True) for y in range(last - most + 1, last + 1)]


def fiscal_years(*, until: date, most: int = YEARS) -> list[Period]:
    """The federal fiscal years that are over, FFY2025 being from October 2024 to September 2025."""
    after = until + timedelta(days=1)
    last = after.year if after >= date(after.year, _OCTOBER, 1) else after.year - 1
    return [
        Period(name=f"FFY{y}", starts_on=date(y - 1, _OCTOBER, 1), ends_on=date(y, _OCTOBER, 1), deep=False) for y in range(last - most + 1, last + 1)
    ]


def quarters(*, until: date, most: int = QUARTERS) -> list[Period]:
    """The quarters that are over, the oldest first."""
    after = until + timedelta(days=1)
    end = date(after.year, 3 * ((after.month - 1) // 3) + 1, 1)
    found: list[Period] = []
    while len(found) < most:
        start = date(end.year - (end.month == 1), (end.month - 4) % 12 + 1, 1)
        found.append(Period(name=f"{start.year}-Q{(start.month + 2) // 3}", starts_on=start, ends_on=end, deep=False))
        end = start
    return found[::-1]


def periods(*, until: date, since: date | None = None) -> list[Period]:
    """All that a snapshot computes. What begins before `since`, the first day that is known whole, would be told from a part: it is left out."""
    found = [*years(until=until), *fiscal_years(until=until), *quarters(until=until)]
    return found if since is None else [period for period in found if period.starts_on >= since]
