"""Seals what was written to the logs since the last time: every minute, when the worker stops, and before a file is made for an auditor.

No page waits for a seal and no row carries more than its number. The order is the number's; what is still being written is waited for:

1. The highest number that can be seen is read. 2. Whoever holds a write lock on that log then may still have a lower number: a transaction
takes the lock before its first number, and lets go after its rows can be seen. 3. When each of these has ended, the rows up to that number are
all there or will never be. So a block has no gap that somebody fills later (decision 0005).
"""

from __future__ import annotations

import logging
import secrets
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction

from careloom.infra.access import System, acting_as, system
from careloom.infra.audit import canon
from careloom.infra.audit.heads import Head, Heads

_log = logging.getLogger(__name__)
_A_COMMIT: Final = 20
_ONE_AT_A_TIME: Final = 7_302_118
_WRITERS: Final = """SELECT DISTINCT virtualtransaction FROM pg_locks WHERE locktype = 'relation' AND relation = %s::regclass
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND mode = 'RowExclusiveLock' AND pid IS DISTINCT FROM pg_backend_pid()"""
_LAST: Final = "SELECT number, hash FROM audit_seal ORDER BY number DESC LIMIT 1"
_THROUGH: Final = "SELECT through FROM audit_seal WHERE log = %s ORDER BY through DESC LIMIT 1"
_ADD: Final = """INSERT INTO audit_seal
  (number, form, log, after, through, entries, first_at, last_at, salt, sealed_at, previous, body, hash, mac)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """What one run did. `waiting` names logs in which somebody was still writing; `broken` says that the chain lost its newest blocks."""

    blocks: int = 0
    rows: int = 0
    waiting: tuple[str, ...] = ()
    broken: bool = False


def seal(*, at: datetime, patience: float = 5.0) -> Sealed:
    """Seal every finished row of every log, and remember the newest block outside the database. Running it twice seals nothing twice.

    `patience` is how many seconds to wait for those who are still writing. INVARIANT: nothing is sealed upon a chain that lost its end; a
    person says first that this is right (`careloom doctor --accept-restored`).
    """
    heads, blocks, rows, waiting = Heads(home=settings.CARELOOM_HOME), 0, 0, []
    with acting_as(system(System.SEAL)):
        if not _holds(heads):
            _log.error("The logs are not sealed: their newest seals are missing from the database. Run: careloom doctor")
            return Sealed(broken=True)
        for table in canon.TABLES:
            to = _finished(table, patience=patience)
            if to is None:
                waiting.append(table)
                continue
            while found := _some(table, to=to, at=at, heads=heads):
                blocks, rows = blocks + found[0], rows + found[1]
    return Sealed(blocks=blocks, rows=rows, waiting=tuple(waiting))


def _holds(heads: Heads) -> bool:
    kept = heads.newest()
    if kept is None:
        return True
    with transaction.atomic():
        return _rows("SELECT encode(hash, 'hex') FROM audit_seal WHERE number = %s", kept.number) == [(kept.hash,)]


def _finished(table: str, *, patience: float) -> int | None:
    """The number up to which nobody writes any more; None when somebody takes longer than `patience`."""
    with transaction.atomic():
        (to,) = _rows(f"SELECT max(entry_no) FROM {table}")[0]
        writers = {row[0] for row in _rows(_WRITERS, table)} if to is not None else set()
    until = time.monotonic() + patience
    while writers:
        if time.monotonic() > until:
            return None
        time.sleep(0.05)
        with transaction.atomic():
            writers &= {row[0] for row in _rows(_WRITERS, table)}
    return canon.BEFORE_ALL if to is None else int(to)


def _some(table: str, *, to: int, at: datetime, heads: Heads) -> tuple[int, int] | None:
    """Seal some blocks of one log in a transaction: how many blocks and rows, or None when nothing is left."""
    blocks = rows = 0
    with transaction.atomic():
        _rows("SELECT pg_advisory_xact_lock(%s)", _ONE_AT_A_TIME)
        last = _rows(_LAST)
        number, previous = (last[0][0], bytes(last[0][1])) if last else (0, canon.START)
        through = _rows(_THROUGH, table)
        after = through[0][0] if through else canon.BEFORE_ALL
        while blocks < _A_COMMIT:
            found = _rows(
                f"{canon.select(table)} WHERE t.entry_no > %s AND t.entry_no <= %s ORDER BY t.entry_no LIMIT %s", after, to, canon.MOST_ROWS
            )
            if not found:
                break
            number += 1
            block = _block(table, found, number=number, after=after, at=at, previous=previous)
            previous = _keep(block, key=heads.key())
            after, blocks, rows = block.through, blocks + 1, rows + len(found)
        if blocks:
            head = Head(number=number, hash=previous.hex())
            transaction.on_commit(lambda: heads.remember(head))
    return (blocks, rows) if blocks else None


def _block(table: str, found: list[tuple[Any, ...]], *, number: int, after: int, at: datetime, previous: bytes) -> canon.Block:
    when = 1 + [name for name, _ in canon.COLUMNS[table]].index(canon.WHEN[table])
    times = sorted(row[when] for row in found)
    return canon.Block(
        number=number, form=canon.FORM, table=table, after=after, through=found[-1][0], first_at=times[0], last_at=times[-1],
        entries=canon.pack((row[0], canon.leaf(table, row[1:])) for row in found), salt=secrets.token_bytes(16),
        sealed_at=canon.instant(at), previous=previous,
    )  # fmt: skip


def _keep(block: canon.Block, *, key: bytes) -> bytes:
    body = block.body()
    found = canon.link(block.previous, body)
    with connection.cursor() as cursor:
        cursor.execute(
            _ADD,
            [
                block.number, block.form, block.table, block.after, block.through, block.entries, block.first_at, block.last_at, block.salt,
                block.sealed_at, block.previous, body, found, canon.sign(found, key=key),
            ],
        )  # fmt: skip
    return found


def _rows(sql: str, *parameters: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
