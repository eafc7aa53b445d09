"""The Django database engine that sets the row-security scope as each transaction begins."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.psycopg_any import BaseTzLoader
from psycopg.adapt import AdaptersMap, Buffer

from careloom.infra.access import scope


class InstantLoader(BaseTzLoader):
    """Reads an instant in a third of the time: the interpreter's own parser first, Django's for what that does not know (infinity, BC)."""

    def load(self, data: Buffer) -> datetime:
        """The instant in the connection's zone. A session that runs in UTC writes it with its offset, as ISO 8601."""
        try:
            return datetime.fromisoformat(bytes(data).decode()).replace(tzinfo=self.timezone)
        except ValueError:
            return super().load(data)


@lru_cache(maxsize=4)
def _adapters(template: AdaptersMap) -> AdaptersMap:
    loader = template.get_loader(base.TIMESTAMPTZ_OID, base.Format.TEXT)
    ours = AdaptersMap(template)
    ours.register_loader("timestamptz", type("SpecificInstantLoader", (InstantLoader,), {"timezone": loader.timezone}))
    return ours


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL with the viewer's scope: SET LOCAL at the start of every outermost transaction.

    INVARIANT: outside a transaction there is no scope, so row security shows no row (fails closed).
    """

    def get_connection_params(self) -> dict[str, Any]:
        """Django's parameters with our reader of instants."""
        params = super().get_connection_params()
        return params | {"context": _adapters(params["context"])}

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)
        if not autocommit:
            with self.connection.cursor() as cursor:
                cursor.execute(scope.SET_SCOPE, scope.scope_parameters())


def __getattr__(name: str) -> Any:
    return getattr(base, name)
