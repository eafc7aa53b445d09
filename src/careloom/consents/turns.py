"""One at a time: two transactions that work on the same family's papers follow each other."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(k, 0)) FROM (SELECT DISTINCT 'consents:' || u AS k FROM unnest(%s::text[]) u ORDER BY 1) keys"


def take_turn(keys: Iterable[object]) -> None:
    """Wait for other transactions that hold one of `keys`, in one order for everybody; held until this transaction ends. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [sorted({str(key) for key in keys})])
