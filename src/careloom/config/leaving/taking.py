"""Writes everything that one agency owns into a folder, of one moment of the database.

INVARIANT: only rows whose holder is the agency and which it came to itself. Of the rest the manifest says how many and why, and never whose.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from psycopg import sql

from careloom.config.leaving import form, staff
from careloom.config.leaving.form import LeaveProblem
from careloom.config.leaving.kinds import OWN_PROVENANCE, STAYS, Kind, all_kinds
from careloom.consents.notices import notice
from careloom.infra.keys import KEY_BYTES, KeyProblem, Keyring, decrypt_with

Say = Callable[[str], None]
#: Numbers that a database gives by itself; another one gives its own.
_ITS_OWN: Final = ("entry_no",)
_COLUMNS: Final = """SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s
  AND is_generated = 'NEVER' AND is_identity = 'NO' ORDER BY ordinal_position"""
_OTHERS: Final = """SELECT count(*) FROM (SELECT DISTINCT identity_id, category, holder_id, provenance FROM public.access_grant
  WHERE recipient_id = %(agency)s AND holder_id <> %(agency)s AND valid_from <= %(at)s AND valid_to > %(at)s) g"""


def take(*, connection: Any, home: Path, agency_id: UUID, folder: Path, at: datetime, release: str, say: Say = lambda _: None) -> dict[str, Any]:
    """Write the agency into `folder`, which must not be there; answers the manifest.

    `connection` is the owner's, inside one transaction that sees one moment. The folder gets its name when it is whole; what an interrupted
    export left (`FOLDER.part`) is cleared by the next. Raises :class:`LeaveProblem`.
    """
    if folder.exists():
        raise LeaveProblem(f"{folder} is there already. Name a new folder; an export never writes over anything.")
    draft = folder.with_name(f"{folder.name}.part")
    if draft.exists():
        shutil.rmtree(draft)
    draft.mkdir(mode=0o700, parents=True)
    writer = _Writer(connection=connection, folder=draft, agency_id=agency_id, keys=_keys(home, agency_id), say=say)
    manifest = writer.everything(at=at, release=release)
    form.write(draft / form.NOTICE, writer.notice().encode())
    form.write(draft / form.MANIFEST, json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False).encode())
    os.replace(draft, folder)
    return manifest


def columns(connection: Any, table: str) -> list[str]:
    """The columns of a table that travel. Every one but the numbers that the database gives itself."""
    return [name for (name,) in connection.execute(_COLUMNS, [table]).fetchall() if name not in _ITS_OWN]


def _keys(home: Path, agency_id: UUID) -> tuple[bytes, ...]:
    try:
        return Keyring(home=home).agency_keys(agency_id)
    except KeyProblem:
        # It was destroyed on purpose: the rows leave, and each paper is told as one that no key opens.
        return (os.urandom(KEY_BYTES),)


class _Writer:
    def __init__(self, *, connection: Any, folder: Path, agency_id: UUID, keys: tuple[bytes, ...], say: Say) -> None:
        self._connection, self._folder, self._keys, self._say = connection, folder, keys, say
        self._agency = {"agency": agency_id, "own": list(OWN_PROVENANCE)}
        self._identities: set[str] = set()
        self._categories: set[str] = set()
        self._received = self._lost = self._papers = 0

    def everything(self, *, at: datetime, release: str) -> dict[str, Any]:
        (agency,) = self._connection.execute(staff.AGENCY, self._agency).fetchone()
        kinds = {kind.table: self._kind(kind) for kind in all_kinds()}
        kinds["agencies_worker"] = self._lines("agencies_worker", (row for (row,) in self._connection.execute(staff.WORKERS, self._agency)))
        known = self._connection.execute(
            "SELECT jsonb_build_object('id', t.id, 'made_at', t.made_at) FROM public.people_identity t WHERE t.id = ANY (%s) ORDER BY t.id",
            [sorted(self._identities)],
        )
        kinds["people_identity"] = self._lines("people_identity", (row for (row,) in known))
        (others,) = self._connection.execute(_OTHERS, self._agency | {"at": at}).fetchone()
        return {
            "format": form.FORMAT, "version": form.VERSION, "made_at": at.isoformat(), "release": release, "agency": agency, "kinds": kinds,
            "papers": self._papers, "papers_that_no_key_opens": self._lost, "labels": form.labels(self._categories),
            "notice": {"title": notice("en").title, "text": notice("en").text, "short": notice("en").short, "authority": "42 CFR 2.32"},
            "stayed_behind": [
                {"why": "received from another holder, who keeps it; it may not be passed on as one's own", "rows": self._received},
                {"why": "records of others that papers in force open to the agency here; their holders keep them", "parts": others},
            ],
            "left_out": STAYS,
        }  # fmt: skip

    def notice(self) -> str:
        """The notice for whoever opens the folder."""
        words = notice("en")
        return f"{words.title}\n\n{words.text}\n\nWhich rows it is about: the labels in {form.MANIFEST}, by the category of each row.\n"

    def _kind(self, kind: Kind) -> dict[str, Any]:
        if kind.about_family:
            query = "SELECT count(*) FROM public.{} t WHERE t.holder_id = %(agency)s AND t.provenance <> ALL (%(own)s)"
            self._received += self._connection.execute(sql.SQL(query).format(sql.Identifier(kind.table)), self._agency).fetchone()[0]
        told = self._lines(kind.table, self._rows(kind))
        self._say(f"{kind.table}: {told['rows']:,} rows")
        return told | {"columns": columns(self._connection, kind.table)}

    def _rows(self, kind: Kind) -> Iterator[dict[str, Any]]:
        own = " AND t.provenance = ANY (%(own)s)" if kind.about_family else ""
        query = sql.SQL("SELECT to_jsonb(t) - %(without)s FROM public.{} t WHERE " + kind.whose + own + " ORDER BY t.id").format(
            sql.Identifier(kind.table)
        )
        with self._connection.cursor(name="leaving") as cursor:
            cursor.itersize = 200
            cursor.execute(query, self._agency | {"without": list(_ITS_OWN)})
            for (row,) in cursor:
                for column in kind.emptied:
                    row[column] = None
                for column in kind.papers:
                    row[column] = self._paper(kind.table, row["id"], column, row[column])
                if "identity_id" in row:
                    self._identities.add(row["identity_id"])
                if kind.about_family:
                    self._categories.add(row["category"])
                yield row

    def _paper(self, table: str, row_id: str, column: str, sealed: str | None) -> dict[str, Any] | str | None:
        if not sealed or sealed == "\\x":
            return "" if sealed else None
        try:
            content = open_paper(sealed, keys=self._keys, row_id=row_id)
        except KeyProblem:
            self._lost += 1
            return {"lost": True}
        name = form.paper_name(table, row_id, column, content)
        form.write(self._folder / name, content)
        self._papers += 1
        return {"file": name, "sha256": form.digest(content), "bytes": len(content)}

    def _lines(self, table: str, rows: Iterator[dict[str, Any]]) -> dict[str, Any]:
        path, count, told = self._folder / form.lines_of(table), 0, hashlib.sha256()
        form.write(path, b"")
        with path.open("ab") as file:
            for row in rows:
                text = form.line(row)
                told.update(text)
                file.write(text)
                count += 1
        return {"rows": count, "sha256": told.hexdigest()}


def open_paper(sealed: str, *, keys: tuple[bytes, ...], row_id: str) -> bytes:
    """What a sealed column holds, from its bytes as PostgreSQL writes them; bound to its row (infra.documents.uploads). Raises KeyProblem."""
    return decrypt_with(keys=keys, ciphertext=bytes.fromhex(sealed.removeprefix("\\x")), associated=UUID(row_id).bytes)
