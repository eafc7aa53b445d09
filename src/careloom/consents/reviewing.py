"""Agreements are reviewed in time: who keeps the papers is asked 30 and 7 days before, again when it is late, and when a new partner joins.

Run every quarter of an hour; config says when and hands in how a duty is opened and met, because duties are above consents.
Source: R-103; S3 (memoranda are reviewed at least once a year and whenever a partner joins).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from careloom.agencies.models import Membership
from careloom.agencies.roles import Permission, permissions_of
from careloom.consents.agreements import PAPER_ONLY
from careloom.consents.models import DataClause
from careloom.consents.tasks import Meet, Owe
from careloom.infra.access import System, Viewer, acting_as, system
from careloom.kernel.clocks import local_day, next_midnight

REVIEW, PARTNER = "AGREEMENT_REVIEW", "AGREEMENT_PARTNER"
STEPS = (30, 7)
LATE = 0


def run(*, at: datetime, owe: Owe, meet: Meet) -> int:
    """Ask about every agreement whose review comes near or is late, and about those that a new partner should sign. Returns how many are near."""
    today = local_day(at=at, zone=settings.TIME_ZONE)
    with acting_as(system(System.GRANTS)):
        holders = sorted(DataClause.objects.filter(ended_at=None).values_list("discloser_id", flat=True).distinct(), key=str)
    return sum(_of_agency(holder, today=today, at=at, owe=owe, meet=meet) for holder in holders)


@transaction.atomic
def answered(*, clause_id: UUID, holder_id: UUID, at: datetime, meet: Meet) -> int:
    """A clause was reviewed or ended: whatever was asked about it is answered."""
    job = system(System.JOB, holder_id=holder_id)
    with acting_as(job):
        return sum(meet(by=job, at=at, about_id=clause_id, kind=kind) for kind in (REVIEW, PARTNER))


@transaction.atomic
def _of_agency(holder_id: UUID, *, today: date, at: datetime, owe: Owe, meet: Meet) -> int:
    job = system(System.JOB, holder_id=holder_id)
    with acting_as(job):
        rows = list(DataClause.objects.filter(discloser_id=holder_id))
        live = [row for row in rows if row.ended_at is None and (row.ends_on is None or row.ends_on >= today)]
        keepers = _keepers(holder_id, at=at) if live else frozenset()
        near = [row for row in live if row.review_due_on is not None and (row.review_due_on - today).days <= max(STEPS)]
        for row in near:
            _ask(row, today=today, by=job, at=at, owe=owe, meet=meet, keepers=keepers)
        for row in (one for one in live if one.kind in PAPER_ONLY):
            for partner in _joined_since(row, rows=rows):
                _owe(row, kind=PARTNER, key=str(partner), due_on=None, by=job, at=at, owe=owe, keepers=keepers)
    return len(near)


def _ask(row: DataClause, *, today: date, by: Viewer, at: datetime, owe: Owe, meet: Meet, keepers: frozenset[UUID]) -> None:
    if row.review_due_on is None:
        return
    left = (row.review_due_on - today).days
    step = LATE if left < 0 else min(one for one in STEPS if left <= one)
    for earlier in (one for one in STEPS if one > step):
        meet(by=by, at=at, request_key=_key(row, REVIEW, f"{row.review_due_on:%Y%m%d}:{earlier}"))
    _owe(row, kind=REVIEW, key=f"{row.review_due_on:%Y%m%d}:{step}", due_on=row.review_due_on, by=by, at=at, owe=owe, keepers=keepers)


def _joined_since(row: DataClause, *, rows: Iterable[DataClause]) -> list[UUID]:
    """Agencies with which this one put its first paper in force after it last looked at `row`: new partners, who may have to sign it."""
    seen = max(row.put_at, row.reviewed_at or row.put_at)
    first: dict[UUID, datetime] = {}
    for other in rows:
        first[other.recipient_id] = min(other.put_at, first.get(other.recipient_id, other.put_at))
    return sorted((pk for pk, begun in first.items() if pk != row.recipient_id and begun > seen), key=str)


def _owe(
    row: DataClause, *, kind: str, key: str, due_on: date | None, by: Viewer, at: datetime, owe: Owe, keepers: frozenset[UUID]
) -> None:  # fmt: skip
    # About no family: the agency's own id stands where a family would, so that only who looks at the whole agency reads it.
    owe(
        by=by, at=at, holder_id=row.discloser_id, kind=kind, family_id=row.discloser_id, identity_id=row.discloser_id,
        link=reverse("consents:clause", args=[row.pk]), request_key=_key(row, kind, key), worker_id=row.put_by if row.put_by in keepers else None,
        due_at=next_midnight(day=due_on, zone=settings.TIME_ZONE) if due_on else None, about_id=row.pk, about_kind="AGREEMENT",
    )  # fmt: skip


def _key(row: DataClause, kind: str, rest: str) -> str:
    # Eighty letters are kept of a key, and two ids need all but six of them.
    return f"{'ar' if kind == REVIEW else 'ap'}:{row.pk.hex}:{rest}"


def _keepers(agency_id: UUID, *, at: datetime) -> frozenset[UUID]:
    """The workers who keep the agency's papers now."""
    live = Membership.objects.filter(agency_id=agency_id, starts_at__lte=at, ends_at__gt=at)
    return frozenset(m.worker_id for m in live if Permission.PAPERS_KEEP.value in permissions_of(frozenset(m.roles)))
