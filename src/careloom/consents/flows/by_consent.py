"""What a signed consent opens (42 CFR 2.31, 2.33(a); 45 CFR 164.508)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from careloom.consents import papers
from careloom.consents.flows.asking import permitted
from careloom.consents.flows.flow import ALWAYS, FOREVER, Flow, begin_of, flow, terms_of
from careloom.consents.flows.shape import Shape, numbered
from careloom.consents.flows.told import Told
from careloom.consents.rows import ConsentRow, Form, Held, Person
from careloom.kernel import disclosure
from careloom.kernel.disclosure import Decision

NOBODY: frozenset[UUID] = frozenset()


def flows(told: Told) -> Iterator[Flow]:
    """The grants of every consent in force."""
    for consent in told.consents:
        yield from _of(consent, told=told)


def discloses(consent: Form, segment: Held, *, people: Sequence[Person]) -> bool:
    """Whether this form lets this segment go: her own words, or the record of a holder that the form names.

    INVARIANT: a form opens a holder's record only where that holder took the form, or she signed it in her own pages. Otherwise an agency
    could write a release that names another agency as discloser and read that agency's record: law permits, it does not compel (42 CFR 2.61).
    """
    hers = frozenset(p.pk for p in people if p.identity_id == consent.identity_id and p.kind == "SELF")
    return _discloses(consent, segment, hers=hers)


def _discloses(consent: Form, segment: Held, *, hers: frozenset[UUID]) -> bool:
    if segment.holder_id in hers:
        return True
    return segment.holder_id in consent.discloser_ids and (consent.holder_id == segment.holder_id or consent.holder_id in hers)


def _of(consent: ConsentRow, *, told: Told) -> Iterator[Flow]:
    mothers, hers = frozenset({consent.identity_id}), told.herself.get(consent.identity_id, NOBODY)
    row, names = numbered(consent, hers=hers)
    shape = told.memory.shape(row, make=lambda: Shape(row))
    for identity_id in dict.fromkeys(consent.subject_ids):
        subject = papers.subject_of(identity_id, mother_ids=mothers)
        actors = {pk: actor for pk in consent.recipient_ids if (actor := told.actor_of(pk, identity_id=identity_id)) is not None}
        for segment in told.segments_of.get(identity_id, ()):
            if _discloses(consent, segment, hers=hers):
                if told.is_bound(segment):
                    yield from _bound(segment, consent, told=told, actors=actors, subject=subject, shape=shape, names=names)
                else:
                    yield from _free(segment, consent, told=told, actors=actors, subject=subject, shape=shape, names=names)


def _free(
    segment: Held, consent: ConsentRow, *, told: Told, actors: Mapping[UUID, disclosure.Actor], subject: disclosure.Subject, shape: Shape,
    names: Mapping[UUID, str],
) -> Iterator[Flow]:  # fmt: skip
    """Where no restriction, schedule or agreement has a say, the form alone decides: what it opens to each of its recipients is asked once."""
    discloser = names.get(segment.holder_id) or str(segment.holder_id)
    readers = tuple([(names.get(pk) or str(pk), actor) for pk, actor in actors.items()])
    permits = told.memory.ways(
        (shape, told.source_of(segment, name=discloser), told.place_of(segment.holder_id), segment.category, subject, readers, told.today),
        make=lambda: [
            permitted(segment, told=told, recipient_id=pk, actor=actor, subject=subject, purposes=shape.row.purposes,
                      tried=shape.papers(discloser=discloser, subject=subject), on=told.today, names=names)
            for pk, actor in actors.items()
        ],
    )  # fmt: skip
    # INVARIANT: the keeper of her plan has her words already, within its caseload; a form that names it does not open them to all of it.
    shut = told.keepers.get(segment.holder_id, NOBODY) | {segment.holder_id}
    for recipient_id, permit in zip(actors, permits, strict=True):
        if permit is not None and recipient_id not in shut:
            yield flow(segment, recipient_id=recipient_id, terms=permit.terms, valid_from=consent.signed_at or FOREVER, instrument_id=consent.pk)


def _bound(
    segment: Held, consent: ConsentRow, *, told: Told, actors: Mapping[UUID, disclosure.Actor], subject: disclosure.Subject, shape: Shape,
    names: Mapping[UUID, str],
) -> Iterator[Flow]:  # fmt: skip
    shut = told.keepers.get(segment.holder_id, NOBODY) | {segment.holder_id}
    for recipient_id, actor in actors.items():
        if recipient_id not in shut:
            yield from _to(recipient_id, segment, consent, told=told, actor=actor, subject=subject, shape=shape, names=names)


def _to(
    recipient_id: UUID, segment: Held, consent: ConsentRow, *, told: Told, actor: disclosure.Actor, subject: disclosure.Subject, shape: Shape,
    names: Mapping[UUID, str],
) -> Iterator[Flow]:  # fmt: skip
    tried = shape.papers(discloser=names.get(segment.holder_id) or str(segment.holder_id), subject=subject)
    # An exchange passes on what she consented to only while it also serves the program (42 CFR 2.31(a)(4)(ii), 2.11).
    clauses = told.agreements_between(segment.holder_id, recipient_id)
    if clauses:
        tried = replace(tried, agreements=tuple(papers.kernel_agreement(clause, names=names) for clause in clauses))
    asked: tuple[str, ...] = tuple(consent.purposes)
    # What an agreement of a later day will carry is asked about as of that day: no job has to wake when it comes.
    for day in (told.today, *sorted({clause.starts_on for clause in clauses if clause.starts_on > told.today})):
        permit = permitted(
            segment, told=told, recipient_id=recipient_id, actor=actor, subject=subject, purposes=asked, tried=tried, on=day, names=names
        )
        if permit is None:
            continue
        asked = tuple(purpose for purpose in asked if purpose not in permit.decided)
        signed = max(consent.signed_at or FOREVER, begin_of(day) if day > told.today else ALWAYS)
        yield from _within_schedule(segment, consent, told=told, recipient_id=recipient_id, decided=permit.decided, signed=signed)


def _within_schedule(
    segment: Held, consent: ConsentRow, *, told: Told, recipient_id: UUID, decided: Mapping[str, Decision], signed: datetime
) -> Iterator[Flow]:
    """Between agencies with a data-sharing schedule a consent carries only what the schedule lists, while it is in force (R-102)."""
    windows: dict[tuple[datetime, datetime], dict[str, Decision]] = {}
    for purpose, decision in decided.items():
        for window in told.schedules.windows(holder_id=segment.holder_id, recipient_id=recipient_id, category=segment.category, purpose=purpose):
            windows.setdefault(window, {})[purpose] = decision
    for (begin, end), carried in sorted(windows.items(), key=lambda item: item[0]):
        begins = max(signed, begin)
        if begins < end:
            yield flow(
                segment, recipient_id=recipient_id, terms=terms_of(carried), valid_from=begins, instrument_id=consent.pk, until=end,
                begins_later=begins > told.at and begins != consent.signed_at,
            )  # fmt: skip
