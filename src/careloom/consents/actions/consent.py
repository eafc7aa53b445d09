"""Drafts, signs, revokes and renews consents. Grants follow in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from careloom.consents import papers
from careloom.consents.forms.sharing import PLAN_CLOSES
from careloom.consents.materialise import materialise
from careloom.consents.models import Consent
from careloom.consents.turns import take_turn
from careloom.infra.access import NotVisible, PrincipalKind, System, Viewer, acting_as, require, system
from careloom.infra.audit.actions import record
from careloom.infra.events.outbox import publish
from careloom.kernel import disclosure
from careloom.kernel.clocks import local_day
from careloom.kernel.disclosure.consent_form import NEXT_STEPS
from careloom.kernel.events import ConsentChanged
from careloom.people.models import PersonPrincipal

T = TypeVar("T")
STATEMENTS = dict.fromkeys(disclosure.Statements.__dataclass_fields__, True)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a consent says before it is signed. Ids are agencies; `subject_ids` are the mother and the infants it is about."""

    identity_id: UUID
    subject_ids: tuple[UUID, ...]
    kind: str
    discloser_ids: tuple[UUID, ...]
    recipient_ids: tuple[UUID, ...]
    information: tuple[str, ...]
    purposes: tuple[str, ...]
    expires_on: date | None = None
    expiry_event: str = ""
    recipient_names: tuple[str, ...] = ()
    recipient_class: str = ""
    language: str = "en"
    reader: str = ""
    statements: dict[str, Any] = field(default_factory=lambda: dict(STATEMENTS))


@dataclass(frozen=True, kw_only=True)
class Signature:
    """How it was signed: SCREEN or PAPER for a release; SPOKEN only for a plan agreement (45 CFR 164.510(b)).

    PORTAL is her own tap behind her PIN. On a SCREEN of an agency the typed `name` is the signature (42 CFR 2.31(a)(8); 15 U.S.C. 7006(5)).
    """

    method: str
    name: str = ""
    signer: str = "mother"
    explained_at: datetime | None = None
    signed_on: date | None = None  # the day that stands on a paper; default: the day of recording


@dataclass(frozen=True, kw_only=True)
class Signed:
    """The consent was signed and is in force."""

    consent: Consent


@dataclass(frozen=True, kw_only=True)
class NotSigned:
    """The consent is not valid: what is missing, each with its citation and what to do next."""

    missing: tuple[disclosure.MissingElement, ...]


@transaction.atomic
def sign_consent(*, by: Viewer, at: datetime, draft: Draft, signature: Signature, request_key: str, renews: UUID | None = None) -> Signed | NotSigned:
    """Sign `draft`: refuse it with the elements of 42 CFR 2.31 that are missing, or put it in force and make its grants.

    Idempotent on `request_key`. `renews` names an older consent that this one takes the place of.
    Raises NotVisible for a worker whose role takes no consents.
    """
    require(by)
    if by.kind is PrincipalKind.AGENCY and not by.can("CONSENT_WRITE"):
        raise NotVisible
    take_turn([f"{by.holder_id}:{request_key}"])
    known = Consent.objects.filter(holder_id=by.holder_id, request_key=request_key).first()
    if known is not None:
        return Signed(consent=known)
    consent = _row(by=by, at=at, draft=draft, signature=signature, request_key=request_key)
    missing = tuple(dict.fromkeys((*missing_elements(consent), *_name_missing(signature))))
    if missing:
        return NotSigned(missing=missing)
    consent.save()
    _reach_supporters(consent)
    also: list[UUID] = []
    if renews is not None:
        older = Consent.objects.filter(pk=renews, identity_id=draft.identity_id, superseded_by=None)
        also = [subject for row in older for subject in row.subject_ids]
        older.update(superseded_by=consent.pk)
    _take_effect(consent, by=by, at=at, action="consents.signed", also=also)
    return Signed(consent=consent)


def missing_elements(consent: Consent) -> tuple[disclosure.MissingElement, ...]:
    """What the form lacks, over all its disclosers; empty when it may be signed."""
    subject = disclosure.Subject.MOTHER
    disclosers = [str(agency) for agency in consent.discloser_ids] or [""]
    forms = [papers.kernel_consent(consent, discloser=who, subject=subject) for who in disclosers]
    return tuple(dict.fromkeys(item for form in forms for item in disclosure.validate_consent(form)))


def _name_missing(signature: Signature) -> tuple[disclosure.MissingElement, ...]:
    # The kernel reads who may sign; that the hand itself is kept is ours to ask for.
    if signature.method != "SCREEN" or signature.name.strip():
        return ()
    gap = disclosure.FormGap.SIGNATURE
    return (disclosure.MissingElement(element=gap, citation=gap.citations[0], next_step=NEXT_STEPS[gap]),)


def gaps_of(*, by: Viewer, at: datetime, draft: Draft, signature: Signature) -> tuple[disclosure.MissingElement, ...]:
    """What `draft` would lack if it were signed in this way: nothing is written."""
    return missing_elements(_row(by=by, at=at, draft=draft, signature=signature, request_key="gaps"))


@transaction.atomic
def note_not_now(*, by: Viewer, at: datetime, identity_id: UUID) -> None:
    """Note that a consent was offered and she said "not now". Nothing else follows from it. Raises NotVisible as `sign_consent` does."""
    require(by)
    if by.kind is PrincipalKind.AGENCY and not by.can("CONSENT_WRITE"):
        raise NotVisible
    record(by=by, at=at, action="consents.offered", identity_id=identity_id, detail={"answer": "NOT_NOW"})


@transaction.atomic
def revoke_consent(*, by: Viewer, at: datetime, consent_id: UUID, how: str) -> bool:
    """Revoke a consent at once; every grant that came from it ends in this transaction. `how`: SCREEN, PAPER, SPOKEN, PORTAL.

    Returns False when there was nothing to revoke. A spoken revocation is accepted (workflows 6.5).
    Raises NotVisible for a worker whose role takes no consents.
    """
    require(by)
    if by.kind is PrincipalKind.AGENCY and not by.can("CONSENT_WRITE"):
        raise NotVisible
    visible = Consent.objects.filter(pk=consent_id).first()
    if visible is None:
        return False
    with acting_as(system(System.GRANTS)):
        stopped = Consent.objects.filter(pk=consent_id, revoked_at=None).update(revoked_at=at, revoked_how=how)
    if not stopped:
        return False
    _take_effect(visible, by=by, at=at, action="consents.revoked")
    return True


@transaction.atomic
def event_happened(*, by: Viewer, at: datetime, identity_id: UUID, event: str, on: date) -> int:
    """Note that an event which consents end with (such as cps_case_closed) happened on a day, and return how many of those that `by` reads ended.

    Every consent of hers that ends with it ends, with its grants, in this transaction: a form that is known to be over carries nothing (42 CFR
    2.31(c)). Again it changes nothing. Raises NotVisible for a worker whose role takes no consents, and 0 where `by` reads no such form.
    """
    require(by)
    if by.kind is PrincipalKind.AGENCY and not by.can("CONSENT_WRITE"):
        raise NotVisible
    if not Consent.objects.filter(identity_id=identity_id, expiry_event=event).exists():
        return 0
    return _end_with(by=by, at=at, identity_id=identity_id, event=event, on=on)


@transaction.atomic
def end_with_plan(*, by: Viewer, at: datetime, identity_id: UUID, on: date) -> int:
    """End what ends with her plan, and return how many of those that `by` reads. The action that closes the plan asked whether `by` may."""
    require(by)
    return _end_with(by=by, at=at, identity_id=identity_id, event=PLAN_CLOSES, on=on)


def _end_with(*, by: Viewer, at: datetime, identity_id: UUID, event: str, on: date) -> int:
    read = set(Consent.objects.filter(identity_id=identity_id, expiry_event=event).values_list("pk", flat=True))
    with acting_as(system(System.GRANTS)):
        # What was signed after the event waits for another one.
        live = Consent.objects.filter(identity_id=identity_id, expiry_event=event, event_on=None, revoked_at=None, superseded_by=None)
        ended = [row for row in live.filter(signed_on__lte=on).order_by("pk") if live.filter(pk=row.pk).update(event_on=on)]
    for consent in ended:
        # INVARIANT: a form that `by` does not read leaves no trace with `by`: not in the number, and not in its agency's audit (42 CFR 2.13(c)).
        writer = by if consent.pk in read else system(System.JOB, holder_id=consent.holder_id)
        with acting_as(writer):
            _take_effect(consent, by=writer, at=at, action="consents.event")
    return sum(consent.pk in read for consent in ended)


@transaction.atomic
def note_still_holds(*, by: Viewer, at: datetime, consent_id: UUID) -> bool:
    """Note that somebody asked and the event with which a consent ends has not happened. False when there is nothing to note, or it was today.

    Raises NotVisible for a worker whose role takes no consents.
    """
    require(by)
    if by.kind is PrincipalKind.AGENCY and not by.can("CONSENT_WRITE"):
        raise NotVisible
    today = local_day(at=at, zone=settings.TIME_ZONE)
    live = Consent.objects.filter(pk=consent_id, holder_id=by.holder_id, event_on=None, revoked_at=None, superseded_by=None)
    consent = live.exclude(expiry_event="").exclude(held_on=today).first()
    if consent is None:
        return False
    live.update(held_on=today)
    record(by=by, at=at, action="consents.still_holds", identity_id=consent.identity_id, object_id=consent.pk)
    publish(ConsentChanged(consent_id=consent.pk, holder_id=consent.holder_id, identity_id=consent.identity_id), at=at)
    return True


@contextmanager
def _rolled_back() -> Iterator[None]:
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)


@transaction.atomic
def preview(*, by: Viewer, at: datetime, draft: Draft, reader: Viewer, read: Callable[[], T]) -> T:
    """What `reader` would see if `draft` were signed: signed in a savepoint, read in the reader's scope, always rolled back.

    Accounts nothing. The caller shows only what `by` may see too: a preview must not show the previewer another agency's own records.
    """
    require(by)
    with _rolled_back():
        # A key of its own: two previews at the same time must not wait for each other's rollback.
        consent = _row(by=by, at=at, draft=draft, signature=Signature(method="SCREEN"), request_key=f"preview:{uuid4()}")
        if not missing_elements(consent):
            consent.save()
            _reach_supporters(consent)
            materialise(draft.subject_ids, at=at)
        with acting_as(reader):
            return read()


def _reach_supporters(consent: Consent) -> None:
    """One of her own people whom the form names reads of her infants too, as far as the form says so. Grants decide; this only lets them count."""
    with acting_as(system(System.GRANTS)):
        hers = PersonPrincipal.objects.filter(pk__in=consent.recipient_ids, kind="SUPPORTER", subject_ids__contains=[consent.identity_id])
        for person in hers.exclude(subject_ids__contains=consent.subject_ids):
            PersonPrincipal.objects.filter(pk=person.pk).update(subject_ids=sorted({*person.subject_ids, *consent.subject_ids}, key=str))


def _row(*, by: Viewer, at: datetime, draft: Draft, signature: Signature, request_key: str) -> Consent:
    return Consent(
        holder_id=by.holder_id,
        identity_id=draft.identity_id,
        category="posc.plan_core",
        kind=draft.kind,
        subject_ids=list(draft.subject_ids),
        discloser_ids=list(draft.discloser_ids),
        recipient_ids=list(draft.recipient_ids),
        recipient_names=list(draft.recipient_names),
        recipient_class=draft.recipient_class,
        information=list(draft.information),
        purposes=list(draft.purposes),
        statements=draft.statements,
        drafted_at=at,
        explained_at=signature.explained_at,
        language=draft.language,
        reader=draft.reader,
        signer=signature.signer,
        signature_method=signature.method,
        signed_name=" ".join(signature.name.split()) if signature.method == "SCREEN" else "",
        signed_on=signature.signed_on or local_day(at=at, zone=settings.TIME_ZONE),
        signed_at=at,
        expires_on=draft.expires_on,
        expiry_event=draft.expiry_event,
        request_key=request_key,
    )


def _take_effect(consent: Consent, *, by: Viewer, at: datetime, action: str, also: Iterable[UUID] = ()) -> None:
    # A renewed paper may have been about others too: what it opened of theirs ends with it.
    materialise({*consent.subject_ids, *also}, at=at)
    record(by=by, at=at, action=action, identity_id=consent.identity_id, object_id=consent.pk, detail={"kind": consent.kind})
    publish(ConsentChanged(consent_id=consent.pk, holder_id=consent.holder_id, identity_id=consent.identity_id), at=at)
