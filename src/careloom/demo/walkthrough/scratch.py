"""A database of its own for the walkthrough: copied from a migrated template beside the main one, and dropped at the end."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from careloom.infra.postgres import Supervisor
from careloom.infra.postgres.locks import exclusive

PREFIX = "walkthrough"
_PACKAGE = Path(__file__).resolve().parents[2]


@contextmanager
def scratch_database(*, home: Path) -> Iterator[None]:
    """Use a fresh, migrated database inside the block, in a practice world. The embedded server of `home` must be running."""
    from django.conf import settings

    supervisor = Supervisor(home)
    name = f"{PREFIX}_{os.getpid()}_{secrets.token_hex(3)}"
    before = {alias: settings.DATABASES[alias]["NAME"] for alias in ("default", "owner")}
    world = settings.CARELOOM_WORLD
    with exclusive(home / "walkthrough.lock", doing="making the walkthrough's database"):
        supervisor.create_database(name, template=_template(supervisor))
    try:
        settings.CARELOOM_WORLD = "demo"
        _use({"default": name, "owner": name})
        yield
    finally:
        settings.CARELOOM_WORLD = world
        _use(before)
        supervisor.drop_database(name)


def _template(supervisor: Supervisor) -> str:
    """The name of a database with these migrations, made when it is not there yet; older ones are dropped."""
    name = f"{PREFIX}_template_{_fingerprint()}"
    with supervisor.admin() as admin:
        rows = admin.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}_template_%"]).fetchall()
    known = {row[0] for row in rows}
    if name not in known:
        for old in known:
            supervisor.drop_database(old)
        making = f"{PREFIX}_making_{os.getpid()}"
        supervisor.drop_database(making)
        supervisor.create_database(making)
        _migrate(making)
        with supervisor.admin() as admin:
            admin.execute(f'ALTER DATABASE "{making}" RENAME TO "{name}"')
    return name


def _migrate(name: str) -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    from careloom.infra.access import rights

    before = {alias: settings.DATABASES[alias]["NAME"] for alias in ("default", "owner")}
    _use({"default": name, "owner": name})
    try:
        call_command("migrate", database="owner", verbosity=0, interactive=False)
        rights.give(connections["owner"])
    finally:
        _use(before)


def _use(names: dict[str, Any]) -> None:
    from django.conf import settings
    from django.db import connections

    for alias, name in names.items():
        connections[alias].close()
        settings.DATABASES[alias]["NAME"] = name
        connections[alias].settings_dict["NAME"] = name


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in sorted([*_PACKAGE.glob("**/migrations/*.py"), *(_PACKAGE / "infra" / "access").glob("*.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
