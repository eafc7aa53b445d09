"""Makes the grants of an identity from the papers in force, by asking the kernel once for each possible flow.

INVARIANT: a grant exists only where the kernel permits; this module adds no permission of its own except that the mother's own words
reach the agencies that keep her plan (she told them: 42 CFR 2.12(d)(2)(ii), 45 CFR 164.510(b)).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from django.apps import apps
from django.conf import settings
from django.db import connection

from careloom.agencies.models import Agency
from careloom.agencies.queries import agencies_by_id
from careloom.consents import links, papers
from careloom.consents.models import Consent
from careloom.consents.turns import take_family_turn
from careloom.infra import clock
from careloom.infra.access import PrincipalKind, System, acting_as, system
from careloom.infra.access.models import Grant, Principal, Segment
from careloom.kernel import disclosure
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.clocks import local_day, next_midnight
from careloom.people.models import PersonPrincipal

FOREVER = datetime(9999, 12, 31, tzinfo=UTC)
OWN_WORDS = ("42 CFR 2.12(d)(2)(ii)", "45 CFR 164.510(b)")


@dataclass(frozen=True, kw_only=True)
class Flow:
    """One grant that should exist."""

    segment: Segment
    recipient_id: UUID
    purposes: tuple[str, ...]
    valid_from: datetime
    valid_to: datetime
    basis: tuple[str, ...]
    obligations: tuple[str, ...]
    instrument_id: UUID | None

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two grants the same grant."""
        row = self.segment
        where = (row.identity_id, row.category, row.holder_id, row.provenance, self.recipient_id)
        return (*where, self.purposes, self.valid_to, self.basis, self.instrument_id)


@dataclass(frozen=True, kw_only=True)
class Papers:
    """Everything that the flows of some identities follow from."""

    segments: list[Segment]
    consents: list[Consent]
    people: list[PersonPrincipal]
    agencies: dict[UUID, Agency]
    # The agencies that keep a plan of hers, by the principal of the mother.
    keepers: dict[UUID, frozenset[UUID]]


def materialise(identity_ids: Iterable[UUID], *, at: datetime | None = None) -> int:
    """Bring the grants of these identities in line with the papers in force, in the caller's transaction. Returns how many changed."""
    at = at or clock.now()
    ids = sorted(set(identity_ids), key=str)
    # INVARIANT: whoever comes second reads what the first committed. Else a form that is revoked while a new fact opens its first grant
    # would leave that grant behind.
    take_family_turn(ids)
    with acting_as(system(System.GRANTS)):
        told = _gather(ids)
        wanted = {flow.key: flow for flow in _flows(told, at=at)}
        held = list(Grant.objects.filter(identity_id__in=ids, valid_to__gt=at))
        pages = _link_principals(held)
        live = {_key_of(g): g.pk for g in held if g.recipient_id not in pages or not links.still_stands(grant=g, consents=told.consents, at=at)}
        gone = [pk for key, pk in live.items() if key not in wanted]
        new = [flow for key, flow in wanted.items() if key not in live]
        _end(gone, at=at)
        _begin(new)
    return len(gone) + len(new)


def _link_principals(grants: list[Grant]) -> set[UUID]:
    """The one-time pages among the recipients. Their grants are made in `links` and end here only when their consent no longer stands."""
    found = Principal.objects.filter(pk__in={g.recipient_id for g in grants}, kind=PrincipalKind.LINK.value)
    return set(found.values_list("pk", flat=True)) if grants else set()


def _gather(ids: list[UUID]) -> Papers:
    consents = list(Consent.objects.filter(subject_ids__overlap=ids, signed_at__isnull=False, revoked_at=None, superseded_by=None))
    people = list(PersonPrincipal.objects.filter(subject_ids__overlap=ids, ended_at=None))
    if not consents and not people:
        return Papers(segments=[], consents=[], people=[], agencies={}, keepers={})
    segments = list(Segment.objects.filter(identity_id__in=ids))
    named = {s.holder_id for s in segments} | {r for c in consents for r in c.recipient_ids}
    agencies = agencies_by_id(ids=named)
    writers = sorted({s.holder_id for s in segments if s.category == "posc.plan_core" and s.holder_id in agencies}, key=str)
    speak = {s.holder_id for s in segments}
    keepers = {p.pk: frozenset(w for w in writers if _keeps_plan(w, identity_id=p.identity_id)) for p in people if p.kind == "SELF" and p.pk in speak}
    return Papers(segments=segments, consents=consents, people=people, agencies=agencies, keepers=keepers)


def _flows(told: Papers, *, at: datetime) -> Iterator[Flow]:
    today = local_day(at=at, zone=settings.TIME_ZONE)
    for segment in told.segments:
        for consent in told.consents:
            if segment.identity_id in consent.subject_ids and _discloses(consent, segment, people=told.people):
                yield from _by_consent(segment, consent, told=told, today=today)
        for person in told.people:
            if person.kind == "SELF" and segment.identity_id in person.subject_ids:
                yield from _to_herself(segment, person, told=told, at=at, today=today)
                yield from _her_words_to_her_plan(segment, person, told=told, at=at)


def _discloses(consent: Consent, segment: Segment, *, people: list[PersonPrincipal]) -> bool:
    """Whether this form lets this segment go: her own words, or the record of a holder that the form names.

    INVARIANT: a form opens a holder's record only where that holder took the form, or she signed it in her own pages. Otherwise an agency
    could write a release that names another agency as discloser and read that agency's record: law permits, it does not compel (42 CFR 2.61).
    """
    hers = {p.pk for p in people if p.identity_id == consent.identity_id and p.kind == "SELF"}
    if segment.holder_id in hers:
        return True
    return segment.holder_id in consent.discloser_ids and (consent.holder_id == segment.holder_id or consent.holder_id in hers)


def _by_consent(segment: Segment, consent: Consent, *, told: Papers, today: date) -> Iterator[Flow]:
    holder = told.agencies.get(segment.holder_id)
    source = papers.kernel_source(segment, agency=holder)
    subject = papers.subject_of(segment.identity_id, mother_ids=frozenset({consent.identity_id}))
    form = papers.kernel_consent(consent, discloser=source.holder, subject=subject)
    for recipient_id in consent.recipient_ids:
        actor = _actor_of(recipient_id, told=told)
        # INVARIANT: the keeper of her plan has her words already, within its caseload; a form that names it does not open them to all of it.
        if actor is None or recipient_id == segment.holder_id or recipient_id in told.keepers.get(segment.holder_id, ()):
            continue
        allowed = _allowed(segment, source=source, form=form, consent=consent, recipient_id=recipient_id, actor=actor, subject=subject, on=today)
        if allowed:
            first = next(iter(allowed.values()))
            yield Flow(
                segment=segment,
                recipient_id=recipient_id,
                purposes=tuple(sorted(allowed)),
                valid_from=consent.signed_at or FOREVER,
                valid_to=_end_of(first.ends_on),
                basis=tuple(first.basis),
                obligations=tuple(sorted(first.obligations)),
                instrument_id=consent.pk,
            )


def _actor_of(recipient_id: UUID, *, told: Papers) -> disclosure.Actor | None:
    """An agency by its kind; a supporter whom she named is a member of her family; anybody else gets nothing."""
    agency = told.agencies.get(recipient_id)
    if agency is not None:
        return disclosure.Actor(AgencyKind(agency.kind).org_type)
    named = any(person.pk == recipient_id and person.kind == "SUPPORTER" for person in told.people)
    return disclosure.Actor.FAMILY_MEMBER if named else None


def _allowed(
    segment: Segment,
    *,
    source: disclosure.Source,
    form: disclosure.Consent,
    consent: Consent,
    recipient_id: UUID,
    actor: disclosure.Actor,
    subject: disclosure.Subject,
    on: date,
) -> dict[str, disclosure.Decision]:
    decided: dict[str, disclosure.Decision] = {}
    facts = papers.kernel_facts(consent)
    for purpose in form.purposes:
        request = papers.kernel_request(recipient=str(recipient_id), actor=actor, subject=subject, category=segment.category, purpose=purpose, on=on)
        decision = disclosure.decide(disclosure.Scenario(request=request, source=source, consents=(form,), facts=facts))
        # Only a permit that rests on this very form makes its grant, so that revoking the form ends exactly what it opened.
        if decision.outcome is disclosure.Outcome.PERMIT and form.id in decision.instruments:
            decided[purpose] = decision
    return decided


def _to_herself(segment: Segment, person: PersonPrincipal, *, told: Papers, at: datetime, today: date) -> Iterator[Flow]:
    if segment.holder_id == person.pk:
        return
    subject = papers.subject_of(segment.identity_id, mother_ids=frozenset({person.identity_id}))
    facts = disclosure.Facts(legal_parent=True) if subject is disclosure.Subject.INFANT else disclosure.Facts()
    request = papers.kernel_request(
        recipient=str(person.pk), actor=disclosure.Actor.PATIENT, subject=subject, category=segment.category, purpose="patient_access", on=today
    )
    source = papers.kernel_source(segment, agency=told.agencies.get(segment.holder_id))
    decision = disclosure.decide(disclosure.Scenario(request=request, source=source, facts=facts))
    if decision.outcome is disclosure.Outcome.PERMIT:
        yield Flow(
            segment=segment,
            recipient_id=person.pk,
            purposes=("patient_access",),
            valid_from=min(at, person.made_at),
            valid_to=_end_of(decision.ends_on),
            basis=tuple(decision.basis),
            obligations=tuple(sorted(decision.obligations)),
            instrument_id=None,
        )


def _her_words_to_her_plan(segment: Segment, person: PersonPrincipal, *, told: Papers, at: datetime) -> Iterator[Flow]:
    if segment.holder_id != person.pk:
        return
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


def _keeps_plan(agency_id: UUID, *, identity_id: UUID) -> bool:
    """Whether an agency keeps a plan of hers. To have written in one is not enough: that agency reads her words by her consent, while it lasts."""
    plans = apps.get_model("plans", "PlanOfSafeCare")
    with acting_as(system(System.JOB, holder_id=agency_id)):
        return plans.objects.filter(holder_id=agency_id, identity_id=identity_id).exists()


def _end_of(last_day: date | None) -> datetime:
    return next_midnight(day=last_day, zone=settings.TIME_ZONE) if last_day else FOREVER


def _key_of(grant: Grant) -> tuple[object, ...]:
    where = (grant.identity_id, grant.category, grant.holder_id, grant.provenance, grant.recipient_id)
    return (*where, tuple(grant.purposes), grant.valid_to, tuple(grant.basis), grant.instrument_id)


def _end(ids: list[UUID], *, at: datetime) -> None:
    if not ids:
        return
    with connection.cursor() as cursor:
        # The database's own present, so that no read which starts after this commit still sees the grant.
        cursor.execute("UPDATE access_grant SET valid_to = greatest(valid_from, least(%s, access_now())) WHERE id = ANY (%s)", [at, ids])


def _begin(flows: list[Flow]) -> None:
    if not flows:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_now()")
        (present,) = cursor.fetchone()
    Grant.objects.bulk_create(
        Grant(
            id=uuid4(),
            identity_id=flow.segment.identity_id,
            category=flow.segment.category,
            holder_id=flow.segment.holder_id,
            provenance=flow.segment.provenance,
            recipient_id=flow.recipient_id,
            purposes=list(flow.purposes),
            valid_from=min(flow.valid_from, present),
            valid_to=flow.valid_to,
            basis=list(flow.basis),
            obligations=list(flow.obligations),
            instrument_id=flow.instrument_id,
        )
        for flow in flows
    )
