"""One grant that should exist, and how decisions of the kernel become one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from careloom.consents.flows.memory import Terms
from careloom.consents.rows import Held
from careloom.infra.access.models import Grant
from careloom.kernel.clocks import next_midnight
from careloom.kernel.disclosure import Decision

ALWAYS = datetime(1900, 1, 1, tzinfo=UTC)
FOREVER = datetime(9999, 12, 31, tzinfo=UTC)


class Flow(NamedTuple):
    """One grant that should exist. `valid_to` is exclusive."""

    segment: Held
    recipient_id: UUID
    terms: Terms
    valid_from: datetime
    valid_to: datetime
    instrument_id: UUID | None
    begins_later: bool = False  # on a day that its paper names; else it begins with the paper

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two grants the same grant."""
        row, terms = self.segment, self.terms
        where = (row.identity_id, row.category, row.holder_id, row.provenance, self.recipient_id)
        return (*where, terms.purposes, self.valid_to, terms.basis, terms.obligations, terms.review_needed, self.instrument_id)


def key_of(grant: Grant) -> tuple[object, ...]:
    """The key of a flow, of a grant that stands in the table."""
    where = (grant.identity_id, grant.category, grant.holder_id, grant.provenance, grant.recipient_id)
    said = (tuple(grant.purposes), grant.valid_to, tuple(grant.basis), tuple(grant.obligations), grant.review_needed)
    return (*where, *said, grant.instrument_id)


@lru_cache(maxsize=4096)
def begin_of(day: date) -> datetime:
    """The instant at which a local legal day begins."""
    return datetime.combine(day, time(), tzinfo=ZoneInfo(settings.TIME_ZONE))


@lru_cache(maxsize=4096)
def end_of(last_day: date | None) -> datetime:
    """The instant at which an inclusive last day is over; never, for one that has no last day."""
    return next_midnight(day=last_day, zone=settings.TIME_ZONE) if last_day else FOREVER


def terms_of(decided: Mapping[str, Decision]) -> Terms:
    """What a grant says of what the kernel permitted: `decided` holds a decision for each purpose, all of one paper."""
    first = next(iter(decided.values()))
    return Terms(
        purposes=tuple(sorted(decided)),
        basis=first.basis,
        obligations=tuple(sorted({duty.value for decision in decided.values() for duty in decision.obligations})),
        review_needed=any(decision.review_needed for decision in decided.values()),
        ends=end_of(first.ends_on),
    )


def flow(
    segment: Held,
    *,
    recipient_id: UUID,
    terms: Terms,
    valid_from: datetime,
    instrument_id: UUID | None,
    until: datetime = FOREVER,
    begins_later: bool = False,
) -> Flow:
    """The grant of what the kernel permitted; it ends no later than `until`."""
    return Flow(segment, recipient_id, terms, valid_from, terms.ends if terms.ends < until else until, instrument_id, begins_later)
