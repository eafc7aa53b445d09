"""The product as an operator starts it, with its processes where a killer finds them."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from careloom.infra.postgres import Supervisor
from careloom.infra.postgres.process import alive

ROOT = Path(__file__).resolve().parents[3]
#: `careloom up` takes five deaths of one part within a minute for a fault of the machine and stops; chance is rarer. Who kills PostgreSQL, or a
#: process of it, also ends the job worker, so one of each a minute is three deaths of the worker.
MOST_A_MINUTE = 1
PARTS = ("web", "worker", "database", "one web process", "one database process")


def clean() -> dict[str, str]:
    """The environment without settings of ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CARELOOM_", "DJANGO_", "PYTEST_"))}
    return kept | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")])}


class Product:
    """`careloom up --empty` on `home` and `port`. `lines` is what it printed."""

    def __init__(self, home: Path, *, port: int) -> None:
        self.home, self.port, self.lines = home, port, list[str]()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "careloom.config.cli", "up", "--empty", "--port", str(port)],
            env=clean() | {"CARELOOM_HOME": str(home)}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        self.lines.extend(iter(self.process.stdout.readline, ""))

    def ready(self, *, patience: float) -> None:
        """Wait until it says that it is ready. Raises with what it said when it ends instead."""
        until = time.monotonic() + patience
        while time.monotonic() < until and self.process.poll() is None:
            if any("Careloom is ready" in line for line in self.lines):
                return
            time.sleep(0.1)
        raise RuntimeError(f"The product did not start:\n{''.join(self.lines)}")

    def pids(self, part: str) -> list[int]:
        """The living processes of a part, empty while it is down."""
        if part == "database":
            pid = Supervisor(self.home).status().pid
            return [pid] if pid else []
        if part == "one database process":
            return [pid for server in self.pids("database") for pid in _children(server) if "careloom_app" in _command(pid)]
        mine = list(_children(self.process.pid))
        if part == "worker":
            return [pid for pid in mine if "careloom.config.cli worker" in _command(pid)]
        masters = [pid for pid in mine if "gunicorn" in _command(pid)]
        return masters if part == "web" else [pid for master in masters for pid in _children(master)]

    @property
    def runs(self) -> bool:
        """Whether it is still there."""
        return self.process.poll() is None

    def stop(self) -> int:
        """Press Ctrl-C; the exit status."""
        if self.runs:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


class Killer:
    """Kills parts in turn, each at an instant of chance, until told to stop or `most` were killed. `killed` counts by part.

    After two it waits until somebody was served again (`served` grows): else nothing would be written and nothing could be lost.
    """

    def __init__(self, product: Product, *, seed: int, every: tuple[float, float], served: Callable[[], int], most: int) -> None:
        self.killed = dict.fromkeys(PARTS, 0)
        self._product, self._every, self._chance, self._served, self._most = product, every, random.Random(seed), served, most
        self._moments: dict[str, list[float]] = {part: [] for part in PARTS}
        self._enough = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Killer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._enough.set()
        self._thread.join(30)

    def _run(self) -> None:
        turn = before = 0
        while sum(self.killed.values()) < self._most and not self._enough.wait(self._chance.uniform(*self._every)):
            if sum(self.killed.values()) % 2 == 0 and self._served() <= before + 3:
                continue
            before = self._served()
            for _ in PARTS:
                part = PARTS[turn % len(PARTS)]
                turn += 1
                if self._kill(part):
                    break

    def _kill(self, part: str) -> bool:
        now = time.monotonic()
        self._moments[part] = [moment for moment in self._moments[part] if now - moment < 60]
        pids = self._product.pids(part)
        if len(self._moments[part]) >= MOST_A_MINUTE or not pids:
            return False
        pid = self._chance.choice(sorted(pids))
        if alive(pid):
            os.kill(pid, signal.SIGKILL)
            self._moments[part].append(now)
            self.killed[part] += 1
        return True


def _children(pid: int) -> Iterator[int]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and alive(int(entry.name)):
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            if parent == pid:
                yield int(entry.name)


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""
