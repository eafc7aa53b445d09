"""Takes the extract: asks the database which families changed, writes their parts anew and keeps the others as they are.

People are spread over sixteen parts by their family. The database gives each part a mark for each table that it keeps (`deidentified.marks`), and
only parts whose marks differ from those of the last extract are read again. The same state of the database gives the same files, byte for byte.
"""

from __future__ import annotations

import io
import json
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from careloom.infra.postgres.locks import exclusive
from careloom.outcomes.extracting import manifest as manifests
from careloom.outcomes.extracting.connecting import Connection, connect
from careloom.outcomes.extracting.manifest import Content, Manifest, Part
from careloom.outcomes.extracting.shelves import EXTRACT, own

if TYPE_CHECKING:
    import pyarrow as pa

PARTS: Final = 16
MARKS: Final = "marks.json"
# What vital records count, and durations that somebody hands in, are not kept in the database.
NOT_KEPT: Final = frozenset({"margins", "durations"})
_EMPTY: Final = "none"
_FUNCTIONS: Final = "SELECT md5(string_agg(proname || prosrc, '' ORDER BY proname)) FROM pg_proc WHERE pronamespace = to_regnamespace('deidentified')"

Marks = dict[str, list[list[Any]]]


@dataclass(frozen=True, kw_only=True)
class Taken:
    """Where the extract lies, its manifest, and which of its parts were read again."""

    folder: Path
    manifest: Manifest
    parts: tuple[int, ...]
    written: int


def take(
    *, home: Path, at: datetime, until: date, realm: int, zone: str, place: str = "", synthetic: bool = False, say: Callable[[str], None] = print
) -> Taken:
    """Take our own extract. `until` is the last day that it knows as a whole; `say` is told how it goes on.

    A process that is killed leaves the extract that there was. Two at once do not happen: the second waits for the first.
    """
    shelf = own(home)
    shelf.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with exclusive(shelf.folder / "lock", doing="taking the extract", patience=1800.0):
        before = shelf.current()
        with shelf.draft() as draft:
            folder = draft / EXTRACT
            folder.mkdir()
            with connect() as connection:
                connection.execute("SELECT deidentified.renew()")
                marks = _marks(connection, until=until, rest=[realm, zone])
                parts = _changed(marks, _read_marks(before))
                say(f"{len(parts)} of {PARTS} parts changed." if before else "First extract: every part is read.")
                tables, written = _tables(connection, folder, before, parts=parts, until=until, realm=realm, zone=zone, say=say)
            made = Manifest(
                realm=realm, made_at=at, data_until=until, code_version=manifests.code_version(), tables=tables, place=place, synthetic=synthetic
            )
            manifests.write(folder, made)
            (draft / MARKS).write_text(json.dumps(marks, sort_keys=True), encoding="utf-8")
        current = shelf.current()
    assert current is not None
    return Taken(folder=current / EXTRACT, manifest=made, parts=tuple(parts), written=written)


def _marks(connection: Connection, *, until: date, rest: list[Any]) -> Marks:
    """The marks by part, as text; under "all" what concerns every family, and the functions and columns themselves."""
    from careloom.outcomes.measures.layout import TABLES

    found: Marks = {"all": [rest, [{name: [f"{column} {kind}" for column, kind in columns.items()] for name, columns in TABLES.items()}]]}
    found["all"].append(list(connection.execute(_FUNCTIONS).fetchone() or ()))
    for source, bucket, rows, mark in connection.execute("SELECT * FROM deidentified.marks(%s) ORDER BY 1, 2", [until]):
        found.setdefault("all" if bucket is None else str(bucket), []).append([source, rows, mark])
    return found


def _read_marks(before: Path | None) -> Marks:
    try:
        read: Marks = json.loads((before / MARKS).read_text(encoding="utf-8")) if before else {}
    except (OSError, ValueError):
        return {}
    return read


def _changed(now: Marks, then: Marks) -> list[int]:
    if now["all"] != then.get("all"):
        return list(range(PARTS))
    return [part for part in range(PARTS) if now.get(str(part)) != then.get(str(part))]


def _tables(
    connection: Connection, folder: Path, before: Path | None, *, parts: Sequence[int], until: date, realm: int, zone: str,
    say: Callable[[str], None],
) -> tuple[dict[str, Content], int]:  # fmt: skip
    """Write every table into `folder`: the parts that changed from the database, the others as they were. How many files are new."""
    from careloom.outcomes.measures.layout import TABLES

    old = manifests.read(before / EXTRACT) if before else None
    tables: dict[str, Content] = {}
    written = 0
    for name in TABLES:
        (folder / name).mkdir()
        kept = old.tables[name].parts if old and name in old.tables else {}
        rows = _rows(connection, name, parts=parts, until=until, realm=realm, zone=zone)
        found: dict[str, Part] = {}
        for part in [None, *range(PARTS)]:
            key = _EMPTY if part is None else f"{part:02d}"
            path = folder / name / f"{key}.parquet"
            if part is None or part in parts:
                if part is not None and part not in rows:
                    continue
                made = _write(path, name, rows[part] if part is not None else None)
                written += made != kept.get(key)
            elif key in kept and before:
                made = kept[key]
                _link(before / EXTRACT / name / path.name, path)
            else:
                continue
            found[key] = made
        tables[name] = manifests.whole(found)
        say(f"{name}: {tables[name].rows:,} rows")
    return tables, written


def _rows(connection: Connection, table: str, *, parts: Sequence[int], until: date, realm: int, zone: str) -> dict[int, pa.Table]:
    """The rows of some parts, by part, in the order of subject and event."""
    if not parts or table in NOT_KEPT:
        return {}
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import csv

    from careloom.outcomes.measures.layout import schema_of

    schema = schema_of(table)
    types = {field.name: field.type for field in schema if field.name != "realm"}
    words = f"COPY (SELECT bucket, {', '.join(types)} FROM deidentified.{table}(%s::smallint[], %s, %s)) TO STDOUT (FORMAT csv, HEADER true)"
    text = io.BytesIO()
    with connection.cursor() as cursor, cursor.copy(words, [list(parts), until, zone]) as rows:
        for block in rows:
            text.write(block)
    text.seek(0)
    told = csv.ConvertOptions(
        column_types={"bucket": pa.int32(), **types}, null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False,
        true_values=["t"], false_values=["f"],
    )  # fmt: skip
    read = csv.read_csv(text, convert_options=told)
    order = [name for name in ("subject", "seq", "episode") if name in types]
    read = read.append_column("realm", pa.array([realm] * read.num_rows, pa.int32())).sort_by([(name, "ascending") for name in order])
    found = {}
    for part in parts:
        mine = read.filter(pc.equal(read["bucket"], part)).select(schema.names).cast(schema)
        if mine.num_rows:
            found[part] = mine.combine_chunks()
    return found


def _write(path: Path, name: str, rows: pa.Table | None) -> Part:
    import pyarrow.parquet as pq

    from careloom.outcomes.measures.layout import schema_of

    table = schema_of(name).empty_table() if rows is None else rows
    numbers = {"subject", "family"}
    pq.write_table(table, path, compression="zstd", use_dictionary=[field for field in table.schema.names if field not in numbers])
    return Part(rows=table.num_rows, sha256=manifests.hash_of(path))


def _link(old: Path, new: Path) -> None:
    """The same file under another name; a copy where the disk knows no such thing."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)
