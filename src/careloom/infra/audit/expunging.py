"""Takes rows of a log away where law asks for it (a court's order, a retention schedule), and leaves a signed tombstone without identity.

The chain still holds afterwards: the block keeps the hash of the row that is gone. Only the owner of the tables may do this; no page can.
Authority: DESIGN section 8 (seal, expunge and destroy leave a tombstone without identity); 45 CFR 164.316(b)(2)(i), 164.530(j) (six years).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

import psycopg

from careloom.infra.audit import canon
from careloom.infra.audit.heads import Heads

HELD: Final = "CL001"
"""The code with which the database refuses to let a line of a log go while a legal hold stands on it (`keeping`, which lies above)."""
LOGS: Final = tuple(table for table in canon.TABLES if table != "audit_expunged")


class NotSealed(Exception):  # noqa: N818  (an answer, not a failure)
    """A row is not under a seal yet, so nothing would show that it was there. Seal first, then expunge."""


class Held(Exception):  # noqa: N818  (an answer, not a failure)
    """A legal hold stands on one of the rows. Ask the privacy officer of the agency; nothing was done."""


def expunge(*, connection: Any, heads: Heads, log: str, ids: Sequence[UUID], because: str, by: UUID, at: datetime) -> int:
    """Expunge the rows `ids` of `log`, in one transaction of the owner's psycopg `connection`; returns how many went. Safe to repeat.

    `because` names the authority (a citation or the number of an order), at most 80 characters and never a person; `by` is the principal.

    Raises:
        NotSealed: one of the rows is not under a seal yet; nothing was done.
        Held: a legal hold stands on one of the rows; nothing was done.
        ValueError: `log` is none of the logs, or no authority is named.
    """
    if log not in LOGS or not because.strip() or len(because) > 80:
        raise ValueError("Name one of the logs, and the authority in at most 80 characters.")
    with _held_is_told(), connection.transaction(), connection.cursor() as cursor:
        through = cursor.execute("SELECT max(through) FROM audit_seal WHERE log = %s", [log]).fetchone()[0]
        rows = cursor.execute(f"{canon.select(log)} WHERE t.id = ANY (%s) ORDER BY t.entry_no FOR UPDATE", [list(ids)]).fetchall()
        if rows and (through is None or rows[-1][0] > through):
            raise NotSealed
        for row in rows:
            leaf = canon.leaf(log, row[1:])
            mac = canon.sign(canon.tombstone(log, row[0], leaf, because), key=heads.key(), what="tombstone")
            cursor.execute(
                "INSERT INTO audit_expunged (id, at, principal_id, log, log_entry, leaf, because, mac) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
                [uuid4(), at, by, log, row[0], leaf, because, mac],
            )
        cursor.execute(f"DELETE FROM {log} WHERE id = ANY (%s)", [list(ids)])
    return len(rows)


@contextmanager
def _held_is_told() -> Iterator[None]:
    try:
        yield
    except psycopg.Error as error:
        if error.sqlstate != HELD:
            raise
        raise Held from None
