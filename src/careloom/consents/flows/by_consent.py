"""What a signed consent opens (42 CFR 2.31, 2.33(a); 45 CFR 164.508)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from careloom.consents import papers
from careloom.consents.flows.asking import Papers, permitted
from careloom.consents.flows.flow import ALWAYS, FOREVER, Flow, begin_of, flow
from careloom.consents.flows.told import Told
from careloom.consents.models import Consent
from careloom.infra.access.models import Segment
from careloom.kernel.disclosure import Decision
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
    for recipient_id in consent.recipient_ids:
        # INVARIANT: the keeper of her plan has her words already, within its caseload; a form that names it does not open them to all of it.
        if recipient_id != segment.holder_id and recipient_id not in told.keepers.get(segment.holder_id, ()):
            yield from _to(recipient_id, segment, consent, told=told)


def _to(recipient_id: UUID, segment: Segment, consent: Consent, *, told: Told) -> Iterator[Flow]:
    actor = told.actor_of(recipient_id)
    if actor is None:
        return
    subject = papers.subject_of(segment.identity_id, mother_ids=frozenset({consent.identity_id}))
    form = papers.kernel_consent(consent, discloser=str(segment.holder_id), subject=subject)
    # An exchange passes on what she consented to only while it also serves the program (42 CFR 2.31(a)(4)(ii), 2.11).
    clauses = told.agreements_between(segment.holder_id, recipient_id)
    beside = tuple(papers.kernel_agreement(clause) for clause in clauses)
    tried = Papers(consents=(form,), agreements=beside, facts=papers.kernel_facts(consent), rests_on=form.id)
    open_for: set[str] = set()
    # What an agreement of a later day will carry is asked about as of that day: no job has to wake when it comes.
    for day in (told.today, *sorted({clause.starts_on for clause in clauses if clause.starts_on > told.today})):
        asked = [purpose for purpose in form.purposes if purpose not in open_for]
        decided = permitted(segment, told=told, recipient_id=recipient_id, actor=actor, subject=subject, purposes=asked, tried=tried, on=day)
        open_for |= set(decided)
        signed = max(consent.signed_at or FOREVER, begin_of(day) if day > told.today else ALWAYS)
        yield from _within_schedule(segment, consent, told=told, recipient_id=recipient_id, decided=decided, signed=signed)


def _within_schedule(
    segment: Segment, consent: Consent, *, told: Told, recipient_id: UUID, decided: dict[str, Decision], signed: datetime
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
                segment, recipient_id=recipient_id, decided=carried, valid_from=begins, instrument_id=consent.pk, until=end,
                begins_later=begins > told.at and begins != consent.signed_at,
            )  # fmt: skip
