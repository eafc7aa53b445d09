"""Reads of consents and of what flows because of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.db.models import OuterRef, Q, QuerySet, Subquery

from careloom.consents.models import Consent
from careloom.infra.access import PrincipalKind, Viewer
from careloom.infra.access.models import Disclosure, Grant
from careloom.kernel.clocks import local_day


class Status(StrEnum):
    """The state of a consent, derived from its facts (workflows 6.5)."""

    DRAFT = "DRAFT"
    ACTIVE = "ACTIVE"
    EXPIRES_SOON = "EXPIRES_SOON"
    EXPIRED = "EXPIRED"
    REVOKED = "REVOKED"
    SUPERSEDED = "SUPERSEDED"


SOON_DAYS = 30
HERSELF = "patient_access"


def status_of(consent: Consent, *, on: date) -> Status:
    """Where a consent stands on a local legal day; its last day is inclusive."""
    ended = consent.event_on is not None and consent.event_on <= on
    if consent.signed_at is None:
        return Status.DRAFT
    if consent.revoked_at is not None:
        return Status.REVOKED
    if consent.superseded_by is not None:
        return Status.SUPERSEDED
    if ended or (consent.expires_on is not None and consent.expires_on < on):
        return Status.EXPIRED
    if consent.expires_on is not None and (consent.expires_on - on).days <= SOON_DAYS:
        return Status.EXPIRES_SOON
    return Status.ACTIVE


@dataclass(frozen=True, kw_only=True)
class SeesRow:
    """What one recipient may see of some identities now: which of them, the categories, until when, and when somebody there last looked."""

    recipient_id: UUID
    categories: frozenset[str]
    until: datetime
    last_looked: datetime | None
    identity_ids: frozenset[UUID] = frozenset()
    covers: frozenset[tuple[str, UUID]] = frozenset()  # each category with the identity about whom it is seen
    bases: frozenset[tuple[str, ...]] = frozenset()  # on what it rests, as whole citations
    review_needed: bool = False  # counsel has not confirmed a rule under it


def consents_of(*, viewer: Viewer, identity_id: UUID) -> list[Consent]:
    """Every consent of this mother that `viewer` may see, newest first. One query."""
    return list(Consent.objects.seen_by(viewer).filter(identity_id=identity_id).order_by("-drafted_at"))


def get_consent(*, viewer: Viewer, consent_id: UUID) -> Consent | None:
    """One consent, or None when it is hidden or absent."""
    return Consent.objects.seen_by(viewer).filter(pk=consent_id).first()


def ending_with(*, viewer: Viewer, identity_id: UUID, events: Iterable[str], at: datetime) -> list[Consent]:
    """Her consents in force that end with one of some events, as far as `viewer` may read them, oldest first. One query."""
    rows = Consent.objects.seen_by(viewer).filter(identity_id=identity_id, expiry_event__in=list(events), signed_at__isnull=False)
    today = local_day(at=at, zone=settings.TIME_ZONE)
    live = rows.filter(event_on=None, revoked_at=None, superseded_by=None).exclude(expires_on__lt=today)
    return list(live.order_by("signed_at"))


def known_to(viewer: Viewer, *, reader: str, purpose: Q | None = None) -> Q:
    """Which rows of grants, looks and disclosures `viewer` may know; `reader` is the column that names who reads, `purpose` the test of hers.

    INVARIANT: what another holder's records opened to her own agency for another purpose than hers tells her nothing. That a clinician read a
    program's record in an emergency, or a colleague read it for a court, says to nobody else there that she is its patient (42 CFR 2.13(a)).
    """
    elsewhere = ~Q(**{reader: viewer.principal_id})
    return Q(holder_id=viewer.holder_id) | elsewhere | (purpose if purpose is not None else Q(purpose=viewer.purpose))


def who_sees_what(*, viewer: Viewer, identity_ids: list[UUID], at: datetime) -> list[SeesRow]:
    """Recipients with live grants on these identities, as far as `viewer` may know of them (as holder, or as the person). One query."""
    live = Grant.objects.seen_by(viewer).filter(identity_id__in=identity_ids, valid_from__lte=at, valid_to__gt=at)
    grants = live.filter(known_to(viewer, reader="recipient_id", purpose=Q(purposes__contains=[viewer.purpose])))
    if viewer.kind is PrincipalKind.AGENCY:
        # That she has pages of her own is between her and who invited her; her own sight of her record is no row of a worker's table.
        grants = grants.exclude(purposes=[HERSELF])
    given = Disclosure.objects.seen_by(viewer).filter(known_to(viewer, reader="recipient_id"), identity_id__in=identity_ids)
    latest = given.filter(recipient_id=OuterRef("recipient_id")).order_by("-hour").values("hour")[:1]
    by_recipient: dict[UUID, list[Grant]] = {}
    for grant in grants.annotate(last_looked=Subquery(latest)):
        by_recipient.setdefault(grant.recipient_id, []).append(grant)
    return [
        SeesRow(
            recipient_id=recipient,
            categories=frozenset(g.category for g in rows),
            until=max(g.valid_to for g in rows),
            last_looked=rows[0].last_looked,
            identity_ids=frozenset(g.identity_id for g in rows),
            covers=frozenset((g.category, g.identity_id) for g in rows),
            bases=frozenset(tuple(g.basis) for g in rows),
            review_needed=any(g.review_needed for g in rows),
        )
        for recipient, rows in by_recipient.items()
    ]


def consents_naming(*, viewer: Viewer, identity_id: UUID, readers: Iterable[UUID]) -> list[Consent]:
    """Her consents that give one of some readers a name, as far as `viewer` may read them, newest first: of her own people nothing else does."""
    rows = Consent.objects.seen_by(viewer).filter(identity_id=identity_id, recipient_ids__overlap=list(readers)).exclude(recipient_names=[])
    return list(rows.order_by("-drafted_at"))


def would_see(*, holder_id: UUID, identity_id: UUID, recipient_id: UUID, category: str, provenance: str, purpose: str, at: datetime) -> bool:
    """Whether a live grant would let `recipient_id` see such a row. Asked in the holder's scope before anything is sent to it."""
    live = Grant.objects.filter(holder_id=holder_id, identity_id=identity_id, recipient_id=recipient_id, category=category, provenance=provenance)
    return live.filter(valid_from__lte=at, valid_to__gt=at, purposes__contains=[purpose]).exists()


def ending_with_an_event(*, viewer: Viewer, since: date) -> QuerySet[Consent]:
    """The agency's consents in force that end with an event and on no day, signed by a day and not found to hold after it."""
    waiting = _in_force_here(viewer=viewer).filter(expires_on=None, signed_on__lte=since).exclude(expiry_event="")
    return waiting.filter(Q(held_on=None) | Q(held_on__lte=since)).order_by("signed_on")


def ending_soon(*, viewer: Viewer, at: datetime, within_days: int = SOON_DAYS) -> QuerySet[Consent]:
    """The agency's consents that end within some days, soonest first."""
    today = local_day(at=at, zone=settings.TIME_ZONE)
    return _in_force_here(viewer=viewer).filter(expires_on__gte=today, expires_on__lte=today + timedelta(days=within_days)).order_by("expires_on")


def _in_force_here(*, viewer: Viewer) -> QuerySet[Consent]:
    live = Consent.objects.seen_by(viewer).filter(holder_id=viewer.holder_id, signed_at__isnull=False, revoked_at=None, superseded_by=None)
    return live.filter(event_on=None)
