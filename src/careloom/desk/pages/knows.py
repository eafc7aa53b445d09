"""Who knows what about a family and since when, as far as the reader may know: who reads now, who looked, what was given by hand. Source: R-108."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Min

from careloom.agencies.models import Agency, Membership
from careloom.agencies.queries import agencies_by_id
from careloom.consents.queries import SeesRow, who_sees_what
from careloom.desk.pages.family import FamilyHead, family_head
from careloom.disclosures.models import Given
from careloom.infra.access import Viewer
from careloom.infra.access.accounting import account
from careloom.infra.access.models import Disclosure, Grant

MOST = 400


@dataclass(frozen=True, kw_only=True)
class Partner:
    """What one agency knows: what it reads now and since when, when it looked last, and what it was told."""

    agency: Agency
    sees: SeesRow | None
    since: datetime | None
    told: tuple[tuple[datetime, tuple[str, ...], str], ...]


@dataclass(frozen=True, kw_only=True)
class KnowsPage:
    """The partners of a family, by name."""

    head: FamilyHead
    partners: tuple[Partner, ...]


def knows_page(*, viewer: Viewer, membership: Membership, identity_id: UUID, at: datetime) -> KnowsPage:
    """Who knows what about the mother and her infants. Nine queries. Raises NotVisible as each page of the family does."""
    head, people = family_head(viewer=viewer, membership=membership, identity_id=identity_id, at=at)
    ids = head.identity_ids
    sees = {row.recipient_id: row for row in who_sees_what(viewer=viewer, identity_ids=ids, at=at)}
    live = Grant.objects.seen_by(viewer).filter(identity_id__in=ids, recipient_id__in=list(sees), valid_from__lte=at, valid_to__gt=at)
    since = dict(live.exclude(instrument_id=None).values_list("recipient_id").annotate(Min("valid_from")))
    given = list(Given.objects.seen_by(viewer).filter(identity_id__in=ids).exclude(to_agency_id=None).defer("sealed").order_by("-given_at")[:MOST])
    # What the pages told: the accounting of this agency's own records, one row an hour.
    own = Disclosure.objects.seen_by(viewer).filter(identity_id__in=ids, holder_id=viewer.holder_id).order_by("-hour")[:MOST]
    told: dict[UUID, list[tuple[datetime, tuple[str, ...], str]]] = {}
    for row in given:
        told.setdefault(row.to_agency_id, []).append((row.given_at, tuple(row.categories), row.how))
    for row in own:
        told.setdefault(row.recipient_id, []).append((row.hour, (row.category,), "PAGE"))
    account(viewer=viewer, place="desk:knows", rows=[*people, *given], at=at)
    agencies = agencies_by_id(ids=sees.keys() | told.keys())
    partners = [
        Partner(
            agency=agency, sees=sees.get(pk), since=since.get(pk),
            told=tuple(sorted(told.get(pk, ()), key=lambda one: one[0], reverse=True)[:6]),
        )
        for pk, agency in agencies.items()
        if pk != viewer.holder_id
    ]  # fmt: skip
    return KnowsPage(head=head, partners=tuple(sorted(partners, key=lambda one: one.agency.name_outside)))
