"""Figures after a few new events without computing everybody again: rows add up, so those of changed people are taken out and put in anew.

A full run leaves a state: the rows of all indicators, their sums, and the compiled queries. A refresh reads the events of changed people alone
(with their families, for some measures look at a family together), and answers the same queries over them. What it gives is what a full run would
give; that holds for the same definitions, periods and last known day, so anything else is refused and needs a full run.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import msgspec

from careloom.kernel.indicators.definition import Indicator, Kind
from careloom.outcomes.measures.engines import engine, read_extract
from careloom.outcomes.measures.layout import TABLES
from careloom.outcomes.measures.recipes import rows_of
from careloom.outcomes.measures.rows import COLUMNS
from careloom.outcomes.measures.tables import Extract, care
from careloom.outcomes.measures.windows import Window

SUMS: Final = ("counted", "met", "apart", "unripe", "whole", "part")
Totals = dict[tuple[str, int, str], tuple[int, ...]]
"""By code, realm and window: the six sums. Where all are nought there is no entry."""

_FLAGS: Final = ("counted", "met", "apart", "unripe")
_ROWS: Final = ", ".join(f"{name}::INT AS {name}" if name in _FLAGS else f'"{name}"' for name in COLUMNS)
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
        queries = {one.code: str(backend.compile(rows_of(one, extract=extract, windows=windows))) for one in indicators}
        stays = str(backend.compile(care(episodes=extract["episodes"], subjects=extract["subjects"])))
        for place, (code, text) in enumerate(queries.items()):
            _write(backend.con, f"SELECT '{code}' AS code, {_ROWS} FROM ({text})", state / f"rows-000-{place:03d}.parquet")
        _write(
            backend.con, f"SELECT realm, subject, coalesce(family, subject) AS home FROM {_source(folder, 'subjects')}", state / "homes-000.parquet"
        )
        found = _totals(backend.con, f"SELECT * FROM read_parquet('{state}/rows-000-*.parquet')")
    told = {
        "asked": _asked(indicators, windows), "queries": queries, "care": stays, "generation": 0,
        "totals": [[*key, *sums] for key, sums in sorted(found.items())],
    }  # fmt: skip
    (state / "state.json").write_text(json.dumps(told), encoding="utf-8")
    return found


def refresh(*, folder: Path, state: Path, changed: Iterable[tuple[int, int]], indicators: Sequence[Indicator], windows: Sequence[Window]) -> Totals:
    """The sums of the extract in `folder`, of whose people only `changed` (realm, subject) differ from the run that left `state`.

    Somebody who is no longer in the extract counts as changed. The state is brought forward, so that the next refresh goes on from here.

    :raises NeedsFullRun: the state is not of these definitions and periods.
    """
    import duckdb

    told = json.loads((state / "state.json").read_text(encoding="utf-8"))
    if told["asked"] != _asked(indicators, windows):
        raise NeedsFullRun("The definitions, the periods or the last known day are not those of the last run. Compute everything once.")
    generation = told["generation"] + 1
    with duckdb.connect(config={"temp_directory": str(state)}) as db:
        _changed(db, folder, state, changed)
        _events(db, folder, told["care"])
        text = " UNION ALL ".join(f"SELECT '{code}' AS code, {_ROWS} FROM ({query})" for code, query in told["queries"].items())
        db.execute(f"CREATE TEMP TABLE fresh AS {text}")
        old = _totals(db, f"SELECT r.* FROM ({_rows_in_force(state)}) r SEMI JOIN touched USING (realm, subject)")
        new = _totals(db, "SELECT * FROM fresh")
        _write(db, "SELECT * FROM fresh", state / f"rows-{generation:03d}-000.parquet")
        _write(db, "SELECT * FROM at_home", state / f"homes-{generation:03d}.parquet")
        _write(db, f"SELECT realm, subject, {generation} AS generation FROM touched", state / f"touched-{generation:03d}.parquet")
    found = _put(_put({(code, realm, window): tuple(sums) for code, realm, window, *sums in told["totals"]}, old, sign=-1), new, sign=1)
    told |= {"generation": generation, "totals": [[*key, *sums] for key, sums in sorted(found.items())]}
    beside = state / "state.json.new"
    beside.write_text(json.dumps(told), encoding="utf-8")
    beside.replace(state / "state.json")
    return found


def _changed(db: Any, folder: Path, state: Path, changed: Iterable[tuple[int, int]]) -> None:
    """`touched`: the changed people with everybody of their families, as they are now and as they were."""
    pairs = sorted(set(changed))
    db.execute("CREATE TEMP TABLE named (realm INT, subject BIGINT)")
    if pairs:
        db.execute(
            "INSERT INTO named SELECT unnest($realms), unnest($subjects)", {"realms": [r for r, _ in pairs], "subjects": [s for _, s in pairs]}
        )
    now = f"SELECT realm, subject, coalesce(family, subject) AS home FROM {_source(folder, 'subjects')}"
    then = f"SELECT realm, subject, home FROM read_parquet('{state}/homes-*.parquet')"
    db.execute(f"""CREATE TEMP TABLE touched AS WITH people AS ({now} UNION ALL {then}),
        homes AS (SELECT DISTINCT realm, home FROM people SEMI JOIN named USING (realm, subject))
        SELECT realm, subject FROM named UNION SELECT realm, subject FROM people SEMI JOIN homes USING (realm, home)""")
    db.execute(f"CREATE TEMP TABLE at_home AS SELECT * FROM ({now}) SEMI JOIN touched USING (realm, subject)")


def _events(db: Any, folder: Path, stays: str) -> None:
    """The tables that the queries name, of touched people alone."""
    for name in TABLES:
        columns = ", ".join(TABLES[name])
        db.execute(f"CREATE TEMP TABLE extract_{name} AS SELECT {columns} FROM {_source(folder, name)} SEMI JOIN touched USING (realm, subject)")
    db.execute(f"CREATE TEMP TABLE extract_care AS {stays}")


def _rows_in_force(state: Path) -> str:
    """Of the rows of all runs those of the last one in which somebody was touched."""
    every = f"SELECT *, parse_filename(filename)[6:8]::INT AS generation FROM read_parquet('{state}/rows-*.parquet', filename = true)"
    if not any(state.glob("touched-*.parquet")):
        return every
    last = f"SELECT realm, subject, max(generation) AS generation FROM read_parquet('{state}/touched-*.parquet') GROUP BY ALL"
    return f"SELECT e.* FROM ({every}) e LEFT JOIN ({last}) l USING (realm, subject) WHERE e.generation = coalesce(l.generation, 0)"


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
