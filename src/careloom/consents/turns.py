"""One at a time: two transactions that work on the same family's papers follow each other.

A transaction that writes about several people takes their turns one after another, in the order of its own work. So that two of them never
wait for each other, whoever works on a child takes the mother's turn first.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from careloom.infra.access import System, acting_as, system

LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(k, 0)) FROM (SELECT DISTINCT 'consents:' || u AS k FROM unnest(%s::text[]) u ORDER BY 1) keys"


def take_turn(keys: Iterable[object]) -> None:
    """Wait for other transactions that hold one of `keys`, in one order for everybody; held until this transaction ends. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [sorted({str(key) for key in keys})])


# Mothers before children, each by id: one order for everybody. A mother is known from any holder's record of the child, so the matching role asks.
LOCK_FAMILY = """WITH child AS (SELECT identity_id, mother_identity_id FROM people_record
    WHERE identity_id = ANY (%(ids)s) AND mother_identity_id IS NOT NULL)
SELECT pg_advisory_xact_lock(hashtextextended('consents:' || u, 0)) FROM (
  SELECT u, bool_or(is_child) AS is_child FROM (
    SELECT mother_identity_id AS u, false AS is_child FROM child
    UNION ALL SELECT i, EXISTS (SELECT 1 FROM child WHERE identity_id = i) FROM unnest(%(ids)s::uuid[]) AS i) known
  GROUP BY u ORDER BY bool_or(is_child), u) keys
UNION ALL SELECT pg_advisory_xact_lock_shared(hashtextextended('consents:everybody', 0))"""
# The server has room for some thousand locks. Who works on more people than this has the turn of everybody, and waits until nobody is at work.
EVERYBODY_FROM = 1000
LOCK_EVERYBODY = "SELECT pg_advisory_xact_lock(hashtextextended('consents:everybody', 0))"


def take_family_turn(identity_ids: Iterable[UUID]) -> None:
    """Wait for other transactions that work on the papers of these people or of their mothers; held until this transaction ends."""
    ids = sorted(set(identity_ids), key=str)
    with acting_as(system(System.MATCHING)), connection.cursor() as cursor:
        if len(ids) >= EVERYBODY_FROM:
            cursor.execute(LOCK_EVERYBODY)
        else:
            cursor.execute(LOCK_FAMILY, {"ids": ids})
