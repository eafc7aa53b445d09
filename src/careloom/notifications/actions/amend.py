"""Corrects or withdraws a notification that was sent. The state's rows learn it by receipt, child welfare by its own row."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from careloom.infra.access import NotVisible, Viewer, require
from careloom.infra.audit.actions import record
from careloom.infra.events.outbox import publish
from careloom.kernel.events import NotificationSent
from careloom.kernel.notification import NotificationAnswer, Notify
from careloom.notifications.actions.draft import Conflict, note_told
from careloom.notifications.actions.seal import RECEIPTS, put_outgoing, seal
from careloom.notifications.actions.send import NotReady, Sent, deidentified, not_ready, receipts_of, stored_answer
from careloom.notifications.facts import NotificationFacts, as_stored
from careloom.notifications.models import Notification
from careloom.notifications.queries import answer_for


@transaction.atomic
def correct(
    *, by: Viewer, at: datetime, notification_id: UUID, facts: NotificationFacts, reason: str, row_version: int | None = None
) -> Sent | NotReady | Conflict:
    """Correct a sent notification. The rules answer anew; the hospital's row changes, and the correction travels by receipt in the next batch.

    `row_version`, when given, must be the one that was read. Raises NotVisible when it is hidden, absent or not sent.
    """
    require(by)
    row = _sent(notification_id, by=by, statuses=("SENT",))
    if row is None:
        raise NotVisible
    if row_version is not None and row_version != row.row_version:
        return Conflict(theirs=row, mine=facts)
    answer = answer_for(facts=facts, pack=row.pack, identified_at=row.started_at)
    waiting = not_ready(facts=facts, answer=answer, why_not_told=facts.not_told_because)
    if waiting is not None:
        return waiting
    receipts, bodies = _travels(row, facts=facts, answer=answer, at=at)
    note_told(row, facts=facts, by=by, at=at)
    row.facts, row.answer, row.row_version = as_stored(facts), stored_answer(answer), row.row_version + 1
    row.asked_for = ""
    row.sealed_receipts = seal(holder_id=row.holder_id, body={"receipts": [str(r) for r in receipts]}, purpose=RECEIPTS) if receipts else None
    row.save()
    put_outgoing(holder_id=row.holder_id, bodies=bodies)
    record(by=by, at=at, action="notifications.corrected", identity_id=row.identity_id, object_id=row.pk, detail=_why(reason))
    # Told again, so that what child welfare received is corrected too; handlers are idempotent.
    publish(NotificationSent(notification_id=row.pk, holder_id=row.holder_id, identity_id=row.identity_id), at=at)
    return Sent(notification=row, receipts=receipts)


def _travels(
    row: Notification, *, facts: NotificationFacts, answer: NotificationAnswer, at: datetime
) -> tuple[tuple[UUID, ...], list[dict[str, Any]]]:
    """The receipts after a correction, and what the batch must do: change, add, or withdraw when nothing has to be counted any more."""
    known = receipts_of(row)
    if answer.notify is Notify.NONE:
        return (), [{"do": "WITHDRAW", "receipt": str(r), "at": at.isoformat()} for r in known]
    receipts = known or tuple(uuid4() for _ in row.infant_ids)
    do = "CORRECT" if known else "ADD"
    counted_in = row.sent_at or at
    return receipts, [{**deidentified(r, row, facts, answer, counted_in), "do": do, "at": at.isoformat()} for r in receipts]


@transaction.atomic
def withdraw(*, by: Viewer, at: datetime, notification_id: UUID, reason: str) -> bool:
    """Withdraw a notification that should not have been sent, or a draft; its de-identified rows are marked withdrawn by receipt."""
    require(by)
    row = _sent(notification_id, by=by, statuses=("DRAFT", "SENT", "NOT_REQUIRED"))
    if row is None:
        return False
    was_sent = row.status == "SENT"
    put_outgoing(holder_id=row.holder_id, bodies=[{"do": "WITHDRAW", "receipt": str(r), "at": at.isoformat()} for r in receipts_of(row)])
    Notification.objects.filter(pk=row.pk).update(status="VOIDED", row_version=row.row_version + 1)
    record(by=by, at=at, action="notifications.withdrawn", identity_id=row.identity_id, object_id=row.pk, detail=_why(reason))
    if was_sent:
        publish(NotificationSent(notification_id=row.pk, holder_id=row.holder_id, identity_id=row.identity_id), at=at)
    return True


def _sent(notification_id: UUID, *, by: Viewer, statuses: tuple[str, ...]) -> Notification | None:
    if not by.can("NOTIFY"):
        return None
    found: Notification | None = (
        Notification.objects.select_for_update().filter(pk=notification_id, holder_id=by.holder_id, status__in=statuses).first()
    )
    return found


def _why(reason: str) -> dict[str, object]:
    # A code of the screen's list; free text may hold a name and does not belong in the audit.
    return {"reason": reason if reason in REASONS else "OTHER"}


REASONS = ("WRONG_FACT", "NEW_INFORMATION", "WRONG_PERSON", "NOT_REQUIRED", "OTHER")
