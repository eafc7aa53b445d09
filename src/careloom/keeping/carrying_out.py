"""Carries out what two persons agreed on, and after an older backup was brought back carries out again what its rows do not know of.

As the owner of the tables, each expunging in one transaction: a kill leaves all of it or nothing, and the next run goes on. The order is: the
tombstone is on the disk, the rows go, then it is marked as carried out here.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from careloom.infra.tombstones import Ledger, Tombstone
from careloom.keeping import sweeping
from careloom.keeping.standing import stands_on_family

# Who read something of it under a paper that is in force, and has a record of its own in which a copy may lie: it knows already whose it was. Others
# learn nothing by a task (42 CFR 2.13(c)).
_READERS: Final = """SELECT DISTINCT d.recipient_id FROM access_disclosure d JOIN agencies_agency a ON a.id = d.recipient_id AND a.active
  WHERE d.holder_id = %(holder)s AND d.identity_id = ANY (%(people)s) AND EXISTS (SELECT 1 FROM access_grant g WHERE g.recipient_id = d.recipient_id
    AND g.holder_id = d.holder_id AND g.identity_id = d.identity_id AND g.valid_from <= access_now() AND g.valid_to > access_now())
  AND EXISTS (SELECT 1 FROM people_record p WHERE p.holder_id = d.recipient_id AND p.identity_id = ANY (%(people)s))"""
_PAIRS: Final = "SELECT DISTINCT holder_id, identity_id FROM {}"


def carry_out(*, connection: Any, ledger: Ledger, expunging_id: UUID, at: datetime, after_line: Callable[[], None] = lambda: None) -> bool:
    """Carry out one that was confirmed; False when there is nothing to do or a hold stands. `connection` is the owner's, in autocommit.

    `after_line` is called when the tombstone is on the disk and no row has gone yet.
    """
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute("SELECT holder_id, identity_id FROM keeping_expunging WHERE id = %s AND state = 'CONFIRMED' FOR UPDATE", [expunging_id])
        row = cursor.fetchone()
        if row is None:
            return False
        holder, identity = row
        # Whoever places a hold takes the agency's row first: it is here already, or waits and then covers nothing.
        cursor.execute("SELECT id FROM agencies_agency WHERE id = %s FOR UPDATE", [holder])
        people = sweeping.family(cursor, holder_id=holder, identity_ids=[identity])
        if stands_on_family(cursor, holder_id=holder, identity_ids=people):
            return False
        cursor.execute(_READERS, {"holder": holder, "people": people})
        told = [str(reader) for (reader,) in cursor.fetchall()]
        ledger.add(Tombstone(id=expunging_id, marks=frozenset(ledger.mark(holder_id=holder, identity_id=one) for one in people)))
        after_line()
        gone = sweeping.sweep(cursor, holder_id=holder, people=people, because=expunging_id)
        cursor.execute(
            "UPDATE keeping_expunging SET state = 'SWEPT', gone = %s, told = %s, done_at = %s WHERE id = %s",
            [json.dumps(gone), json.dumps(told), at, expunging_id],
        )
        cursor.execute("INSERT INTO keeping_applied (id) VALUES (%s) ON CONFLICT DO NOTHING", [expunging_id])
    _empty(connection)
    return True


def apply_again(*, connection: Any, ledger: Ledger, at: datetime) -> int:
    """Carry out each tombstone that this database does not know of; how many. For a database that was brought back: it asks nobody anew.

    One that stands here as confirmed was stopped half way, and is gone on with as any other: a hold that was placed since keeps it.
    """
    stones = ledger.read()
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM keeping_applied")
        known = {row[0] for row in cursor.fetchall()}
        missing = [one for one in stones if one.id not in known]
        if not missing:
            return 0
        marks = _marks(cursor, ledger)
        done = 0
        for stone in missing:
            cursor.execute("SELECT EXISTS (SELECT 1 FROM keeping_expunging WHERE id = %s AND state = 'CONFIRMED')", [stone.id])
            if cursor.fetchone()[0]:
                done += carry_out(connection=connection, ledger=ledger, expunging_id=stone.id, at=at)
                continue
            with connection.transaction():
                done += _apply(cursor, stone, marks)
    _empty(connection)
    return done


def _apply(cursor: Any, stone: Tombstone, marks: dict[str, tuple[UUID, UUID]]) -> int:
    # A worker beside us may be in the middle of it: its proposal's row is the lock, and what it did is not done twice.
    cursor.execute("SELECT id FROM keeping_expunging WHERE id = %s FOR UPDATE", [stone.id])
    cursor.execute("INSERT INTO keeping_applied (id) VALUES (%s) ON CONFLICT DO NOTHING", [stone.id])
    if not cursor.rowcount:
        return 0
    whose: dict[UUID, list[UUID]] = {}
    for holder, identity in (marks[mark] for mark in stone.marks if mark in marks):
        whose.setdefault(holder, []).append(identity)
    for holder, people in whose.items():
        sweeping.sweep(cursor, holder_id=holder, people=people, because=stone.id)
    # What it says here of whose it was goes too; a proposal of the older state is over by what was done since.
    cursor.execute("UPDATE keeping_expunging SET state = 'DONE', identity_id = id, reason = '' WHERE id = %s", [stone.id])
    return 1


def _marks(cursor: Any, ledger: Ledger) -> dict[str, tuple[UUID, UUID]]:
    """The mark of each pair of holder and person in the database. Read once; a county's pairs are hashed in seconds."""
    tables = [*(model._meta.db_table for model in sweeping.family_tables()), "access_segment", "access_caseload"]
    cursor.execute(" UNION ".join(_PAIRS.format(table) for table in tables))
    return {ledger.mark(holder_id=holder, identity_id=identity): (holder, identity) for holder, identity in cursor.fetchall()}


def _empty(connection: Any) -> None:
    """Give back the room of the rows that went, so that no file of the database holds their words. Not in a transaction."""
    for table in sweeping.swept_tables():
        connection.execute(f"VACUUM (INDEX_CLEANUP ON) {table}")
