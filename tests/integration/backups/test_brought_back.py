"""A backup is taken while everybody works, and brought back it is the same: every row, right, file and key, and the logs under their seals.

The restore of issue 7. J5, step 15 (a test copy of last night's backup) is `tests/journeys/test_j5_restores.py`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import ROOT
from tests.integration.backups.conftest import AGENCY, Place, owner, rows_of

from careloom.infra.backups import entries, recovery, sealing
from careloom.infra.keys import Keyring, decrypt
from careloom.infra.postgres import Supervisor

pytestmark = pytest.mark.slow


@contextmanager
def writing(home: Path) -> Iterator[list[int]]:
    """Four who write one row in each of two tables in one transaction, as fast as they can. Gives the numbers that were acknowledged."""
    done: list[int] = []
    stop = threading.Event()

    def write(first: int) -> None:
        with owner(home) as connection:
            for number in range(first, 10**9, 4):
                if stop.is_set():
                    return
                with connection.transaction():
                    connection.execute("INSERT INTO django_session VALUES (%s, '', now())", [f"load-{number}"])
                    connection.execute("INSERT INTO django_content_type (app_label, model) VALUES ('load', %s)", [str(number)])
                done.append(number)

    threads = [threading.Thread(target=write, args=(first,)) for first in range(4)]
    for thread in threads:
        thread.start()
    try:
        yield done
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def loaded(home: Path) -> tuple[set[int], set[int]]:
    with owner(home) as connection:
        sessions = connection.execute("SELECT session_key FROM django_session WHERE session_key LIKE 'load-%'").fetchall()
        types = connection.execute("SELECT model FROM django_content_type WHERE app_label = 'load'").fetchall()
    return {int(key.removeprefix("load-")) for (key,) in sessions}, {int(model) for (model,) in types}


def test_taken_while_writers_run_it_is_one_moment(county: Place) -> None:
    new = county.root / "new"
    with Supervisor(county.home).start():
        with writing(county.home) as done:
            while len(done) < 200:
                pass
            before = set(done)
            file = county.backup()
            meanwhile = set(done) - before
        made = county.restore(file, new)
    assert made.returncode == 0, made.stderr
    assert len(meanwhile) > 20, "nobody wrote while the backup was taken"
    with Supervisor(new).start():
        sessions, types = loaded(new)
        manifest_rows = {one["name"]: one["rows"] for one in manifest(county, file)["tables"]}
    # Both rows of a transaction or none; all that was acknowledged before it began; and its table's count is the manifest's.
    assert sessions == types
    assert before <= sessions
    assert sessions < before | meanwhile | set(done)
    assert len(sessions) == manifest_rows["public.django_session"]


def test_every_row_right_file_and_key_is_the_same(saved: tuple[Place, Path], tmp_path_factory: pytest.TempPathFactory) -> None:
    county, file = saved
    new = county.root / "same"
    made = county.restore(file, new)
    assert made.returncode == 0, made.stderr
    assert "The logs are as they were sealed" in made.stdout
    with Supervisor(county.home).start(), Supervisor(new).start():
        was, now = rows_of(county.home), rows_of(new)
    assert len(was) > 300
    assert now == was
    assert decrypt(key=Keyring(home=new).agency_key(AGENCY), ciphertext=(new / "files/scan").read_bytes(), associated=b"1") == b"a scan"
    settings = (new / "settings.env").read_text()
    assert "CARELOOM_CARE_LINE=555-0199" in settings
    assert f"# set aside by the restore: CARELOOM_BACKUP_TO={county.to}" in settings
    # Keys that are made to be destroyed are copied nowhere.
    assert not (new / "round-keys").exists()
    chain = county.run("doctor", "--chain", "--anew", home=new)
    assert chain.returncode == 0, chain.stdout
    # And it goes on: jobs run and seal upon that chain.
    assert county.run("worker", "--once", home=new).returncode == 0
    assert county.run("doctor", "--chain", home=new).returncode == 0
    words = json.loads((new / "seals/accepted.jsonl").read_text().splitlines()[-1])["because"]
    assert words.startswith("restored from the backup of 20")


def manifest(county: Place, file: Path) -> dict[str, Any]:
    key = recovery.open_key(county.recovery, passphrase=county.words.read_text().strip())
    with file.open("rb") as source:
        for _, parts in entries.read(sealing.opened(source, key=key)):
            return json.loads(b"".join(parts))
    raise AssertionError


def test_no_secret_and_no_readable_word_is_in_it(saved: tuple[Place, Path]) -> None:
    county, file = saved
    raw = file.read_bytes()
    assert b"Pine Family" not in raw
    assert b"django_migrations" not in raw
    key = recovery.open_key(county.recovery, passphrase=county.words.read_text().strip())
    secrets = [path.read_bytes().strip() for path in (county.home / "keys").rglob("*") if path.is_file()]
    assert len(secrets) > 4
    with file.open("rb") as source:
        for name, parts in entries.read(sealing.opened(source, key=key)):
            text = b"".join(parts)
            assert "keys/" not in name
            assert not [secret for secret in secrets if secret in text], name
    assert file.stat().st_mode & 0o077 == 0
    assert county.keys.stat().st_mode & 0o077 == 0
    assert not [secret for secret in secrets if secret in county.keys.read_bytes()]


def test_a_trial_keeps_nothing(saved: tuple[Place, Path]) -> None:
    county, file = saved
    there = set(county.root.iterdir())
    made = county.restore(file, county.root / "trial", "--trial")
    assert made.returncode == 0, made.stderr
    assert "each table as it was saved" in made.stdout
    assert "nothing was kept" in made.stdout
    assert set(county.root.iterdir()) == there


def test_a_backup_of_an_older_release_is_brought_to_this_one(county: Place) -> None:
    older = ["-m", "django", "migrate", "position", "0001", "--database", "owner", "--settings", "careloom.config.settings"]
    with Supervisor(county.home).start():
        run_python(county, *older)
        was = rows_of(county.home)
        file = county.backup()
    made = county.restore(file, county.root / "new")
    assert made.returncode == 0, made.stderr
    assert "brought to this one" in made.stdout
    with Supervisor(county.root / "new").start():
        now = rows_of(county.root / "new")
    # What later releases added is there and new; of what there was, only the list of steps is another.
    assert len(now.keys() - was.keys()) >= 1
    assert {name for name in was if now.get(name) != was[name]} <= {"public.django_migrations"}
    assert county.run("migrate", "--plan", home=county.root / "new").stdout == "Nothing waits.\n"


def run_python(county: Place, *words: str) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("CARELOOM_", "PYTEST_"))}
    environment |= {"CARELOOM_HOME": str(county.home), "PYTHONPATH": str(ROOT / "src"), "CARELOOM_WORLD": "live"}
    subprocess.run([sys.executable, *words], env=environment, check=True, capture_output=True, timeout=120)


def test_without_the_keys_the_records_come_back_and_it_is_said_what_does_not(saved: tuple[Place, Path]) -> None:
    county, file = saved
    words = county.restoring(file, county.root / "lost")
    at = words.index("--keys")
    made = county.run(*words[:at], "--without-keys")
    assert made.returncode == 1
    assert "The keys were not brought back" in made.stdout
    with Supervisor(county.home).start(), Supervisor(county.root / "lost").start():
        assert rows_of(county.root / "lost") == rows_of(county.home)
