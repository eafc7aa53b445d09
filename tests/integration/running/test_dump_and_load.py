"""A new major version of PostgreSQL: what was dumped is loaded whole, with the same rights and not one more (docs/how-to/data-folder.md)."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
RIGHTS = (
    "SELECT relname, coalesce(array_to_string(relacl, ','), '') FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S');"
    "SELECT tablename, policyname, qual, with_check FROM pg_policies ORDER BY 1, 2"
)


@pytest.fixture
def home() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="cldl-"))
    folder.chmod(0o755)
    yield folder / "home"
    shutil.rmtree(folder, ignore_errors=True)


def careloom(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("CARELOOM_", "DJANGO_"))}
    command = [sys.executable, "-m", "careloom.config.cli", *words]
    return subprocess.run(command, env=environment | {"CARELOOM_HOME": str(home)}, capture_output=True, text=True, check=False, timeout=600)


def rights(home: Path) -> list[str]:
    done = careloom(home, "db", "psql", "--owner", "--", "-At", "-c", RIGHTS)
    assert done.returncode == 0, done.stderr
    return sorted(done.stdout.splitlines())


def test_a_loaded_database_has_the_same_rows_and_rights(home: Path) -> None:
    file = home.parent / "careloom.dump"
    assert careloom(home, "migrate").returncode == 0
    before = rights(home)
    assert len(before) > 50
    assert careloom(home, "db", "dump", str(file)).returncode == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "already" in careloom(home, "db", "dump", str(file)).stderr
    assert "not empty" in careloom(home, "db", "load", str(file)).stderr
    (home / "postgres").rename(home / "postgres.old")
    loaded = careloom(home, "db", "load", str(file))
    assert loaded.returncode == 0, loaded.stderr
    assert rights(home) == before
    assert careloom(home, "migrate", "--plan").stdout == "Nothing waits.\n"
