"""Asks for an export, confirms or declines it, stops it and lets it go on. Each is safe to repeat and writes its audit row."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from django.db import transaction

from careloom.agencies.models import Agency
from careloom.departing.models import ASKED, DECLINED, OPEN, OVER, READY, STOPPED, WAITING, WRITING, Departure, Piece
from careloom.departing.queries import departure_of, may_answer, may_ask
from careloom.infra.access import NotVisible, Viewer, require
from careloom.infra.access.accounting import account_log_file
from careloom.infra.answers import Done, Refused, said
from careloom.infra.audit.actions import record

#: A request that nobody confirms ends then, and a finished file lies so long.
LASTS: Final = timedelta(days=7)
_KEY: Final = re.compile(r"[0-9a-f]{64}")


def is_public_key(text: str) -> bool:
    """Whether this is an X25519 public key that something can be sealed for: 64 hexadecimal digits, and no point of small order."""
    if not _KEY.fullmatch(text):
        return False
    try:
        # A point of small order gives everybody the same secret; the library refuses it here.
        X25519PrivateKey.generate().exchange(X25519PublicKey.from_public_bytes(bytes.fromhex(text)))
    except ValueError:
        return False
    return True


@transaction.atomic
def ask(*, by: Viewer, at: datetime, receiver: str, recipient: str, request_key: str) -> Done | Refused:
    """Ask for everything that the agency of `by` owns. The same `request_key` asks once. Refused: RECEIVER, RECIPIENT, OPEN. Raises NotVisible."""
    require(by)
    if not may_ask(by) or by.worker_id is None:
        raise NotVisible
    # The agency's row is the lock: two presses of one button wait for each other here.
    Agency.objects.select_for_update().get(pk=by.holder_id)
    known = Departure.objects.filter(agency_id=by.holder_id, request_key=request_key).first()
    if known is not None:
        return Done(row_id=known.pk)
    receiver, recipient = said(receiver, most=120), "".join(recipient.split()).lower()
    wrong = [code for code, good in (("RECEIVER", receiver), ("RECIPIENT", is_public_key(recipient))) if not good]
    if wrong:
        return Refused(codes=tuple(wrong))
    _close_what_waited(by, at=at)
    if Departure.objects.filter(agency_id=by.holder_id, state__in=OPEN).exists():
        return Refused(codes=("OPEN",))
    row = Departure(
        agency_id=by.holder_id,
        receiver=receiver,
        recipient=recipient,
        asked_by=by.worker_id,
        asked_at=at,
        ends_at=at + LASTS,
        request_key=request_key,
    )
    row.save()
    record(by=by, at=at, action="departing.asked", object_id=row.pk)
    return Done(row_id=row.pk)


@transaction.atomic
def answer(*, by: Viewer, at: datetime, departure_id: UUID, confirms: bool) -> Done | Refused:
    """Confirm or decline what somebody else asked for. Refused: SAME (who asked confirms nothing), MOVED. Raises NotVisible."""
    row = _locked(by, departure_id)
    if not may_answer(by):
        raise NotVisible
    wanted = WAITING if confirms else DECLINED
    if row.answered_by == by.worker_id and (row.state == DECLINED) != confirms:
        return Done(row_id=row.pk)
    if row.state != ASKED or row.ends_at <= at:
        return Refused(codes=("MOVED",))
    if row.asked_by == by.worker_id and confirms:
        return Refused(codes=("SAME",))
    row.state, row.answered_by, row.answered_at = wanted, by.worker_id if row.asked_by != by.worker_id else None, at
    row.save(update_fields=["state", "answered_by", "answered_at"])
    record(by=by, at=at, action="departing.confirmed" if confirms else "departing.declined", object_id=row.pk)
    return Done(row_id=row.pk)


@transaction.atomic
def stop(*, by: Viewer, at: datetime, departure_id: UUID) -> Done | Refused:
    """Stop the writing; the pieces that are there go. Refused: MOVED. Raises NotVisible."""
    row = _of_both(by, departure_id)
    if row.state == STOPPED:
        return Done(row_id=row.pk)
    if row.state not in (WAITING, WRITING):
        return Refused(codes=("MOVED",))
    row.state = STOPPED
    row.save(update_fields=["state"])
    record(by=by, at=at, action="departing.stopped", object_id=row.pk)
    return Done(row_id=row.pk)


@transaction.atomic
def go_on(*, by: Viewer, at: datetime, departure_id: UUID) -> Done | Refused:
    """Let a stopped one go on; it is written anew, as of the moment at which it begins. Refused: MOVED. Raises NotVisible."""
    row = _of_both(by, departure_id)
    if row.state in (WAITING, WRITING):
        return Done(row_id=row.pk)
    if row.state != STOPPED:
        return Refused(codes=("MOVED",))
    row.state, row.tries, row.ends_at = WAITING, 0, at + LASTS
    row.save(update_fields=["state", "tries", "ends_at"])
    record(by=by, at=at, action="departing.resumed", object_id=row.pk)
    return Done(row_id=row.pk)


@transaction.atomic
def take(*, by: Viewer, at: datetime, departure_id: UUID) -> Departure:
    """The finished file, for who asked or confirmed; that it was taken is in both logs first. Raises NotVisible."""
    row = _of_both(by, departure_id)
    if row.state != READY or row.ends_at <= at:
        raise NotVisible
    record(by=by, at=at, action="departing.taken", object_id=row.pk)
    account_log_file(viewer=by, place="departing:download", at=at)
    return row


def _of_both(by: Viewer, departure_id: UUID) -> Departure:
    row = _locked(by, departure_id)
    if by.worker_id is None or by.worker_id not in (row.asked_by, row.answered_by):
        raise NotVisible
    return row


def _locked(by: Viewer, departure_id: UUID) -> Departure:
    departure_of(viewer=by, departure_id=departure_id)
    return Departure.objects.select_for_update().get(pk=departure_id)


def _close_what_waited(by: Viewer, *, at: datetime) -> None:
    Departure.objects.filter(agency_id=by.holder_id, state__in=(ASKED, STOPPED), ends_at__lte=at).update(state=OVER)


def sweep(*, at: datetime) -> int:
    """Remove the pieces of what is over, stopped or declined, and end what waited too long; how many pieces. As the job. Safe to repeat."""
    Departure.objects.filter(state__in=(ASKED, STOPPED, READY), ends_at__lte=at).update(state=OVER)
    gone = Piece.objects.exclude(departure__state__in=(WRITING, READY)).delete()[0]
    return int(gone)
