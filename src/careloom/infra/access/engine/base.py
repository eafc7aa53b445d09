"""The Django database engine that sets the row-security scope as each transaction begins."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base

from careloom.infra.access import scope


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL with the viewer's scope: SET LOCAL at the start of every outermost transaction.

    INVARIANT: outside a transaction there is no scope, so row security shows no row (fails closed).
    """

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)
        if not autocommit:
            with self.connection.cursor() as cursor:
                cursor.execute(scope.SET_SCOPE, scope.scope_parameters())


def __getattr__(name: str) -> Any:
    return getattr(base, name)
