"""A server that ``CARELOOM_DATABASE_URL`` names: check it, and set up what is missing as far as this login may."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import psycopg
from psycopg import sql

from careloom.infra.keys import Keyring
from careloom.infra.postgres import roles
from careloom.infra.postgres.binaries import OLDEST_MAJOR
from careloom.infra.postgres.connection import Environment
from careloom.infra.postgres.errors import PostgresProblem
from careloom.infra.postgres.supervisor import Supervisor

_SECONDS: Final = 10


@contextmanager
def database(environment: Environment) -> Iterator[Supervisor | None]:
    """The database of this installation, ready to be used inside ``with``: the embedded server is started or joined and, when this was its
    last user, stopped; a named server is checked (None is given then). Raises :class:`PostgresProblem` with the next step."""
    if environment.database_url:
        prepare_external(environment)
        yield None
        return
    supervisor = Supervisor(environment.home)
    with supervisor.start():
        yield supervisor


def prepare_external(environment: Environment) -> None:
    """Check the named server's version, roles and extensions, and make what is missing. What this login may not make is named."""
    with _connect(environment.database_url or "") as connection:
        _check_version(connection)
        for name in roles.SERVING:
            _ensure_role(connection, name=name, password=Keyring(home=environment.home).secret(f"postgres-{name}"))
        roles.prepare_database(connection)


def _connect(url: str) -> roles.Connection:
    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=_SECONDS)
    except psycopg.ProgrammingError:
        raise PostgresProblem("CARELOOM_DATABASE_URL cannot be read. It looks like postgresql://user:password@host:5432/database.") from None
    except psycopg.OperationalError as error:
        reason = next(iter(str(error).strip().splitlines()), "no answer").rpartition(": ")[2].strip()
        raise PostgresProblem(
            f"The server that CARELOOM_DATABASE_URL names does not let us in ({reason}). Check host, user, password and database, then start again."
        ) from None


def _check_version(connection: roles.Connection) -> None:
    major = connection.info.server_version // 10000
    if major < OLDEST_MAJOR:
        raise PostgresProblem(f"CARELOOM_DATABASE_URL names PostgreSQL {major}; Careloom needs {OLDEST_MAJOR} or later. Upgrade the server.")


def _ensure_role(connection: roles.Connection, *, name: str, password: str) -> None:
    """INVARIANT: the roles that serve the web and the extract are no superusers and pass no row security."""
    found = connection.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    if found is None:
        _make_role(connection, name=name, password=password)
    elif found[0]:
        raise PostgresProblem(f"The role {name} may pass row security. Run: ALTER ROLE {name} NOSUPERUSER NOBYPASSRLS; then start again.")
    info = connection.info
    try:
        psycopg.connect(info.dsn, user=name, password=password, connect_timeout=_SECONDS).close()
    except psycopg.OperationalError:
        raise PostgresProblem(
            f"The role {name} cannot connect to the database {info.dbname} with the password in keys/postgres-{name}. "
            f"Put its password into that file, or give it that one with ALTER ROLE, and see that pg_hba.conf lets it in; then start again."
        ) from None


def _make_role(connection: roles.Connection, *, name: str, password: str) -> None:
    try:
        roles.ensure_role(connection, name=name, password=password)
        connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(connection.info.dbname), sql.Identifier(name)))
    except psycopg.errors.InsufficientPrivilege:
        raise PostgresProblem(
            f"The role {name} is missing and this login may not make it. Ask the server's administrator to run: "
            f"CREATE ROLE {name} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD '(the text in keys/postgres-{name})'; then start again."
        ) from None
