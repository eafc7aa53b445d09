"""What an agreement's data clause opens by itself: a service to a program, a business associate, an audit, research.

A memorandum or a data-sharing schedule opens nothing here; the schedule limits what a consent carries (`register`).
Source: 42 CFR 2.11, 2.12(c)(4), 2.52, 2.53; 45 CFR 164.502(e).
"""

from __future__ import annotations

from collections.abc import Iterator

from careloom.consents import papers
from careloom.consents.flows.asking import Papers, permitted
from careloom.consents.flows.flow import Flow, begin_of, end_of, flow
from careloom.consents.flows.told import Told
from careloom.consents.models import DataClause
from careloom.consents.register import DATA_SHARING, last_day_of
from careloom.consents.rows import Held


def flows(told: Told) -> Iterator[Flow]:
    """The grants of every clause that carries something of its own."""
    for clause in told.clauses:
        last = last_day_of(clause)
        if clause.kind == DATA_SHARING or clause.ended_at is not None or (last is not None and last < told.today):
            continue
        tried = Papers(agreements=(papers.kernel_agreement(clause),), rests_on=str(clause.pk))
        for segment in told.segments_of_holder.get(clause.discloser_id, ()):
            if segment.category in clause.categories:
                yield from _of(segment, clause, told=told, tried=tried)


def _of(segment: Held, clause: DataClause, *, told: Told, tried: Papers) -> Iterator[Flow]:
    actor = told.actor_of(clause.recipient_id, identity_id=segment.identity_id)
    if actor is None or clause.recipient_id == segment.holder_id:
        return
    # A clause that begins later is asked about as of its first day: no job has to wake when the day comes.
    first = max(told.today, clause.starts_on)
    permit = permitted(
        segment, told=told, recipient_id=clause.recipient_id, actor=actor, subject=told.subjects[segment.identity_id],
        purposes=clause.purposes, tried=tried, on=first,
    )  # fmt: skip
    if permit is not None:
        later = clause.starts_on > told.today
        begins = begin_of(clause.starts_on) if later else clause.put_at
        yield flow(
            segment, recipient_id=clause.recipient_id, terms=permit.terms, valid_from=begins, instrument_id=clause.pk,
            until=end_of(last_day_of(clause)), begins_later=later,
        )  # fmt: skip
