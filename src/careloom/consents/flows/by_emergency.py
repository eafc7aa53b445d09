"""What an opening in a medical emergency shows, for its few hours (42 CFR 2.51; 45 CFR 164.506(c))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from careloom.consents.flows.asking import Papers, permitted
from careloom.consents.flows.flow import FOREVER, Flow, flow
from careloom.consents.flows.told import Told
from careloom.kernel import disclosure

PURPOSE = disclosure.Purpose.EMERGENCY_TREATMENT.value
TRIED = Papers(facts=disclosure.Facts(emergency=True, consent_obtainable=False, treating_relationship=True))


def flows(told: Told) -> Iterator[Flow]:
    """The grants of every opening that runs: what others hold of this patient, to the facility that treats her, until it closes."""
    for opening in told.emergencies:
        actor = told.actor_of(opening.holder_id, identity_id=opening.identity_id)
        for segment in told.segments_of.get(opening.identity_id, ()) if actor is not None else ():
            if segment.holder_id == opening.holder_id:
                continue
            permit = permitted(
                segment, told=told, recipient_id=opening.holder_id, actor=actor, subject=told.subjects[segment.identity_id], purposes=(PURPOSE,),
                tried=TRIED, on=told.today,
            )  # fmt: skip
            if permit is not None:
                # Its hours end it, which may run past midnight: the kernel counts in days, and says today.
                terms = replace(permit.terms, ends=FOREVER)
                yield flow(
                    segment, recipient_id=opening.holder_id, terms=terms, valid_from=opening.opened_at, instrument_id=opening.pk,
                    until=opening.closes_at,
                )  # fmt: skip
