"""What a signed consent opens (42 CFR 2.31, 2.33(a); 45 CFR 164.508)."""

from __future__ import annotations

from collections.abc import Iterator

from careloom.consents import papers
from careloom.consents.flows.asking import Papers, permitted
from careloom.consents.flows.flow import FOREVER, Flow, flow
from careloom.consents.flows.told import Told
from careloom.consents.models import Consent
from careloom.infra.access.models import Segment
from careloom.people.models import PersonPrincipal


def flows(told: Told) -> Iterator[Flow]:
    """The grants of every consent in force."""
    for segment in told.segments:
        for consent in told.consents:
            if segment.identity_id in consent.subject_ids and discloses(consent, segment, people=told.people):
                yield from _of(segment, consent, told=told)


def discloses(consent: Consent, segment: Segment, *, people: list[PersonPrincipal]) -> bool:
    """Whether this form lets this segment go: her own words, or the record of a holder that the form names.

    INVARIANT: a form opens a holder's record only where that holder took the form, or she signed it in her own pages. Otherwise an agency
    could write a release that names another agency as discloser and read that agency's record: law permits, it does not compel (42 CFR 2.61).
    """
    hers = {p.pk for p in people if p.identity_id == consent.identity_id and p.kind == "SELF"}
    if segment.holder_id in hers:
        return True
    return segment.holder_id in consent.discloser_ids and (consent.holder_id == segment.holder_id or consent.holder_id in hers)


def _of(segment: Segment, consent: Consent, *, told: Told) -> Iterator[Flow]:
    subject = papers.subject_of(segment.identity_id, mother_ids=frozenset({consent.identity_id}))
    form = papers.kernel_consent(consent, discloser=str(segment.holder_id), subject=subject)
    for recipient_id in consent.recipient_ids:
        actor = told.actor_of(recipient_id)
        # INVARIANT: the keeper of her plan has her words already, within its caseload; a form that names it does not open them to all of it.
        if actor is None or recipient_id == segment.holder_id or recipient_id in told.keepers.get(segment.holder_id, ()):
            continue
        # An exchange passes on what she consented to only while it also serves the program (42 CFR 2.31(a)(4)(ii), 2.11).
        beside = tuple(papers.kernel_agreement(clause) for clause in told.agreements_between(segment.holder_id, recipient_id))
        tried = Papers(consents=(form,), agreements=beside, facts=papers.kernel_facts(consent), rests_on=form.id)
        decided = permitted(
            segment, told=told, recipient_id=recipient_id, actor=actor, subject=subject, purposes=form.purposes, tried=tried, on=told.today
        )
        # Between agencies with a data-sharing schedule a consent carries only what the schedule lists.
        lets = told.schedules.until(holder_id=segment.holder_id, recipient_id=recipient_id, category=segment.category, purposes=decided)
        for until in sorted(set(lets.values())):
            carried = {purpose: decided[purpose] for purpose, end in lets.items() if end == until}
            signed = consent.signed_at or FOREVER
            yield flow(segment, recipient_id=recipient_id, decided=carried, valid_from=signed, instrument_id=consent.pk, until=until)
