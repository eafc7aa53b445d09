"""Django's database entries for the embedded server or the one that ``CARELOOM_DATABASE_URL`` names."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, Literal, Protocol

from psycopg.conninfo import conninfo_to_dict

from careloom.infra.keys import Keyring
from careloom.infra.postgres import roles
from careloom.infra.postgres.address import address

Role = Literal["app", "owner"]
APP_ENGINE: Final = "careloom.infra.access.engine"
OWNER_ENGINE: Final = "django.db.backends.postgresql"


class Environment(Protocol):
    """What is read of the settings: the data folder, and a server's address when there is one."""

    @property
    def home(self) -> Path: ...

    @property
    def database_url(self) -> str | None: ...


def database_config(environment: Environment, role: Role) -> dict[str, Any]:
    """One entry of ``DATABASES``. ``app`` serves the web (a connection lives ten minutes), ``owner`` migrates (closed after use).

    Web workers are few and their threads live long, so persistent connections do what a pool would, without its threads.
    """
    entry = _external(environment, role) if environment.database_url else _embedded(environment, role)
    entry |= {"ENGINE": APP_ENGINE if role == "app" else OWNER_ENGINE, "ATOMIC_REQUESTS": role == "app"}
    entry |= {"CONN_MAX_AGE": 600 if role == "app" else 0, "CONN_HEALTH_CHECKS": role == "app"}
    entry.setdefault("OPTIONS", {})["application_name"] = f"careloom-{role}"
    if role == "app" and not environment.database_url:
        # Row security makes a statement dear to plan. Sent apart from its parameters it is planned once a connection and not once a page.
        # Another server may stand behind a pooler in transaction mode, which loses such statements.
        entry["OPTIONS"] |= {"server_side_binding": True, "prepare_threshold": 3}
    return entry


def _embedded(environment: Environment, role: Role) -> dict[str, Any]:
    where, user = address(environment.home), roles.APP if role == "app" else roles.OWNER
    password = Keyring(home=environment.home).secret(f"postgres-{user}")
    return {"NAME": roles.DATABASE, "USER": user, "PASSWORD": password, "HOST": where.host, "PORT": str(where.port)}


def _external(environment: Environment, role: Role) -> dict[str, Any]:
    parts = dict(conninfo_to_dict(environment.database_url or ""))
    entry: dict[str, Any] = {
        "NAME": str(parts.pop("dbname", "") or roles.DATABASE),
        "USER": str(parts.pop("user", "") or ""),
        "PASSWORD": str(parts.pop("password", "") or ""),
        "HOST": str(parts.pop("host", "") or ""),
        "PORT": str(parts.pop("port", "") or ""),
        "OPTIONS": {name: str(value) for name, value in parts.items()},
        "DISABLE_SERVER_SIDE_CURSORS": True,  # A pooler in transaction mode may stand between.
    }
    if role == "app":
        entry |= {"USER": roles.APP, "PASSWORD": Keyring(home=environment.home).secret(f"postgres-{roles.APP}")}
    return entry
