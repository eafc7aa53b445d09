"""The Django database engine whose statements always run in the row-security scope of the viewer."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.psycopg_any import BaseTzLoader
from psycopg.adapt import AdaptersMap, Buffer

from careloom.infra.access.engine import cursors


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
    """PostgreSQL with the viewer's scope: SET LOCAL before the first statement of a transaction, and before any that another viewer sends.

    INVARIANT: outside a transaction there is no scope, so row security shows no row (fails closed).
    """

    def get_connection_params(self) -> dict[str, Any]:
        """Django's parameters with our reader of instants and our cursors."""
        params = super().get_connection_params()
        chosen = params["cursor_factory"]
        return params | {"context": _adapters(params["context"]), "cursor_factory": cursors.SCOPED.get(chosen, chosen)}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection whose named cursors keep to the scope as well."""
        made = super().get_new_connection(conn_params)
        made.server_cursor_factory = cursors.ScopedServerCursor
        return made

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)
        cursors.forget(self.connection)


def __getattr__(name: str) -> Any:
    return getattr(base, name)
