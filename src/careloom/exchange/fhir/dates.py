"""FHIR dates: `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or an instant with offset (FHIR R4 2.24.0.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?\Z")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})\Z")
EARLIEST_YEAR = 1880


@dataclass(frozen=True, kw_only=True)
class When:
    """A moment as the sender gave it: the day (first day of a coarser date), and the instant if one was given."""

    on: date
    precision: str
    at: datetime | None = None


def read_when(text: object) -> When:
    """Parse a FHIR date, dateTime or instant. Raises ValueError when it is none or names no real day."""
    if not isinstance(text, str):
        raise ValueError("not text")
    if _INSTANT.match(text):
        at = datetime.fromisoformat(_microseconds(text))
        return _plausible(When(on=date.fromisoformat(text[:10]), precision="instant", at=at))
    if not _DATE.match(text):
        raise ValueError("not a FHIR date")
    precision = {4: "year", 7: "month", 10: "day"}[len(text)]
    return _plausible(When(on=date.fromisoformat((text + "-01-01")[:10]), precision=precision))


def _microseconds(text: str) -> str:
    """Fractions beyond six digits are cut, because Python keeps microseconds only."""
    return re.sub(r"\.(\d+)", lambda m: "." + m.group(1)[:6].ljust(6, "0"), text).replace("Z", "+00:00")


def _plausible(when: When) -> When:
    if when.on.year < EARLIEST_YEAR:
        raise ValueError("too long ago")
    return when


def when_or_none(text: object) -> When | None:
    """Like `read_when`, but None for anything that is no date: the rules have already spoken by then."""
    try:
        return read_when(text)
    except ValueError:
        return None
