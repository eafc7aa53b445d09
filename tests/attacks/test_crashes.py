"""kill -9 of web server, job worker and PostgreSQL under `careloom up`, while four browsers write (the thousand: bin/attack-crashes)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.attacks.crashes.attacker import attack
from tests.attacks.crashes.product import clean
from tests.conftest import TEST_HOME

from careloom.infra.postgres import Supervisor, roles
from careloom.infra.postgres.binaries import bin_folder

pytestmark = [pytest.mark.slow]


@pytest.fixture
def home(django_db_setup: None) -> Iterator[Path]:
    """A data folder of its own with an empty world at this version, in a short path: what the tests' template holds, read from a dump."""
    root = Path(tempfile.mkdtemp(prefix="clca-"))
    root.chmod(0o755)
    test, dump = Supervisor(TEST_HOME, durable=False), root / "template.dump"
    variables = {
        "PGHOST": test.address.host, "PGPORT": str(test.address.port), "PGUSER": roles.OWNER, "PGPASSWORD": test.password(roles.OWNER),
        "PGDATABASE": os.environ["PYTEST_CARELOOM_TEMPLATE"],
    }  # fmt: skip
    subprocess.run([bin_folder() / "pg_dump", "--format=custom", f"--file={dump}"], env=os.environ | variables, check=True)
    words = [sys.executable, "-m", "careloom.config.cli", "db", "load", str(dump)]
    subprocess.run(words, env=clean() | {"CARELOOM_HOME": str(root / "home")}, check=True, capture_output=True)
    yield root / "home"
    Supervisor(root / "home").stop()
    shutil.rmtree(root, ignore_errors=True)


def test_no_acknowledged_write_is_lost_and_none_is_doubled(home: Path) -> None:
    # However fast the machine writes, it goes on until each part that a death can lose something of was killed.
    parts = {"web", "worker", "database"}
    result = attack(home=home, count=24, seed=3, every=(0.2, 0.6), most=4, patience=0, parts=parts)
    assert (result.refused, result.lost, result.doubled, result.wrong) == ([], [], [], [])
    assert sum(result.written.values()) >= 24
    assert len(result.written) == 8
    assert {part for part, number in result.killed.items() if number} >= parts
