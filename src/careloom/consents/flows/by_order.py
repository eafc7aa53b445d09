"""What a court order opens at the holder that keeps it (42 CFR 2.61 to 2.66; 45 CFR 164.512(e); R-107)."""

from __future__ import annotations

from collections.abc import Iterator

from careloom.consents import papers
from careloom.consents.flows.asking import Papers, permitted
from careloom.consents.flows.flow import Flow, flow
from careloom.consents.flows.told import Told
from careloom.kernel import disclosure


def flows(told: Told) -> Iterator[Flow]:
    """The grants of every order in force. INVARIANT: an order opens records of the holder that recorded it: it permits, it does not compel."""
    for order in told.orders:
        facts = disclosure.Facts(target="program" if order.target == "program" else None)
        tried = Papers(orders=(papers.kernel_order(order),), facts=facts, rests_on=str(order.pk))
        purposes, mothers, subjects = tuple(order.purposes), frozenset({order.identity_id}), dict.fromkeys(order.subject_ids)
        for segment in (held for subject_id in subjects for held in told.segments_of.get(subject_id, ())):
            if segment.holder_id != order.holder_id:
                continue
            subject = papers.subject_of(segment.identity_id, mother_ids=mothers)
            for recipient_id in dict.fromkeys(order.recipient_ids):
                actor = told.actor_of(recipient_id, identity_id=segment.identity_id)
                if actor is None or recipient_id == segment.holder_id:
                    continue
                permit = permitted(
                    segment, told=told, recipient_id=recipient_id, actor=actor, subject=subject, purposes=purposes, tried=tried, on=told.today
                )
                if permit is not None:
                    yield flow(segment, recipient_id=recipient_id, terms=permit.terms, valid_from=order.recorded_at, instrument_id=order.pk)
