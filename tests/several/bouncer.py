"""The pgbouncer of a web machine, from deploy/pgbouncer.ini with only what a test on loopback must have otherwise."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pytest
from tests.conftest import ROOT
from tests.several.ports import free_port, listens

from careloom.infra.postgres import APP

PGBOUNCER: Final = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
_PATIENCE: Final = 20.0


@dataclass
class Bouncer:
    """One pooler: its folder, its port, and the process while it runs."""

    folder: Path
    password: str
    port: int = field(default_factory=free_port)
    running: subprocess.Popen[bytes] | None = None

    def start(self, *, server: int, database: str) -> None:
        """Run it before the server that listens on port `server`. Skips where pgbouncer is not installed."""
        if PGBOUNCER is None:
            pytest.skip("pgbouncer is not installed here: apt-get install pgbouncer")
        self.folder.mkdir(mode=0o755, exist_ok=True)
        (self.folder / "users.txt").write_text(f'"{APP}" "{self.password}"\n')
        self._write(server=server, database=database)
        words = [PGBOUNCER, str(self.folder / "pgbouncer.ini")]
        # It refuses to run as root.
        if os.geteuid() == 0:
            words = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *words]
        with (self.folder / "log").open("wb") as log:
            self.running = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        until = time.monotonic() + _PATIENCE
        while not listens(self.port):
            if self.running.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"pgbouncer did not start: {(self.folder / 'log').read_text()[-500:]}")
            time.sleep(0.05)

    def point_at(self, *, server: int, database: str) -> None:
        """Write another server into its file and let it read the file again, as an operator does after a failover."""
        assert self.running is not None
        self._write(server=server, database=database)
        self.running.send_signal(signal.SIGHUP)

    def stop(self) -> None:
        """End it."""
        if self.running is not None:
            self.running.terminate()
            self.running.wait(20)
            self.running = None

    def _write(self, *, server: int, database: str) -> None:
        text = (ROOT / "deploy" / "pgbouncer.ini").read_text()
        changed = {
            r"^careloom = .*$": f"{database} = host=127.0.0.1 port={server} dbname={database}",
            r"^listen_port = .*$": f"listen_port = {self.port}",
            r"^auth_file = .*$": f"auth_file = {self.folder / 'users.txt'}",
            # The embedded server's programs are built without TLS.
            r"^server_tls_sslmode = .*$": "server_tls_sslmode = disable",
            r"^server_tls_ca_file = .*\n": "",
            r"^query_wait_timeout = .*$": "query_wait_timeout = 3",
            r"^default_pool_size = .*$": "default_pool_size = 4",
            r"^reserve_pool_size = .*$": "reserve_pool_size = 0",
        }
        for pattern, words in changed.items():
            text, found = re.subn(pattern, words, text, flags=re.MULTILINE)
            assert found == 1, pattern
        (self.folder / "pgbouncer.ini").write_text(text)
