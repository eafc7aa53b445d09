"""Whether the machines before one database server share what they must: keys, round keys, files, numbers and the notes of the seals.

Machines that do not would sign each other's sessions away and seal papers that the other cannot open, and nobody would see it at once. So each start
writes a new mark into each folder and into the comment of the database, and refuses where the mark of the database is not in its folder: a folder
that was not mounted has none, and a copy has only older ones as soon as somebody else started. A comment is in no dump: a database that was brought
back into an empty one begins anew. One machine with the embedded server has nobody to share with.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, Literal

import psycopg
from psycopg import sql

from careloom.config.commands import CommandProblem
from careloom.config.environment import Environment
from careloom.infra.postgres import clients, database_config

FOLDERS: Final = ("keys", "round-keys", "files", "outcomes", "seals")
_FILE: Final = ".shared"
_BEGINS: Final = "careloom shares "
_KEPT: Final = 50  # marks of earlier starts: a database that was wound back some starts is still known
_TURN: Final = "SELECT pg_advisory_xact_lock(hashtextextended('careloom:sharing', 0))"
_READ: Final = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
_NOW: Final = "SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI \"UTC\"')"
_MAY: Final = "SELECT pg_has_role(datdba, 'USAGE') FROM pg_database WHERE datname = current_database()"

Connection = psycopg.Connection[tuple[Any, ...]]
Finding = tuple[Literal["ok", "note", "wrong"], str]


def begin(settings: Environment) -> None:
    """Before anything is served: compare, and leave a new mark. Raises :class:`CommandProblem` with the folder that is not shared."""
    if not settings.database_url:
        return
    with clients.connect(settings, "owner") as connection, connection.transaction():
        connection.execute(_TURN)
        told = _told(connection)
        if told is None:
            return
        if wrong := list(_wrong(settings, told)):
            raise CommandProblem(wrong[0])
        _mark(settings, connection)


def findings(settings: Environment) -> Iterator[Finding]:
    """What ``careloom doctor`` says; it changes nothing. The database must answer."""
    if not settings.database_url:
        return
    with clients.connect(settings, "owner") as connection:
        told = _told(connection)
    if told is None:
        yield "note", "Whether machines share their folders is not watched: the database has a comment of its own, or this login does not own it."
        return
    wrong = list(_wrong(settings, told))
    yield from (("wrong", words) for words in wrong)
    if told and not wrong:
        yield "ok", f"The folders that machines share are those of the last start ({told[FOLDERS[0]]['by']}, {told[FOLDERS[0]]['at']})."


def _told(connection: Connection) -> dict[str, dict[str, str]] | None:
    """What the database knows of each folder; None where it is not ours to say."""
    ((comment,),) = connection.execute(_READ).fetchall()
    ((may,),) = connection.execute(_MAY).fetchall()
    if not may or (comment and not comment.startswith(_BEGINS)):
        return None
    return json.loads(comment.removeprefix(_BEGINS)) if comment else {}


def _wrong(settings: Environment, told: dict[str, dict[str, str]]) -> Iterator[str]:
    forget = f'COMMENT ON DATABASE "{database_config(settings, "owner")["NAME"]}" IS NULL'
    for name, one in told.items():
        if one["mark"] not in _marks(settings.home / name):
            yield (
                f"The folder {settings.home / name} is not the one with which {one['by']} began at {one['at']} on the same database. "
                "Mount one folder there on all machines (docs/operations/deploy.md, Several machines), and start again. "
                f"If it is right, for example because an older one was brought back, say so once: echo '{forget}' | bin/careloom db psql --owner"
            )


def _mark(settings: Environment, connection: Connection) -> None:
    """A new mark in each folder first: a start that is cut off in between leaves one that nobody asks for."""
    mark, ((at,),) = secrets.token_hex(8), connection.execute(_NOW).fetchall()
    for name in FOLDERS:
        folder = settings.home / name
        folder.mkdir(mode=0o700, exist_ok=True)
        draft = folder / f"{_FILE}.{mark}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write("\n".join([*_marks(folder), mark][-_KEPT:]) + "\n")
        draft.replace(folder / _FILE)
    words = json.dumps({name: {"mark": mark, "by": socket.gethostname(), "at": at} for name in FOLDERS})
    comment = sql.SQL("COMMENT ON DATABASE {} IS {}")
    connection.execute(comment.format(sql.Identifier(connection.info.dbname), sql.Literal(f"{_BEGINS}{words}")))


def _marks(folder: Path) -> list[str]:
    try:
        return (folder / _FILE).read_text().split()
    except FileNotFoundError:
        return []
