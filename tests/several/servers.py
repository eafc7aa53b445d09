"""PostgreSQL servers apart from any data folder, on loopback, as an operator of several machines has them: one that takes writes, and its replica."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import psycopg
from psycopg import sql
from tests.conftest import ROOT
from tests.several.ports import free_port

from careloom.infra.postgres import OWNER, account, cluster, process
from careloom.infra.postgres.binaries import bin_folder
from careloom.infra.postgres.roles import DATABASE, Connection

ADMIN: Final = "the administrator's"
REPLICATION: Final = "the replica's"
PATIENCE: Final = 180.0
#: What docs/operations/deploy.md says of db1, and small so that two of them fit beside the rest of the tests.
_CONFIG: Final = """listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = ''
max_connections = 60
shared_buffers = '32MB'
wal_level = 'replica'
max_wal_senders = 4
hot_standby = on
password_encryption = 'scram-sha-256'
timezone = 'UTC'
lc_messages = 'C'
log_statement = 'none'
io_method = 'sync'
jit = off
"""
_HBA: Final = "host all all 127.0.0.1/32 scram-sha-256\nhost replication all 127.0.0.1/32 scram-sha-256\n"
#: A test that kills nothing need not wait for the disk.
_HURRIED: Final = "fsync = off\nfull_page_writes = off\nsynchronous_commit = off\n"


@dataclass
class Server:
    """One server: its folder, its port on loopback, and its process while it runs."""

    folder: Path
    port: int = field(default_factory=free_port)
    running: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> Path:
        """Where its tables lie."""
        return self.folder / "data"

    def make(self, *, durable: bool) -> None:
        """A new, empty server."""
        self._own()
        cluster.create(folder=self.folder, programs=bin_folder(), account=_account(self.folder), password=ADMIN, durable=durable, home=self.folder)
        self._write("postgresql.conf", _CONFIG.format(port=self.port) + ("" if durable else _HURRIED))
        self._write("pg_hba.conf", _HBA)

    def make_roles(self, passwords: Mapping[str, str]) -> None:
        """Run deploy/roles.sql as the server's administrator; `passwords` are those of owner, app and extract."""
        given = [part for name, value in passwords.items() for part in ("-v", f"{name}={value}")]
        self._client("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", *given, "-f", str(ROOT / "deploy" / "roles.sql"), "postgres")

    def load(self, dump: Path, *, password: str) -> None:
        """Read a dump into the database as the role that owns it."""
        words = ["--single-transaction", "--exit-on-error", "--no-comments", f"--dbname={DATABASE}", str(dump)]
        self._client("pg_restore", *words, user=OWNER, password=password)

    def copy_to(self, other: Server, *, name: str) -> None:
        """Make `other` the streaming replica `name` of this server by pg_basebackup, not yet started."""
        with self.admin() as admin:
            # A copy of a server knows the role already.
            if not admin.execute("SELECT FROM pg_roles WHERE rolname = 'replica'").fetchall():
                admin.execute(sql.SQL("CREATE ROLE replica LOGIN REPLICATION PASSWORD {}").format(sql.Literal(REPLICATION)))
        other._own()
        login = f"host=127.0.0.1 port={self.port} user=replica password='{REPLICATION.replace(chr(39), chr(92) + chr(39))}' application_name={name}"
        words = ["-d", login, "-D", str(other.data), "--write-recovery-conf", "--checkpoint=fast", "--no-sync"]
        other._client("pg_basebackup", *words)
        other._write("postgresql.conf", _CONFIG.format(port=other.port))

    def start(self) -> None:
        """Start it and wait until it lets somebody in."""
        chosen, programs = _account(self.folder), bin_folder()
        with (self.folder / "log").open("ab") as log:
            words = [*chosen.prefix, programs / "postgres", "-D", self.data]
            self.running = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=cluster.environment(), **chosen.spawn())
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.running.poll() is None:
            try:
                psycopg.connect(**self._login("postgres")).close()
                return
            except psycopg.OperationalError:
                time.sleep(0.05)
        raise RuntimeError((self.folder / "log").read_text()[-1500:])

    def stop(self) -> None:
        """Stop it in order. Nothing happens to one that does not run."""
        if self.running is not None:
            process.end(self.running.pid, child=self.running)
            self.running = None

    def kill(self) -> None:
        """kill -9 of it and of all its processes at once, as when the machine loses its power; nothing of it stays."""
        assert self.running is not None
        for pid in list(process.of_folder(self.data)):
            os.kill(pid, signal.SIGKILL)
        self.running.wait()
        self.running = None

    def promote(self) -> None:
        """Let the replica take writes."""
        with self.admin() as admin:
            assert admin.execute("SELECT pg_promote(true, 60)").fetchone() == (True,)

    def tell(self, settings: Mapping[str, str]) -> None:
        """Change settings of the running server."""
        with self.admin() as admin:
            for name, value in settings.items():
                admin.execute(sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value)))
            admin.execute("SELECT pg_reload_conf()")

    @contextmanager
    def admin(self, database: str = "postgres") -> Iterator[Connection]:
        """The administrator's connection, in autocommit."""
        with psycopg.connect(**self._login(database), autocommit=True) as connection:
            yield connection

    def _login(self, database: str) -> dict[str, Any]:
        return {"host": "127.0.0.1", "port": self.port, "dbname": database, "user": "postgres", "password": ADMIN, "connect_timeout": 10}

    def _own(self) -> None:
        self.folder.mkdir(mode=0o700)
        _account(self.folder).own(self.folder)

    def _write(self, name: str, text: str) -> None:
        cluster.write(self.data / name, text, account=_account(self.folder))

    def _client(self, name: str, *words: str, user: str = "postgres", password: str = ADMIN) -> None:
        where = {"PGHOST": "127.0.0.1", "PGPORT": str(self.port), "PGUSER": user, "PGPASSWORD": password}
        chosen = _account(self.folder)
        # A copy of a server belongs to the account that runs it; files of ours are read as ourselves.
        ran_as = chosen.spawn() if name == "pg_basebackup" else {}
        done = subprocess.run([bin_folder() / name, *words], env=os.environ | where, capture_output=True, text=True, check=False, **ran_as)
        if done.returncode:
            raise RuntimeError(f"{name}: {done.stderr[-1500:]}")


def address(servers: list[Server], *, user: str, password: str, database: str = DATABASE) -> str:
    """The address of several servers of which the one that takes writes is meant, as docs/operations/deploy.md writes it."""
    hosts = ",".join(f"127.0.0.1:{server.port}" for server in servers)
    return f"postgresql://{user}:{quote(password, safe='')}@{hosts}/{database}?target_session_attrs=read-write&connect_timeout=5"


def _account(folder: Path) -> account.Account:
    return account.choose(home=folder, programs=bin_folder())
