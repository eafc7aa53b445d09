"""Writes audit rows."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from careloom.infra.access import Viewer
from careloom.infra.audit.models import AuditRow


def record(
    *,
    by: Viewer,
    at: datetime,
    action: str,
    identity_id: UUID | None = None,
    object_id: UUID | None = None,
    detail: dict[str, object] | None = None,
) -> None:
    """Write one audit row in the caller's transaction.

    `action` is a stable code such as `plans.need_added`; `detail` holds codes and ids only, never a name or free text.
    """
    AuditRow.objects.bulk_create(
        [
            AuditRow(
                at=at,
                principal_id=by.principal_id,
                agency_id=by.holder_id,
                worker_id=by.worker_id,
                action=action,
                identity_id=identity_id,
                object_id=object_id,
                detail=detail or {},
            )
        ]
    )
