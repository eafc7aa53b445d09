"""Who inside an agency works with whom."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from careloom.infra.access.models import Caseload
from careloom.infra.access.scope import Viewer, require

FOREVER = datetime(9999, 12, 31, tzinfo=UTC)


def assign(*, by: Viewer, worker_id: UUID, identity_ids: list[UUID], at: datetime) -> None:
    """Put identities on a worker's caseload in the agency of `by`; doing it twice changes nothing."""
    require(by)
    live = Caseload.objects.filter(holder_id=by.holder_id, worker_id=worker_id, identity_id__in=identity_ids, ends_at__gt=at)
    have = set(live.values_list("identity_id", flat=True))
    Caseload.objects.bulk_create(
        Caseload(holder_id=by.holder_id, worker_id=worker_id, identity_id=identity, starts_at=at, ends_at=FOREVER)
        for identity in dict.fromkeys(identity_ids)
        if identity not in have
    )


def release(*, by: Viewer, worker_id: UUID, identity_ids: list[UUID], at: datetime) -> int:
    """Take identities off a worker's caseload and return how many were on it."""
    require(by)
    live = Caseload.objects.filter(holder_id=by.holder_id, worker_id=worker_id, identity_id__in=identity_ids, ends_at__gt=at)
    return live.update(ends_at=at)
