"""Repeatable chance: one stream for each table and family, so that adding a table or a family changes nothing else.

A stream is named by seed, table and family number; its numbers never depend on what another stream was asked.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from hashlib import blake2b
from random import Random
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/New_York")
"""The practice state's zone: legal days are local, instants are kept in UTC."""

T = TypeVar("T")


class Draw:
    """The chance of one table for one family. Same name, same answers."""

    __slots__ = ("_random",)

    def __init__(self, *, seed: int, table: str, number: int) -> None:
        digest = blake2b(f"{seed}/{table}/{number}".encode(), digest_size=8).digest()
        self._random = Random(int.from_bytes(digest, "big"))

    def chance(self, share: float) -> bool:
        """True in ``share`` of draws (0 to 1)."""
        return self._random.random() < share

    def share(self) -> float:
        """A number from 0 to 1, 1 excluded."""
        return self._random.random()

    def pick(self, rows: Sequence[T]) -> T:
        """One of the rows, all alike."""
        return rows[int(self._random.random() * len(rows))]

    def weighted(self, rows: Sequence[T], weights: Sequence[float]) -> T:
        """One of the rows, by weight (weights need no particular sum)."""
        return self._random.choices(rows, weights)[0]

    def one_of(self, table: Sequence[tuple[str, float]]) -> str:
        """One word of a table of words and weights."""
        return self.weighted([word for word, _ in table], [weight for _, weight in table])

    def some(self, rows: Sequence[T], count: int) -> list[T]:
        """``count`` different rows, in drawn order."""
        return self._random.sample(rows, min(count, len(rows)))

    def whole(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def normal(self, mean: float, deviation: float) -> float:
        """A normal draw."""
        return self._random.gauss(mean, deviation)

    def days(self, *, median: float, sigma: float) -> int:
        """Whole days from a log-normal with this median; at least 0."""
        return max(0, round(median * math.exp(self._random.gauss(0.0, sigma))))

    def weibull(self, *, scale: float, shape: float) -> float:
        """Days until an event whose survival is ``exp(-(t/scale)**shape)``."""
        return self._random.weibullvariate(scale, shape)

    def uuid(self) -> UUID:
        """A version 4 UUID of this stream."""
        return UUID(int=self._random.getrandbits(128), version=4)


def instant(*, day: date, hour: int, minute: int = 0) -> datetime:
    """The UTC instant of a local day and hour in the practice state."""
    return datetime.combine(day, time(hour, minute), ZONE).astimezone(UTC)


def working_day(day: date) -> date:
    """The day itself, or the Monday after it when it falls on a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def after_working_days(day: date, *, count: int) -> date:
    """``count`` Monday-to-Friday days after ``day`` (holidays belong to the jurisdiction's own calendar)."""
    moved = day
    left = count
    while left:
        moved += timedelta(days=1)
        left -= moved.weekday() < 5
    return moved


def months_before(day: date, *, months: int) -> date:
    """The same day of the month ``months`` earlier, or that month's last day."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError("There is no such month.")  # pragma: no cover (28 always exists)
