"""Cursors that bring the database's scope in line with the viewer before a statement, and only when the two differ.

INVARIANT: no statement inside a transaction runs in another scope than that of the viewer whom `acting_as` names at that moment.
"""

from __future__ import annotations

from typing import Any, Final

import psycopg
from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from careloom.infra.access import scope

_HELD: Final = "careloom_scope"
_ABOUT_SAVEPOINTS: Final = ("SAVEPOINT ", "RELEASE SAVEPOINT ", "ROLLBACK TO SAVEPOINT ")


def bring(raw: psycopg.Connection[Any]) -> None:
    """Set the scope of the current viewer where the open transaction, or the one that begins now, holds another.

    In autocommit nothing is set: SET LOCAL would end with its own statement, and without a scope row security shows no row.
    """
    if raw.autocommit:
        return
    status = raw.pgconn.transaction_status
    # A failed transaction accepts nothing but its rollback.
    if status == TransactionStatus.INERROR:
        return
    wanted = scope.scope_parameters()
    if status == TransactionStatus.INTRANS and getattr(raw, _HELD, None) == wanted:
        return
    psycopg.Cursor(raw).execute(scope.SET_SCOPE, wanted)
    setattr(raw, _HELD, wanted)


def forget(raw: psycopg.Connection[Any]) -> None:
    """Take it that nothing is known of the scope, so that the next statement sets it anew."""
    setattr(raw, _HELD, None)


def _savepoint(raw: psycopg.Connection[Any], words: str) -> None:
    # A rollback takes the scope back to what it was; a savepoint that opens a transaction finds none.
    if words.startswith("ROLLBACK") or raw.pgconn.transaction_status == TransactionStatus.IDLE:
        forget(raw)


class _Scoped:
    """Every way in which a cursor sends a statement."""

    connection: psycopg.Connection[Any]

    def execute(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        """Run one statement in the viewer's scope. Savepoints read nothing and need none."""
        if isinstance(query, str) and query.startswith(_ABOUT_SAVEPOINTS):
            _savepoint(self.connection, query)
        else:
            bring(self.connection)
        return super().execute(query, *args, **kwargs)  # type: ignore[misc]

    def executemany(self, *args: Any, **kwargs: Any) -> Any:
        """Run one statement for each row of parameters."""
        bring(self.connection)
        return super().executemany(*args, **kwargs)  # type: ignore[misc]

    def stream(self, *args: Any, **kwargs: Any) -> Any:
        """Run one statement and hand out its rows as they come."""
        bring(self.connection)
        return super().stream(*args, **kwargs)  # type: ignore[misc]

    def copy(self, *args: Any, **kwargs: Any) -> Any:
        """COPY from or to the server."""
        bring(self.connection)
        return super().copy(*args, **kwargs)  # type: ignore[misc]


class ScopedCursor(_Scoped, base.ServerBindingCursor):
    """Parameters are bound by the server."""


class ScopedClientCursor(_Scoped, base.Cursor):
    """Parameters are bound by the client, for a server behind a pooler."""


class ScopedServerCursor(_Scoped, psycopg.ServerCursor[Any]):
    """A named cursor, whose rows are made as they are fetched: each fetch is a statement too."""

    def fetchone(self) -> Any:
        """The next row."""
        bring(self.connection)
        return super().fetchone()

    def fetchmany(self, size: int = 0) -> Any:
        """The next rows."""
        bring(self.connection)
        return super().fetchmany(size)

    def fetchall(self) -> Any:
        """The rows that are left."""
        bring(self.connection)
        return super().fetchall()

    def __next__(self) -> Any:
        bring(self.connection)
        return super().__next__()


SCOPED: Final = {base.ServerBindingCursor: ScopedCursor, base.Cursor: ScopedClientCursor}
