"""The connection of the role that takes the extract: it may call the functions of `deidentified` and nothing else (decision 0015)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import psycopg
from django.conf import settings

from careloom.infra.keys import Keyring
from careloom.infra.postgres import EXTRACT

Connection = psycopg.Connection[tuple[Any, ...]]
_NAMES: Final = {"HOST": "host", "PORT": "port", "NAME": "dbname"}
_OF_THE_WEB: Final = {"server_side_binding", "prepare_threshold", "application_name", "pool"}


@contextmanager
def connect() -> Iterator[Connection]:
    """One transaction that sees one state of the database, as the extract's own role. It is committed when the block ends well."""
    entry = settings.DATABASES["default"]
    told: dict[str, Any] = {_NAMES[key]: entry[key] for key in _NAMES if entry.get(key)}
    told |= {name: value for name, value in entry.get("OPTIONS", {}).items() if name not in _OF_THE_WEB}
    password = Keyring(home=Path(settings.CARELOOM_HOME)).secret(f"postgres-{EXTRACT}")
    with psycopg.connect(**told, user=EXTRACT, password=password, application_name="careloom-extract") as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        yield connection
