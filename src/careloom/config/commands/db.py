"""Look at the database, open psql in it, write it to a file and read it back (for a new major version), or stop it."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from careloom.config import preparation
from careloom.config.commands import CommandProblem, environment
from careloom.config.environment import Environment, mask
from careloom.infra.postgres import DATABASE, Supervisor, clients, database, database_config
from careloom.infra.postgres.connection import Role


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("status", help="say whether the database runs, and where")
    actions.add_parser("stop", help="stop the embedded server for all who use it")
    dump = actions.add_parser("dump", help="write the whole database to a file; it is not sealed, so guard it and remove it after use")
    dump.add_argument("file", type=Path)
    load = actions.add_parser("load", help="read such a file into an empty database")
    load.add_argument("file", type=Path)
    psql = actions.add_parser("psql", help="open psql, or run SQL from standard input")
    psql.add_argument("--owner", action="store_true", help="as the role that owns the tables, not the one that serves the web")
    psql.add_argument("rest", nargs="*", help="arguments for psql, after --")


def run(args: argparse.Namespace) -> int:
    settings = environment()
    if args.action == "status":
        return _status(settings)
    if args.action == "stop":
        return _stop(settings)
    with database(settings):
        if args.action == "dump":
            return _dump(settings, args.file)
        if args.action == "load":
            return _load(settings, args.file)
        return _psql(settings, owner=args.owner, rest=args.rest)


def _status(settings: Environment) -> int:
    if settings.database_url:
        print(f"The database is the server {mask(settings.database_url)} (CARELOOM_DATABASE_URL).")
        return 0
    status = Supervisor(settings.home).status()
    if status.pid is None:
        print(f"The database of {settings.home} is stopped." if status.initialised else f"There is no database in {settings.home} yet.")
        return 3
    print(f"The database of {settings.home} runs as process {status.pid}; socket folder {status.address.host}, database {DATABASE}.")
    return 0


def _stop(settings: Environment) -> int:
    if settings.database_url:
        raise CommandProblem("The database is a server of its own (CARELOOM_DATABASE_URL). Stop it where it runs.")
    stopped = Supervisor(settings.home).stop()
    print("The database was stopped." if stopped else "The database was not running.")
    return 0


def _psql(settings: Environment, *, owner: bool, rest: list[str]) -> int:
    return _run(settings, "psql", "-v", "ON_ERROR_STOP=1", *rest, role="owner" if owner else "app")


def _dump(settings: Environment, file: Path) -> int:
    if file.exists():
        raise CommandProblem(f"{file} is there already. Name a new file.")
    draft = file.with_name(f"{file.name}.part")
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    if _run(settings, "pg_dump", "--format=custom", f"--file={draft}", role="owner") != 0:
        draft.unlink(missing_ok=True)
        raise CommandProblem("The database was not written. See the lines above for the cause.")
    os.replace(draft, file)
    print(f"The database is in {file} ({file.stat().st_size // 1024:,} KB). It is not sealed: guard it, and remove it after use.")
    return 0


def _load(settings: Environment, file: Path) -> int:
    if not file.is_file():
        raise CommandProblem(f"There is no file {file}. Name one that careloom db dump wrote.")
    if preparation.is_migrated(settings):
        raise CommandProblem("This database is not empty. Load into a fresh data folder, or set the folder postgres aside first.")
    # All or nothing; the extensions are there already and belong to another role, so their comments are left out.
    words = ["--single-transaction", "--exit-on-error", "--no-comments", f"--dbname={database_config(settings, 'owner')['NAME']}", str(file)]
    if _run(settings, "pg_restore", *words, role="owner") != 0:
        raise CommandProblem("Nothing was loaded. See the lines above for the cause.")
    print("The database is loaded. Start with: bin/up")
    return 0


def _run(settings: Environment, name: str, *words: str, role: Role) -> int:
    """Run one of PostgreSQL's client programs in the role."""
    program, variables = clients.program(settings, name), clients.variables(settings, role)
    sys.stdout.flush()
    return subprocess.run([program, *words], env=variables, check=False).returncode
