"""A server that CARELOOM_DATABASE_URL names: what is missing is made, or named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from careloom.infra.postgres import APP, EXTRACT, PostgresProblem, Supervisor, database, database_config, prepare_external


@dataclass(frozen=True, kw_only=True)
class Told:
    home: Path
    database_url: str | None


@pytest.fixture
def server(place: Path) -> Iterator[Supervisor]:
    """A server with a database of a login that may make roles, without our roles."""
    supervisor = Supervisor(place / "server", durable=False)
    with supervisor.start():
        with supervisor.admin("careloom") as admin:
            admin.execute(f"DROP OWNED BY {APP}, {EXTRACT}")
        with supervisor.admin() as admin:
            admin.execute(f"DROP OWNED BY {APP}, {EXTRACT}; DROP ROLE {APP}, {EXTRACT}; CREATE ROLE keeper LOGIN CREATEROLE PASSWORD 'a b/c'")
            admin.execute("CREATE DATABASE theirs OWNER keeper TEMPLATE template0")
        yield supervisor


def told(server: Supervisor, place: Path, *, user: str = "keeper", password: str = "a b/c") -> Told:
    where = f"{quote(server.address.host, safe='')}:{server.address.port}"
    return Told(home=place / "home", database_url=f"postgresql://{user}:{quote(password, safe='')}@{where}/theirs")


def test_a_login_that_may_makes_what_is_missing_once(server: Supervisor, place: Path) -> None:
    settings = told(server, place)
    prepare_external(settings)
    with database(settings) as supervisor:
        assert supervisor is None
    app = database_config(settings, "app")
    assert (app["USER"], app["NAME"], database_config(settings, "owner")["USER"]) == (APP, "theirs", "keeper")
    with psycopg.connect(host=app["HOST"], port=app["PORT"], dbname=app["NAME"], user=app["USER"], password=app["PASSWORD"]) as connection:
        assert connection.execute("SELECT count(*) FROM pg_extension WHERE extname IN ('pg_trgm', 'unaccent', 'btree_gist')").fetchone() == (3,)


def test_a_login_that_may_not_make_the_role_names_it(server: Supervisor, place: Path) -> None:
    with server.admin() as admin:
        admin.execute("ALTER ROLE keeper NOCREATEROLE")
    with pytest.raises(PostgresProblem, match=f"CREATE ROLE {APP}"):
        prepare_external(told(server, place))


def test_a_login_that_may_not_make_an_extension_names_it(server: Supervisor, place: Path) -> None:
    with server.admin() as admin:
        admin.execute("ALTER DATABASE theirs OWNER TO postgres")
    with pytest.raises(PostgresProblem, match="CREATE EXTENSION pg_trgm"):
        prepare_external(told(server, place))


def test_an_app_role_that_passes_row_security_is_refused(server: Supervisor, place: Path) -> None:
    settings = told(server, place)
    prepare_external(settings)
    with server.admin() as admin:
        admin.execute(f"ALTER ROLE {APP} BYPASSRLS")
    with pytest.raises(PostgresProblem, match="NOBYPASSRLS"):
        prepare_external(settings)


def test_an_app_role_with_another_password_is_named_and_not_changed(server: Supervisor, place: Path) -> None:
    with server.admin() as admin:
        admin.execute(f"CREATE ROLE {APP} LOGIN PASSWORD 'theirs'")
    with pytest.raises(PostgresProblem, match="Put its password into that file"):
        prepare_external(told(server, place))


def test_a_wrong_password_or_a_dead_server_is_told_without_the_secret(server: Supervisor, place: Path) -> None:
    for settings in (told(server, place, password="hush-hush"), Told(home=place, database_url="postgresql://keeper:hush-hush@127.0.0.1:1/theirs")):
        with pytest.raises(PostgresProblem, match="does not let us in") as caught:
            prepare_external(settings)
        assert "hush-hush" not in str(caught.value)
    with pytest.raises(PostgresProblem, match="cannot be read"):
        prepare_external(Told(home=place, database_url="postgresql://u:hush@/%zz"))
