"""What must be true before the first page: the look is there, static files are collected, the database is at this version, a demo world is seeded.

Run as a child process (``python -m careloom.config.preparation``) so that what it loads leaves memory with it. ``is_prepared`` tells in a few
milliseconds, without Django, that nothing of it is needed.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.metadata
import importlib.util
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import psycopg

from careloom.config import expunging
from careloom.config.environment import Environment
from careloom.infra.postgres import database_config

Say = Callable[[str], None]
_PACKAGE: Final = Path(__file__).resolve().parent.parent
_DISTRIBUTIONS: Final = ("django", "django-allauth", "procrastinate", "django-htmx", "whitenoise")
_SEED_MODULE: Final = "careloom.demo.load"


def is_prepared(environment: Environment, *, seed: bool) -> bool:
    """Whether this code prepared this very database already, seeded when ``seed`` asks for it."""
    try:
        kept = json.loads(_stamp_file(environment).read_text())
    except (OSError, ValueError):
        return False
    if not isinstance(kept, dict) or kept.get("code") != fingerprint() or (seed and not kept.get("seeded")):
        return False
    same = (environment.home / "static").is_dir() and kept.get("database") == _database_mark(environment)
    return same and not expunging.missing(environment)


def is_migrated(environment: Environment) -> bool:
    """Whether any migration ran in this database. The server must be running."""
    return _database_mark(environment) is not None


def fingerprint() -> str:
    """One line that changes when a migration, a static file, a template that carries one, or a package beneath them changes."""
    digest = hashlib.sha256()
    for name in _DISTRIBUTIONS:
        digest.update(importlib.metadata.version(name).encode())
    for path in sorted(_watched()):
        facts = path.stat()
        digest.update(f"{path.relative_to(_PACKAGE)}:{facts.st_size}:{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def pending_migrations() -> list[tuple[str, str]]:
    """Migrations on disk that the database lacks, as (app label, name). Needs Django; imports no migration."""
    import pkgutil

    from django.apps import apps
    from django.db import connections
    from django.db.migrations.recorder import MigrationRecorder

    applied = set(MigrationRecorder(connections["owner"]).applied_migrations())
    found = []
    for config in apps.get_app_configs():
        folder = Path(config.path) / "migrations"
        if folder.is_dir():
            names = [entry.name for entry in pkgutil.iter_modules([str(folder)]) if entry.name[0] not in "_~"]
            found += [(config.label, name) for name in sorted(names) if (config.label, name) not in applied]
    return found


def migrate(*, say: Say) -> bool:
    """Migrate as the owner when something waits, and give the app role its rights in any case; True when something was migrated."""
    from django.core.management import call_command
    from django.db import connections

    from careloom.infra.access import rights

    _take_turns()
    waiting = pending_migrations()
    _may_upgrade(waiting=bool(waiting), say=say)
    if waiting:
        say(f"The database: {len(waiting)} steps to this version.")
        call_command("migrate", database="owner", verbosity=0, interactive=False)
    rights.give(connections["owner"])
    if ("health", "0004_labels") in waiting:
        _grant_anew()
    return bool(waiting)


def _take_turns() -> None:
    """Several machines that start at once bring one database to this version one after the other; the lock goes with the connection."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtextextended('careloom:migrate', 0))")


def _may_upgrade(*, waiting: bool, say: Say) -> None:
    """Refuse a database that this release cannot take further, and keep a copy of one in which somebody lives before it is changed."""
    from django.conf import settings
    from django.db import connections
    from django.db.migrations.recorder import MigrationRecorder

    from careloom.config import upgrading
    from careloom.config.commands import CommandProblem

    applied = {f"{app}.{name}" for app, name in MigrationRecorder(connections["owner"]).applied_migrations()}
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT to_regclass('agencies_agency') IS NOT NULL, pg_database_size(current_database())")
        there, size = cursor.fetchone() or (False, 0)
        cursor.execute("SELECT EXISTS (SELECT FROM agencies_agency)" if there else "SELECT false")
        lived_in = bool((cursor.fetchone() or (False,))[0])
    if why := upgrading.refusal(applied, lived_in=lived_in):
        raise CommandProblem(why)
    if waiting and lived_in:
        upgrading.keep_copy(settings.ENVIRONMENT, bytes_of_database=int(size), say=say)


def _grant_anew() -> None:
    """Facts were moved under a category of their own: whom papers in force give it, the mother first, sees it at once."""
    from careloom.health.labeling import grant_anew
    from careloom.infra import clock

    grant_anew(at=clock.now())


def collect_static(*, say: Say) -> None:
    """Put hashed and compressed static files beneath the data folder."""
    from django.core.management import call_command

    say("Static files: collecting.")
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)


def prepare(environment: Environment, *, seed: bool, say: Say) -> None:
    """Do what is needed, saying each step; then remember it."""
    from careloom.config.commands import set_up_django
    from careloom.infra.ui.setup import ensure_assets

    ensure_assets(say=say)
    set_up_django()
    collect_static(say=say)
    migrate(say=say)
    if expunged := expunging.again(environment):
        say(f"Expunged again, because this database is older than the ledger: {expunged}.")
    seeded = seed and _seed(environment, say=say)
    mark = {"code": fingerprint(), "database": _database_mark(environment), "seeded": seeded}
    _stamp_file(environment).write_text(json.dumps(mark))


def sign_ins(environment: Environment) -> list[str]:
    """The lines that tell who may sign in to the practice county, empty in a live world."""
    path = environment.home / "sign-ins.txt"
    return path.read_text().splitlines() if environment.is_demo and path.is_file() else []


def _seed(environment: Environment, *, say: Say) -> bool:
    """Make the practice county when its maker is here. It returns the lines that tell who may sign in."""
    if importlib.util.find_spec(_SEED_MODULE) is None:
        return False
    loader: Any = importlib.import_module(_SEED_MODULE)
    lines = loader.ensure_world(say=say)
    with os.fdopen(os.open(environment.home / "sign-ins.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write("\n".join(lines or []))
    return True


def _watched() -> Iterator[Path]:
    for folder, names, files in os.walk(_PACKAGE):
        names[:] = [name for name in names if name != "__pycache__"]
        if "migrations" in Path(folder).parts or "static" in Path(folder).relative_to(_PACKAGE).parts:
            yield from (Path(folder, file) for file in files)


def _database_mark(environment: Environment) -> str | None:
    """What was migrated in this database, as one line; None when nothing was."""
    entry = database_config(environment, "owner")
    names = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password", "NAME": "dbname"}
    parameters: dict[str, Any] = {names[key]: entry[key] for key in names if entry.get(key)} | entry["OPTIONS"]
    words = "SELECT md5(string_agg(app || '.' || name || applied::text, ',' ORDER BY id)) FROM django_migrations"
    try:
        with psycopg.connect(**parameters) as connection:
            row = connection.execute(words).fetchone()
    except psycopg.errors.UndefinedTable:
        return None
    return str(row[0]) if row and row[0] else None


def _stamp_file(environment: Environment) -> Path:
    return environment.home / "prepared.json"


def main() -> int:
    """The child process: prints its steps; a failure is one sentence."""
    from careloom.config.cli import explain
    from careloom.config.commands import environment

    try:
        prepare(environment(), seed="--seed" in sys.argv, say=lambda words: print(f"  {words}", flush=True))
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if "--debug" in sys.argv:
            raise
        print(f"careloom up: {explain(error, command='up')}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
