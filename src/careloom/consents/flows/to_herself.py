"""What the mother reads of hers (42 CFR 2.23; 45 CFR 164.524), and her own words, which reach the agencies that keep her plan."""

from __future__ import annotations

from collections.abc import Iterator

from careloom.consents import papers
from careloom.consents.flows.asking import Papers, permitted
from careloom.consents.flows.flow import FOREVER, Flow, flow
from careloom.consents.flows.told import Told
from careloom.infra.access.models import Segment
from careloom.kernel import disclosure
from careloom.kernel.agency_kinds import AgencyKind
from careloom.people.models import PersonPrincipal

#: She told them herself (42 CFR 2.12(d)(2)(ii)), and they take part in her care (45 CFR 164.510(b)); decision 0002.
OWN_WORDS = ("42 CFR 2.12(d)(2)(ii)", "45 CFR 164.510(b)")


def flows(told: Told) -> Iterator[Flow]:
    """Her own access to each segment about her or her infants, and her words to who keeps her plan."""
    for segment in told.segments:
        for person in told.people:
            if person.kind == "SELF" and segment.identity_id in person.subject_ids:
                yield from _to_plan(segment, person, told=told) if segment.holder_id == person.pk else _to_her(segment, person, told=told)


def _to_her(segment: Segment, person: PersonPrincipal, *, told: Told) -> Iterator[Flow]:
    subject = papers.subject_of(segment.identity_id, mother_ids=frozenset({person.identity_id}))
    facts = disclosure.Facts(legal_parent=True) if subject is disclosure.Subject.INFANT else disclosure.Facts()
    purposes = (disclosure.Purpose.PATIENT_ACCESS.value,)
    decided = permitted(
        segment, told=told, recipient_id=person.pk, actor=disclosure.Actor.PATIENT, subject=subject, purposes=purposes, tried=Papers(facts=facts),
        on=told.today,
    )  # fmt: skip
    if decided:
        yield flow(segment, recipient_id=person.pk, decided=decided, valid_from=min(told.at, person.made_at), instrument_id=None)


def _to_plan(segment: Segment, person: PersonPrincipal, *, told: Told) -> Iterator[Flow]:
    for keeper in sorted(told.keepers.get(person.pk, ()), key=str):
        yield Flow(
            segment=segment,
            recipient_id=keeper,
            purposes=tuple(sorted({AgencyKind(told.agencies[keeper].kind).purpose, "care_coordination"})),
            valid_from=person.made_at,
            valid_to=FOREVER,
            basis=OWN_WORDS,
            obligations=(),
            instrument_id=None,
        )
