"""Which data clauses are in force on a day, and what a data-sharing schedule lets flow between two agencies.

A schedule permits nothing by itself: between two agencies that have one, a consent carries only what the schedule lists, while it is in force.
Source: R-102, R-103; 42 CFR 2.11, 2.33(c); agreements.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from careloom.consents.flows.flow import ALWAYS, FOREVER, begin_of, end_of
from careloom.consents.models import DataClause

DATA_SHARING = "DATA_SHARING"
MISTAKE = "MISTAKE"


def last_day_of(clause: DataClause) -> date | None:
    """The last inclusive day on which a clause carries anything: its end, or the day its review was due where an overdue review closes it."""
    review = clause.review_due_on if clause.closes_when_overdue else None
    days = [day for day in (clause.ends_on, review) if day is not None]
    return min(days) if days else None


def is_in_force(clause: DataClause, *, on: date) -> bool:
    """Whether a clause carries anything on a local legal day."""
    last = last_day_of(clause)
    return clause.ended_at is None and clause.starts_on <= on and (last is None or on <= last)


@dataclass(frozen=True, kw_only=True)
class Schedules:
    """The element schedules between agencies, on one day.

    `wanting` are agencies whose place wants a schedule before a consent carries anything of theirs to one of the `agencies`.
    """

    clauses: tuple[DataClause, ...]
    today: date
    wanting: frozenset[UUID] = frozenset()
    agencies: frozenset[UUID] = frozenset()

    def _wants(self, holder_id: UUID, recipient_id: UUID) -> bool:
        return holder_id in self.wanting and recipient_id in self.agencies

    @cached_property
    def _between(self) -> dict[tuple[UUID, UUID], list[DataClause]]:
        found: dict[tuple[UUID, UUID], list[DataClause]] = {}
        for clause in self.clauses:
            if clause.kind == DATA_SHARING and clause.ended_because != MISTAKE:
                found.setdefault((clause.discloser_id, clause.recipient_id), []).append(clause)
        return found

    def windows(self, *, holder_id: UUID, recipient_id: UUID, category: str, purpose: str) -> list[tuple[datetime, datetime]]:
        """From when until when this category may flow for this purpose, by what the two agencies agreed; past windows are left out.

        Always, where there is no schedule and the place wants none. Freely until the day on which the first one begins, and from then on
        while one that lists it is in force.
        """
        rows, wants = self._between.get((holder_id, recipient_id), []), self._wants(holder_id, recipient_id)
        if not rows:
            return [] if wants else [(ALWAYS, FOREVER)]
        listed = [c for c in rows if c.ended_at is None and category in c.categories and purpose in c.purposes]
        before = [] if wants else [(ALWAYS, begin_of(min(c.starts_on for c in rows)))]
        found = [*before, *((begin_of(c.starts_on), end_of(last_day_of(c))) for c in listed)]
        return [(begin, end) for begin, end in _joined(found) if end > begin_of(self.today)]


def _joined(windows: list[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """The same windows with those that touch made one."""
    joined: list[tuple[datetime, datetime]] = []
    for begin, end in sorted(window for window in windows if window[0] < window[1]):
        if joined and begin <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((begin, end))
    return joined
