"""Whether a hold stands. Answers yes or no and never why: who may know the reason reads it on the page of holds.

Every way on which something could be destroyed asks here, or is stopped by the database itself (the logs: see the first migration).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

_OF_ANYTHING = """SELECT EXISTS (SELECT 1 FROM keeping_hold h WHERE h.holder_id = %s AND h.lifted_at IS NULL
  AND (h.ends_at IS NULL OR h.ends_at > access_now()))"""


def stands_on_family(cursor: Any, *, holder_id: UUID, identity_ids: Sequence[UUID]) -> bool:
    """Whether a hold of the holder stands on what it has about any of these people, or on all that it has. One query."""
    cursor.execute("SELECT keeping_stands(ARRAY[%s]::uuid[], %s::uuid[], true)", [holder_id, list(identity_ids)])
    return bool(cursor.fetchone()[0])


def stands_anywhere(cursor: Any, *, holder_id: UUID) -> bool:
    """Whether any hold of the holder stands, on whatever: then its data key opens something that is held. Only the owner of the tables may ask."""
    cursor.execute(_OF_ANYTHING, [holder_id])
    return bool(cursor.fetchone()[0])
