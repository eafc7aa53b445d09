"""The one way in which a row of a log becomes bytes, a block of rows a tree of hashes, and blocks a chain. Pure: no database, no Django.

An auditor's file shows the same columns as text, so that who has the file can compute the same hashes (docs/how-to/check-the-logs.md).
Families, papers and objects stand in it as a mark (eight signs) and a digest that is salted by the row's own random id: both are part of the
hash, and neither gives the identity away. Authority: 45 CFR 164.312(b), (c)(1); NIST SP 800-92 5.1; RFC 6962 2.1 (the form of the tree).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import struct
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

DEPTH: Final = 10
MOST_ROWS: Final = 2**DEPTH
ENTRY: Final = struct.Struct(">q32s")
START: Final = bytes(32)
BEFORE_ALL: Final = -(2**63)


def _mark(column: str) -> tuple[tuple[str, str], ...]:
    name = column.removesuffix("_id")
    digest = f"encode(sha256(convert_to(t.id::text || ':' || t.{column}::text, 'UTF8')), 'hex')"
    return ((f"{name}_mark", f"left(t.{column}::text, 8)"), (f"{name}_digest", digest))


def _time(column: str) -> tuple[str, str]:
    return column, f"""to_char(t.{column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""


def _plain(*columns: str) -> tuple[tuple[str, str], ...]:
    return tuple((column, f"t.{column}::text") for column in columns)


def _list(*columns: str) -> tuple[tuple[str, str], ...]:
    return tuple((column, f"to_json(t.{column})::text") for column in columns)


# INVARIANT: what a table's rows are hashed from never changes. A new column of a log joins the hash in a new form (a new number), beside this one.
FORM: Final = 1
COLUMNS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "access_log": (
        *_plain("id"), _time("at"), *_mark("principal_id"), *_plain("agency_id", "worker_id", "purpose", "place"), *_mark("identity_id"),
        *_plain("holder_id"), *_list("categories"), *_plain("found"),
    ),
    "access_disclosure": (
        *_plain("id"), _time("hour"), *_mark("identity_id"), *_plain("holder_id", "recipient_id", "worker_id", "category", "purpose"),
        *_list("basis", "obligations"), *_mark("instrument_id"), *_plain("review_needed"),
    ),
    "audit_row": (
        *_plain("id"), _time("at"), *_mark("principal_id"), *_plain("agency_id", "worker_id", "action"), *_mark("identity_id"), *_mark("object_id"),
        ("detail_digest", "encode(sha256(convert_to(t.id::text || ':' || t.detail::text, 'UTF8')), 'hex')"),
    ),
    "audit_expunged": (*_plain("id"), _time("at"), *_plain("principal_id", "log", "log_entry", "because"), ("leaf", "encode(t.leaf, 'hex')")),
}  # fmt: skip
TABLES: Final = tuple(COLUMNS)
WHEN: Final = {table: "hour" if table == "access_disclosure" else "at" for table in TABLES}


def select(table: str) -> str:
    """The beginning of a query on `table` (as `t`): the entry's number, then each hashed column as text ('' for what is not there)."""
    columns = ", ".join(f"coalesce({words}, '')" for _, words in COLUMNS[table])
    return f"SELECT t.entry_no, {columns} FROM {table} t"


def header(table: str) -> list[str]:
    """The names of the hashed columns, in their order: the first line of the file."""
    return [name for name, _ in COLUMNS[table]]


def leaf(table: str, values: Sequence[str]) -> bytes:
    """The hash of one row: SHA-256 of a JSON list of the table's name and its columns as text."""
    return hashlib.sha256(json.dumps([table, *values], ensure_ascii=False, separators=(",", ":")).encode()).digest()


def levels(leaves: Sequence[bytes], *, salt: bytes) -> list[list[bytes]]:
    """The tree over at most `MOST_ROWS` leaves, from the leaves up to the one root. Its depth is always the same, so it tells no count."""
    found = [list(leaves)]
    for level in range(DEPTH):
        below = found[-1]
        if len(below) % 2:
            below = [*below, _nothing(level, len(below), salt=salt)]
        found.append([hashlib.sha256(b"\x01" + below[i] + below[i + 1]).digest() for i in range(0, len(below), 2)])
    return found


def _nothing(level: int, index: int, *, salt: bytes) -> bytes:
    """What stands where a block has no rows: it looks like any other hash."""
    return hashlib.sha256(b"\x02" + salt + struct.pack(">BH", level, index)).digest()


def shown(tree: list[list[bytes]], *, own: Collection[int], salt: bytes) -> Any:
    """The tree with the leaves numbered in `own` as {"row": hash}, and everything beside them as hashes that tell nothing."""

    def node(level: int, index: int, mine: list[int]) -> Any:
        here = tree[level][index] if index < len(tree[level]) else _nothing(level, index, salt=salt)
        if not mine:
            return here.hex()
        if level == 0:
            return {"row": here.hex()}
        middle = (2 * index + 1) << (level - 1)
        left, right = [i for i in mine if i < middle], [i for i in mine if i >= middle]
        return [node(level - 1, 2 * index, left), node(level - 1, 2 * index + 1, right)]

    return node(DEPTH, 0, sorted(own))


@dataclass(frozen=True, kw_only=True)
class Block:
    """One block of the chain: rows of one log, in the order of their numbers, after `after` and up to `through`.

    `entries` is the packed list of number and leaf of each row; it stays when a row is lawfully expunged, so that the block still holds.
    """

    number: int
    form: int
    table: str
    after: int
    through: int
    entries: bytes
    first_at: str
    last_at: str
    salt: bytes
    sealed_at: str
    previous: bytes

    def rows(self) -> list[tuple[int, bytes]]:
        """Number and leaf of each row."""
        return [(number, found) for number, found in ENTRY.iter_unpack(self.entries)]

    def tree(self) -> list[list[bytes]]:
        """Its tree of hashes."""
        return levels([found for _, found in self.rows()], salt=self.salt)

    def bounds(self) -> bytes:
        """The hash of where the block begins and ends and which numbers it has: what the auditor's file does not show."""
        words = json.dumps([self.after, self.through, self.first_at, self.last_at])
        numbers = b"".join(self.entries[i : i + 8] for i in range(0, len(self.entries), ENTRY.size))
        return hashlib.sha256(b"careloom bounds" + self.salt + words.encode() + numbers).digest()

    def body(self, *, root: bytes | None = None) -> bytes:
        """The hash of everything in the block but the one before it."""
        top = root if root is not None else self.tree()[-1][0]
        words = [self.number, self.form, self.table, self.sealed_at, top.hex(), self.bounds().hex()]
        return hashlib.sha256(json.dumps(words, separators=(",", ":")).encode()).digest()

    def hash(self) -> bytes:
        """The link of the chain: SHA-256 of the block before and this one's body."""
        return link(self.previous, self.body())


def link(previous: bytes, body: bytes) -> bytes:
    """One step of the chain."""
    return hashlib.sha256(previous + body).digest()


def sign(found: bytes, *, key: bytes, what: str = "block") -> bytes:
    """HMAC-SHA-256 under the installation's key, which is never in the database: who has the database alone cannot make a chain of his own."""
    return hmac.new(key, f"careloom {what}:".encode() + found, hashlib.sha256).digest()


def pack(rows: Iterable[tuple[int, bytes]]) -> bytes:
    """Number and leaf of each row, packed."""
    return b"".join(ENTRY.pack(number, found) for number, found in rows)


def instant(at: datetime) -> str:
    """An instant as the logs and their seals write it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


_UTC: Final = """to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
BLOCKS: Final = (
    f"SELECT number, form, log, after, through, entries, {_UTC.format('first_at')}, {_UTC.format('last_at')}, salt, {_UTC.format('sealed_at')},"
    " previous, body, hash, mac FROM audit_seal"
)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What was kept with a block when it was sealed: its body's hash, its own, and the signature."""

    body: bytes
    hash: bytes
    mac: bytes


def block_of(row: Sequence[Any]) -> tuple[Block, Kept]:
    """One row of `BLOCKS`: the block, and what was kept with it."""
    number, form, table, after, through, entries, first, last, salt, sealed, previous, body, found, mac = row
    made = Block(
        number=number, form=form, table=table, after=after, through=through, entries=bytes(entries), first_at=first, last_at=last,
        salt=bytes(salt), sealed_at=sealed, previous=bytes(previous),
    )  # fmt: skip
    return made, Kept(body=bytes(body), hash=bytes(found), mac=bytes(mac))


def tombstone(table: str, entry: int, found: bytes, because: str) -> bytes:
    """What is signed when a row is lawfully expunged: which one, the hash that stood there, and why."""
    return json.dumps([table, entry, found.hex(), because], separators=(",", ":")).encode()
