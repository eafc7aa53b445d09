"""Look at the database, open psql in it, start the embedded server alone, or stop it."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys

from careloom.config.commands import CommandProblem, environment
from careloom.config.environment import Environment, mask
from careloom.infra.postgres import DATABASE, Supervisor, database, database_config
from careloom.infra.postgres.binaries import bin_folder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("status", help="say whether the database runs, and where")
    actions.add_parser("stop", help="stop the embedded server for all who use it")
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
    entry = database_config(settings, "owner" if owner else "app")
    names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD", "NAME": "PGDATABASE"}
    variables = {names[key]: str(entry[key]) for key in names if entry.get(key)}
    folder = None if settings.database_url else bin_folder()
    program = str(folder / "psql") if folder and (folder / "psql").exists() else shutil.which("psql")
    if program is None:
        raise CommandProblem("psql was not found. Install PostgreSQL's client programs, or unset CARELOOM_PG_BIN.")
    sys.stdout.flush()
    return subprocess.run([program, "-v", "ON_ERROR_STOP=1", *rest], env=os.environ | variables, check=False).returncode
