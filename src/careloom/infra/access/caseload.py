"""Who inside an agency works with whom."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from django.db import connection

from careloom.infra.access.models import Caseload
from careloom.infra.access.scope import Viewer, require

FOREVER = datetime(9999, 12, 31, tzinfo=UTC)


ASSIGN = """INSERT INTO access_caseload (id, holder_id, worker_id, identity_id, starts_at, ends_at)
SELECT gen_random_uuid(), %(holder)s, %(worker)s, k.identity_id, least(%(at)s, access_now()), %(forever)s
FROM unnest(%(identities)s::uuid[]) AS k (identity_id)
WHERE NOT EXISTS (SELECT 1 FROM access_caseload c WHERE c.holder_id = %(holder)s AND c.worker_id = %(worker)s
  AND c.identity_id = k.identity_id AND c.ends_at >= %(forever)s)"""
# Families lent for a time: those that the worker has now, to a colleague who does not have them for that time already.
LEND = """INSERT INTO access_caseload (id, holder_id, worker_id, identity_id, starts_at, ends_at)
SELECT gen_random_uuid(), c.holder_id, %(cover)s, c.identity_id, %(from)s, %(to)s
FROM access_caseload c WHERE c.holder_id = %(holder)s AND c.worker_id = %(worker)s AND c.ends_at >= %(forever)s
  AND NOT EXISTS (SELECT 1 FROM access_caseload d WHERE d.holder_id = c.holder_id AND d.worker_id = %(cover)s
    AND d.identity_id = c.identity_id AND d.starts_at <= %(from)s AND d.ends_at >= %(to)s)"""


def assign(*, by: Viewer, worker_id: UUID, identity_ids: list[UUID], at: datetime) -> None:
    """Put identities on a worker's caseload in the agency of `by`; doing it twice changes nothing.

    It counts from the database's own present at the latest, so that the same transaction already sees the family.
    """
    require(by)
    words = {"holder": by.holder_id, "worker": worker_id, "at": at, "forever": FOREVER, "identities": list(dict.fromkeys(identity_ids))}
    with connection.cursor() as cursor:
        cursor.execute(ASSIGN, words)


def release(*, by: Viewer, worker_id: UUID, identity_ids: list[UUID], at: datetime) -> int:
    """Take identities off a worker's caseload and return how many were on it."""
    require(by)
    live = Caseload.objects.filter(holder_id=by.holder_id, worker_id=worker_id, identity_id__in=identity_ids, ends_at__gt=at)
    return live.update(ends_at=at)


def lend(*, by: Viewer, worker_id: UUID, cover_id: UUID, starts_at: datetime, ends_at: datetime) -> None:
    """Let a colleague work with all families of a worker from `starts_at` to `ends_at`; doing it twice changes nothing."""
    require(by)
    words = {"holder": by.holder_id, "worker": worker_id, "cover": cover_id, "from": starts_at, "to": ends_at, "forever": FOREVER}
    with connection.cursor() as cursor:
        cursor.execute(LEND, words)


def take_back(*, by: Viewer, cover_id: UUID, ends_at: datetime, at: datetime) -> int:
    """End what was lent to a colleague until `ends_at`, now; how many families it was."""
    require(by)
    lent = Caseload.objects.filter(holder_id=by.holder_id, worker_id=cover_id, ends_at=ends_at)
    lent.filter(starts_at__gt=at).update(starts_at=at)
    return lent.update(ends_at=at)


def families_with(*, by: Viewer, worker_id: UUID, at: datetime) -> list[UUID]:
    """The identities that a worker of the agency of `by` works with at `at`."""
    require(by)
    live = Caseload.objects.filter(holder_id=by.holder_id, worker_id=worker_id, starts_at__lte=at, ends_at__gt=at)
    return list(live.values_list("identity_id", flat=True))
