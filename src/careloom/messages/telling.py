"""Who hears that something was written: the agencies that take part and may read it, on Today; she by a neutral sentence. And who heard enough."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from careloom.agencies.queries import agencies_by_id
from careloom.consents.queries import would_see
from careloom.infra.access import System, acting_as, system
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.events import MessageRead, MessageWritten
from careloom.messages.models import Entry, Participant, Thread
from careloom.messages.models.thread import AGENCY, HER

KIND = "MESSAGE_WAITING"
Owe = Callable[..., None]
Meet = Callable[..., int]
Tell = Callable[..., Any]


def on_written(event: MessageWritten, *, at: datetime, owe: Owe, meet: Meet, tell: Tell) -> int:
    """Have each agency that takes part and may read it owe a look, once for each thread, and tell her; how many agencies heard. Safe to repeat.

    INVARIANT: access is asked first. Being told of a thread must not say that there is one which she did not share.
    """
    writer = system(System.JOB, holder_id=event.holder_id)
    with acting_as(writer):
        entry = Entry.objects.filter(pk=event.entry_id).first()
    if entry is None:
        return 0
    keeper = system(System.JOB, holder_id=event.thread_holder_id)
    with acting_as(keeper):
        thread = Thread.objects.get(pk=entry.thread_id)
        seats = list(Participant.objects.filter(thread_id=thread.pk, left_at=None))
    agencies = agencies_by_id(ids={seat.party_id for seat in seats if seat.party_id})
    told = 0
    for seat in seats:
        if seat.party == HER and entry.provenance != "self_reported":
            tell(identity_id=thread.identity_id, at=at, request_key=f"wrote:{thread.pk.hex[:16]}:{at:%Y%m%d}")
        if seat.party != AGENCY or seat.party_id == entry.holder_id or seat.party_id not in agencies:
            continue
        purpose = AgencyKind(agencies[seat.party_id].kind).purpose
        if all(reads(row, recipient_id=seat.party_id, purpose=purpose, at=at) for row in (thread, entry)):
            theirs = system(System.JOB, holder_id=seat.party_id)
            meet(by=theirs, at=at, holder_id=seat.party_id, about_id=thread.pk, kind=KIND)
            owe(
                by=theirs, at=at, holder_id=seat.party_id, kind=KIND, family_id=thread.identity_id, identity_id=thread.identity_id,
                link=reverse("messages:thread", args=[thread.pk]), about_id=thread.pk, about_kind="THREAD", category=entry.category,
                request_key=f"message:{entry.pk}", worker_id=_last_writer(thread, holder_id=seat.party_id),
            )  # fmt: skip
            told += 1
    return told


def on_read(event: MessageRead, *, at: datetime, meet: Meet) -> None:
    """What Today asks of an agency about a thread is met when somebody of it read the thread."""
    meet(by=system(System.JOB, holder_id=event.reader_id), at=at, holder_id=event.reader_id, about_id=event.thread_id, kind=KIND)


def reads(row: Thread | Entry, *, recipient_id: UUID, purpose: str, at: datetime) -> bool:
    """Whether `recipient_id` may read a row now: its own, or one that a live grant opens."""
    if row.holder_id == recipient_id:
        return True
    with acting_as(system(System.JOB, holder_id=row.holder_id)):
        return would_see(
            holder_id=row.holder_id, identity_id=row.identity_id, recipient_id=recipient_id, category=row.category,
            provenance=row.provenance, purpose=purpose, at=at,
        )  # fmt: skip


def _last_writer(thread: Thread, *, holder_id: UUID) -> UUID | None:
    """Whoever of this agency wrote last in the thread answers; nobody yet: it is the agency's."""
    with acting_as(system(System.JOB, holder_id=holder_id)):
        mine = Entry.objects.filter(thread_id=thread.pk, holder_id=holder_id).exclude(worker_id=None)
        return mine.order_by("-written_at").values_list("worker_id", flat=True).first()
