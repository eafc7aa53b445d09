"""What child welfare does with what it received: gives it to a worker, and answers it (workflows 6.1)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from careloom.infra.access import NotVisible, System, Viewer, acting_as, require, system
from careloom.infra.access.caseload import assign
from careloom.infra.audit.actions import record
from careloom.infra.events.outbox import publish
from careloom.infra.packs import load_pack
from careloom.kernel.clocks import due_at
from careloom.kernel.events import ReceivedAnswered
from careloom.kernel.packs.schema import ClockName
from careloom.notifications.models import Notification, ReceivedNotification
from careloom.work.actions import hand_over, meet_obligation, open_obligation
from careloom.work.models import Obligation


class Answer(StrEnum):
    """The answers that child welfare may give to a notification."""

    ACCEPTED_PATHWAY = "ACCEPTED_PATHWAY"
    SCREENED_OUT = "SCREENED_OUT"  # referred to the community pathway
    ASKS_INFORMATION = "ASKS_INFORMATION"


@transaction.atomic
def answer_received(*, by: Viewer, at: datetime, received_id: UUID, answer: Answer, reason: str) -> ReceivedNotification:
    """Answer what was received, with the reason. A question goes back to the hospital; the other two end the clock.

    Raises NotVisible when it is hidden or absent. Answering again with the same words changes nothing.
    """
    require(by)
    row = _row(received_id, by=by)
    if (row.answer, row.reason) == (answer.value, reason.strip()):
        return row
    row.answer, row.reason, row.answered_at, row.answered_by = answer.value, reason.strip(), at, by.worker_id
    row.save()
    record(by=by, at=at, action="notifications.answered", identity_id=row.identity_id, object_id=row.pk, detail={"answer": answer.value})
    if answer is Answer.ASKS_INFORMATION:
        _ask(row, at=at)
    else:
        meet_obligation(by=by, at=at, about_id=row.pk)
    publish(ReceivedAnswered(received_id=row.pk, holder_id=row.holder_id, identity_id=row.identity_id), at=at)
    return row


@transaction.atomic
def give_to(*, by: Viewer, at: datetime, received_id: UUID, worker_id: UUID) -> None:
    """Give what was received to a worker of the agency: onto her caseload, and the clock onto her day (a supervisor's action)."""
    require(by)
    row = _row(received_id, by=by)
    if not by.can("ASSIGN_WORK"):
        raise NotVisible
    assign(by=by, worker_id=worker_id, identity_ids=[row.identity_id], at=at)
    for owed in Obligation.objects.filter(holder_id=by.holder_id, about_id=row.pk, met_at=None):
        hand_over(by=by, at=at, obligation_id=owed.pk, worker_id=worker_id)
    record(by=by, at=at, action="notifications.given_to", identity_id=row.identity_id, object_id=row.pk, detail={"to": str(worker_id)})


def _row(received_id: UUID, *, by: Viewer) -> ReceivedNotification:
    found = ReceivedNotification.objects.seen_by(by).select_for_update().filter(pk=received_id, holder_id=by.holder_id).first()
    if found is None:
        raise NotVisible
    row: ReceivedNotification = found
    return row


def _ask(row: ReceivedNotification, *, at: datetime) -> None:
    """The question stands at the hospital's own notification, which it holds and sees; nothing else of child welfare's is told."""
    job = system(System.JOB, holder_id=row.from_agency_id)
    with acting_as(job):
        theirs = Notification.objects.filter(pk=row.notification_id, holder_id=row.from_agency_id, status="SENT").first()
        if theirs is None:
            return
        theirs.asked_for = row.reason
        theirs.save(update_fields=["asked_for"])
        pack = load_pack(name=theirs.pack)
        due = due_at(start=at, rule=pack.clocks[ClockName.RETURN_FOR_INFO].due, calendar=pack.calendar)
        open_obligation(
            by=job, at=at, holder_id=theirs.holder_id, kind="ANSWER_CHILD_WELFARE", family_id=theirs.identity_id, identity_id=theirs.identity_id,
            link=f"/births/{theirs.pk}/", request_key=f"asked-{row.pk.hex}-{int(at.timestamp())}", worker_id=theirs.sent_by, about_id=theirs.pk,
            about_kind="NOTIFICATION", due_at=due, category="notif.capta_identified",
        )  # fmt: skip
