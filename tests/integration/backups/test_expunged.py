"""What was expunged stays away: through a kill at any step, and after a backup from before was brought back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest
from tests.conftest import ROOT
from tests.integration.backups.conftest import Place, owner

from careloom.infra.postgres import Supervisor
from careloom.infra.tombstones import COPY

pytestmark = pytest.mark.slow
NAME = "quillfeather"


def child(place: Place, *words: str, module: str = "tests.integration.backups.expunging_child") -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("CARELOOM_", "DJANGO_", "PYTEST_"))}
    environment |= {"CARELOOM_HOME": str(place.home), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    return subprocess.run([sys.executable, "-m", module, *words], env=environment, text=True, capture_output=True, timeout=300, check=False)


def told(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return found


def naming(connection: psycopg.Connection[Any]) -> dict[str, int]:
    """In which tables any column of any row holds her name."""
    tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    rows = ((table, connection.execute(f"SELECT count(*) FROM {table} x WHERE x::text ILIKE %s", [f"%{NAME}%"]).fetchone()) for (table,) in tables)
    return {table: row[0] for table, row in rows if row and row[0]}


def held(connection: psycopg.Connection[Any], known: dict[str, str]) -> dict[str, int]:
    """The rows of the agency about her, in every table that can hold one; the logs are owed for six years and stay."""
    tables = connection.execute(
        """SELECT c.table_name FROM information_schema.columns c JOIN information_schema.columns d USING (table_schema, table_name)
           WHERE c.table_schema = 'public' AND c.column_name = 'holder_id' AND d.column_name = 'identity_id'
             AND c.table_name NOT IN ('access_log', 'access_disclosure')"""
    ).fetchall()
    query = "SELECT count(*) FROM {} WHERE holder_id = %s AND identity_id = %s"
    rows = ((table, connection.execute(query.format(table), [known["agency"], known["mother"]]).fetchone()) for (table,) in tables)
    return {table: row[0] for table, row in rows if row and row[0]}


def files_naming(home: Path) -> list[str]:
    """Files of the folder, without the database's own, in which her name stands."""
    every = (path for path in home.rglob("*") if path.is_file() and "postgres" not in path.relative_to(home).parts)
    return [str(path) for path in every if NAME in path.read_bytes().decode("latin-1").lower()]


def test_it_stays_away_through_kills_and_an_older_backup(county: Place) -> None:
    with (county.home / "settings.env").open("a") as file:
        file.write(f"CARELOOM_BACKUP_KEYS_TO={county.keys_to}\n")
    with Supervisor(county.home).start():
        known = told(child(county, "make"))
        with owner(county.home) as connection:
            assert {"people_record", "people_family_member"} <= naming(connection).keys()
            assert {"plans_plan", "consents_consent", "access_segment"} <= held(connection, known).keys()
        older = county.backup()
        assert (county.keys_to / COPY).read_bytes() == b""
        one = told(child(county, "agree", known["mother"], known["first"], known["second"]))["id"]
        ledger = county.home / "seals" / "expunged.jsonl"
        with owner(county.home) as connection:
            before = held(connection, known)
            for _ in range(2):  # the tombstone is on the disk, the rows went, and the transaction never ended
                assert child(county, "die-before").returncode == -9
                assert (ledger.read_text().count(one), held(connection, known)) == (1, before)
            assert child(county, "die-after").returncode == -9
            assert held(connection, known) == {"keeping_expunging": 1}
            for _ in range(2):
                done = child(county, module="careloom.config.expunging")
                assert done.returncode == 0, done.stderr
            assert (held(connection, known), naming(connection), ledger.read_text().count(one)) == ({}, {}, 1)
            assert connection.execute("SELECT state FROM keeping_expunging").fetchall() == [("DONE",)]
        assert (county.keys_to / COPY).read_text() == ledger.read_text()
    assert (NAME in ledger.read_text().lower(), known["mother"] in ledger.read_text()) == (False, False)
    new = county.root / "new"
    back = county.restore(older, new)
    assert back.returncode == 0, back.stdout + back.stderr
    assert "Expunged again, because it was expunged after this backup: 1." in back.stdout
    with Supervisor(new).start(), owner(new) as connection:
        assert (held(connection, known), naming(connection), files_naming(new)) == ({}, {}, [])
        assert connection.execute("SELECT id::text FROM keeping_applied").fetchall() == [(one,)]
        found = connection.execute("SELECT count(*) FROM people_search(%s, NULL, 9, 0)", [NAME]).fetchone()
        assert found == (0,)
    # Without the ledger the same backup brings her back and says what is missing: the proof above proves something.
    (county.keys_to / COPY).unlink()
    blind = county.restore(older, county.root / "blind")
    assert "No ledger of what was expunged" in blind.stdout
    with Supervisor(county.root / "blind").start(), owner(county.root / "blind") as connection:
        assert "people_record" in naming(connection)


def test_a_ledger_of_another_installation_stops_the_restore(saved: tuple[Place, Path], tmp_path: Path) -> None:
    place, file = saved
    foreign = tmp_path / COPY
    foreign.write_text(json.dumps({"id": "11111111-1111-4111-8111-111111111111", "marks": ["a"], "mac": "b"}) + "\n")
    refused = place.restore(file, place.root / "refused", "--tombstones", str(foreign))
    assert refused.returncode == 1
    assert "ledger" in refused.stderr
    assert not (place.root / "refused").exists()
