"""Who can see her information now: read from her consents, with when each of them last looked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from careloom.agencies.queries import agencies_by_id
from careloom.consents.models import Consent
from careloom.consents.queries import Status, consents_of, status_of
from careloom.infra import clock
from careloom.infra.access import Viewer
from careloom.infra.access.models import AccessLog, Disclosure
from careloom.portal import words

LIVE = frozenset({Status.ACTIVE, Status.EXPIRES_SOON})
PAGE = 20


@dataclass(frozen=True, kw_only=True)
class Sharing:
    """One consent as she reads it: with whom (in plain words), what, until when, and when they last looked."""

    consent_id: UUID
    name: str
    others: tuple[str, ...]
    information: list[str]
    until: date | None
    until_event: str
    last_looked: datetime | None


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
    live = [c for c in consents_of(viewer=viewer, identity_id=identity_id) if status_of(c, on=clock.today()) in LIVE]
    looked = _last_looks(viewer=viewer, identity_ids=sorted({i for c in live for i in c.subject_ids}, key=str))
    kinds = agencies_by_id(ids={r for c in live for r in c.recipient_ids})
    return [_sharing(c, kinds={pk: agency.kind for pk, agency in kinds.items()}, looked=looked) for c in live]


def _sharing(consent: Consent, *, kinds: dict[UUID, str], looked: dict[UUID, datetime]) -> Sharing:
    names = [words.agency_words(kinds[r]) for r in consent.recipient_ids if r in kinds]
    names += [words.person_words() for r in consent.recipient_ids if r not in kinds and not consent.recipient_names]
    names += [words.place_words(name) for name in consent.recipient_names]
    names = list(dict.fromkeys(names)) or [words.place_words("")]
    looks = [looked[r] for r in consent.recipient_ids if r in looked]
    return Sharing(
        consent_id=consent.pk, name=names[0], others=tuple(names[1:]), information=list(consent.information), until=consent.expires_on,
        until_event=consent.expiry_event, last_looked=max(looks, default=None),
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
