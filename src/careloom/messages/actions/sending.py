"""Sends neutral sentences by text message, within how she may be reached (`messages.contact`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from careloom.consents.turns import take_turn
from careloom.infra.access import Viewer, require
from careloom.infra.audit.actions import record
from careloom.messages.contact import Channel, ways_for
from careloom.messages.models import Message
from careloom.messages.providers import provider
from careloom.messages.sentences import text_of

#: A sentence that waited longer than this says nothing new any more.
LONGEST_WAIT = timedelta(days=2)


@dataclass(frozen=True, kw_only=True)
class NotSent:
    """Why a message did not go out: NOT_ALLOWED, OUTSIDE_HOURS, NO_ADDRESS."""

    because: str


@transaction.atomic
def send(
    *,
    by: Viewer,
    at: datetime,
    identity_id: UUID,
    sentence: str,
    address: str,
    language: str,
    request_key: str,
    link: str = "",
    waits: bool = False,
) -> Message | NotSent:
    """Send a neutral sentence by text message, within her rules and to the number that she asked for.

    The sentence and the link are never stored together. With `waits` it is kept outside her hours and sent when they begin (quiet hours);
    without, nothing goes out, because a link would be over by then.
    """
    require(by)
    take_turn([f"{by.holder_id}:{request_key}"])
    known = Message.objects.filter(holder_id=by.holder_id, request_key=request_key).first()
    if known is not None:
        return known
    ways = ways_for(viewer=by, identity_id=identity_id)
    # INVARIANT: a way that she asked for goes before the number that a caller has (45 CFR 164.522(b)); the old number hears nothing more.
    address = ways.phone or address
    refusal = ways.refusal(channel=Channel.SMS, at=at, address=address)
    later = ways.next_hour(at) if refusal == "OUTSIDE_HOURS" and waits and not link else None
    if refusal and later is None:
        return NotSent(because=refusal)
    row = Message(
        holder_id=by.holder_id, identity_id=identity_id, category="posc.plan_core", channel=Channel.SMS, sentence=sentence,
        language=language, address=address, made_at=at, wait_until=later, request_key=request_key,
    )  # fmt: skip
    row.save()
    if later is None:
        text = " ".join(part for part in (text_of(sentence, language=language), link) if part)
        transaction.on_commit(lambda: _deliver(row, text))
    record(
        by=by, at=at, action="messages.waits" if later else "messages.sent", identity_id=identity_id, object_id=row.pk, detail={"sentence": sentence}
    )
    return row


@transaction.atomic
def send_waiting(*, by: Viewer, at: datetime, most: int = 100) -> int:
    """Send what waited for her hours, if she may still be reached; how many went out. `by` is the job, acting for one agency.

    Her rules are asked again: what she said since then counts. What waited too long is let be.
    """
    require(by)
    due = Message.objects.select_for_update(skip_locked=True).filter(
        holder_id=by.holder_id, wait_until__lte=at, sent_at=None, failed_because=""
    )  # fmt: skip
    return sum(_send_one(row, by=by, at=at) for row in due.order_by("wait_until")[:most])


def _send_one(row: Message, *, by: Viewer, at: datetime) -> bool:
    ways = ways_for(viewer=by, identity_id=row.identity_id)
    address = ways.phone or row.address
    refusal = "TOO_OLD" if at - row.made_at > LONGEST_WAIT else ways.refusal(channel=Channel.SMS, at=at, address=address)
    later = ways.next_hour(at) if refusal == "OUTSIDE_HOURS" else None
    if later is not None:
        Message.objects.filter(pk=row.pk).update(wait_until=later)
        return False
    if refusal:
        Message.objects.filter(pk=row.pk).update(failed_because=refusal)
        return False
    Message.objects.filter(pk=row.pk).update(sent_at=at, address=address)
    row.address = address
    transaction.on_commit(lambda: _deliver(row, text_of(row.sentence, language=row.language)))
    record(by=by, at=at, action="messages.sent", identity_id=row.identity_id, object_id=row.pk, detail={"sentence": row.sentence})
    return True


def _deliver(row: Message, text: str) -> None:
    provider().send(channel=row.channel, address=row.address, text=text)
