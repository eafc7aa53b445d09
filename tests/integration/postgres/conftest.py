"""Data folders of their own for the tests of the supervisor; none of them is the test database's."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from careloom.infra.postgres import Supervisor


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that every user may enter, with a short path; what was started in it is stopped."""
    folder = Path(tempfile.mkdtemp(prefix="clpg-"))
    folder.chmod(0o755)
    yield folder
    for lock in folder.rglob("postgres.lock"):
        Supervisor(lock.parent).stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def home(place: Path) -> Path:
    return place / "home"
