"""One grant that should exist, and how a decision of the kernel becomes one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from careloom.infra.access.models import Grant, Segment
from careloom.kernel.clocks import next_midnight
from careloom.kernel.disclosure import Decision

ALWAYS = datetime(1900, 1, 1, tzinfo=UTC)
FOREVER = datetime(9999, 12, 31, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Flow:
    """One grant that should exist. `valid_to` is exclusive."""

    segment: Segment
    recipient_id: UUID
    purposes: tuple[str, ...]
    valid_from: datetime
    valid_to: datetime
    basis: tuple[str, ...]
    obligations: tuple[str, ...]
    instrument_id: UUID | None
    review_needed: bool = False
    begins_later: bool = False  # on a day that its paper names; else it begins with the paper

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two grants the same grant."""
        row = self.segment
        where = (row.identity_id, row.category, row.holder_id, row.provenance, self.recipient_id)
        return (*where, self.purposes, self.valid_to, self.basis, self.instrument_id)


def key_of(grant: Grant) -> tuple[object, ...]:
    """The key of a flow, of a grant that stands in the table."""
    where = (grant.identity_id, grant.category, grant.holder_id, grant.provenance, grant.recipient_id)
    return (*where, tuple(grant.purposes), grant.valid_to, tuple(grant.basis), grant.instrument_id)


def begin_of(day: date) -> datetime:
    """The instant at which a local legal day begins."""
    return datetime.combine(day, time(), tzinfo=ZoneInfo(settings.TIME_ZONE))


def end_of(last_day: date | None) -> datetime:
    """The instant at which an inclusive last day is over; never, for one that has no last day."""
    return next_midnight(day=last_day, zone=settings.TIME_ZONE) if last_day else FOREVER


def flow(
    segment: Segment,
    *,
    recipient_id: UUID,
    decided: Mapping[str, Decision],
    valid_from: datetime,
    instrument_id: UUID | None,
    until: datetime = FOREVER,
    begins_later: bool = False,
) -> Flow:
    """The grant of what the kernel permitted: `decided` holds a decision for each purpose, all of one paper; it ends no later than `until`."""
    first = next(iter(decided.values()))
    return Flow(
        segment=segment,
        recipient_id=recipient_id,
        purposes=tuple(sorted(decided)),
        valid_from=valid_from,
        valid_to=min(end_of(first.ends_on), until),
        basis=first.basis,
        obligations=tuple(sorted({duty.value for decision in decided.values() for duty in decision.obligations})),
        instrument_id=instrument_id,
        review_needed=any(decision.review_needed for decision in decided.values()),
        begins_later=begins_later,
    )
