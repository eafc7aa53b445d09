"""What somebody promises to do, and how it goes on."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.audit.actions import record
from careloom.kernel.partnership import Progress, moves_of
from careloom.meetings.facts import PromiseFacts
from careloom.meetings.holding import OPEN, writes_of
from careloom.meetings.models import ActionItem, ActionStep, Decision
from careloom.partnership.actions.keeping import made, today, wrong
from careloom.partnership.models import Seat
from careloom.partnership.standing import standing_of
from careloom.partnership.turns import take_turn


@transaction.atomic
def promise(
    *, by: Viewer, at: datetime, body_id: UUID, facts: PromiseFacts, request_key: str, meeting_id: UUID | None = None
) -> Done | Refused:  # fmt: skip
    """Write down who does what by when, in a meeting or between two of them (workflows 6.11).

    The owner may sit in any body of the collaborative. Refused codes: NOT_ALLOWED, STATE, WHAT, OWNER, DUE. Raises NotVisible.
    """
    writing = writes_of(by=by, body_id=body_id, meeting_id=meeting_id)
    if writing is None:
        return Refused(codes=("NOT_ALLOWED",))
    body, _, meeting = writing
    take_turn(f"meeting:{meeting_id or body_id}")
    if earlier := ActionItem.objects.filter(collaborative_id=body.collaborative_id, request_key=request_key).first():
        return Done(row_id=earlier.pk)
    owner = Seat.objects.filter(pk=facts.owner_id, collaborative_id=body.collaborative_id, left_on=None).first()
    decision = Decision.objects.filter(pk=facts.decision_id, body_id=body_id).first() if facts.decision_id else None
    what = said(facts.what, most=300)
    codes = wrong(
        {
            "STATE": meeting is not None and meeting.state not in OPEN,
            "WHAT": not what,
            "OWNER": owner is None,
            "DUE": facts.due_on < today(meeting.starts_at if meeting else at),
        }
    )
    if codes or owner is None:
        return Refused(codes=codes)
    families = said(facts.for_families, most=400) or (decision.for_families if decision else "")
    row = ActionItem.objects.create(
        collaborative_id=body.collaborative_id, body=body, meeting=meeting, decision=decision, what=what, for_families=families, owner=owner,
        due_on=facts.due_on, **made(by, at, request_key),
    )  # fmt: skip
    record(by=by, at=at, action="meetings.promised", object_id=row.pk)
    return Done(row_id=row.pk)


@transaction.atomic
def go_on(*, by: Viewer, at: datetime, action_id: UUID, state: str, words: str, version: int, request_key: str) -> Done | Refused | Stale:
    """Say how a promise stands now. What blocks it is said; nobody verifies her own work.

    Refused codes: NOT_ALLOWED, MOVE, WHY. Raises NotVisible.
    """
    row = ActionItem.objects.select_related("owner").filter(pk=action_id).first()
    standing = standing_of(viewer=by, collaborative_id=row.collaborative_id if row else action_id)
    owner = row is not None and row.owner.worker_id is not None and row.owner.worker_id == by.worker_id
    if row is None or not (owner or standing.leads(row.body_id)):
        return Refused(codes=("NOT_ALLOWED",))
    take_turn(f"action:{action_id}")
    row.refresh_from_db()
    if ActionStep.objects.filter(action=row, request_key=request_key).exists():
        return Done(row_id=row.pk)
    if row.row_version != version:
        return Stale(current=row)
    text = said(words, most=400)
    allowed = moves_of(Progress(row.state), owner=owner, leads=standing.leads(row.body_id))
    if codes := wrong({"MOVE": state not in allowed, "WHY": state == Progress.BLOCKED and not text}):
        return Refused(codes=codes)
    row.state, row.row_version = state, row.row_version + 1
    row.save(update_fields=["state", "row_version"])
    ActionStep.objects.create(collaborative_id=row.collaborative_id, action=row, state=state, words=text, **made(by, at, request_key))
    record(by=by, at=at, action="meetings.promise_moved", object_id=row.pk, detail={"state": state})
    return Done(row_id=row.pk)
