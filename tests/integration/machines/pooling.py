"""A pgbouncer in transaction mode before a database of the tests, on loopback, with one server connection that all clients share."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from careloom.infra.postgres import APP, Supervisor

PGBOUNCER = shutil.which("pgbouncer") or (shutil.which("pgbouncer", path="/usr/sbin"))


@dataclass(frozen=True, kw_only=True)
class Pooler:
    """Where it listens, and the one database behind it."""

    port: int
    database: str
    password: str

    def connect(self) -> psycopg.Connection[tuple[object, ...]]:
        """A client of its own, in the role that serves the pages."""
        return psycopg.connect(host="127.0.0.1", port=self.port, dbname=self.database, user=APP, password=self.password, prepare_threshold=None)


@contextmanager
def pooler(server: Supervisor, *, database: str, folder: Path) -> Iterator[Pooler]:
    """Run one as docs/operations/deploy.md says; skips where pgbouncer is not installed (apt-get install pgbouncer)."""
    if PGBOUNCER is None:
        pytest.skip("pgbouncer is not installed here: apt-get install pgbouncer")
    port, password = free_port(), server.password(APP)
    folder.chmod(0o755)
    (folder / "users.txt").write_text(f'"{APP}" "{password}"\n')
    (folder / "pgbouncer.ini").write_text(
        f"[databases]\n{database} = host={server.address.host} port={server.address.port} dbname={database}\n"
        f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\nauth_type = plain\nauth_file = {folder / 'users.txt'}\n"
        "pool_mode = transaction\ndefault_pool_size = 1\nmax_client_conn = 100\nserver_reset_query =\n"
    )
    words = [PGBOUNCER, str(folder / "pgbouncer.ini")]
    # It refuses to run as root; the embedded server's own user reaches the server's socket.
    if os.geteuid() == 0:
        words = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *words]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        _await(port, process, folder / "log")
        yield Pooler(port=port, database=database, password=password)
    finally:
        process.terminate()
        process.wait(20)


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"pgbouncer did not start: {log.read_text()[-500:]}")
