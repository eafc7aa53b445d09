"""Small extracts written from Python rows, and an indicator's answer over them: what tests of recipes stand on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from careloom.outcomes.measures.engines import engine, fetch, read_extract
from careloom.outcomes.measures.layout import TABLES, schema_of
from careloom.outcomes.measures.recipes import rows_of, shipped
from careloom.outcomes.measures.windows import Window

Rows = Sequence[Mapping[str, Any]]
REALM = 98


def day(text: str) -> date:
    """A day from 2024-01-31."""
    return date.fromisoformat(text)


def window(first: str, last: str, *, cutoff: str | None = None, name: str = "asked") -> Window:
    """A window by its first and its last day."""
    return Window(name=name, starts_on=day(first), ends_on=day(last) + timedelta(days=1), cutoff_on=None if cutoff is None else day(cutoff))


def write_extract(folder: Path, tables: Mapping[str, Rows]) -> Path:
    """An extract of those tables; all others are empty. Days may be text; realm and seq are filled in."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in TABLES:
        schema = schema_of(name)
        rows = [_row(row, schema, seq) for seq, row in enumerate(tables.get(name, ()))]
        pq.write_table(pa.Table.from_pylist(rows, schema=schema), folder / f"{name}.parquet")
    return folder


def _row(row: Mapping[str, Any], schema: pa.Schema, seq: int) -> dict[str, Any]:
    unknown = row.keys() - set(schema.names)
    if unknown:
        raise KeyError(f"The extract has no column {', '.join(sorted(unknown))}.")
    filled: dict[str, Any] = {"realm": REALM, "seq": seq, **row}
    return {
        field.name: day(value) if field.type == pa.date32() and isinstance(value := filled.get(field.name), str) else filled.get(field.name)
        for field in schema
    }


def rows(folder: Path, code: str, windows: Sequence[Window], *, variant: str = "", engine_name: str = "duckdb") -> list[dict[str, Any]]:
    """The rows of an indicator over an extract, in order of window and subject."""
    with engine(engine_name, scratch=folder / "scratch") as backend:
        found = fetch(backend, rows_of(shipped()[code], extract=read_extract(backend, folder), windows=windows, variant=variant))
    return sorted(found.to_pylist(), key=lambda row: (row["window"], row["subject"]))


def flags(found: Sequence[Mapping[str, Any]]) -> dict[str, list[int]]:
    """Who is counted, met, apart, unripe."""
    return {name: [row["subject"] for row in found if row[name]] for name in ("counted", "met", "apart", "unripe")}


def sums(found: Sequence[Mapping[str, Any]]) -> tuple[int, int]:
    """The part and the whole."""
    return sum(row["part"] for row in found), sum(row["whole"] for row in found)


def times(found: Sequence[Mapping[str, Any]]) -> dict[int, tuple[int, bool]]:
    """Days and whether it came, of each subject."""
    return {row["subject"]: (row["days"], row["came"]) for row in found}
