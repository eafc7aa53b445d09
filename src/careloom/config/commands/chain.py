"""What ``careloom doctor`` says of the logs' seals: the whole chain, or a part of it in a given time; and an auditor's file."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Literal

import psycopg

from careloom.config.commands import CommandProblem
from careloom.config.environment import Environment
from careloom.infra.audit import canon, checking
from careloom.infra.audit.heads import Head, Heads
from careloom.infra.audit.verifying import Verified, lines, verify
from careloom.infra.postgres import database, database_config

Finding = tuple[Literal["ok", "note", "wrong"], str]
# The plain check is for looking often; what it did not reach, the next one does.
_A_LOOK: Final = 10.0
_LATE: Final = timedelta(minutes=15)
_PERIOD: Final = """ AND {when} >= %(since)s AND {when} < %(until)s
  AND entry_no <= (SELECT max(through) FROM audit_seal WHERE log = %(log)s AND number <= %(head)s)"""
# Whose rows a file holds: as row security lets an agency read its logs.
_THEIRS: Final = {
    table: f"SELECT count(*) FROM {table} WHERE ({whose}){_PERIOD.format(when=canon.WHEN[table])}"
    for table, whose in {
        "access_log": "agency_id = %(agency)s OR holder_id = %(agency)s",
        "access_disclosure": "holder_id = %(agency)s OR recipient_id = %(agency)s",
        "audit_row": "agency_id = %(agency)s",
    }.items()
}


def findings(settings: Environment) -> Iterator[Finding]:
    """For the plain check: as many blocks as ten seconds allow, from where the last one stopped. The database must be running."""
    until = time.monotonic() + _A_LOOK
    with _owner(settings) as cursor:
        if not _sealing(cursor):
            return
        done = verify(
            cursor=cursor, heads=Heads(home=settings.home), live=not settings.is_demo, go_on=lambda _so_far, _last: time.monotonic() < until
        )
        yield from _said(done, ahead=_ahead(cursor, settings))


def whole(settings: Environment, *, anew: bool) -> int:
    """Check every block with a line of progress; Ctrl-C stops it, and the next call goes on from there. Returns the exit status."""
    with database(settings), _owner(settings) as cursor:
        _need_sealing(cursor)
        try:
            done = verify(cursor=cursor, heads=Heads(home=settings.home), live=not settings.is_demo, anew=anew, go_on=_progress())
        except KeyboardInterrupt:
            print("\nStopped. The next check goes on from here: careloom doctor --chain", file=sys.stderr)
            return 130
        rows = list(_said(done, ahead=_ahead(cursor, settings)))
    for kind, words in rows:
        print(f"{kind:<5}  {words}")
    return 1 if any(kind == "wrong" for kind, _ in rows) else 0


def accept(settings: Environment, *, because: str) -> int:
    """Take the newest seal of the database for the newest that there is, after an older copy was brought back on purpose."""
    if not because.strip():
        raise CommandProblem("Say why in a few words: careloom doctor --accept-restored 'copy of March 3 brought back after a disk failure'")
    heads = Heads(home=settings.home)
    with database(settings), _owner(settings) as cursor:
        _need_sealing(cursor)
        found = cursor.execute("SELECT number, encode(hash, 'hex') FROM audit_seal ORDER BY number DESC LIMIT 1").fetchone()
        head = Head(number=found[0], hash=found[1]) if found else None
        heads.accept(head, because=because.strip()[:200], at=datetime.now(tz=UTC).isoformat())  # noqa: TID251  (a note on disk, outside any world)
    print(f"The chain goes on from block {head.number if head else 0}. What was newest before is noted in {settings.home / 'seals/accepted.jsonl'}.")
    return 0


def file(settings: Environment, *, path: Path) -> int:
    """Check an auditor's file by itself and, where this is the installation that made it, against its key and chain."""
    try:
        result = checking.check(path)
    except checking.NotAFile as problem:
        raise CommandProblem(str(problem)) from None
    rows: list[Finding] = [("wrong", words) for words in result.faults]
    rows += [("ok", f"{name}: {count:,} rows, each under a seal of the chain") for name, count in result.rows.items() if not result.faults]
    if not result.faults:
        rows.append(_made_here(settings, result))
        rows.append(("ok", f"The chain in the file ends with block {result.head_number}, {result.head_hash}."))
    for kind, words in rows:
        print(f"{kind:<5}  {words}")
    return 1 if any(kind == "wrong" for kind, _ in rows) else 0


def _made_here(settings: Environment, result: checking.Checked) -> Finding:
    if not (settings.home / "seals").is_dir():
        return "note", "This installation has no seals of its own. Compare the last block with what the agency's installation prints."
    if not result.signed_with(Heads(home=settings.home).key()):
        return "wrong", "The file is not signed with this installation's key: it was made elsewhere, or changed."
    with database(settings), _owner(settings) as cursor:
        found = cursor.execute("SELECT encode(hash, 'hex') FROM audit_seal WHERE number = %s", [result.head_number]).fetchone()
        if found is None or found[0] != result.head_hash:
            return "wrong", f"Block {result.head_number} of the file is not in this installation's chain."
        for name, table in checking.FILES.items():
            values = {"agency": result.agency_id, "since": result.since, "until": result.until, "log": table, "head": result.head_number}
            (there,) = cursor.execute(_THEIRS[table], values).fetchone()
            if there != result.rows.get(name):
                return "wrong", f"{name} has {result.rows.get(name, 0):,} rows, and this installation has {there:,} for that agency and period."
    return "ok", "It is signed by this installation, its last block is in this chain, and no row of the agency is missing from it."


@contextmanager
def _owner(settings: Environment) -> Iterator[Any]:
    entry = database_config(settings, "owner")
    names = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password", "NAME": "dbname"}
    parameters: dict[str, Any] = {names[key]: entry[key] for key in names if entry.get(key)} | entry["OPTIONS"]
    with psycopg.connect(**parameters, autocommit=True) as connection, connection.cursor() as cursor:
        yield cursor


def _sealing(cursor: Any) -> bool:
    """Whether the database is at a version that seals its logs."""
    return cursor.execute("SELECT to_regclass('audit_seal')").fetchone()[0] is not None


def _need_sealing(cursor: Any) -> None:
    if not _sealing(cursor):
        raise CommandProblem("The database is older than the seals of the logs. Bring it to this version first: careloom migrate")


def _ahead(cursor: Any, settings: Environment) -> timedelta:
    found = cursor.execute("SELECT ahead_by FROM clock_offset WHERE id = 1").fetchone() if settings.is_demo else None
    return found[0] if found else timedelta(0)


def _said(done: Verified, *, ahead: timedelta) -> Iterator[Finding]:
    for words in lines(done):
        yield "wrong", f"{words[0].upper()}{words[1:]}." if words else words
    if done.findings:
        yield "note", "Leave everything as it is and copy the database first. What to do: docs/how-to/check-the-logs.md"
    elif done.head is None:
        yield "note", "No log is sealed yet; the job worker does it every minute."
    else:
        yield (
            "ok",
            f"The logs are as they were sealed: {done.rows:,} rows in {done.blocks:,} blocks. Newest block {done.head.number}, {done.head.hash}.",
        )
    if not done.finished:
        yield "note", "Not all blocks were reached; the next check goes on from there. All at once: careloom doctor --chain"
    if done.expunged:
        yield "note", f"{done.expunged:,} rows were lawfully expunged; a signed record stands for each."
    since = done.waiting_since
    if since is not None and since < datetime.now(tz=UTC) + ahead - _LATE:  # noqa: TID251  (the database's own clock, moved as the world's is)
        yield "note", f"{done.waiting:,} rows wait for a seal since {since:%B %-d, %H:%M} UTC. Does the job worker run? See: careloom up"


def _progress() -> Callable[[Verified, int], bool]:
    told = [time.monotonic()]

    def go_on(so_far: Verified, last: int) -> bool:
        if time.monotonic() - told[0] > 1 and so_far.head is not None:
            told[0] = time.monotonic()
            print(f"block {so_far.head.number:,} of {last:,}, {so_far.rows:,} rows", file=sys.stderr, flush=True)
        return True

    return go_on
