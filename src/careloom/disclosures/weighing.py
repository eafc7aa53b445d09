"""Asks the kernel about a disclosure that no page makes: each part of the record that the holder has, under each paper in force.

The answer is the kernel's. Here its question is put together from what the holder keeps: consents, orders, agreements, restrictions, and the
facts that somebody confirmed. Source: 42 CFR 2.13(a), 2.26, 2.31, 2.61; 45 CFR 164.514(d); workflows 6.16.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from careloom.agencies.models import Agency
from careloom.agencies.queries import agencies_by_id
from careloom.consents import papers
from careloom.consents.flows.asking import Papers
from careloom.consents.flows.by_consent import discloses
from careloom.consents.flows.told import Told
from careloom.consents.models import Consent, CourtOrder, DataClause, Restriction
from careloom.consents.register import DATA_SHARING
from careloom.consents.rows import person_rows, row_of
from careloom.disclosures.facts import facts_of
from careloom.infra.access import System, acting_as, system
from careloom.infra.access.models import Segment
from careloom.kernel import disclosure
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.clocks import local_day
from careloom.people.models import PersonPrincipal, PersonRecord

SEPARATOR = "|"
_SUBJECTS = {"INFANT": disclosure.Subject.INFANT, "CHILD": disclosure.Subject.SIBLING, "ADULT": disclosure.Subject.CAREGIVER}


@dataclass(frozen=True, kw_only=True)
class Receiver:
    """Who would receive: an agency here, or anybody else by kind and name."""

    actor: disclosure.Actor
    name: str
    agency_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the kernel says of one part of the record. `needs` are papers that would change a denial: CONSENT, ORDER."""

    category: str
    provenance: str
    permitted: bool
    basis: tuple[str, ...]
    duties: tuple[str, ...]
    codes: tuple[str, ...]
    sentences: tuple[str, ...]
    review_needed: bool
    instrument_id: UUID | None = None
    needs: tuple[str, ...] = ()

    @property
    def way(self) -> str:
        """What a form calls this part: its category and how it came to the holder."""
        return f"{self.category}{SEPARATOR}{self.provenance}"

    @property
    def is_part2(self) -> bool:
        """Whether the record is one of 42 CFR part 2, by its kind or by how it came."""
        return self.category.startswith("part2.") or self.category == "posc.plan_part2_segment" or self.provenance.startswith("part2_")


def weigh(
    *, holder: Agency, identity_id: UUID, categories: Collection[str], to: Receiver, purpose: str, facts: Iterable[str], at: datetime
) -> list[Answer]:
    """One answer for each part of the record of this identity that the holder has among `categories`, in order. Empty where it has none."""
    with acting_as(system(System.GRANTS)):
        held = list(Segment.objects.filter(identity_id=identity_id, holder_id=holder.pk, category__in=list(categories)))
        told = _told(holder, identity_id=identity_id, to=to, at=at)
    subject = _subject(holder_id=holder.pk, identity_id=identity_id)
    found = [_answer(segment, told=told, holder=holder, subject=subject, to=to, purpose=purpose, facts=tuple(facts)) for segment in held]
    return sorted(found, key=lambda answer: answer.way)


def _told(holder: Agency, *, identity_id: UUID, to: Receiver, at: datetime) -> Told:
    """The papers that this holder may rest on, and no others.

    INVARIANT: what she signed elsewhere, or has on her own pages, is not read: a page here takes neither a statement nor a moment more for it.
    """
    today = local_day(at=at, zone=settings.TIME_ZONE)
    orders = CourtOrder.objects.filter(holder_id=holder.pk, subject_ids__contains=[identity_id], ended_at=None).exclude(expires_on__lt=today)
    clauses = DataClause.objects.filter(discloser_id=holder.pk).exclude(kind=DATA_SHARING).filter(ended_at=None)
    return Told(
        at=at, today=today, consents=[row_of(form) for form in _in_force(identity_id, holder=holder, at=at)],
        orders=list(orders), clauses=list(clauses),
        people=person_rows(PersonPrincipal.objects.filter(subject_ids__contains=[identity_id], kind="SELF", ended_at=None)),
        restrictions=list(Restriction.objects.filter(holder_id=holder.pk, identity_id=identity_id, ended_at=None)),
        agencies=agencies_by_id(ids=[to.agency_id] if to.agency_id else []),
    )  # fmt: skip


def _in_force(identity_id: UUID, *, holder: Agency, at: datetime) -> list[Consent]:
    """The forms that named this holder as discloser and stood at that instant: what was given on Monday is not wrong because she stopped on
    Tuesday. The kernel asks for their days."""
    known = Consent.objects.filter(subject_ids__contains=[identity_id], discloser_ids__contains=[holder.pk])
    found = list(known.filter(Q(revoked_at=None) | Q(revoked_at__gt=at), signed_at__lte=at))
    later = set(Consent.objects.filter(pk__in=[c.superseded_by for c in found if c.superseded_by], signed_at__gt=at).values_list("pk", flat=True))
    return [consent for consent in found if consent.superseded_by is None or consent.superseded_by in later]


def parts_held(*, holder_id: UUID, identity_id: UUID) -> list[str]:
    """The categories that a holder has of an identity. One query, as the role that makes grants."""
    with acting_as(system(System.GRANTS)):
        return sorted(set(Segment.objects.filter(identity_id=identity_id, holder_id=holder_id).values_list("category", flat=True)))


def _subject(*, holder_id: UUID, identity_id: UUID) -> disclosure.Subject:
    with acting_as(system(System.JOB, holder_id=holder_id)):
        roles = PersonRecord.objects.filter(identity_id=identity_id, holder_id=holder_id).values_list("role", flat=True)
        return next((_SUBJECTS[role] for role in roles if role in _SUBJECTS), disclosure.Subject.MOTHER)


def _answer(
    segment: Segment, *, told: Told, holder: Agency, subject: disclosure.Subject, to: Receiver, purpose: str, facts: tuple[str, ...]
) -> Answer:
    request = papers.kernel_request(
        recipient=_key(to), actor=to.actor, subject=subject, category=segment.category, purpose=purpose, on=told.today
    )  # fmt: skip
    asked = disclosure.Scenario(request=request, source=papers.kernel_source(segment, agency=holder))
    limits = _limits(told, segment, to=to)
    decisions = [(tried, _decide(asked, tried, limits=limits)) for tried in _tried(told, segment, subject=subject, to=to, facts=facts)]
    permits = [(tried, decision) for tried, decision in decisions if decision.outcome is disclosure.Outcome.PERMIT]
    if permits:
        # A paper of hers is the better ground: it says what she wanted, and what she stops ends with it.
        _, decision = min(permits, key=lambda pair: not pair[1].instruments)
        paper = next(iter(decision.instruments), "")
        return _said(segment, decision, permitted=True, instrument=UUID(paper) if paper else None)
    best = decisions[-1][1]
    reasons = tuple(dict.fromkeys(reason for _, decision in reversed(decisions) for reason in decision.reasons))
    needs = tuple(code for code, tried in _would_help(segment, asked, subject=subject, facts=facts) if _permits(asked, tried, limits=limits))
    return _said(segment, replace(best, reasons=reasons), permitted=False, instrument=None, needs=needs)


def _said(segment: Segment, decision: disclosure.Decision, *, permitted: bool, instrument: UUID | None, needs: tuple[str, ...] = ()) -> Answer:
    return Answer(
        category=segment.category, provenance=segment.provenance, permitted=permitted, basis=tuple(decision.basis),
        duties=tuple(duty.value for duty in decision.obligations), codes=tuple(reason.code for reason in decision.reasons),
        sentences=tuple(reason.sentence for reason in decision.reasons), review_needed=decision.review_needed, instrument_id=instrument, needs=needs,
    )  # fmt: skip


def _tried(told: Told, segment: Segment, *, subject: disclosure.Subject, to: Receiver, facts: tuple[str, ...]) -> Iterator[Papers]:
    """Without a paper first, then under each paper that this holder may rest on; agreements between the two stand beside every consent."""
    said = facts_of(facts)
    yield Papers(facts=said)
    beside = _agreements(told, segment, to=to)
    if beside:
        yield Papers(agreements=beside, facts=said)
    for order in told.orders:
        if order.holder_id == segment.holder_id and segment.identity_id in order.subject_ids:
            kernel = papers.kernel_order(order)
            target = replace(said, target="program") if order.target == "program" else said
            yield Papers(orders=(replace(kernel, recipients=_recipients(kernel.recipients, order.recipient_names, to=to)),), facts=target)
    for consent in told.consents:
        if segment.identity_id in consent.subject_ids and discloses(consent, segment, people=told.people):
            form = papers.kernel_consent(consent, discloser=str(segment.holder_id), subject=subject)
            named = replace(form, recipients=_recipients(form.recipients, consent.recipient_names, to=to))
            yield Papers(consents=(named,), agreements=beside, facts=_with(papers.kernel_facts(consent), said))


def _agreements(told: Told, segment: Segment, *, to: Receiver) -> tuple[disclosure.Agreement, ...]:
    return tuple(papers.kernel_agreement(c) for c in told.agreements_between(segment.holder_id, to.agency_id)) if to.agency_id else ()


def _recipients(known: tuple[str, ...], names: Iterable[str], *, to: Receiver) -> tuple[str, ...]:
    """The receivers of a paper as the kernel compares them. A name on paper is the same however it is written in capitals and spaces."""
    if to.agency_id is None and _plain(to.name) in {_plain(name) for name in names}:
        return (*known, _key(to))
    return known


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _key(to: Receiver) -> str:
    return str(to.agency_id) if to.agency_id else " ".join(to.name.split())


def _with(form: disclosure.Facts, said: disclosure.Facts) -> disclosure.Facts:
    """The facts of a form with what somebody confirmed beside it."""
    known = {one.name: getattr(said, one.name) for one in fields(disclosure.Facts) if one.name != "events"}  # type: ignore[arg-type]
    return replace(form, **{name: value for name, value in known.items() if value is not None})


def _limits(told: Told, segment: Segment, *, to: Receiver) -> tuple[disclosure.Restriction, ...]:
    if to.agency_id is not None:
        return told.limits(segment, recipient_id=to.agency_id)
    return tuple(
        disclosure.Restriction(to=_key(to), agreed=row.agreed, paid_in_full=row.paid_in_full)
        for row in told.restrictions
        if row.holder_id == segment.holder_id
        and row.identity_id == segment.identity_id
        and (not row.categories or segment.category in row.categories)
        and row.to_kind
        and AgencyKind(row.to_kind).org_type == to.actor.value
    )


def _decide(asked: disclosure.Scenario, tried: Papers, *, limits: tuple[disclosure.Restriction, ...]) -> disclosure.Decision:
    """The kernel's answer under every restriction of the holder: one that denies decides."""
    question = replace(asked, consents=tried.consents, orders=tried.orders, agreements=tried.agreements, facts=tried.facts)
    answers = [disclosure.decide(replace(question, facts=replace(question.facts, restriction=limit))) for limit in limits]
    answers = answers or [disclosure.decide(question)]
    return next((answer for answer in answers if answer.outcome is disclosure.Outcome.DENY), answers[0])


def _permits(asked: disclosure.Scenario, tried: Papers, *, limits: tuple[disclosure.Restriction, ...]) -> bool:
    return _decide(asked, tried, limits=limits).outcome is disclosure.Outcome.PERMIT


_FORMS = {"part2": ("specific", "counseling_notes", "proceedings", "criminal_justice"), "posc": ("plan_agreement", "specific")}
_AFTER = {"criminal_justice": "final_disposition"}
_STATEMENTS = dict.fromkeys(disclosure.Statements.__dataclass_fields__, True)


def _would_help(segment: Segment, asked: disclosure.Scenario, *, subject: disclosure.Subject, facts: tuple[str, ...]) -> Iterator[tuple[str, Papers]]:
    """Papers that nobody has, each whole: if the kernel permits with one of them, that is what is missing."""
    said, on = facts_of(facts), asked.request.on or date.min
    for kind in (*_FORMS.get(segment.category.split(".")[0], ()), "hipaa_authorization"):
        form = disclosure.Consent(
            id="wanted", kind=disclosure.ConsentKind(kind), patient=subject, discloser=asked.source.holder, recipients=(asked.request.actor_org,),
            info=(segment.category,), purposes=(asked.request.purpose.value if asked.request.purpose else "",), signed=on, expires=on,
            signer="mother", statements=disclosure.Statements(**_STATEMENTS), revocable_after=_AFTER.get(kind),
        )  # fmt: skip
        if _permits(asked, Papers(consents=(form,), facts=said), limits=()):
            yield "CONSENT", Papers(consents=(form,), facts=said)
            break
    order = disclosure.CourtOrder(
        id="wanted", kind=disclosure.OrderKind.CIVIL_264, court="court", issued=on, scope=(segment.category,), recipients=(asked.request.actor_org,),
        **dict.fromkeys(papers.FINDINGS, True),
    )  # fmt: skip
    yield "ORDER", Papers(orders=(order,), facts=said)


def consents_of_answers(answers: Iterable[Answer]) -> list[Consent]:
    """The consents that some answers rest on, for the copy or the scope that goes with the record (42 CFR 2.32)."""
    ids = {answer.instrument_id for answer in answers if answer.permitted and answer.instrument_id}
    with acting_as(system(System.GRANTS)):
        return list(Consent.objects.filter(pk__in=ids).order_by("signed_at", "pk"))
