"""What lies in `deploy/` does what docs/operations/deploy.md says of it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from tests.conftest import ROOT

from careloom.infra.keys import Keyring
from careloom.infra.postgres import APP, EXTRACT, OWNER, Supervisor, database_config, prepare_external
from careloom.infra.postgres.binaries import bin_folder

DEPLOY = ROOT / "deploy"


@dataclass(frozen=True, kw_only=True)
class Told:
    home: Path
    database_url: str | None


@pytest.fixture
def place() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="cldp-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def test_the_unit_is_one_that_systemd_takes(place: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not here")
    # The clone of the unit is not on this machine, and what it starts is looked for.
    unit = place / "careloom.service"
    unit.write_text((DEPLOY / "careloom.service").read_text().replace("/srv/careloom/clone/bin/up", "/bin/true"))
    done = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.slow
def test_the_script_makes_roles_and_a_database_that_a_start_takes(place: Path) -> None:
    server = Supervisor(place / "server", durable=False)
    with server.start():
        with server.admin("careloom") as admin:
            admin.execute(f"DROP OWNED BY {APP}, {EXTRACT}")
        with server.admin() as admin:
            admin.execute("DROP DATABASE careloom")
            admin.execute(f"DROP ROLE {APP}, {EXTRACT}, {OWNER}")
        keys, words = Keyring(home=place / "home"), {"owner": "o'w\"n er"}
        words |= {"app": keys.secret(f"postgres-{APP}"), "extract": keys.secret(f"postgres-{EXTRACT}")}
        where = {"PGHOST": server.address.host, "PGPORT": str(server.address.port), "PGUSER": "postgres", "PGPASSWORD": server.password("postgres")}
        given = [part for name, value in words.items() for part in ("-v", f"{name}={value}")]
        command = [bin_folder() / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", *given, "-f", DEPLOY / "roles.sql", "postgres"]
        done = subprocess.run(command, env=os.environ | where, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        login = f"{OWNER}:{quote(words['owner'], safe='')}@{quote(server.address.host, safe='')}:{server.address.port}"
        told = Told(home=place / "home", database_url=f"postgresql://{login}/careloom")
        prepare_external(told)
        entry = database_config(told, "app")
        app = {"host": entry["HOST"], "port": entry["PORT"], "dbname": entry["NAME"], "user": entry["USER"], "password": entry["PASSWORD"]}
        with psycopg.connect(**app) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE mine (x int)")
        with server.admin() as admin:
            bare = "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'careloom%' AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)"
            assert admin.execute(bare).fetchone() == (0,)


def test_the_address_of_two_servers_names_a_port_for_each() -> None:
    text = (ROOT / "docs" / "operations" / "deploy.md").read_text()
    (url,) = re.findall(r"CARELOOM_DATABASE_URL=(\S+,\S+)", text)
    entry = database_config(Told(home=Path("nowhere"), database_url=url), "owner")
    assert (entry["HOST"], entry["PORT"]) == ("db1.example.org,db2.example.org", "5432,5432")
    assert entry["OPTIONS"]["target_session_attrs"] == "read-write"


def test_the_pooler_keeps_no_scope_between_transactions() -> None:
    text = (DEPLOY / "pgbouncer.ini").read_text()
    told = dict(re.findall(r"^(\w+) = (.*)$", text, re.MULTILINE))
    assert told["pool_mode"] == "transaction"
    assert (told["log_connections"], told["log_disconnections"]) == ("0", "0")
