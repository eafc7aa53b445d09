"""Starts threads, writes in them, marks them as read and leaves them. Source: R-141, F48; 42 CFR 2.13, 2.31; decision 0002."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from careloom.agencies.queries import agencies_by_id
from careloom.consents.turns import take_turn
from careloom.infra.access import NotVisible, PrincipalKind, System, Viewer, acting_as, require, system
from careloom.infra.answers import Done, Refused
from careloom.infra.audit.actions import record
from careloom.infra.documents.uploads import Upload, seal_upload
from careloom.infra.events.outbox import publish
from careloom.kernel.disclosure import Category, Subject
from careloom.kernel.events import MessageRead, MessageWritten
from careloom.kernel.labels import Fact, Kind, label
from careloom.messages.models import Attachment, Entry, Participant, Thread
from careloom.messages.models.thread import AGENCY, HER

CORE, APART = Category.POSC_PLAN_CORE.value, Category.POSC_PLAN_PART2_SEGMENT.value
TOPICS = ("PLAN", "VISIT", "BABY", "RIDE", "HOME", "MEETING", "OTHER")
MOST_WORDS = 2000


@dataclass(frozen=True, kw_only=True)
class Written:
    """What somebody writes. `tells`: the writer says that it tells about treatment; words that tell are found too."""

    words: str
    tells: bool = False
    upload: Upload | None = None


@transaction.atomic
def start_thread(
    *, by: Viewer, at: datetime, identity_id: UUID, topic: str, agency_ids: Iterable[UUID], with_her: bool, written: Written, request_key: str
) -> Done | Refused:
    """Begin a thread with agencies of the care team, with her, or both. The caller has checked that `by` sees the family."""
    require(by)
    agencies = agencies_by_id(ids=agency_ids)
    gaps = _gaps(by=by, written=written)
    gaps += ["TOPIC"] if topic not in TOPICS else []
    gaps += ["WITH"] if not (agencies or with_her) or set(agencies) == {by.holder_id} else []
    if gaps:
        return Refused(codes=tuple(gaps))
    take_turn([f"{by.holder_id}:{request_key}"])
    known = Thread.objects.filter(holder_id=by.holder_id, request_key=request_key).first()
    if known is not None:
        return Done(row_id=known.pk)
    hers = by.kind is PrincipalKind.PERSON
    frame = {"holder_id": by.holder_id, "identity_id": identity_id, "provenance": _provenance(by)}
    thread = Thread(**frame, category=CORE, topic=topic, started_at=at, started_by=by.worker_id, request_key=request_key)
    parties: list[Participant] = []
    if hers or with_her:
        parties.append(Participant(**frame, category=CORE, thread_id=thread.pk, party=HER, read_at=at if hers else None))
    own = {} if hers else agencies_by_id(ids=[by.principal_id])
    for agency in (own | agencies).values():
        # INVARIANT: that a treatment program takes part tells that she is its patient, so its row lies in the plan's treatment part.
        category = APART if agency.is_part2_program and agency.pk != by.holder_id else CORE
        read = at if agency.pk == by.holder_id else None
        parties.append(Participant(**frame, category=category, thread_id=thread.pk, party=AGENCY, party_id=agency.pk, read_at=read))
    Participant.objects.bulk_create(parties)
    thread.save()
    record(by=by, at=at, action="messages.thread_started", identity_id=identity_id, object_id=thread.pk, detail={"topic": topic})
    _write(thread, by=by, at=at, written=written, request_key=request_key)
    return Done(row_id=thread.pk)


@transaction.atomic
def add_entry(*, by: Viewer, at: datetime, thread_id: UUID, written: Written, request_key: str) -> Done | Refused:
    """Write in a thread in which `by` takes part. Raises NotVisible for a thread that she does not see or has left."""
    require(by)
    thread = Thread.objects.seen_by(by).filter(pk=thread_id).first()
    if thread is None or not _is_in(thread, by=by):
        raise NotVisible
    gaps = _gaps(by=by, written=written)
    if gaps:
        return Refused(codes=tuple(gaps))
    take_turn([f"{by.holder_id}:{request_key}"])
    known = Entry.objects.filter(holder_id=by.holder_id, request_key=request_key).first()
    entry = known or _write(thread, by=by, at=at, written=written, request_key=request_key)
    return Done(row_id=entry.pk)


@transaction.atomic
def read_thread(*, by: Viewer, at: datetime, thread: Thread) -> None:
    """Mark a thread that `by` sees as read until now, by her agency or by her."""
    require(by)
    with acting_as(_keeper(thread)):
        read = _own_seat(thread, by=by).filter(left_at=None).update(read_at=at)
    if read and by.kind is PrincipalKind.AGENCY:
        publish(MessageRead(thread_id=thread.pk, reader_id=by.principal_id), at=at)


@transaction.atomic
def leave_thread(*, by: Viewer, at: datetime, thread_id: UUID) -> bool:
    """Take no part any more. What was written until now stays readable to who left; what comes later is not. False when she had left."""
    require(by)
    thread = Thread.objects.seen_by(by).filter(pk=thread_id).first()
    if thread is None:
        raise NotVisible
    with acting_as(_keeper(thread)):
        left = _own_seat(thread, by=by).filter(left_at=None).update(left_at=at)
    if left:
        record(by=by, at=at, action="messages.thread_left", identity_id=thread.identity_id, object_id=thread.pk)
        if by.kind is PrincipalKind.AGENCY:
            publish(MessageRead(thread_id=thread.pk, reader_id=by.principal_id), at=at)
    return bool(left)


def category_of(written: Written) -> str:
    """The heap in which an entry lies: the plan's treatment part where the writer says so or a word tells it (`kernel.labels`)."""
    fact = Fact(kind=Kind.TEAM, subject=Subject.MOTHER, category=Category.POSC_PLAN_CORE, texts=(written.words,))
    return APART if written.tells or label(fact).tells else CORE


def _write(thread: Thread, *, by: Viewer, at: datetime, written: Written, request_key: str) -> Entry:
    frame = {"holder_id": by.holder_id, "identity_id": thread.identity_id, "provenance": _provenance(by)}
    # Her own words are hers whatever they tell: they reach who keeps her plan, and others as far as she shares them.
    category = CORE if by.kind is PrincipalKind.PERSON and not written.tells else category_of(written)
    entry = Entry(
        **frame, category=category, thread_id=thread.pk, thread_holder_id=thread.holder_id, words=written.words.strip()[:MOST_WORDS], written_at=at,
        worker_id=by.worker_id, request_key=request_key,
    )  # fmt: skip
    entry.save()
    if written.upload is not None and by.holder_id is not None:
        paper = Attachment(**frame, category=category, thread_id=thread.pk, entry_id=entry.pk, written_at=at, media_type=written.upload.media_type)
        paper.sealed = seal_upload(written.upload, holder_id=by.holder_id, document_id=paper.pk)
        paper.save()
    record(by=by, at=at, action="messages.written", identity_id=thread.identity_id, object_id=entry.pk, detail={"category": category})
    publish(MessageWritten(entry_id=entry.pk, holder_id=entry.holder_id, thread_holder_id=thread.holder_id), at=at)
    return entry


def _gaps(*, by: Viewer, written: Written) -> list[str]:
    gaps = [] if by.kind is PrincipalKind.PERSON or by.can("PLAN_WRITE") else ["NOT_ALLOWED"]
    return gaps + ([] if written.words.strip() else ["WORDS"]) + (["LONG"] if len(written.words.strip()) > MOST_WORDS else [])


def _provenance(by: Viewer) -> str:
    return "self_reported" if by.kind is PrincipalKind.PERSON else "originating"


def _keeper(thread: Thread) -> Viewer:
    """Seats are rows of whoever began the thread; that somebody read it or left is written there."""
    return system(System.JOB, holder_id=thread.holder_id)


def _own_seat(thread: Thread, *, by: Viewer) -> QuerySet[Participant]:
    whose = Q(party=HER) if by.kind is PrincipalKind.PERSON else Q(party=AGENCY, party_id=by.principal_id)
    return Participant.objects.filter(whose, thread_id=thread.pk)


def _is_in(thread: Thread, *, by: Viewer) -> bool:
    with acting_as(_keeper(thread)):
        return _own_seat(thread, by=by).filter(left_at=None).exists()
