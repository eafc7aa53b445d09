"""Brings an agency's export into this installation: all of it or nothing, and a second time nothing more.

INVARIANT: a row is never written over. What is here already and says the same is left; what says something else is told by its line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import psycopg
from django.db import transaction
from psycopg import sql
from psycopg.types.json import Jsonb

from careloom.config.leaving import form, reading, staff
from careloom.config.leaving.kinds import Kind, all_kinds
from careloom.config.leaving.reading import Line, Wrong
from careloom.config.leaving.taking import columns, open_paper
from careloom.consents import passes
from careloom.consents.materialise import materialise
from careloom.infra.access import System, acting_as, system
from careloom.infra.audit.actions import record
from careloom.infra.keys import KeyProblem, Keyring, encrypt

Say = Callable[[str], None]
_AT_ONCE: Final = 200
_IDENTITIES: Final = """INSERT INTO public.people_identity (id, made_at, joined_because)
  SELECT i.id, i.made_at, '' FROM jsonb_to_recordset(%s) AS i (id uuid, made_at timestamptz) ON CONFLICT DO NOTHING"""
_SEGMENTS: Final = """INSERT INTO public.access_segment (id, holder_id, identity_id, category, provenance)
  SELECT gen_random_uuid(), s.* FROM (SELECT DISTINCT t.holder_id, t.identity_id, t.category, t.provenance FROM public.{} t WHERE t.holder_id = %s) s
  ON CONFLICT (holder_id, identity_id, category, provenance) DO NOTHING"""
_PLAIN: Final = ("SET LOCAL timezone = 'UTC'", "SET LOCAL search_path = public")


@dataclass(kw_only=True)
class Brought:
    """What became of the rows: `new` were written, `there` were here already, `kept` are here and say something else; `wrong` lines were refused."""

    new: dict[str, int] = field(default_factory=dict)
    there: int = 0
    kept: list[Wrong] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """Whether nothing was written because of lines that were refused."""
        return bool(self.wrong)


class _NothingWritten(Exception):  # noqa: N818  (it undoes the transaction)
    pass


def bring(
    *, connection: Any, home: Path, folder: Path, at: datetime, to: str | None = None, dry_run: bool = False, keep_here: bool = False,
    say: Say = lambda _: None,
) -> Brought:  # fmt: skip
    """Bring the export in `folder` in. `connection` is the owner's, in autocommit; `to` names the agency here that it is, where ids differ.

    Rows that are here and say something else refuse the whole import, or with `keep_here` stay as they are here. A dry run does everything and
    keeps nothing. Raises :class:`form.LeaveProblem` when the folder cannot be read.
    """
    manifest, kinds = form.read_manifest(folder), {kind.table: kind for kind in all_kinds()}
    unknown = sorted(set(manifest["kinds"]) - set(kinds) - {"agencies_worker", "people_identity"})
    if unknown:
        raise form.LeaveProblem(f"This release knows no kind {unknown[0]}. Bring this installation to the release that made the export.")
    agency, workers, identities = _heads(manifest, folder)
    other = staff.mapped(agency, workers, to=to)
    holder = UUID(other.get(agency["id"], agency["id"]))
    into = _Into(connection=connection, key=Keyring(home=home).agency_key(holder), keep_here=keep_here)
    try:
        with connection.transaction():
            for words in _PLAIN:
                connection.execute(words)
            connection.execute(_IDENTITIES, [Jsonb(identities)])
            for kind in (kind for name, kind in kinds.items() if name in manifest["kinds"]):
                names = columns(connection, kind.table)
                into.kind(kind, reading.rows(folder, kind, holder=agency["id"], columns=names, other=other), names)
                if kind.opens_segment:
                    connection.execute(sql.SQL(_SEGMENTS).format(sql.Identifier(kind.table)), [holder])
                say(f"{kind.table}: {into.done.new.get(kind.table, 0):,} new")
            if into.done.refused or dry_run:
                raise _NothingWritten
    except _NothingWritten:
        return into.done
    with transaction.atomic():
        new = staff.arrive(agency, workers, other=other, at=at)
        materialise([UUID(row["id"]) for row in identities], at=at)
        by = system(System.JOB, holder_id=holder)
        with acting_as(by):
            record(by=by, at=at, action="agencies.brought_in", object_id=holder, detail={"rows": sum(into.done.new.values())})
    if new:
        # Papers that were here before may name it, and open to it what others hold.
        say("Bringing every grant in line with the papers.")
        passes.run(go_on=lambda _: True, anew=True)
    return into.done


def _heads(manifest: dict[str, Any], folder: Path) -> tuple[dict[str, Any], list[dict[str, Any]], list[dict[str, Any]]]:
    agency = manifest.get("agency")
    if (
        not isinstance(agency, dict)
        or not {"id", "name", "kind"} <= set(agency)
        or not {"agencies_worker", "people_identity"} <= set(manifest["kinds"])
    ):
        raise form.LeaveProblem(f"{form.MANIFEST} does not say whose export it is. Copy the folder again from where it was made.")
    return agency, reading.plain(folder, "agencies_worker"), reading.plain(folder, "people_identity")


class _Into:
    def __init__(self, *, connection: Any, key: bytes, keep_here: bool) -> None:
        self._connection, self._key, self._keep_here = connection, key, keep_here
        self.done = Brought()

    def kind(self, kind: Kind, lines: Iterator[Line | Wrong], names: list[str]) -> None:
        """Write the lines of one kind, some hundred at a time; those that the database refuses are tried one by one to find them."""
        insert = sql.SQL(
            "INSERT INTO public.{table} ({names}) SELECT {names} FROM jsonb_populate_recordset(NULL::public.{table}, %s) "
            "ON CONFLICT DO NOTHING RETURNING id::text"
        ).format(table=sql.Identifier(kind.table), names=sql.SQL(", ").join(sql.Identifier(name) for name in names))
        while several := list(islice(lines, _AT_ONCE)):
            self.done.wrong += [one for one in several if isinstance(one, Wrong)]
            good = [one for one in several if isinstance(one, Line)]
            if self._write(kind, insert, good) is not None:
                for one in good:
                    words = self._write(kind, insert, [one])
                    if words is not None:
                        self.done.wrong.append(Wrong(table=kind.table, number=one.number, words=words))

    def _write(self, kind: Kind, insert: sql.Composed, lines: list[Line]) -> str | None:
        """Write these, or say why not; then none of them is written."""
        try:
            with self._connection.transaction():
                written = {name for (name,) in self._connection.execute(insert, [Jsonb([self._sealed(one) for one in lines])]).fetchall()}
        except psycopg.errors.DataError:
            return "a value has not the form of its column. Export again, or mend the line where it comes from."
        except psycopg.IntegrityError as error:
            return f"it breaks a rule of this table ({error.diag.constraint_name or error.diag.column_name}). Mend it where it comes from."
        self.done.new[kind.table] = self.done.new.get(kind.table, 0) + len(written)
        self._compare(kind, [one for one in lines if one.id not in written])
        return None

    def _sealed(self, one: Line) -> dict[str, Any]:
        """The row with its papers sealed under the agency's key here, bound to their row as `infra.documents.uploads` binds them."""
        bound = UUID(one.id).bytes
        return one.row | {
            column: "\\x" + encrypt(key=self._key, plaintext=content, associated=bound).hex() for column, content in one.papers.items()
        }  # fmt: skip

    def _compare(self, kind: Kind, lines: list[Line]) -> None:
        if not lines:
            return
        query = sql.SQL("SELECT t.id::text, to_jsonb(t) FROM public.{} t WHERE t.id = ANY (%s::uuid[])").format(sql.Identifier(kind.table))
        here = dict(self._connection.execute(query, [[one.id for one in lines]]).fetchall())
        for one in lines:
            found = here.get(one.id)
            if found is not None and self._says(kind, one) == self._shown(kind, found, one):
                self.done.there += 1
                continue
            words = "another row here has the same key." if found is None else "this row is here already and says something else."
            told = Wrong(table=kind.table, number=one.number, words=f"{words} Nothing is written over; to keep what is here, add --keep-here.")
            (self.done.kept if self._keep_here else self.done.wrong).append(told)

    @staticmethod
    def _says(kind: Kind, one: Line) -> bytes:
        papers = {column: form.digest(one.papers[column]) if column in one.papers else None for column in kind.papers}
        return form.line(one.row | papers | dict.fromkeys(kind.emptied))

    def _shown(self, kind: Kind, found: dict[str, Any], one: Line) -> bytes:
        row = {name: found[name] for name in one.row} | dict.fromkeys(kind.emptied)
        for column in kind.papers:
            row[column] = self._digest(found[column], one.id)
        return form.line(row)

    def _digest(self, sealed: str | None, row_id: str) -> str | None:
        if not sealed or sealed == "\\x":
            return None
        try:
            return form.digest(open_paper(sealed, keys=(self._key,), row_id=row_id))
        except KeyProblem:
            return None
