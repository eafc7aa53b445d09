"""The database as a stream of bytes, out of it (pg_dump) and into an empty one (pg_restore); nothing of it lies on a disk unsealed."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, Final

import psycopg

from careloom.infra.backups import fingerprints
from careloom.infra.backups.fingerprints import Connection
from careloom.infra.backups.problems import BackupProblem
from careloom.infra.postgres import clients
from careloom.infra.postgres.connection import Environment
from careloom.infra.postgres.errors import explain

_PART: Final = 1024 * 1024
_PATIENCE: Final = "60s"
_HELD: Final = "Somebody changes the tables (careloom migrate runs, perhaps). Wait for it, and run the backup again."


@contextmanager
def moment(environment: Environment) -> Iterator[tuple[Connection, str]]:
    """One moment of the database, held while others go on writing: a connection that sees it, and the name by which pg_dump joins it."""
    with clients.connect(environment, "owner") as connection:
        fingerprints.plain(connection)
        connection.execute(f"SET lock_timeout = '{_PATIENCE}'")
        tables = fingerprints.names(connection)
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            if tables:
                # The shape of the tables stays as it is until the end; rows may be read and written by everybody.
                held = psycopg.sql.SQL(", ").join(psycopg.sql.Identifier(*table) for table in tables)
                connection.execute(psycopg.sql.SQL("LOCK TABLE {} IN ACCESS SHARE MODE").format(held))
            found = connection.execute("SELECT pg_export_snapshot()").fetchone()
            if found is None or fingerprints.names(connection) != tables:
                raise BackupProblem(_HELD)
            yield connection, str(found[0])
        except (psycopg.errors.LockNotAvailable, psycopg.errors.UndefinedTable):
            raise BackupProblem(_HELD) from None
        finally:
            if not connection.closed and not connection.broken:
                connection.execute("ROLLBACK")


def out_of(environment: Environment, *, snapshot: str) -> Iterator[bytes]:
    """The database at that moment, in pg_dump's own form. Raises :class:`BackupProblem` when it did not come to its end."""
    command = [clients.program(environment, "pg_dump"), "--format=custom", f"--snapshot={snapshot}", f"--lock-wait-timeout={_PATIENCE}"]
    with (
        subprocess.Popen(
            command, env=clients.variables(environment, "owner"), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process,
        _Told(process) as told,
    ):
        try:
            assert process.stdout is not None
            while part := process.stdout.read(_PART):
                yield part
            if process.wait() != 0:
                raise BackupProblem(told.why(environment, "The database could not be read to its end"))
        finally:
            process.kill()


def into(environment: Environment, parts: Iterable[bytes]) -> None:
    """Read such a stream into the empty database, all or nothing. Raises :class:`BackupProblem`.

    Owners, and comments on extensions, are left out: everything belongs to the role that owns the tables, and the extensions are there.
    """
    words = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-comments", f"--dbname={_name(environment)}"]
    _feed(environment, words, parts, failed="The database could not be loaded, and nothing of it was kept")


def read_over(environment: Environment, parts: Iterable[bytes]) -> None:
    """Let pg_restore read such a stream to its end and write it nowhere. Raises :class:`BackupProblem` when it cannot."""
    _feed(environment, ["--file=/dev/null"], parts, failed="The copy of the database cannot be read back")


def _feed(environment: Environment, words: list[str], parts: Iterable[bytes], *, failed: str) -> None:
    command = [clients.program(environment, "pg_restore"), *words]
    with (
        subprocess.Popen(
            command, env=clients.variables(environment, "owner"), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        ) as process,
        _Told(process) as told,
    ):
        try:
            assert process.stdin is not None
            try:
                for part in parts:
                    process.stdin.write(part)
                process.stdin.close()
            except BrokenPipeError:
                pass  # It ended by itself, and says why.
            if process.wait() != 0:
                raise BackupProblem(told.why(environment, failed))
        finally:
            process.kill()


def _name(environment: Environment) -> str:
    with clients.connect(environment, "owner") as connection:
        return str(connection.info.dbname)


class _Told:
    """What the program says on its error stream. It may quote a row, so only known signs of it are passed on."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stderr is not None
        self._process, self._kept = process, bytearray()
        self._reader = threading.Thread(target=self._read, args=(process.stderr,), daemon=True)

    def __enter__(self) -> _Told:
        self._reader.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._reader.join(5)

    def why(self, environment: Environment, failed: str) -> str:
        """A sentence with the next step."""
        self._reader.join(5)
        said = bytes(self._kept).decode(errors="replace")
        if "canceling statement due to lock timeout" in said:
            return _HELD
        if "unsupported version" in said:
            return f"{failed}: the programs of PostgreSQL here are older than those that wrote it. Install this release's own, and try again."
        known = explain(said, home=environment.home)
        return f"{failed}. {known or f'The program ended with status {self._process.returncode}; see careloom doctor, and run the same again.'}"

    def _read(self, stream: IO[bytes]) -> None:
        for line in stream:
            if len(self._kept) < 64 * 1024:
                self._kept += line
