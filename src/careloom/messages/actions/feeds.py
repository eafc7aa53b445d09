"""Makes and ends secret calendar addresses."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from careloom.infra.access import Viewer, require
from careloom.infra.audit.actions import record
from careloom.messages.models import CalendarFeed


@dataclass(frozen=True, kw_only=True)
class MadeFeed:
    """A new address. `secret` is told once and kept by nobody here."""

    feed: CalendarFeed
    secret: str


def digest(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_feed(*, by: Viewer, at: datetime, language: str = "en") -> MadeFeed:
    """Make an address for the calendar of `by`; the one before stops working at once."""
    require(by)
    end_feed(by=by, at=at)
    secret = secrets.token_urlsafe(32)
    feed = CalendarFeed(principal_id=by.principal_id, worker_id=by.worker_id, secret_hash=digest(secret), language=language, made_at=at)
    CalendarFeed.objects.bulk_create([feed])
    record(by=by, at=at, action="messages.feed_made", object_id=feed.pk)
    return MadeFeed(feed=feed, secret=secret)


@transaction.atomic
def end_feed(*, by: Viewer, at: datetime) -> int:
    """End the address of `by`; how many there were. Who reads it next finds nothing."""
    require(by)
    ended = CalendarFeed.objects.filter(principal_id=by.principal_id, worker_id=by.worker_id, ended_at=None).update(ended_at=at)
    if ended:
        record(by=by, at=at, action="messages.feed_ended")
    return int(ended)
