"""Sends a notification: facts, answer, receipts, audit and outbox in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from careloom.infra.access import NotVisible, Viewer, require
from careloom.infra.audit.actions import record
from careloom.infra.events.outbox import publish
from careloom.infra.packs import load_pack
from careloom.kernel.clocks import local_day
from careloom.kernel.events import NotificationSent
from careloom.kernel.notification import NotificationAnswer, Notify, Reason, ReasonCode
from careloom.notifications.actions.seal import RECEIPTS, put_outgoing, seal, unseal
from careloom.notifications.facts import NotificationFacts, from_json, to_json
from careloom.notifications.models import Notification
from careloom.notifications.queries import answer_for
from careloom.work.actions import meet_obligation


@dataclass(frozen=True, kw_only=True)
class Told:
    """That the mother was told what will be sent: when, how (IN_HER_LANGUAGE, INTERPRETER, COLLEAGUE), by whom (worker id)."""

    at: datetime
    how: str
    by: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Sent:
    """The notification is sent. `receipts`: one random number per infant, kept by the hospital only; none when nothing had to be sent."""

    notification: Notification
    receipts: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class NotReady:
    """What must be done before it may be sent."""

    reasons: tuple[Reason, ...]
    unanswered: bool = False


@transaction.atomic
def send_notification(*, by: Viewer, at: datetime, notification_id: UUID, told: Told | None = None, not_told_because: str = "") -> Sent | NotReady:
    """Send a draft the way the pack's rules say: nothing, without names, or with names, and a report where one is due (R-151).

    The mother is told first, or a reason is written why not (workflows 6.1). Sending twice sends once.
    Raises NotVisible when the notification is hidden or absent.
    """
    require(by)
    row = Notification.objects.select_for_update().filter(pk=notification_id, holder_id=by.holder_id).first()
    if row is None or not by.can("NOTIFY"):
        raise NotVisible
    if row.status != "DRAFT":
        return Sent(notification=row, receipts=receipts_of(row))
    facts = from_json(row.facts)
    answer = answer_for(facts=facts, pack=row.pack, identified_at=row.started_at)
    blocked = tuple(r for r in answer.before_sending if not (r.code is ReasonCode.TELL_HER_FIRST and not_told_because.strip()))
    if not facts.answered:
        return NotReady(reasons=blocked, unanswered=True)
    if blocked:
        return NotReady(reasons=blocked)
    return _send(row, by=by, at=at, facts=facts, answer=answer, told=told, not_told_because=not_told_because)


def _send(
    row: Notification,
    *,
    by: Viewer,
    at: datetime,
    facts: NotificationFacts,
    answer: NotificationAnswer,
    told: Told | None,
    not_told_because: str,
) -> Sent:
    nothing = answer.notify is Notify.NONE
    receipts = () if nothing else tuple(uuid4() for _ in row.infant_ids)
    row.answer = stored_answer(answer)
    row.rule = f"{answer.rule_id}@{answer.rule_version}"[:40]
    row.status = "NOT_REQUIRED" if nothing and not answer.report else "SENT"
    row.sent_at, row.sent_by = at, by.worker_id or by.principal_id
    row.not_told_because = not_told_because.strip()
    if told is not None:
        row.told_at, row.told_how, row.told_by = told.at, told.how, told.by or by.worker_id
    if receipts:
        row.sealed_receipts = seal(holder_id=row.holder_id, body={"receipts": [str(r) for r in receipts]}, purpose=RECEIPTS)
        put_outgoing(holder_id=row.holder_id, bodies=[_deidentified(r, row, facts, answer, at) for r in receipts])
    row.save()
    meet_obligation(by=by, at=at, about_id=row.pk)
    detail = {"notify": answer.notify.value, "report": answer.report, "rule": row.rule, "infants": len(row.infant_ids)}
    record(by=by, at=at, action="notifications.sent", identity_id=row.identity_id, object_id=row.pk, detail=detail)
    publish(NotificationSent(notification_id=row.pk, holder_id=row.holder_id, identity_id=row.identity_id), at=at)
    return Sent(notification=row, receipts=receipts)


def stored_answer(answer: NotificationAnswer) -> dict[str, Any]:
    """The answer in stable codes, with the rule version that gave it."""
    return {
        "notify": answer.notify.value,
        "report": answer.report,
        "level": answer.level.value,
        "plan_offered": answer.plan_offered,
        "lead": answer.lead.value,
        "co_leads": [kind.value for kind in answer.co_leads],
        "due_on": answer.due_on.isoformat() if answer.due_on else None,
        "rule": answer.rule_id,
        "rule_version": answer.rule_version,
        "citations": list(answer.citations),
        "because": [reason.message_key for reason in answer.because],
        "says": [reason.message_key for reason in answer.says],
        "sent_fields": [field.value for field in answer.sent_fields],
        "report_fields": [field.value for field in answer.report_fields],
    }


def _deidentified(receipt: UUID, row: Notification, facts: NotificationFacts, answer: NotificationAnswer, at: datetime) -> dict[str, Any]:
    # INVARIANT: year and state only, coded answers, no time and no maker (45 CFR 164.514(b)(2); DESIGN section 2).
    coded = {
        "substances": sorted({e.substance for e in facts.exposures}),
        "prescribed": sorted({e.prescribed for e in facts.exposures}),
        "signs": facts.withdrawal,
        "fasd": facts.fasd,
        "treatment": facts.in_treatment,
        "level": answer.level.value,
    }
    return {
        "do": "ADD",
        "receipt": str(receipt),
        "year": local_day(at=at, zone=load_pack(name=row.pack).manifest.zone).year,
        "state": answer.jurisdiction,
        "answers": coded,
        "has_plan": facts.plan_status == "HAS_CARD",
        "has_referral": False,
    }


def receipts_of(row: Notification) -> tuple[UUID, ...]:
    """The receipts of a sent notification, opened with the hospital's key."""
    if row.sealed_receipts is None:
        return ()
    opened = unseal(holder_id=row.holder_id, sealed=row.sealed_receipts, purpose=RECEIPTS)
    return tuple(UUID(text) for text in opened["receipts"])


@transaction.atomic
def correct(*, by: Viewer, at: datetime, notification_id: UUID, facts: NotificationFacts, reason: str) -> Sent:
    """Correct a sent notification: the hospital's row changes, and the correction travels by receipt in the next batch."""
    require(by)
    row = Notification.objects.select_for_update().filter(pk=notification_id, holder_id=by.holder_id, status="SENT").first()
    if row is None or not by.can("NOTIFY"):
        raise NotVisible
    answer = answer_for(facts=facts, pack=row.pack, identified_at=row.started_at)
    row.facts, row.answer, row.row_version = to_json(facts), stored_answer(answer), row.row_version + 1
    row.save()
    receipts = receipts_of(row)
    bodies = [{**_deidentified(r, row, facts, answer, row.sent_at or at), "do": "CORRECT"} for r in receipts]
    put_outgoing(holder_id=row.holder_id, bodies=bodies)
    record(by=by, at=at, action="notifications.corrected", identity_id=row.identity_id, object_id=row.pk, detail={"reason": reason[:80]})
    return Sent(notification=row, receipts=receipts)


@transaction.atomic
def withdraw(*, by: Viewer, at: datetime, notification_id: UUID, reason: str) -> bool:
    """Withdraw a notification that should not have been sent; its de-identified rows are marked withdrawn by receipt."""
    require(by)
    row = Notification.objects.select_for_update().filter(pk=notification_id, holder_id=by.holder_id).exclude(status="VOIDED").first()
    if row is None or not by.can("NOTIFY"):
        return False
    put_outgoing(holder_id=row.holder_id, bodies=[{"do": "WITHDRAW", "receipt": str(r)} for r in receipts_of(row)])
    Notification.objects.filter(pk=row.pk).update(status="VOIDED", row_version=row.row_version + 1)
    record(by=by, at=at, action="notifications.withdrawn", identity_id=row.identity_id, object_id=row.pk, detail={"reason": reason[:80]})
    return True
