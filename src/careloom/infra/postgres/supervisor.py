"""Start, join and stop the embedded PostgreSQL of one data folder.

Layout under ``CARELOOM_HOME``: ``postgres.lock`` (who starts or stops right now), ``postgres.users`` (a shared lock for each process that
uses the server), ``postgres/`` with ``data``, ``run`` (the socket), ``log`` and ``ready`` (set-up done). The passwords lie in ``keys/``.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psycopg

from careloom.infra.keys import Keyring
from careloom.infra.postgres import account as accounts
from careloom.infra.postgres import cluster, process, roles
from careloom.infra.postgres.address import Address, address
from careloom.infra.postgres.binaries import bin_folder, major_version
from careloom.infra.postgres.errors import PostgresProblem, explain, from_os_error
from careloom.infra.postgres.locks import Hold, exclusive, shared, try_exclusive

_SETUP_VERSION: Final = "2"
_LOG_LIMIT: Final = 5 * 1024 * 1024  # bytes, after which the log of an earlier start is set aside


@dataclass(frozen=True, kw_only=True)
class Status:
    """``pid`` is None when the server does not run."""

    home: Path
    address: Address
    pid: int | None
    initialised: bool


class Running:
    """A server that answers. ``release()`` (or leaving ``with``) stops it when no other process uses it."""

    def __init__(self, *, supervisor: Supervisor, where: Address, pid: int, joined: bool, users: Hold) -> None:
        self.address, self.pid, self.joined = where, pid, joined
        self._supervisor, self._users = supervisor, users

    def __enter__(self) -> Running:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def release(self) -> bool:
        """Stop using the server; True when this was the last user and the server was stopped. Safe to repeat."""
        return self._supervisor.release(self._users)


class Supervisor:
    """The server of one ``CARELOOM_HOME``. ``durable=False`` turns off the waits for the disk and is for tests only."""

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        self.home = Path(os.path.abspath(home))
        self.address = address(self.home)
        self._folder = self.home / "postgres"
        self._data = self._folder / "data"
        self._durable = durable
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> Running:
        """Start the server, or join the one that runs. Raises :class:`PostgresProblem` with the next step."""
        try:
            self._make_home()
            programs = bin_folder()
            with exclusive(self.home / "postgres.lock", doing="starting or stopping the database"):
                chosen = accounts.choose(home=self.home, programs=programs)
                pid = process.postmaster(self._data)
                joined = pid is not None and self._await_ready(programs, chosen, pid)
                if joined:
                    # A release that needs another role finds a server that an older one started.
                    self._set_up(chosen)
                else:
                    pid = self._first_to_last(programs, chosen)
                users = shared(self.home / "postgres.users")
            assert pid is not None
            return Running(supervisor=self, where=self.address, pid=pid, joined=joined, users=users)
        except OSError as error:
            raise from_os_error(error, home=self.home) from error

    def stop(self) -> bool:
        """Stop the server for all its users; True when one was running."""
        if not self._data.exists():
            return False
        with exclusive(self.home / "postgres.lock", doing="starting or stopping the database"):
            return self._stop()

    def release(self, users: Hold) -> bool:
        """Give back a use; the last one stops the server."""
        if users.closed:
            return False
        users.close()
        with exclusive(self.home / "postgres.lock", doing="starting or stopping the database"):
            last = try_exclusive(self.home / "postgres.users")
            if last is None:
                return False
            try:
                return self._stop()
            finally:
                last.close()

    def status(self) -> Status:
        """What is there now, without starting anything."""
        made = (self._data / "PG_VERSION").exists()
        return Status(home=self.home, address=self.address, pid=process.postmaster(self._data), initialised=made)

    def password(self, role: str) -> str:
        """The password of ``postgres`` or one of our roles, made at first use."""
        return Keyring(home=self.home).secret(f"postgres-{role}")

    @contextmanager
    def admin(self, database: str = "postgres") -> Iterator[roles.Connection]:
        """A superuser's connection in autocommit, for set-up and tests only."""
        with psycopg.connect(**self._parameters(database), autocommit=True) as connection:
            yield connection

    def create_database(self, name: str, *, template: str | None = None) -> None:
        """Make a database with extensions and entry for our roles; ``template`` copies another one (nobody may be connected to it)."""
        with self.admin() as connection:
            roles.ensure_database(connection, name=name, template=template)
        if template is None:
            with self.admin(name) as connection:
                roles.prepare_database(connection)

    def drop_database(self, name: str) -> None:
        """Remove a database and end its sessions. Nothing happens when there is none."""
        with self.admin() as connection:
            connection.execute(psycopg.sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(psycopg.sql.Identifier(name)))

    def _parameters(self, database: str) -> dict[str, Any]:
        return {"host": self.address.host, "port": self.address.port, "dbname": database, "user": "postgres", "password": self.password("postgres")}

    def _make_home(self) -> None:
        # As root the server's account must be able to pass through; the folders in it that hold secrets are closed.
        self.home.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)

    def _first_to_last(self, programs: Path, chosen: accounts.Account) -> int:
        for folder in (self._folder, Path(self.address.host)):
            _own_folder(folder, chosen, home=self.home)
        if not (self._data / "PG_VERSION").exists():
            password = self.password("postgres")
            cluster.create(folder=self._folder, programs=programs, account=chosen, password=password, durable=self._durable, home=self.home)
        cluster.check_version(data=self._data, programs=programs, home=self.home)
        if not process.clear_stale(self._data, where=self.address):
            raise PostgresProblem(f"Parts of an earlier PostgreSQL of {self.home} are still running. Wait ten seconds, and start again.")
        cluster.configure(data=self._data, where=self.address, account=chosen, durable=self._durable, major=major_version(programs))
        pid = self._launch(programs, chosen)
        self._set_up(chosen)
        return pid

    def _launch(self, programs: Path, chosen: accounts.Account) -> int:
        log = self._folder / "log"
        if log.exists() and log.stat().st_size > _LOG_LIMIT:
            os.replace(log, log.with_name("log.1"))
        with os.fdopen(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as out:
            chosen.own(log)
            begin = out.tell()
            self._child = subprocess.Popen(
                [*chosen.prefix, programs / "postgres", "-D", self._data],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
                env=cluster.environment(),
                **chosen.spawn(),
            )
        if not self._await_ready(programs, chosen, self._child.pid):
            with log.open("rb") as file:
                file.seek(begin)
                raise self._failure(file.read().decode(errors="replace"), log)
        return self._child.pid

    def _await_ready(self, programs: Path, chosen: accounts.Account, pid: int, patience: float = 60.0) -> bool:
        """Wait until the server answers; False when it dies instead."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if (self._child is not None and self._child.pid == pid and self._child.poll() is not None) or not process.alive(pid):
                return False
            if self.address.socket.exists() and process.accepts(programs, self.address, chosen):
                return True
            time.sleep(0.02)
        raise PostgresProblem(
            f"PostgreSQL of {self.home} (process {pid}) does not answer. See {self._folder / 'log'}, or stop it with: careloom db stop"
        )

    def _failure(self, said: str, log: Path) -> PostgresProblem:
        signs = ("FATAL", "PANIC", "ERROR", "invalid", "unrecognized", "syntax error", "could not")
        lines = [line.partition("  ")[2] or line for line in said.splitlines() if any(sign in line for sign in signs)]
        reason = "; ".join(line.rstrip(".") for line in lines[-2:]) or "it said nothing"
        return PostgresProblem(explain(said, home=self.home) or f"PostgreSQL did not start: {reason}. The whole log is in {log}.")

    def _set_up(self, chosen: accounts.Account) -> None:
        """Roles, database, extensions and rights; done once, and again after it was interrupted."""
        marker = self._folder / "ready"
        if marker.exists() and marker.read_text() == _SETUP_VERSION:
            return
        with self.admin() as connection:
            for name in (roles.OWNER, *roles.SERVING):
                roles.ensure_role(connection, name=name, password=self.password(name))
            roles.ensure_database(connection, name=roles.DATABASE)
        with self.admin(roles.DATABASE) as connection:
            roles.prepare_database(connection)
        cluster.write(marker, _SETUP_VERSION, account=chosen)

    def _stop(self) -> bool:
        pid = process.postmaster(self._data)
        if pid is None:
            return False
        process.end(pid, child=self._child)
        self._child = None
        return True


def _own_folder(folder: Path, chosen: accounts.Account, *, home: Path) -> None:
    """Make a private folder of the server's account, and refuse one that somebody else laid there."""
    try:
        folder.mkdir(mode=0o700)
        chosen.own(folder)
    except FileExistsError:
        pass
    facts = folder.lstat()
    if not folder.is_dir() or folder.is_symlink() or facts.st_uid != chosen.uid:
        raise PostgresProblem(f"{folder} belongs to somebody else. Remove it, or set CARELOOM_HOME to another folder, and start again.")
    if facts.st_mode & 0o077:
        folder.chmod(0o700)
