"""Roles, databases and extensions: one role owns and migrates, one serves the web and owns nothing, one takes the extract and reads no table."""

from __future__ import annotations

from typing import Any, Final

import psycopg
from psycopg import sql

from careloom.infra.postgres.errors import PostgresProblem

DATABASE: Final = "careloom"
OWNER: Final = "careloom_owner"
APP: Final = "careloom_app"
# Takes the de-identified extract by calling its functions, and may do nothing else (docs/decisions/0015).
EXTRACT: Final = "careloom_extract"
SERVING: Final = (APP, EXTRACT)
EXTENSIONS: Final = ("pg_trgm", "unaccent", "btree_gist")

Connection = psycopg.Connection[tuple[Any, ...]]


def ensure_role(admin: Connection, *, name: str, password: str) -> None:
    """Make or correct a login that is no superuser, passes no row security and makes no database. The password is sent as a verifier."""
    verifier = admin.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256").decode()
    known = admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    verb = sql.SQL("ALTER" if known else "CREATE")
    limits = sql.SQL("LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD")
    admin.execute(sql.SQL("{} ROLE {} {} {}").format(verb, sql.Identifier(name), limits, sql.Literal(verifier)))


def ensure_database(admin: Connection, *, name: str, owner: str = OWNER, template: str | None = None) -> bool:
    """Make database ``name`` for ``owner`` unless it is there; True when it was made. Only its roles may connect."""
    made = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None
    if made:
        words = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}")
        admin.execute(words.format(sql.Identifier(name), sql.Identifier(owner), sql.Identifier(template or "template0")))
    limit = sql.SQL("REVOKE ALL ON DATABASE {0} FROM PUBLIC; GRANT CONNECT ON DATABASE {0} TO {1}")
    admin.execute(limit.format(sql.Identifier(name), sql.SQL(", ").join(map(sql.Identifier, SERVING))))
    return made


def prepare_database(connection: Connection) -> None:
    """Inside a database: extensions, and entry for the app role alone.

    INVARIANT: no default privileges. The app role gets each right by name (infra.access), so a table that nobody thought of stays closed to it,
    and a database that is read back from a dump has no right more than it had.
    """
    have = {row[0] for row in connection.execute("SELECT extname FROM pg_extension")}
    for name in EXTENSIONS:
        if name not in have:
            ensure_extension(connection, name=name)
    # INVARIANT: nobody but the app role and the owner uses what lies in `public`: functions there may be called by anybody who can name them.
    for words in ("REVOKE ALL ON SCHEMA public FROM PUBLIC", "GRANT USAGE ON SCHEMA public TO {app}"):
        connection.execute(sql.SQL(words).format(app=sql.Identifier(APP)))


def ensure_extension(connection: Connection, *, name: str) -> None:
    """Create one extension, or name it and say what to do."""
    try:
        connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {} WITH SCHEMA public").format(sql.Identifier(name)))
    except (psycopg.errors.InsufficientPrivilege, psycopg.errors.FeatureNotSupported, psycopg.errors.UndefinedFile):
        raise PostgresProblem(
            f"The database lacks the extension {name}, and this login may not create it. "
            f"Ask the server's administrator to run: CREATE EXTENSION {name} WITH SCHEMA public; then start again."
        ) from None
