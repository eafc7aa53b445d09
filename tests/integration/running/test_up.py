"""``careloom up``: from an empty folder to a page, once more, and stopped by Ctrl-C with nothing left."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from careloom.infra.postgres import Supervisor

pytestmark = pytest.mark.slow
PATIENCE = 600


class Up:
    """One running command, its lines read as they come."""

    def __init__(self, home: Path, *words: str) -> None:
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("CARELOOM_", "DJANGO_"))}
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "careloom.config.cli", "up", *words],
            env=environment | {"CARELOOM_HOME": str(home)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        self.lines.extend(iter(self.process.stdout.readline, ""))

    def until(self, words: str) -> str:
        """Wait for a line that holds ``words``."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for line in list(self.lines):
                if words in line:
                    return line
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        pytest.fail(f"no line with {words!r} came; there was:\n{''.join(self.lines)}")

    def end(self) -> int:
        """Press Ctrl-C and wait; the exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)


@pytest.fixture
def home() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="clup-"))
    folder.chmod(0o755)
    yield folder / "home"
    Supervisor(folder / "home").stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def status_of(port: int) -> int:
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(f"http://127.0.0.1:{port}/", timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_from_an_empty_folder_to_a_page_and_stopped_by_ctrl_c(home: Path, port: int) -> None:
    up = Up(home, "--empty", "--port", str(port))
    try:
        assert f"http://127.0.0.1:{port}" in up.until("Careloom is ready")
        assert status_of(port) < 500
        second = Up(home, "--empty", "--port", str(port))
        assert f"process {up.process.pid}" in second.until("already runs")
        assert second.process.wait(30) == 1
        other = Up(home.parent / "other", "--empty", "--port", str(port))
        other.until(f"Port {port} is in use")
        assert other.process.wait(30) == 1
        assert not (home.parent / "other" / "settings.env").exists()
        os.kill(Supervisor(home).status().pid or 0, signal.SIGKILL)
        up.until("PostgreSQL ended")
        end = time.monotonic() + 20
        while status_of(port) >= 500 and time.monotonic() < end:
            time.sleep(0.2)
        assert status_of(port) < 500
    finally:
        status = up.end()
    assert status == 0, "".join(up.lines)
    assert Supervisor(home).status().pid is None
    again = Up(home, "--port", str(port))
    try:
        again.until("Careloom is ready")
        assert not any("database:" in line or "collecting" in line for line in again.lines)
    finally:
        assert again.end() == 0
    assert "CARELOOM_WORLD=live" in (home / "settings.env").read_text()


def test_a_practice_county_is_not_served_to_others(home: Path, port: int) -> None:
    up = Up(home, "--port", str(port), "--host", "0.0.0.0")
    up.until("this machine only")
    assert up.process.wait(30) == 1
    assert not (home / "settings.env").exists()


def test_a_world_of_one_kind_does_not_become_the_other(home: Path, port: int) -> None:
    home.mkdir()
    (home / "settings.env").write_text("CARELOOM_WORLD=demo\n")
    up = Up(home, "--empty", "--port", str(port))
    up.until("is for a practice county")
    assert up.process.wait(30) == 1
