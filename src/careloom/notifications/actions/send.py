"""Sends a notification: facts, answer, receipts, audit and outbox in one transaction."""

from __future__ import annotations

from collections.abc import Callable
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
from careloom.kernel.notification import NotificationAnswer, Notify, Reason, ReasonCode, SentField
from careloom.notifications.actions.seal import RECEIPTS, put_outgoing, seal, unseal
from careloom.notifications.facts import NotificationFacts, as_stored, changed, from_json
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
    """What must be done before it may be sent: reasons of the kernel, and the questions (field names) that have no answer yet."""

    reasons: tuple[Reason, ...]
    missing: tuple[str, ...] = ()

    @property
    def unanswered(self) -> bool:
        """Whether a question has no answer yet."""
        return bool(self.missing)


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
    if told is not None:
        facts = changed(facts, told_mother="YES", told_how=told.how)
        row.facts = as_stored(facts)
    answer = answer_for(facts=facts, pack=row.pack, identified_at=row.started_at)
    why_not_told = (not_told_because or facts.not_told_because).strip()
    waiting = not_ready(facts=facts, answer=answer, why_not_told=why_not_told)
    if waiting is not None:
        return waiting
    return _send(row, by=by, at=at, facts=facts, answer=answer, told=told, not_told_because=why_not_told)


def not_ready(*, facts: NotificationFacts, answer: NotificationAnswer, why_not_told: str) -> NotReady | None:
    """What is still missing before these facts may leave, or None. A mother who was not told needs a written reason why not."""
    sends = answer.report or answer.notify is not Notify.NONE
    missing = tuple(name for name in facts.unanswered if sends or name != "told_mother")
    blocked = [reason for reason in answer.before_sending if reason.code is not ReasonCode.TELL_HER_FIRST]
    # INVARIANT: "not safe to tell her" is an answer only together with the reason (workflows 6.1).
    if sends and facts.told_mother != "YES" and not why_not_told:
        blocked.append(Reason(code=ReasonCode.TELL_HER_FIRST))
    if why_not_told:
        missing = tuple(name for name in missing if name != "told_mother")
    return NotReady(reasons=tuple(blocked), missing=missing) if blocked or missing else None


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
        put_outgoing(holder_id=row.holder_id, bodies=[deidentified(r, row, facts, answer, at) for r in receipts])
    row.row_version += 1
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


# Which coded answers belong to which field; a field that the pack does not send leaves no answer (45 CFR 164.502(b)).
_CODED: dict[SentField, Callable[[NotificationFacts, NotificationAnswer], dict[str, Any]]] = {
    SentField.SUBSTANCE_CLASSES: lambda facts, _: {"substances": sorted({e.substance for e in facts.exposures})},
    SentField.PRESCRIBED: lambda facts, _: {"prescribed": sorted({e.prescribed for e in facts.exposures})},
    SentField.INFANT_SIGNS: lambda facts, _: {"signs": facts.withdrawal, "fasd": facts.fasd},
    SentField.TREATMENT_ANSWER: lambda facts, _: {"treatment": facts.in_treatment},
    SentField.LEVEL: lambda _, answer: {"level": answer.level.value},
}


def deidentified(receipt: UUID, row: Notification, facts: NotificationFacts, answer: NotificationAnswer, at: datetime) -> dict[str, Any]:
    """The sealed body that becomes one row of the state's count."""
    # INVARIANT: year and state only, coded answers, no time and no maker (45 CFR 164.514(b)(2); DESIGN section 2).
    coded: dict[str, Any] = {}
    for field in answer.sent_fields:
        coded |= _CODED[field](facts, answer) if field in _CODED else {}
    zone = load_pack(name=row.pack).manifest.zone
    return {
        "do": "ADD",
        "receipt": str(receipt),
        "year": local_day(at=at, zone=zone).year,
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
