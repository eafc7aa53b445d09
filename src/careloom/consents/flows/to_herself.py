"""What the mother reads of hers (42 CFR 2.23; 45 CFR 164.524), and her own words, which reach the agencies that keep her plan."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from careloom.consents import papers
from careloom.consents.flows.asking import Papers, permitted
from careloom.consents.flows.flow import FOREVER, Flow, flow
from careloom.consents.flows.memory import Permit, Terms
from careloom.consents.flows.shape import number
from careloom.consents.flows.told import Told
from careloom.consents.rows import Held, PersonRow
from careloom.kernel import disclosure
from careloom.kernel.agency_kinds import AgencyKind

#: She told them herself (42 CFR 2.12(d)(2)(ii)), and they take part in her care (45 CFR 164.510(b)); decision 0002.
OWN_WORDS = ("42 CFR 2.12(d)(2)(ii)", "45 CFR 164.510(b)")


_AS_PATIENT, _AS_PARENT = Papers(facts=disclosure.Facts()), Papers(facts=disclosure.Facts(legal_parent=True))
_PURPOSES = (disclosure.Purpose.PATIENT_ACCESS.value,)
#: What a question calls her, whoever she is: what she reads of her own does not depend on her name.
_SHE = number(0)


def flows(told: Told) -> Iterator[Flow]:
    """Her own access to each segment about her or her infants, and her words to who keeps her plan."""
    for segment in told.segments:
        for person in told.people_of.get(segment.identity_id, ()):
            if person.kind == "SELF":
                yield from _to_plan(segment, person, told=told) if segment.holder_id == person.pk else _to_her(segment, person, told=told)


def _to_her(segment: Held, person: PersonRow, *, told: Told) -> Iterator[Flow]:
    subject = papers.subject_of(segment.identity_id, mother_ids=frozenset({person.identity_id}))
    tried = _AS_PARENT if subject is disclosure.Subject.INFANT else _AS_PATIENT

    def ask() -> list[Permit | None]:
        return [
            permitted(segment, told=told, recipient_id=person.pk, actor=disclosure.Actor.PATIENT, subject=subject, purposes=_PURPOSES, tried=tried,
                      on=told.today, names={person.pk: _SHE})
        ]  # fmt: skip

    [permit] = ask() if told.is_bound(segment) else told.memory.ways(_way(segment, subject, told=told), make=ask)
    if permit is not None:
        yield flow(segment, recipient_id=person.pk, terms=permit.terms, valid_from=min(told.at, person.made_at), instrument_id=None)


def _way(segment: Held, subject: disclosure.Subject, *, told: Told) -> tuple[object, ...]:
    return (_SHE, told.source_of(segment), told.place_of(segment.holder_id), segment.category, subject, told.today)


def _to_plan(segment: Held, person: PersonRow, *, told: Told) -> Iterator[Flow]:
    for keeper in sorted(told.keepers.get(person.pk, ()), key=str):
        yield flow(segment, recipient_id=keeper, terms=_own_words(told.agencies[keeper].kind), valid_from=person.made_at, instrument_id=None)


@lru_cache(maxsize=64)
def _own_words(kind: str) -> Terms:
    """What an agency of this kind may do with her own words."""
    purposes = tuple(sorted({AgencyKind(kind).purpose, "care_coordination"}))
    return Terms(purposes=purposes, basis=OWN_WORDS, obligations=(), review_needed=False, ends=FOREVER)
