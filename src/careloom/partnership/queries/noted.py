"""What is not final yet, and who makes it so. Source: decision 0013."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from careloom.infra.access import Viewer
from careloom.partnership.models import Noted, Seat
from careloom.partnership.standing import OFFICERS, standing_of

MOST = 200


def noted_about(about_ids: Iterable[UUID]) -> dict[UUID, Noted]:
    """What of these rows, which the caller may read, was noted by somebody without an office, by the id of the row; its last step. One query."""
    ids = list(about_ids)
    found = Noted.objects.select_related("body").filter(about__overlap=ids).order_by("made_at") if ids else []
    return {about_id: row for row in found for about_id in row.about}


def not_final(*, viewer: Viewer, collaborative_id: UUID, body_id: UUID | None = None) -> tuple[Noted, ...]:
    """What waits to be confirmed in a collaborative or in one of its bodies, the oldest first. Raises NotVisible."""
    standing_of(viewer=viewer, collaborative_id=collaborative_id)
    rows = Noted.objects.select_related("body").filter(collaborative_id=collaborative_id, confirmed_on=None)
    return tuple((rows.filter(body_id=body_id) if body_id else rows).order_by("made_at", "pk")[:MOST])


def paper_officer(body_id: UUID) -> Seat | None:
    """An officer of a body whose officers do not sign in here; None where one does, or where there is none."""
    officers = list(Seat.objects.filter(body_id=body_id, left_on=None, office__in=OFFICERS).order_by("office", "name"))
    return None if any(seat.worker_id for seat in officers) else next(iter(officers), None)
