"""One at a time: two who write about the same part of a collaborative follow each other."""

from __future__ import annotations

from django.db import connection


def take_turn(*keys: object) -> None:
    """Wait for other transactions that hold one of `keys`; held until this transaction ends. One statement a key, in one order for everybody."""
    with connection.cursor() as cursor:
        for key in sorted({str(key) for key in keys}):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('partnership:' || %s, 0))", [key])
