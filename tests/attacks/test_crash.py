"""kill -9 of the database between an event's commit and its delivery: the event is still there, and is delivered once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from careloom.infra.postgres import Supervisor

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.slow]


@pytest.fixture
def home() -> Iterator[Path]:
    """A server of its own that keeps what it committed, in a short path."""
    folder = Path(tempfile.mkdtemp(prefix="clcr-"))
    folder.chmod(0o755)
    try:
        yield folder / "home"
    finally:
        Supervisor(folder / "home").stop()
        shutil.rmtree(folder, ignore_errors=True)


def child(what: str, home: Path) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    clean = {key: value for key, value in os.environ.items() if not key.startswith("CARELOOM_")} | {"PYTHONPATH": paths}
    script = str(Path(__file__).with_name("crash_child.py"))
    return subprocess.run([sys.executable, script, what, str(home)], capture_output=True, text=True, timeout=600, env=clean, check=False)


def test_an_event_outlives_the_death_of_the_database(home: Path) -> None:
    with Supervisor(home).start():
        made = child("migrate", home)
        assert made.returncode == 0, made.stderr[-2000:]
        died = child("write", home)
        assert died.returncode == -9, died.stderr[-2000:]
        assert died.stdout.startswith("committed")
    with Supervisor(home).start():
        after = child("deliver", home)
        assert after.returncode == 0, after.stderr[-2000:]
        word, first, second, left, *handled = after.stdout.split()
        assert (word, second, left) == ("delivered", "0", "0")
        assert int(first) >= 1
        assert handled.count("ConsentChanged") == 1
