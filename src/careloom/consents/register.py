"""Which data clauses are in force on a day, and what a data-sharing schedule lets flow between two agencies.

A schedule permits nothing by itself: between two agencies that have one, a consent carries only what the schedule lists, while it is in force.
Source: R-102, R-103; 42 CFR 2.11, 2.33(c); agreements.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from careloom.consents.flows.flow import FOREVER, end_of
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
    """The element schedules between agencies, on one day."""

    clauses: tuple[DataClause, ...]
    today: date

    def until(self, *, holder_id: UUID, recipient_id: UUID, category: str, purposes: Iterable[str]) -> dict[str, datetime]:
        """How long the schedule lets this category flow for each of these purposes: FOREVER where there is none; a closed one is left out."""
        rows = [c for c in self.clauses if c.kind == DATA_SHARING and (c.discloser_id, c.recipient_id) == (holder_id, recipient_id)]
        rows = [c for c in rows if c.ended_because != MISTAKE]
        if not rows:
            return dict.fromkeys(purposes, FOREVER)
        open_now = [c for c in rows if is_in_force(c, on=self.today) and category in c.categories]
        ends = {purpose: [end_of(last_day_of(c)) for c in open_now if purpose in c.purposes] for purpose in purposes}
        return {purpose: max(days) for purpose, days in ends.items() if days}
