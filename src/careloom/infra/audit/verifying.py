"""Checks the chain over the logs: links, signatures, and each row against the hash that was sealed. Reads only, as the role that owns the tables.

As the owner, because row security may itself have been changed behind our back. Findings name a log, a block and numbers of entries, and
nothing of a person. Authority: 45 CFR 164.312(c)(2) (mechanism to authenticate), 164.308(a)(1)(ii)(D).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Any, Final, Protocol

from careloom.infra.audit import canon
from careloom.infra.audit.heads import Head, Heads

_PAGE: Final = 25
# What writes may have begun long before: an import of many files bears one time from its first row to its last.
_SLACK: Final = timedelta(days=1)


class Cursor(Protocol):
    """A database cursor that returns itself."""

    def execute(self, sql: Any, parameters: Any = ..., /) -> Any: ...


class What(StrEnum):
    """What can be wrong with a log or its chain."""

    ROW_CHANGED = "ROW_CHANGED"
    ROW_MOVED = "ROW_MOVED"
    ROW_MISSING = "ROW_MISSING"
    ROW_ADDED = "ROW_ADDED"
    ROW_BACKDATED = "ROW_BACKDATED"
    BLOCK_CHANGED = "BLOCK_CHANGED"
    BLOCK_UNSIGNED = "BLOCK_UNSIGNED"
    BLOCK_MISSING = "BLOCK_MISSING"
    END_MISSING = "END_MISSING"
    TOMBSTONE_UNSIGNED = "TOMBSTONE_UNSIGNED"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something that is not as it was sealed: where, what, and the numbers of the first entries."""

    what: What
    log: str
    block: int | None = None
    count: int = 1
    entries: tuple[int, ...] = ()


@dataclass(kw_only=True)
class Verified:
    """The result: how much was checked, up to which block, whether to the end, what was found, and what waits to be sealed."""

    findings: list[Finding]
    blocks: int = 0
    rows: int = 0
    expunged: int = 0
    head: Head | None = None
    finished: bool = False
    waiting: int = 0
    waiting_since: datetime | None = None


def verify(
    *, cursor: Cursor, heads: Heads, live: bool, anew: bool = False, go_on: Callable[[Verified, int], bool] = lambda _so_far, _last: True
) -> Verified:
    """Check every block from the first, or from where an unfinished check stopped (unless `anew`), to the newest.

    `go_on` is called after each page of blocks with what was found so far and the newest block's number, and stops the check when it returns
    False; where it stopped is kept when all was well until then. `live`: rows bear the present, so one that bears an earlier time than the
    block before it was put in behind our back (the story of a practice county is written with its own times).
    """
    at = None if anew else heads.checked()
    if at is not None and not _is_there(cursor, at):
        at = None
    done = Verified(findings=[], head=at)
    last = int(cursor.execute("SELECT coalesce(max(number), 0) FROM audit_seal").fetchone()[0])
    reader = _Reader(cursor=cursor, key=heads.key(), live=live, done=done)
    while page := reader.page():
        reader.check(page)
        if not done.findings and done.head is not None:
            heads.note_checked(done.head)
        if not go_on(done, last):
            return done
    done.finished = True
    heads.note_checked(None)
    reader.check_end(heads.newest())
    return done


def _is_there(cursor: Cursor, head: Head) -> bool:
    found = cursor.execute("SELECT encode(hash, 'hex') FROM audit_seal WHERE number = %s", [head.number]).fetchone()
    return found is not None and found[0] == head.hash


class _Reader:
    """Walks the chain; keeps what each block must continue."""

    def __init__(self, *, cursor: Cursor, key: bytes, live: bool, done: Verified) -> None:
        self.cursor, self.key, self.live, self.done = cursor, key, live, done
        self.number = done.head.number if done.head else 0
        self.previous = bytes.fromhex(done.head.hash) if done.head else canon.START
        self.through = dict.fromkeys(canon.TABLES, canon.BEFORE_ALL)
        self.sealed_at = dict.fromkeys(canon.TABLES, "")
        for table in canon.TABLES if done.head else ():
            words = f"{canon.BLOCKS} WHERE log = %s AND number <= %s ORDER BY number DESC LIMIT 1"
            found = cursor.execute(words, [table, self.number]).fetchone()
            if found:
                block, _ = canon.block_of(found)
                self.through[table], self.sealed_at[table] = block.through, block.sealed_at

    def page(self) -> list[tuple[canon.Block, canon.Kept]]:
        """The next blocks."""
        words = f"{canon.BLOCKS} WHERE number > %s ORDER BY number LIMIT %s"
        return [canon.block_of(row) for row in self.cursor.execute(words, [self.number, _PAGE]).fetchall()]

    def check(self, page: list[tuple[canon.Block, canon.Kept]]) -> None:
        """Check these blocks: first the chain itself, then the rows of each log in one go."""
        before = dict(self.through)
        earliest: dict[int, str] = {}
        for block, kept in page:
            self._chain(block, kept)
            earliest[block.number] = self.sealed_at[block.table]
            self.sealed_at[block.table] = block.sealed_at
        for table, blocks in groupby(sorted(page, key=lambda one: (one[0].table, one[0].number)), key=lambda one: one[0].table):
            self._rows(table, [block for block, _ in blocks], after=before[table], earliest=earliest)
        self.done.blocks += len(page)

    def _chain(self, block: canon.Block, kept: canon.Kept) -> None:
        if block.number != self.number + 1:
            self._find(What.BLOCK_MISSING, block.table, block.number, count=block.number - self.number - 1)
        # Where a block is missing, what follows cannot name it; it is checked against its own words only.
        elif block.previous != self.previous:
            self._find(What.BLOCK_CHANGED, block.table, block.number)
        if block.table not in self.through:
            self._find(What.BLOCK_CHANGED, block.table, block.number)
            self.through[block.table] = canon.BEFORE_ALL
        body = block.body()
        if (
            body != kept.body
            or canon.link(block.previous, body) != kept.hash
            or (block.number == self.number + 1 and block.after != self.through[block.table])
        ):
            self._find(What.BLOCK_CHANGED, block.table, block.number)
        elif canon.sign(kept.hash, key=self.key) != kept.mac:
            self._find(What.BLOCK_UNSIGNED, block.table, block.number)
        self.number, self.previous, self.through[block.table] = block.number, kept.hash, block.through
        self.done.head = Head(number=block.number, hash=kept.hash.hex())

    def _rows(self, table: str, blocks: list[canon.Block], *, after: int, earliest: dict[int, str]) -> None:
        through = blocks[-1].through
        words = f"{canon.select(table)} WHERE t.entry_no > %s AND t.entry_no <= %s ORDER BY t.entry_no"
        there = iter(self.cursor.execute(words, [after, through]).fetchall())
        row = next(there, None)
        for block in blocks:
            mine: list[tuple[int, bytes]] = []
            late: list[int] = []
            when = 1 + [name for name, _ in canon.COLUMNS[table]].index(canon.WHEN[table])
            limit = self._limit(table, earliest[block.number])
            while row is not None and row[0] <= block.after:  # Rows of a block that is missing; that it is missing was said.
                row = next(there, None)
            while row is not None and row[0] <= block.through:
                mine.append((row[0], canon.leaf(table, row[1:])))
                if limit and row[when] < limit:
                    late.append(row[0])
                row = next(there, None)
            self._compare(block, mine)
            self._find_all(What.ROW_BACKDATED, block, late)
            self.done.rows += len(mine)

    def _limit(self, table: str, sealed_before: str) -> str:
        """The earliest time that a row may bear which was written after the block before was sealed."""
        if not self.live or not sealed_before or table == "audit_expunged":
            return ""
        slack = _SLACK + (timedelta(hours=1) if canon.WHEN[table] == "hour" else timedelta(0))
        return canon.instant(datetime.fromisoformat(sealed_before) - slack)

    def _compare(self, block: canon.Block, there: list[tuple[int, bytes]]) -> None:
        sealed = block.rows()
        if sealed == there:
            return
        was, now = dict(sealed), dict(there)
        known = set(was.values())
        changed = [n for n, found in there if n in was and was[n] != found]
        self._find_all(What.ROW_MOVED, block, [n for n in changed if now[n] in known])
        self._find_all(What.ROW_CHANGED, block, [n for n in changed if now[n] not in known])
        twice = [n for i, (n, _) in enumerate(there) if i and there[i - 1][0] == n]
        self._find_all(What.ROW_ADDED, block, [*(n for n, _ in there if n not in was), *twice])
        gone = [n for n, _ in sealed if n not in now]
        lawful = self._tombstones(block, gone, was) if gone else set()
        self.done.expunged += len(lawful)
        self._find_all(What.ROW_MISSING, block, [n for n in gone if n not in lawful])

    def _tombstones(self, block: canon.Block, gone: list[int], was: dict[int, bytes]) -> set[int]:
        words = "SELECT log_entry, leaf, because, mac FROM audit_expunged WHERE log = %s AND log_entry = ANY (%s)"
        lawful: set[int] = set()
        for entry, leaf, because, mac in self.cursor.execute(words, [block.table, gone]).fetchall():
            good = canon.sign(canon.tombstone(block.table, entry, bytes(leaf), because), key=self.key, what="tombstone") == bytes(mac)
            if good and bytes(leaf) == was[entry]:
                lawful.add(entry)
            else:
                self._find(What.TOMBSTONE_UNSIGNED, block.table, block.number, entries=(entry,))
        return lawful

    def check_end(self, newest: Head | None) -> None:
        """That the chain reaches what this installation sealed last, and how much waits for the next seal."""
        if newest is not None and not _is_there(self.cursor, newest):
            missing = max(1, newest.number - self.number)
            self._find(What.END_MISSING, "audit_seal", newest.number, count=missing)
        for table in canon.TABLES:
            words = f"SELECT count(*), min({canon.WHEN[table]}) FROM {table} WHERE entry_no > %s"
            count, since = self.cursor.execute(words, [self.through[table]]).fetchone()
            self.done.waiting += count
            if since and table != "audit_expunged":
                self.done.waiting_since = min(since, self.done.waiting_since or since)
            (nameless,) = self.cursor.execute(f"SELECT count(*) FROM {table} WHERE entry_no IS NULL").fetchone()
            if nameless:
                self._find(What.ROW_ADDED, table, None, count=nameless)

    def _find_all(self, what: What, block: canon.Block, entries: list[int]) -> None:
        if entries:
            self._find(what, block.table, block.number, count=len(entries), entries=tuple(entries[:5]))

    def _find(self, what: What, log: str, block: int | None, *, count: int = 1, entries: tuple[int, ...] = ()) -> None:
        self.done.findings.append(Finding(what=what, log=log, block=block, count=count, entries=entries))


def lines(verified: Verified) -> Iterator[str]:
    """Each finding as a sentence for the person at the keyboard."""
    for one in verified.findings:
        where = f"{one.log}, block {one.block}" if one.block is not None else one.log
        which = f" (entry {', '.join(str(n) for n in one.entries)}{', ...' if one.count > len(one.entries) else ''})" if one.entries else ""
        yield f"{where}: {_WORDS[one.what].format(n=one.count)}{which}"


_WORDS: Final = {
    What.ROW_CHANGED: "{n} row(s) were changed after they were sealed",
    What.ROW_MOVED: "{n} row(s) stand in the place of another",
    What.ROW_MISSING: "{n} row(s) were taken away without a record of it",
    What.ROW_ADDED: "{n} row(s) were put in among sealed ones",
    What.ROW_BACKDATED: "{n} row(s) bear a time more than a day before the block that precedes them",
    What.BLOCK_CHANGED: "the seal was changed or does not follow the one before",
    What.BLOCK_UNSIGNED: "the seal was not made with this installation's key",
    What.BLOCK_MISSING: "{n} seal(s) before it were taken away",
    What.END_MISSING: "the newest {n} seal(s) that were made here are not in the database",
    What.TOMBSTONE_UNSIGNED: "a record of a lawful removal was not made by this installation",
}
