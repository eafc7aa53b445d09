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
  AND c.identity_id = k.identity_id AND c.ends_at > greatest(%(at)s, access_now()))"""


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
