"""Take a backup while everybody works: one moment of the database, the files beside it, and apart from both the keys.

INVARIANT: no secret is in a backup (DESIGN section 8). The keys go into a file of their own, in another place, which each backup writes anew: a
key that was destroyed is then gone from that place too. Keys that are made to be destroyed (`round-keys`) are copied nowhere.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final

import psycopg

from careloom.infra.backups import entries, fingerprints, sealing, shelf, streams
from careloom.infra.backups.problems import BackupProblem, from_os_error
from careloom.infra.backups.recovery import Recipient
from careloom.infra.postgres.connection import Environment
from careloom.infra.postgres.locks import holder, try_exclusive
from careloom.infra.tombstones import Ledger

Say = Callable[[str], None]
FORM: Final = 1
# What lies beside the database and is copied. Not: static files and marks, which are made anew, logs, locks, and keys of any kind.
_FOLDERS: Final = ("files", "outcomes")
_FILES: Final = ("settings.env", "postgres/local.conf", "sign-ins.txt", "seals/accepted.jsonl", "backups/recipient.json")
_PART: Final = 1024 * 1024
_TOLD_EVERY: Final = 5.0  # seconds
_BACKUP: Final = {"what": "backup"}
_KEYS: Final = {"what": "keys"}


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is to be done: `to` gets the backup, `keys_to` the keys (None: they are not copied), sealed for `recipient`."""

    environment: Environment
    to: Path
    keys_to: Path | None
    recipient: Recipient
    release: str
    world: str
    keep_all: bool = False


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """One backup of an installation at a time."""
    (home / "backups").mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = try_exclusive(home / "backups" / "lock")
    if lock is None:
        raise BackupProblem(f"Another backup of {home} runs ({holder(home / 'backups' / 'lock')}). Wait for it.")
    try:
        yield
    finally:
        lock.close()


def take(plan: Plan, *, say: Say) -> shelf.Last:
    """Take the backup, read it back, and thin the older ones. The database must be running.

    The file gets its name only when it was read back whole; until then it ends in `.part`, and the next backup removes it. Raises
    :class:`BackupProblem`; a failure is remembered, so that `careloom doctor` tells of it.
    """
    home = plan.environment.home
    at = _now()
    with alone(home):
        try:
            check_places(home=home, to=plan.to, keys_to=plan.keys_to)
            shelf.claim(plan.to, home=home)
            return _take(plan, at=at, say=say)
        except OSError as error:
            problem = from_os_error(error, doing="writing the backup")
            shelf.remember_failure(home, at=at, why=str(problem))
            raise problem from None
        except psycopg.Error:
            problem = BackupProblem("The database stopped answering. See careloom db status, and take the backup again.")
            shelf.remember_failure(home, at=at, why=str(problem))
            raise problem from None
        except BackupProblem as problem:
            shelf.remember_failure(home, at=at, why=str(problem))
            raise


def check_places(*, home: Path, to: Path, keys_to: Path | None) -> None:
    """Refuse places that would be lost together with what they save, and make the folders."""
    for folder in (to, *([keys_to] if keys_to else [])):
        if folder.resolve().is_relative_to(home.resolve()):
            raise BackupProblem(f"{folder} is inside the data folder and would be lost with it. Name a folder on another disk.")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if keys_to and (keys_to.resolve().is_relative_to(to.resolve()) or to.resolve().is_relative_to(keys_to.resolve())):
        raise BackupProblem("Keys and data are kept apart: who has both can read everything. Name a folder for the keys that is not beside the data.")


def _take(plan: Plan, *, at: datetime, say: Say) -> shelf.Last:
    began, home = time.monotonic(), plan.environment.home
    shelf.clear_unfinished(plan.to)
    final = plan.to / shelf.name_of(at)
    draft = final.with_name(f"{final.name}{shelf.UNFINISHED}")
    try:
        with os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            sealer = sealing.Sealer(file, recipient=plan.recipient, head=_BACKUP | {"made_at": at.isoformat(), "release": plan.release})
            manifest = _write(plan, sealer, at=at, say=say)
            sealer.close()
            _to_disk(file)
            say("Reading it back.")
            _check(plan, file, secret=sealer.secret, manifest=manifest)
        keys_at = _now().isoformat() if plan.keys_to else None
        if plan.keys_to:
            copy_keys(home=home, to=plan.keys_to, recipient=plan.recipient)
        os.replace(draft, final)
        _sync(plan.to)
    finally:
        draft.unlink(missing_ok=True)
    made = shelf.Last(
        at=at.isoformat(), file=str(final), bytes=final.stat().st_size, tables=len(manifest["tables"]),
        rows=sum(one["rows"] for one in manifest["tables"]), seconds=round(time.monotonic() - began, 1), keys_at=keys_at,
    )  # fmt: skip
    shelf.remember(home, made)
    if not plan.keep_all and (gone := shelf.thin(plan.to, now=at)):
        say(f"Older backups removed by the rule: {gone}.")
    return made


def _write(plan: Plan, sealer: sealing.Sealer, *, at: datetime, say: Say) -> dict[str, Any]:
    writer, progress = entries.Writer(sealer), _Progress(say)
    with streams.moment(plan.environment) as (connection, snapshot):
        say("Reading every table at one moment; work goes on beside it.")
        manifest = _manifest(plan, connection, at=at, say=progress.tell)
        writer.add("manifest.json", [json.dumps(manifest).encode()])
        say(f"Writing the database: {len(manifest['tables'])} tables, {sum(one['rows'] for one in manifest['tables']):,} rows.")
        writer.add("database", progress.over(streams.out_of(plan.environment, snapshot=snapshot)))
    for path in _files(plan.environment.home):
        # What a job took away meanwhile was nothing that a row of that moment needs: files are written before the rows that name them.
        try:
            file = path.open("rb")
        except FileNotFoundError:
            continue
        with file:
            writer.add(f"home/{path.relative_to(plan.environment.home)}", progress.over(_parts(file)))
    writer.end()
    return manifest


def _manifest(plan: Plan, connection: fingerprints.Connection, *, at: datetime, say: Say) -> dict[str, Any]:
    tables = [table.words() for table in fingerprints.tables(connection, say=say)]
    there = {table["name"] for table in tables}
    if "public.django_migrations" not in there:
        raise BackupProblem("There is nothing to back up: this database was not made yet. Start Careloom first: bin/up")
    steps = [f"{app}.{name}" for app, name in connection.execute("SELECT app, name FROM public.django_migrations ORDER BY id").fetchall()]
    seal = None
    if "public.audit_seal" in there:
        seal = connection.execute("SELECT number, encode(hash, 'hex') FROM public.audit_seal ORDER BY number DESC LIMIT 1").fetchone()
    return {
        "form": FORM, "release": plan.release, "world": plan.world, "made_at": at.isoformat(), "postgres": connection.info.server_version // 10000,
        "steps": steps, "tables": tables, "law": fingerprints.law(connection), "bytes": fingerprints.size(connection),
        "seal": {"number": seal[0], "hash": seal[1]} if seal else None, "keys": key_marks(plan.environment.home),
    }  # fmt: skip


def key_marks(home: Path) -> dict[str, str]:
    """Each key that must be brought back, by its name and a mark that tells it from others and does not give it away.

    Wrapped keys change when the master key is rotated, so of them only the name is told.
    """
    marks: dict[str, str] = {}
    for path in _key_files(home):
        name = str(path.relative_to(home / "keys"))
        changes = name.startswith(("agencies/", "master", "postgres-"))
        marks[name] = "" if changes else hashlib.sha256(b"careloom key mark 1\0" + path.read_bytes()).hexdigest()[:16]
    return marks


def copy_keys(*, home: Path, to: Path, recipient: Recipient) -> Path:
    """Write the keys, sealed, and the ledger of what was expunged, in the place of the copies before; each whole or not at all."""
    ledger = Ledger(home=home)
    ledger.make_key()
    ledger.copy_to(to)
    final = to / shelf.KEYS
    draft = final.with_name(f".{final.name}{shelf.UNFINISHED}")
    try:
        with os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:
            sealer = sealing.Sealer(file, recipient=recipient, head=_KEYS | {"made_at": _now().isoformat()})
            writer = entries.Writer(sealer)
            for path in _key_files(home):
                writer.add(str(path.relative_to(home / "keys")), [path.read_bytes()])
            writer.end()
            sealer.close()
            _to_disk(file)
            for _ in entries.read(sealing.opened(file, key=sealer.secret)):
                pass
        os.replace(draft, final)
        _sync(to)
    finally:
        draft.unlink(missing_ok=True)
    return final


def _check(plan: Plan, file: IO[bytes], *, secret: bytes, manifest: dict[str, Any]) -> None:
    """Read the whole file back from the disk: every piece, every hash, and the database as pg_restore reads it."""
    found = set()
    for name, parts in entries.read(sealing.opened(file, key=secret)):
        found.add(name)
        if name == "manifest.json" and json.loads(b"".join(parts)) != json.loads(json.dumps(manifest)):
            raise BackupProblem("The backup was read back and is not what was written. Check the disk, and take it again.")
        if name == "database":
            streams.read_over(plan.environment, parts)
    if not {"manifest.json", "database"} <= found:
        raise BackupProblem("The backup was read back and a part is missing. Check the disk, and take it again.")


def _files(home: Path) -> Iterator[Path]:
    for name in _FILES:
        if (home / name).is_file():
            yield home / name
    for folder in _FOLDERS:
        yield from sorted(path for path in (home / folder).rglob("*") if path.is_file() and not path.is_symlink())


def _key_files(home: Path) -> list[Path]:
    return sorted(path for path in (home / "keys").rglob("*") if path.is_file() and not path.name.startswith(".") and path.suffix != ".new")


def _parts(file: IO[bytes]) -> Iterator[bytes]:
    while part := file.read(_PART):
        yield part


def _to_disk(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())
    if hasattr(os, "posix_fadvise"):
        # What is read back now comes from the disk, as far as the system lets us ask for that.
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    file.seek(0)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _now() -> datetime:
    """The machine's own time: a backup is of the machine's day, also where a practice county's clock was moved."""
    return datetime.fromtimestamp(time.time(), tz=UTC)


class _Progress:
    """A line now and then."""

    def __init__(self, say: Say) -> None:
        self._say, self._told, self._bytes = say, time.monotonic(), 0

    def tell(self, words: str) -> None:
        if time.monotonic() - self._told > _TOLD_EVERY:
            self._told = time.monotonic()
            self._say(words)

    def over(self, parts: Iterator[bytes]) -> Iterator[bytes]:
        for part in parts:
            self._bytes += len(part)
            self.tell(f"{self._bytes // 2**20:,} MB read")
            yield part
