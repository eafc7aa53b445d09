"""Segments: what each holder has about an identity. A new one is told to `consents`, which materialises grants at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID, uuid4

from django.db import connection

from careloom.infra.access.records import FamilyRecord

SegmentKey = tuple[UUID, UUID, str, str]
_listeners: list[Callable[[frozenset[UUID]], None]] = []

INSERT = """INSERT INTO access_segment (id, holder_id, identity_id, category, provenance)
SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::text[], %s::text[])
ON CONFLICT (holder_id, identity_id, category, provenance) DO NOTHING"""


def on_new_segment(listener: Callable[[frozenset[UUID]], None]) -> None:
    """Have `listener` called, in the same transaction, with the identities that gained a segment. Joined in config."""
    if listener not in _listeners:
        _listeners.append(listener)


def open_for(rows: Iterable[FamilyRecord]) -> None:
    """Make sure that each row's segment exists; tell the listeners when one is new."""
    keys = sorted({(r.holder_id, r.identity_id, r.category, r.provenance) for r in rows}, key=str)
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [[uuid4() for _ in keys], *(list(column) for column in zip(*keys, strict=True))])
        added = cursor.rowcount
    if added:
        identities = frozenset(key[1] for key in keys)
        for listener in _listeners:
            listener(identities)
