"""Reads the time, with the demo world's offset, and turns instants into the jurisdiction's days."""

from __future__ import annotations

import time as monotonic
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings

_fixed: ContextVar[datetime | None] = ContextVar("careloom_fixed_now", default=None)
_cached: dict[str, float | timedelta] = {"read_at": float("-inf"), "ahead_by": timedelta(0)}
REREAD_SECONDS = 1.0


def now() -> datetime:
    """The present instant in UTC; in a demo world moved by the offset that only the owner role may write."""
    fixed = _fixed.get()
    return fixed if fixed is not None else datetime.now(tz=UTC) + _ahead_by()


def outside() -> datetime:
    """The present instant in UTC as other machines know it, never moved: what is signed elsewhere is dated by it."""
    return datetime.now(tz=UTC)


def today(zone_name: str | None = None) -> date:
    """The calendar day in the jurisdiction's zone (default: the deployment's)."""
    return now().astimezone(zone(zone_name)).date()


def zone(name: str | None = None) -> ZoneInfo:
    """The IANA zone `name`, or the deployment's own."""
    return ZoneInfo(name or settings.TIME_ZONE)


@contextmanager
def at(instant: datetime) -> Iterator[datetime]:
    """Fix the time for the block: used when a story of the past is played, and by tests.

    The database keeps its own clock, so row security still answers for the real present.
    """
    token = _fixed.set(instant)
    try:
        yield instant
    finally:
        _fixed.reset(token)


def _ahead_by() -> timedelta:
    if settings.CARELOOM_WORLD != "demo":
        return timedelta(0)
    moment = monotonic.monotonic()
    if moment - float(_cached["read_at"]) > REREAD_SECONDS:  # type: ignore[arg-type]
        row = apps.get_model("clock", "ClockOffset").objects.filter(pk=1).values_list("ahead_by", flat=True).first()
        _cached.update(read_at=moment, ahead_by=row or timedelta(0))
    return _cached["ahead_by"]  # type: ignore[return-value]


def forget() -> None:
    """Read the offset again at the next call (after it was moved in this process)."""
    _cached["read_at"] = float("-inf")
