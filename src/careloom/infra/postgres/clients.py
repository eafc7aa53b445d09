"""PostgreSQL's client programs (pg_dump, pg_restore, psql) against our database: where they are, and what they are told."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from functools import cache
from typing import Any, Final

import psycopg

from careloom.infra.postgres.binaries import bin_folder
from careloom.infra.postgres.connection import Environment, Role, database_config
from careloom.infra.postgres.errors import PostgresProblem

_NAMES: Final = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password", "NAME": "dbname"}
_VARIABLES: Final = {
    "host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY",
    "target_session_attrs": "PGTARGETSESSIONATTRS", "connect_timeout": "PGCONNECT_TIMEOUT",
}  # fmt: skip


def program(environment: Environment, name: str) -> str:
    """The path of one of the programs: the embedded server's own, and for a named server the newest that is here, which reads older servers too.

    Raises :class:`PostgresProblem` when there is none.
    """
    ours = _bundled(name)
    found = ours if ours and not environment.database_url else max(filter(None, (ours, shutil.which(name))), key=_major, default=None)
    if found is None:
        raise PostgresProblem(f"{name} was not found. Install PostgreSQL's client programs, or unset CARELOOM_PG_BIN.")
    return found


def variables(environment: Environment, role: Role) -> dict[str, str]:
    """The environment for a program that acts in the role: the password goes this way, not by the command line, where others may read it."""
    told = _parameters(environment, role)
    return dict(os.environ) | {_VARIABLES[name]: str(value) for name, value in told.items() if name in _VARIABLES}


def connect(environment: Environment, role: Role) -> psycopg.Connection[tuple[Any, ...]]:
    """A connection in the role, in autocommit. The database must be running."""
    return psycopg.connect(**_parameters(environment, role), autocommit=True)


def _parameters(environment: Environment, role: Role) -> dict[str, Any]:
    entry = database_config(environment, role)
    options = {name: value for name, value in entry["OPTIONS"].items() if name not in ("server_side_binding", "prepare_threshold")}
    return {_NAMES[key]: entry[key] for key in _NAMES if entry.get(key)} | options


def _bundled(name: str) -> str | None:
    try:
        found = bin_folder() / name
    except PostgresProblem:
        return None
    return str(found) if found.exists() else None


@cache
def _major(path: str) -> int:
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=20, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.search(r"\(PostgreSQL\) (\d+)", said)
    return int(found[1]) if found else 0
