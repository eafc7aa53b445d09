"""Bring a backup back into a new place, and prove that it is what was saved before anything is called restored.

The work is done in a folder beside the new one and renamed at the end: what a killed restore leaves does not look whole, and the next one clears
it. INVARIANT: nothing is ever written into a data folder or a database that holds something.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final

from careloom.infra.audit.heads import Head, Heads
from careloom.infra.audit.verifying import lines, verify
from careloom.infra.backups import entries, fingerprints, sealing, streams
from careloom.infra.backups.problems import BackupProblem
from careloom.infra.backups.recovery import RecoveryKey
from careloom.infra.backups.taking import FORM, key_marks
from careloom.infra.keys import KeyProblem, Keyring
from careloom.infra.postgres import Supervisor, clients, database, roles
from careloom.infra.postgres.binaries import bin_folder, major_version
from careloom.infra.postgres.connection import Environment
from careloom.infra.postgres.locks import try_exclusive

Say = Callable[[str], None]
_MARK: Final = "restoring"
_ROOM: Final = 400 * 2**20  # bytes beside the tables: catalogs, the log of one long transaction, air to breathe
_PASSING: Final = "SELECT rolname FROM pg_roles WHERE rolname = ANY (%s) AND (rolsuper OR rolbypassrls)"
# They name places of the installation that was saved; a copy that reached for them would write where the living one does.
SET_ASIDE: Final = ("CARELOOM_DATABASE_URL", "CARELOOM_BACKUP_TO", "CARELOOM_BACKUP_KEYS_TO", "CARELOOM_HOME")


@dataclass(kw_only=True)
class Brought:
    """What was restored. `wrong` holds what was already wrong in what was saved, or cannot be proved; `notes` is worth knowing."""

    made_at: str
    release: str
    world: str
    steps: list[str]
    tables: int = 0
    rows: int = 0
    chain: str = ""
    notes: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


@contextmanager
def new_place(home: Path) -> Iterator[Path]:
    """A folder to work in, which becomes `home` when the block ends well and is removed when it does not.

    Raises :class:`BackupProblem` when `home` holds something, or another restore is at work on it.
    """
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise BackupProblem(f"{home} is there already, and a restore never writes over anything. Name a new folder.")
    draft = home.with_name(f"{home.name}.restoring")
    if draft.exists() and not (draft / _MARK).exists() and any(draft.iterdir()):
        raise BackupProblem(f"{draft} is in the way and was not left by a restore. Remove it, or name another folder.")
    draft.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
    hold = try_exclusive(draft / _MARK)
    if hold is None:
        raise BackupProblem(f"Another restore into {home} is at work. Wait for it.")
    try:
        _empty(draft)
        yield draft
        Supervisor(draft).stop()
        (draft / _MARK).unlink()
        if home.exists():
            home.rmdir()
        os.replace(draft, home)
    except BaseException:
        _empty(draft)
        (draft / _MARK).unlink(missing_ok=True)
        shutil.rmtree(draft, ignore_errors=True)
        raise
    finally:
        hold.close()


def _empty(draft: Path) -> None:
    Supervisor(draft).stop()
    for path in draft.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name != _MARK:
            path.unlink()


def bring(
    *, source: IO[bytes], keys: IO[bytes] | None, key: RecoveryKey, environment: Environment, known: Callable[[dict[str, Any]], str | None], say: Say
) -> Brought:
    """Read the backup into `environment.home`, which is the working folder, and its empty database; verify all of it.

    `known` is asked whether this release can read what the manifest tells, and answers a sentence when it cannot. `keys` is the file of the
    keys, or None when they are lost. Raises :class:`BackupProblem` for whatever stands in the way.
    """
    home = environment.home
    everything = entries.read(sealing.opened(source, key=key))
    name, parts = next(everything, ("", iter(())))
    if name != "manifest.json":
        raise BackupProblem("This file is sealed and is not a backup; the keys, perhaps. Name the file that ends in .backup.")
    manifest: dict[str, Any] = json.loads(b"".join(parts))
    done = Brought(made_at=manifest["made_at"], release=manifest["release"], world=manifest["world"], steps=manifest["steps"])
    _need_readable(manifest, environment, known)
    if keys is not None:
        say("The keys.")
        _bring_keys(keys, key=key, home=home)
        done.notes += _compare_keys(manifest["keys"], home=home)
    else:
        done.wrong.append("The keys were not brought back: sealed scans, signatures and receipts cannot be read.")
    with database(environment):
        _need_empty(environment)
        for name, parts in everything:
            if name == "database":
                say(f"The database: {len(manifest['tables'])} tables.")
                streams.into(environment, parts)
            elif name.startswith("home/"):
                _bring_file(home, name.removeprefix("home/"), parts)
        say("Comparing every table with what was saved.")
        _compare(environment, manifest, done)
        _check_chain(environment, manifest, done, with_keys=keys is not None)
    _set_aside(home, done)
    return done


def _need_readable(manifest: dict[str, Any], environment: Environment, known: Callable[[dict[str, Any]], str | None]) -> None:
    if manifest["form"] != FORM:
        raise BackupProblem(f"This backup of release {manifest['release']} has a form that is not known here. Restore it with that release.")
    if (refusal := known(manifest)) is not None:
        raise BackupProblem(refusal)
    if environment.database_url is None and manifest["postgres"] > (have := major_version(bin_folder())):
        raise BackupProblem(f"This backup was made on PostgreSQL {manifest['postgres']}, and here is {have}. Install the release that made it.")
    if environment.database_url is None and (free := shutil.disk_usage(environment.home).free) < (need := manifest["bytes"] + _ROOM):
        raise BackupProblem(f"There are {free // 2**20:,} MB free here and about {need // 2**20:,} MB are needed. Free some, or name another disk.")


def _bring_keys(source: IO[bytes], *, key: RecoveryKey, home: Path) -> None:
    if sealing.head_of(source).get("what") != "keys":
        raise BackupProblem("The file named with --keys does not hold keys. Name careloom-keys.sealed.")
    source.seek(0)
    for name, parts in entries.read(sealing.opened(source, key=key)):
        _bring_file(home / "keys", name, parts)


def _bring_file(folder: Path, name: str, parts: Iterator[bytes]) -> None:
    path = folder / name
    if ".." in Path(name).parts or not path.resolve().is_relative_to(folder.resolve()):
        raise BackupProblem("This backup names a file outside the data folder. It was not made by Careloom; do not use it.")
    # The folder postgres belongs to the server's account and is there by now.
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        for part in parts:
            file.write(part)
    if os.geteuid() == 0 and folder != path.parent:
        facts = path.parent.stat()
        os.chown(path, facts.st_uid, facts.st_gid)


def _compare_keys(marks: dict[str, str], *, home: Path) -> list[str]:
    """Raises when keys of the backup are missing or others; answers what is worth knowing."""
    have = key_marks(home)
    destroyed = [name for name in marks if name not in have and name.removesuffix(".key") + ".destroyed" in have]
    other = [name for name, mark in marks.items() if name not in destroyed and (name not in have or have[name] != mark)]
    if other:
        raise BackupProblem(f"These keys do not belong to this backup ({', '.join(sorted(other)[:3])}). Name its installation's.")
    return [f"Data keys of agencies that were destroyed since: {len(destroyed)}. What they sealed stays unreadable."] if destroyed else []


def _need_empty(environment: Environment) -> None:
    with clients.connect(environment, "owner") as connection:
        if fingerprints.names(connection):
            raise BackupProblem("The database is not empty, and a restore never writes over anything. Name an empty one in CARELOOM_DATABASE_URL.")


def _compare(environment: Environment, manifest: dict[str, Any], done: Brought) -> None:
    try:
        _same(environment, manifest, done)
    except BackupProblem as problem:
        if not environment.database_url:
            raise
        # The embedded one goes with its folder; a server's keeps what was loaded, and would be refused next time as not empty.
        raise BackupProblem(f"{problem} The named database holds what was loaded: drop it and make an empty one before the next attempt.") from None


def _same(environment: Environment, manifest: dict[str, Any], done: Brought) -> None:
    with clients.connect(environment, "owner") as connection:
        fingerprints.plain(connection)
        now = {table.name: table for table in fingerprints.tables(connection)}
        was = {one["name"]: one for one in manifest["tables"]}
        other = sorted(name for name in now.keys() | was.keys() if name not in now or name not in was or now[name].words() != was[name])
        if other:
            raise BackupProblem(f"{len(other)} tables are not as they were saved ({', '.join(other[:3])}). Take another copy of the backup.")
        same_server = manifest["postgres"] == connection.info.server_version // 10000
        changed = fingerprints.differences(was=manifest["law"], now=fingerprints.law(connection), same_server=same_server)
        if changed:
            raise BackupProblem(f"Rights or rules are not as they were saved: {', '.join(changed[:3])}. Do not use it; tell who makes Careloom.")
        passing = connection.execute(_PASSING, [list(roles.SERVING)]).fetchall()
        if passing:
            raise BackupProblem(f"The role {passing[0][0]} may pass row security on this server. Take that right away, and restore again.")
    done.tables, done.rows = len(now), sum(table.rows for table in now.values())


def _check_chain(environment: Environment, manifest: dict[str, Any], done: Brought, *, with_keys: bool) -> None:
    """The chain over the logs from its first block; what was wrong in it when it was saved does not keep the records from coming back."""
    if manifest["seal"] is None:
        return
    heads, head = Heads(home=environment.home), Head(number=manifest["seal"]["number"], hash=manifest["seal"]["hash"])
    at = datetime.fromtimestamp(time.time(), tz=UTC).isoformat()
    heads.accept(head, because=f"restored from the backup of {manifest['made_at']}", at=at)
    if not with_keys:
        done.wrong.append("Without the keys, the seals of the logs cannot be checked.")
        return
    with clients.connect(environment, "owner") as connection, connection.cursor() as cursor:
        found = verify(cursor=cursor, heads=heads, live=manifest["world"] == "live", anew=True)
    done.wrong += [f"{words}." for words in lines(found)]
    done.chain = f"{found.rows:,} rows in {found.blocks:,} blocks; newest block {head.number}, {head.hash}"


def check_agency_keys(home: Path, *, master_file: Path | None) -> str | None:
    """Whether the master key opens every agency's data key; a sentence when it does not."""
    ring = Keyring(home=home, master_file=master_file)
    try:
        for path in sorted((home / "keys" / "agencies").glob("*.key")):
            ring.agency_key(path.stem)
    except KeyProblem as problem:
        return str(problem)
    return None


def _set_aside(home: Path, done: Brought) -> None:
    path = home / "settings.env"
    if not path.exists():
        return
    kept, moved = [], []
    for line in path.read_text().splitlines():
        name = line.partition("=")[0].strip()
        moved += [name] if name in SET_ASIDE else []
        kept.append(f"# set aside by the restore: {line}" if name in SET_ASIDE else line)
    path.write_text("\n".join(kept) + "\n")
    if moved:
        done.notes.append(f"Set aside in settings.env, since they name places of the installation that was saved: {', '.join(moved)}.")
