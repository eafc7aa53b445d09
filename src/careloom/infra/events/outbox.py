"""Publishes events in the transaction of the action and hands them to their subscribers after the commit.

A process that dies between commit and delivery loses nothing: a periodic job delivers what is left.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.events.models import OutboxEvent
from careloom.kernel import events

Handler = Callable[[Any], None]
_handlers: dict[type[events.Event], list[Handler]] = defaultdict(list)
_log = logging.getLogger(__name__)
MOST_TRIES = 10
_held: ContextVar[list[UUID] | None] = ContextVar("careloom_outbox_held", default=None)


def subscribe(kind: type[events.Event], handler: Handler) -> None:
    """Have `handler` called with each event of `kind`. Done once, in config/subscriptions."""
    if handler not in _handlers[kind]:
        _handlers[kind].append(handler)


def publish(event: events.Event, *, at: datetime) -> None:
    """Write `event` to the outbox in this transaction; it is delivered after the commit. Nothing is written when nobody listens."""
    if not _handlers[type(event)]:
        return
    body = {key: str(value) for key, value in asdict(event).items()}
    row = OutboxEvent(id=uuid4(), kind=type(event).__name__, body=body, published_at=at)
    OutboxEvent.objects.bulk_create([row])
    held = _held.get()
    if held is not None:
        held.append(row.id)
    else:
        transaction.on_commit(lambda: _deliver(row.id), robust=True)


@contextmanager
def delivered_inside() -> Iterator[None]:
    """Deliver what the block published at its end, in the same transaction: while a story of the past is played, at the story's own time."""
    waiting: list[UUID] = []
    token = _held.set(waiting)
    try:
        yield
        while waiting:
            _deliver(waiting.pop(0))
    finally:
        _held.reset(token)


def deliver_pending(*, most: int = 500) -> int:
    """Deliver what is still waiting, oldest first, and return how many went out."""
    with transaction.atomic(), acting_as(system(System.JOB)):
        waiting = OutboxEvent.objects.filter(delivered_at=None, tries__lt=MOST_TRIES).order_by("published_at")
        ids = list(waiting.values_list("id", flat=True)[:most])
    return sum(_deliver(row_id) for row_id in ids)


def _deliver(row_id: UUID) -> bool:
    job = system(System.JOB)
    try:
        with transaction.atomic(), acting_as(job):
            row = OutboxEvent.objects.select_for_update(skip_locked=True).filter(pk=row_id, delivered_at=None).first()
            if row is None:
                return False
            event = _rebuild(row.kind, row.body)
            for handler in _handlers[type(event)]:
                handler(event)
            OutboxEvent.objects.filter(pk=row_id).update(delivered_at=clock.now(), tries=row.tries + 1)
    except Exception:
        # The event stays in the outbox and is tried again; its text is not logged, only its id and kind of failure.
        _log.exception("event %s was not delivered and will be tried again", row_id)
        with transaction.atomic(), acting_as(job):
            row = OutboxEvent.objects.filter(pk=row_id).first()
            if row is not None:
                OutboxEvent.objects.filter(pk=row_id).update(tries=row.tries + 1)
        return False
    return True


def _rebuild(kind: str, body: dict[str, str]) -> events.Event:
    event_class: type[events.Event] = getattr(events, kind)
    return event_class(**{key: UUID(value) if key.endswith("_id") else value for key, value in body.items()})
