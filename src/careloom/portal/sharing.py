"""Who can see her information now: read from her consents, with when each of them last looked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings

from careloom.agencies.queries import agencies_by_id
from careloom.consents.models import Consent
from careloom.consents.queries import Status, consents_of, status_of
from careloom.consents.signing import waits_for_disposition
from careloom.infra import clock
from careloom.infra.access import Viewer
from careloom.infra.access.models import AccessLog, Disclosure
from careloom.kernel.clocks import local_day
from careloom.portal import words

LIVE = frozenset({Status.ACTIVE, Status.EXPIRES_SOON})
PAGE = 20


@dataclass(frozen=True, kw_only=True)
class Sharing:
    """One consent as she reads it: with whom (in plain words), what, until when, and when they last looked.

    `hers`: she signed it on her own pages, so she can sign it again there. `waits`: it cannot be stopped before a matter is decided (42 CFR 2.35).
    """

    consent_id: UUID
    name: str
    others: tuple[str, ...]
    information: list[str]
    until: date | None
    until_event: str
    last_looked: datetime | None
    status: Status = Status.ACTIVE
    hers: bool = False
    waits: bool = False
    signed_on: date | None = None
    stopped_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Look:
    """That somebody looked: who (in plain words) and when."""

    name: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Looks:
    """A page of looks, newest first."""

    rows: tuple[Look, ...]
    page: int
    has_more: bool


def shared_now(*, viewer: Viewer, identity_id: UUID) -> list[Sharing]:
    """Every consent of hers that is in force today. Three queries."""
    return _told([c for c in consents_of(viewer=viewer, identity_id=identity_id) if status_of(c, on=clock.today()) in LIVE], viewer=viewer)


def all_forms(*, viewer: Viewer, identity_id: UUID, page: int) -> tuple[list[Sharing], bool]:
    """A page of every consent of hers, newest first, and whether there are more. Three queries."""
    start = (page - 1) * PAGE
    rows = Consent.objects.seen_by(viewer).filter(identity_id=identity_id, signed_at__isnull=False).order_by("-drafted_at", "id")
    found = list(rows[start : start + PAGE + 1])
    return _told(found[:PAGE], viewer=viewer), len(found) > PAGE


def seen_under(*, viewer: Viewer, consent_id: UUID) -> list[tuple[str, datetime]]:
    """Who has read something because of one consent (in plain words), with the last time: it cannot be called back. Two queries."""
    looked: dict[UUID, datetime] = {}
    rows = Disclosure.objects.seen_by(viewer).filter(instrument_id=consent_id).values_list("recipient_id", "hour")
    for recipient, hour in rows:
        looked[recipient] = max(hour, looked.get(recipient, hour))
    kinds = agencies_by_id(ids=looked)
    told = [(words.agency_words(kinds[pk].kind) if pk in kinds else words.person_words(), hour) for pk, hour in looked.items()]
    return sorted(told, key=lambda one: one[1], reverse=True)


def _told(rows: list[Consent], *, viewer: Viewer) -> list[Sharing]:
    looked = _last_looks(viewer=viewer, identity_ids=sorted({i for c in rows for i in c.subject_ids}, key=str))
    kinds = agencies_by_id(ids={r for c in rows for r in c.recipient_ids})
    by_kind = {pk: agency.kind for pk, agency in kinds.items()}
    return [_sharing(c, kinds=by_kind, looked=looked, viewer=viewer) for c in rows]


def _sharing(consent: Consent, *, kinds: dict[UUID, str], looked: dict[UUID, datetime], viewer: Viewer) -> Sharing:
    names = [words.agency_words(kinds[r]) for r in consent.recipient_ids if r in kinds]
    names += [words.person_words() for r in consent.recipient_ids if r not in kinds and not consent.recipient_names]
    names += [words.place_words(name) for name in consent.recipient_names]
    names += [words.class_words()] if consent.recipient_class else []
    names = list(dict.fromkeys(names)) or [words.place_words("")]
    looks = [looked[r] for r in consent.recipient_ids if r in looked]
    return Sharing(
        consent_id=consent.pk, name=names[0], others=tuple(names[1:]), information=list(consent.information), until=consent.expires_on,
        until_event=consent.expiry_event, last_looked=max(looks, default=None), status=status_of(consent, on=clock.today()),
        hers=consent.holder_id == viewer.principal_id, waits=waits_for_disposition(consent), signed_on=consent.signed_on,
        stopped_on=local_day(at=consent.revoked_at, zone=settings.TIME_ZONE) if consent.revoked_at else None,
    )  # fmt: skip


def _last_looks(*, viewer: Viewer, identity_ids: list[UUID]) -> dict[UUID, datetime]:
    looked: dict[UUID, datetime] = {}
    for recipient, hour in Disclosure.objects.seen_by(viewer).filter(identity_id__in=identity_ids).values_list("recipient_id", "hour"):
        looked[recipient] = max(hour, looked.get(recipient, hour))
    return looked


def who_looked(*, viewer: Viewer, identity_ids: frozenset[UUID], page: int) -> Looks:
    """Who opened her pages or those of her infants, newest first, without her own looks. Two queries."""
    rows = AccessLog.objects.seen_by(viewer).filter(identity_id__in=identity_ids, agency_id__isnull=False, found=True)
    start = (page - 1) * PAGE
    found = list(rows.order_by("-at", "id")[start : start + PAGE + 1])
    kinds = agencies_by_id(ids={row.agency_id for row in found})
    looks = tuple(Look(name=words.agency_words(kinds[row.agency_id].kind), at=row.at) for row in found[:PAGE] if row.agency_id in kinds)
    return Looks(rows=looks, page=page, has_more=len(found) > PAGE)
