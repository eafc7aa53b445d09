"""What the chapters of the partnership know: the collaborative, its partners, bodies and seats by their key, and who acts when."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from careloom.demo.draw import ZONE, instant
from careloom.demo.load.ground import Ground
from careloom.infra import clock
from careloom.infra.access import Viewer, acting_as
from careloom.infra.answers import Done, Refused, Stale

COORDINATOR, STATE_LEAD = "harrowmere", "adeyemi"


@dataclass(kw_only=True)
class House:
    """The collaborative of the practice county. Partners by the key of their agency, bodies and seats by keys of their own."""

    ground: Ground
    now: datetime
    collaborative_id: UUID
    partners: dict[str, UUID] = field(default_factory=dict)
    bodies: dict[str, UUID] = field(default_factory=dict)
    seats: dict[str, UUID] = field(default_factory=dict)

    def day(self, *, weeks_ago: int, days: int = 0) -> date:
        """A day so many weeks before the last day of the practice county; for a weekend the Friday before."""
        day = self.now.astimezone(ZONE).date() - timedelta(weeks=weeks_ago, days=-days)
        return day - timedelta(days=max(0, day.weekday() - 4))

    @contextmanager
    def then(self, *, weeks_ago: int = 0, days: int = 0, hour: int = 10, who: str = COORDINATOR) -> Iterator[tuple[Viewer, datetime]]:
        """A moment of the past (never of the future) in which the worker `who` acts, in a transaction of its own."""
        at = min(instant(day=self.day(weeks_ago=weeks_ago, days=days), hour=hour), self.now)
        by = self.ground.viewer(who)
        with clock.at(at), transaction.atomic(), acting_as(by):
            yield by, at


def done(answer: Done | Refused | Stale) -> UUID:
    """The row that an action made. Raises RuntimeError with its codes where it refused, for a load must not go on half."""
    if not isinstance(answer, Done):
        raise RuntimeError(f"The practice county's rooms: {answer}")
    return answer.row_id
