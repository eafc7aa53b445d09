"""Opens and meets obligations. Each is safe to repeat: the request key makes one row."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import connection, transaction

from careloom.agencies.queries import workers_of
from careloom.infra.access import System, Viewer, acting_as, require, system
from careloom.infra.access.caseload import assign
from careloom.infra.audit.actions import record
from careloom.work.models import Obligation

INSERT = """INSERT INTO work_obligation (id, holder_id, identity_id, category, provenance, kind, worker_id, family_id, about_id, about_kind,
    facts, link, opened_at, due_at, promised, waiting_on, escalated_to, request_key)
VALUES (%s, %s, %s, %s, 'originating', %s, %s, %s, %s, %s, %s::jsonb, %s, %s, %s, %s, %s, '', %s)
ON CONFLICT (holder_id, request_key) DO NOTHING"""
WITH = "with"
"""In `facts`: the identities of others of the family without whom what is owed cannot be done."""


def open_obligation(
    *,
    by: Viewer,
    at: datetime,
    holder_id: UUID,
    kind: str,
    family_id: UUID,
    identity_id: UUID,
    link: str,
    request_key: str,
    worker_id: UUID | None = None,
    due_at: datetime | None = None,
    promised: bool = False,
    waiting_on: UUID | None = None,
    about_id: UUID | None = None,
    about_kind: str = "",
    facts: dict[str, object] | None = None,
    category: str = "posc.plan_core",
) -> None:
    """Have an agency (`holder_id`) owe something for a family. `family_id` is the identity whose family page it opens.

    For another agency than that of `by` it is written in that agency's scope: the caller must have asked access that it can see what it is about.
    """
    row = [
        uuid4(), holder_id, identity_id, category, kind, worker_id, family_id, about_id, about_kind,
        json.dumps(facts or {}), link, at, due_at, promised, waiting_on, request_key,
    ]  # fmt: skip
    viewer = by if by.holder_id == holder_id else system(System.JOB, holder_id=holder_id)
    with acting_as(viewer), connection.cursor() as cursor:
        cursor.execute(INSERT, row)


def meet_obligation(
    *,
    by: Viewer,
    at: datetime,
    holder_id: UUID | None = None,
    about_id: UUID | None = None,
    kind: str | None = None,
    request_key: str | None = None,
) -> int:
    """Mark what is owed as met and return how many rows that were open.

    Names it by its key, or by what it is about (and, if given, its kind). `holder_id` defaults to the agency of `by`.
    """
    if request_key is None and about_id is None:
        raise ValueError("Name the obligation by request_key or by about_id.")
    whose = holder_id or by.holder_id
    narrowed = {"request_key": request_key, "about_id": about_id, "kind": kind}
    viewer = by if by.holder_id == whose else system(System.JOB, holder_id=whose)
    with acting_as(viewer):
        open_rows = Obligation.objects.filter(holder_id=whose, met_at=None)
        found = open_rows.filter(**{key: value for key, value in narrowed.items() if value is not None})
        return found.update(met_at=at, met_by=by.worker_id)


def put_off(*, by: Viewer, about_id: UUID, kind: str, due_at: datetime) -> int:
    """Give what the agency of `by` owes about something a later time, because a rule allows it; how many open rows it was."""
    return int(Obligation.objects.filter(holder_id=by.holder_id, about_id=about_id, kind=kind, met_at=None).update(due_at=due_at))


def undo_meeting(*, by: Viewer, at: datetime, obligation_id: UUID) -> bool:
    """Open again what `by` met by mistake within the last hour; False when there is nothing to undo."""
    mine = Obligation.objects.filter(pk=obligation_id, met_by=by.worker_id, met_at__gt=at - timedelta(hours=1))
    return bool(mine.update(met_at=None, met_by=None))


@transaction.atomic
def take(*, by: Viewer, at: datetime, obligation_id: UUID) -> bool:
    """Take an obligation that is nobody's in the agency yet, and with it the family onto the caseload; False when a colleague was first.

    What is owed cannot be done for a family whose pages stay shut, so the two go together (45 CFR 164.514(d): who needs it for her task).
    """
    row = Obligation.objects.filter(pk=obligation_id, holder_id=by.holder_id, worker_id=None, met_at=None).first()
    if row is None or by.worker_id is None or not by.can("FAMILY_READ"):
        return False
    if not Obligation.objects.filter(pk=row.pk, worker_id=None, met_at=None).update(worker_id=by.worker_id):
        return False
    assign(by=by, worker_id=by.worker_id, identity_ids=_whose(row), at=at)
    record(by=by, at=at, action="work.taken", identity_id=row.identity_id, object_id=row.pk, detail={"kind": row.kind})
    return True


@transaction.atomic
def hand_over(*, by: Viewer, at: datetime, obligation_id: UUID, worker_id: UUID) -> bool:
    """Give an open obligation to a colleague of the agency, and with it the family onto her caseload; False where it is met, hidden or absent.

    A supervisor's action. What is owed cannot be done for a family whose pages stay shut, so the two go together, as in `take`.
    """
    require(by)
    if by.holder_id is None or not by.can("ASSIGN_WORK") or worker_id not in {m.worker_id for m in workers_of(agency_id=by.holder_id, at=at)}:
        return False
    row = Obligation.objects.filter(pk=obligation_id, holder_id=by.holder_id, met_at=None).first()
    if row is None or not Obligation.objects.filter(pk=row.pk, met_at=None).update(worker_id=worker_id):
        return False
    assign(by=by, worker_id=worker_id, identity_ids=_whose(row), at=at)
    record(by=by, at=at, action="work.handed_over", identity_id=row.identity_id, object_id=row.pk, detail={"kind": row.kind, "to": str(worker_id)})
    return True


def _whose(row: Obligation) -> list[UUID]:
    return [row.identity_id, row.family_id, *(UUID(one) for one in row.facts.get(WITH, []))]
