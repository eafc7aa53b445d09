"""Hands a draft to a colleague of the same hospital, or offers it to whoever takes it: the next shift finds it in her list and on Today."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.agencies import queries as agencies
from careloom.agencies.models import Membership
from careloom.agencies.roles import Permission, permissions_of
from careloom.infra.access import NotVisible, Viewer, require
from careloom.infra.access.caseload import assign
from careloom.infra.audit.actions import record
from careloom.notifications.facts import from_json
from careloom.notifications.models import Notification
from careloom.notifications.queries import answer_for
from careloom.work.actions import WITH, meet_obligation, open_obligation

KIND = "FINISH_NOTIFICATION"


def colleagues(*, viewer: Viewer, at: datetime) -> list[Membership]:
    """Who else in this hospital may finish a notification, by name."""
    members = agencies.workers_of(agency_id=viewer.holder_id, at=at) if viewer.holder_id else []
    return [m for m in members if m.worker_id != viewer.worker_id and Permission.NOTIFY.value in permissions_of(frozenset(m.roles))]


@transaction.atomic
def hand_over(*, by: Viewer, at: datetime, notification_id: UUID, worker_id: UUID) -> bool:
    """Give a draft to a colleague: the family comes onto her caseload and the work onto her day. False when she may not notify here."""
    require(by)
    row = Notification.objects.select_for_update().filter(pk=notification_id, holder_id=by.holder_id, status="DRAFT").first()
    if row is None or not by.can("NOTIFY"):
        raise NotVisible
    if worker_id not in {m.worker_id for m in colleagues(viewer=by, at=at)}:
        return False
    assign(by=by, worker_id=worker_id, identity_ids=[row.identity_id, *row.infant_ids], at=at)
    meet_obligation(by=by, at=at, about_id=row.pk, kind=KIND)
    _owe(by, row, at=at, worker_id=worker_id, key=f"hand-{row.pk.hex}-{row.row_version}-{int(at.timestamp())}")
    record(by=by, at=at, action="notifications.handed_over", identity_id=row.identity_id, object_id=row.pk, detail={"to": str(worker_id)})
    return True


def offer(*, by: Viewer, at: datetime, row: Notification) -> None:
    """Put a draft that nobody works on before everybody of the hospital who may take it, mother and infants with it. Once for each draft."""
    _owe(by, row, at=at, worker_id=None, key=f"offer-{row.pk.hex}")


def _owe(by: Viewer, row: Notification, *, at: datetime, worker_id: UUID | None, key: str) -> None:
    due = answer_for(facts=from_json(row.facts), pack=row.pack, identified_at=row.started_at).due_at
    open_obligation(
        by=by, at=at, holder_id=row.holder_id, kind=KIND, family_id=row.identity_id, identity_id=row.identity_id, worker_id=worker_id,
        link=f"/births/{row.pk}/", request_key=key, about_id=row.pk, about_kind="NOTIFICATION", due_at=due, promised=due is not None,
        category="notif.capta_identified", facts={WITH: [str(infant) for infant in row.infant_ids]},
    )  # fmt: skip
