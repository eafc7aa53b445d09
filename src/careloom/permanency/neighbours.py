"""What safety and treatment tell this app through its ports. Joined in config/subscriptions.py."""

from __future__ import annotations

from uuid import UUID

from careloom.infra.access import Viewer
from careloom.permanency.ports import Assessed, Treated
from careloom.safety.queries import newest_by_family, unsafe_found
from careloom.treatment.codes import Sort
from careloom.treatment.queries import entries_of


def unsafe(*, viewer: Viewer, identity_id: UUID) -> list[Assessed]:
    """The approved assessments that found a child unsafe; none where a later one of the same agency found the family safe."""
    found = unsafe_found(viewer=viewer, identity_id=identity_id)
    newest = newest_by_family(viewer=viewer, identity_ids=[identity_id]).get(identity_id)
    safe_since = newest.completed_at if newest is not None and newest.state == "APPROVED" and newest.response == "SAFE" else None
    return [
        Assessed(id=row.pk, completed_on=day, unsafe_child_ids=children, record=row)
        for row, day, children in found
        if safe_since is None or row.completed_at > safe_since
    ]


def treated(*, viewer: Viewer, identity_id: UUID) -> list[Treated]:
    """Her times in treatment that the viewer may read, by their days alone."""
    shown = entries_of(viewer=viewer, identity_id=identity_id, sort=Sort.EPISODE).rows
    return [Treated(starts_on=one.first.happened_on, ends_on=one.get("ends_on"), record=one.first) for one in shown]  # type: ignore[attr-defined]
