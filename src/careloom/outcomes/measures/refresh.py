"""Figures after a few new events without computing everybody again: rows add up, so those of changed people are taken out and put in anew.

A full run leaves a state: the rows of all indicators, their sums, and the compiled queries. A refresh reads the events of changed people alone
(with their families, for some measures look at a family together), and answers the same queries over them. What it gives is what a full run would
give; that holds for the same definitions, periods and last known day, so anything else is refused and needs a full run.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import duckdb
import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import msgspec

from careloom.kernel.indicators.definition import Indicator, Kind
from careloom.outcomes.measures.engines import engine, read_extract
from careloom.outcomes.measures.kept import keep, looked_up
from careloom.outcomes.measures.layout import TABLES
from careloom.outcomes.measures.recipes import rows_of
from careloom.outcomes.measures.rows import COLUMNS
from careloom.outcomes.measures.tables import Extract, care
from careloom.outcomes.measures.windows import Window

SUMS: Final = ("counted", "met", "apart", "unripe", "whole", "part")
Totals = dict[tuple[str, int, str], tuple[int, ...]]
"""By code, realm and window: the six sums. Where all are nought there is no entry."""

_FIRST: Final = "rows.arrow"  # those of the full run
# What shows the columns of one other relation under the same names, and what names each column that it takes.
_SAME_ROWS: Final = (ops.Filter, ops.Sort, ops.Limit, ops.DropColumns, ops.JoinReference, ops.SelfReference)
_NAMES_ITS_OWN: Final = (ops.Project, ops.Aggregate, ops.JoinChain)
_KINDS: Final = {"int32": "INT", "int64": "BIGINT", "date32[day]": "DATE", "string": "VARCHAR", "bool": "BOOLEAN"}
_FLAGS: Final = ("counted", "met", "apart", "unripe")
_NUMBERS: Final = ("whole", "part")
_SHAPES: Final = dict.fromkeys(_FLAGS, "INT") | dict.fromkeys(_NUMBERS, "BIGINT")
_ROWS: Final = ", ".join(f'"{name}"::{_SHAPES[name]} AS {name}' if name in _SHAPES else f'"{name}"' for name in COLUMNS)
_ADD: Final = ", ".join(f"sum({name})::BIGINT" for name in SUMS)


class NeedsFullRun(ValueError):
    """The state is of other definitions, periods or another version; the text says what differs."""


def full_run(*, folder: Path, state: Path, indicators: Sequence[Indicator], windows: Sequence[Window], memory: str | None = None) -> Totals:
    """Compute all rows of the extract in `folder`, leave the state in the empty folder `state`, and give the sums.

    :raises ValueError: an indicator is a time until something happens; its curve has no rows that add up.
    """
    if any(indicator.kind == Kind.TIME for indicator in indicators):
        raise ValueError("A time until something happens has a curve and no rows that add up. Leave it to the snapshot.")
    state.mkdir(parents=True, exist_ok=True)
    with engine("duckdb", scratch=state, memory=memory) as backend:
        read = read_extract(backend, folder)
        # What recipes keep for each other lives in one session; each query here stands alone, for it is answered again in another.
        extract = Extract(tables=read.tables, care=read.care)
        asked = {one.code: rows_of(one, extract=extract, windows=windows) for one in indicators}
        queries = {code: str(backend.compile(rows)) for code, rows in asked.items()}
        stays = care(episodes=extract["episodes"], subjects=extract["subjects"])
        used = _columns(extract, [*asked.values(), stays])
        for place, (code, text) in enumerate(queries.items()):
            _write(backend.con, f"SELECT '{code}' AS code, {_ROWS} FROM ({text})", state / f"rows-{place:03d}.parquet")
        _write(backend.con, _homes(folder), state / "homes-000.parquet")
        written = [str(path) for path in sorted(state.glob("rows-*.parquet"))]
        found = _totals(backend.con, f"SELECT * FROM read_parquet({written})")
        keep(backend.con, f"SELECT * FROM read_parquet({written}) ORDER BY subject", state / _FIRST)
    for path in written:
        Path(path).unlink()
    told = {
        "asked": _asked(indicators, windows), "queries": queries, "care": str(ibis.to_sql(stays, dialect="duckdb")), "columns": used, "generation": 0,
        "totals": [[*key, *sums] for key, sums in sorted(found.items())],
    }  # fmt: skip
    (state / "state.json").write_text(json.dumps(told), encoding="utf-8")
    return found


def _columns(extract: Extract, asked: Sequence[ir.Table]) -> dict[str, list[str]]:
    """Of each table of the extract the columns that some of the expressions look at, or hand on unseen."""
    home = {extract[name].op(): name for name in TABLES}
    used: dict[str, set[str]] = {name: set() for name in TABLES}
    for relation in {found for rows in asked for found in rows.op().find(ops.Relation)}:
        for below in (one for one in relation.__args__ if isinstance(one, ops.Relation)):
            name = home.get(_under(below))
            if name and not isinstance(relation, (*_SAME_ROWS, *_NAMES_ITS_OWN)):
                used[name] |= set(TABLES[name])
    for field in {found for rows in asked for found in rows.op().find(ops.Field)}:
        if name := home.get(_under(field.rel)):
            used[name].add(field.name)
    return {name: sorted(columns) for name, columns in used.items()}


def _under(relation: ops.Relation) -> ops.Relation:
    """The relation whose columns this one shows as they are."""
    while isinstance(relation, _SAME_ROWS):
        relation = relation.parent
    return relation


def refresh(*, folder: Path, state: Path, changed: Iterable[tuple[int, int]], indicators: Sequence[Indicator], windows: Sequence[Window]) -> Totals:
    """The sums of the extract in `folder`, of whose people only `changed` (realm, subject) differ from the run that left `state`.

    Somebody who is no longer in the extract counts as changed. The state is brought forward, so that the next refresh goes on from here.

    :raises NeedsFullRun: the state is not of these definitions and periods.
    """
    told = json.loads((state / "state.json").read_text(encoding="utf-8"))
    if told["asked"] != _asked(indicators, windows):
        raise NeedsFullRun("The definitions, the periods or the last known day are not those of the last run. Compute everything once.")
    generation = told["generation"] + 1
    with duckdb.connect(config={"temp_directory": str(state)}) as db:
        _changed(db, folder, state, changed)
        _events(db, folder, told["care"], columns=told["columns"])
        text = " UNION ALL ".join(f"SELECT '{code}' AS code, {_ROWS} FROM ({query})" for code, query in told["queries"].items())
        db.execute(f"CREATE TEMP TABLE fresh AS {text}")
        subjects = [subject for (subject,) in db.execute("SELECT subject FROM touched ORDER BY subject").fetchall()]
        old = _totals(db, _rows_in_force(db, state, subjects))
        new = _totals(db, "SELECT * FROM fresh")
        _write(db, "SELECT * FROM fresh", state / f"rows-{generation:03d}.parquet")
        _write(db, "SELECT subject, home FROM kin SEMI JOIN touched USING (subject)", state / f"homes-{generation:03d}.parquet")
        _write(db, f"SELECT subject, {generation} AS generation FROM touched", state / f"touched-{generation:03d}.parquet")
    found = _put(_put({(code, realm, window): tuple(sums) for code, realm, window, *sums in told["totals"]}, old, sign=-1), new, sign=1)
    told |= {"generation": generation, "totals": [[*key, *sums] for key, sums in sorted(found.items())]}
    beside = state / "state.json.new"
    beside.write_text(json.dumps(told), encoding="utf-8")
    beside.replace(state / "state.json")
    return found


def _changed(db: Any, folder: Path, state: Path, changed: Iterable[tuple[int, int]]) -> None:
    """`touched`: the numbers of the changed people and of everybody of their families, as they are now and as they were.

    A number is enough: where two realms have the same, both people are computed anew, which changes nothing. So are a family's own number, and
    numbers of people who are gone.
    """
    db.execute("CREATE TEMP TABLE named (home BIGINT)")
    db.execute("INSERT INTO named SELECT unnest($subjects)", {"subjects": sorted({subject for _, subject in changed})})
    db.execute(f"CREATE TEMP TABLE kin AS {_homes(folder)}")
    db.execute(f"CREATE TEMP VIEW ever_kin AS SELECT * FROM kin UNION ALL SELECT subject, home FROM read_parquet('{state}/homes-*.parquet')")
    db.execute("""CREATE TEMP TABLE touched AS
        WITH homes AS (SELECT home FROM named UNION SELECT k.home FROM ever_kin k SEMI JOIN named ON k.subject = named.home)
        SELECT home AS subject FROM homes UNION SELECT subject FROM ever_kin SEMI JOIN homes USING (home)""")


def _homes(folder: Path) -> str:
    """Who has a family beside herself, and its number."""
    return f"SELECT subject, home FROM (SELECT subject, family AS home FROM {_source(folder, 'subjects')} WHERE family <> subject)"


def _events(db: Any, folder: Path, stays: str, *, columns: Mapping[str, Sequence[str]]) -> None:
    """The tables that the queries name, of touched people alone. What no query looks at is not read."""
    for name, kinds in TABLES.items():
        used = columns[name]
        told = ", ".join(column if column in used else f"NULL::{_KINDS[kind]} AS {column}" for column, kind in kinds.items())
        which = f"FROM {_source(folder, name)} SEMI JOIN touched USING (subject)" if used else "WHERE false"
        db.execute(f"CREATE TEMP TABLE extract_{name} AS SELECT {told} {which}")
    db.execute(f"CREATE TEMP TABLE extract_care AS {stays}")


def _rows_in_force(db: Any, state: Path, subjects: Sequence[int]) -> str:
    """Of the touched people's rows of all runs those of the last run in which each was touched."""
    db.register("first_run", looked_up(state / _FIRST, subjects))
    later = sorted(str(path) for path in state.glob("rows-*.parquet"))
    if not later:
        return "SELECT * FROM first_run"
    every = f"""SELECT *, 0 AS generation FROM first_run UNION ALL BY NAME
        SELECT * EXCLUDE filename, parse_filename(filename)[6:8]::INT AS generation FROM read_parquet({later}, filename = true)"""
    last = f"SELECT subject, max(generation) AS generation FROM read_parquet('{state}/touched-*.parquet') GROUP BY ALL"
    return f"""SELECT e.* FROM ({every}) e SEMI JOIN touched USING (subject) LEFT JOIN ({last}) l USING (subject)
        WHERE e.generation = coalesce(l.generation, 0)"""


def _totals(db: Any, rows: str) -> Totals:
    found = db.execute(f'SELECT code, realm, "window", {_ADD} FROM ({rows}) GROUP BY ALL').fetchall()
    return {(code, realm, window): tuple(sums) for code, realm, window, *sums in found if any(sums)}


def _put(found: Totals, other: Totals, *, sign: int) -> Totals:
    sums: dict[tuple[str, int, str], Counter[int]] = {key: Counter(dict(enumerate(values))) for key, values in found.items()}
    for key, values in other.items():
        held = sums.setdefault(key, Counter())
        for place, value in enumerate(values):
            held[place] += sign * value
    every = {key: tuple(held[place] for place in range(len(SUMS))) for key, held in sums.items()}
    return {key: values for key, values in every.items() if any(values)}


def _write(db: Any, rows: str, path: Path) -> None:
    db.execute(f"COPY ({rows}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")


def _source(folder: Path, name: str) -> str:
    single = folder / f"{name}.parquet"
    return f"read_parquet('{single}')" if single.exists() else f"read_parquet('{folder / name}/**/*.parquet', hive_partitioning = false)"


def _asked(indicators: Sequence[Indicator], windows: Sequence[Window]) -> str:
    """A hash of the definitions, the periods and the recipes' own code."""
    digest = sha256()
    for one in indicators:
        digest.update(msgspec.json.encode(one, order="deterministic"))
    digest.update(json.dumps([asdict(window) for window in windows], default=str).encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
