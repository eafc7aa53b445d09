"""A PostgreSQL server of its own: what was saved comes back into its empty database, and is saved from there again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from tests.integration.backups.conftest import Place, marks, rows_of

from careloom.infra.postgres import APP, EXTRACT, Supervisor

pytestmark = pytest.mark.slow


@pytest.fixture
def server(made: Path) -> Iterator[tuple[Supervisor, str]]:
    """A server with an empty database of a login that may make roles, and its address."""
    supervisor = Supervisor(made / "server", durable=False)
    with supervisor.start():
        with supervisor.admin("careloom") as admin:
            admin.execute(f"DROP OWNED BY {APP}, {EXTRACT}")
        with supervisor.admin() as admin:
            admin.execute(f"DROP OWNED BY {APP}, {EXTRACT}; DROP ROLE {APP}, {EXTRACT}; CREATE ROLE keeper LOGIN CREATEROLE PASSWORD 'a b/c'")
            admin.execute("CREATE DATABASE theirs OWNER keeper TEMPLATE template0")
        where = f"{quote(supervisor.address.host, safe='')}:{supervisor.address.port}"
        yield supervisor, f"postgresql://keeper:{quote('a b/c', safe='')}@{where}/theirs"


def test_into_a_server_and_out_of_it(saved: tuple[Place, Path], server: tuple[Supervisor, str]) -> None:
    (county, file), (_, url) = saved, server
    new = county.root / "beside-a-server"
    made = county.run(*county.restoring(file, new), CARELOOM_DATABASE_URL=url)
    assert made.returncode == 0, made.stderr
    assert not (new / "postgres").exists()
    with Supervisor(county.home).start(), psycopg.connect(url) as connection:
        was = rows_of(county.home)
        assert marks(connection) == was
    refused = county.run(*county.restoring(file, county.root / "again"), CARELOOM_DATABASE_URL=url)
    assert "never writes over anything" in refused.stderr
    assert not (county.root / "again").exists()
    words = ("backup", "--to", str(county.root / "of-the-server"), "--keys-to", str(county.root / "its-keys"))
    taken = county.run(*words, home=new, CARELOOM_DATABASE_URL=url)
    assert taken.returncode == 0, taken.stderr
    # A password of the server stands in no line.
    assert "a b/c" not in made.stdout + made.stderr + refused.stderr + taken.stdout + taken.stderr
    again = next((county.root / "of-the-server").glob("*.backup"))
    back = county.restore(again, county.root / "embedded-again", keys=county.root / "its-keys" / "careloom-keys.sealed")
    assert back.returncode == 0, back.stderr
    with Supervisor(county.root / "embedded-again").start():
        assert rows_of(county.root / "embedded-again") == was
