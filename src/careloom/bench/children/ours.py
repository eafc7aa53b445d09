"""Our side: the definitions that the dashboard uses, on DuckDB by Ibis."""

from __future__ import annotations

from pathlib import Path

from careloom.bench.children.asked import CODES, SUMS, WINDOWS, Answer
from careloom.outcomes.measures.engines import engine, fetch, read_extract
from careloom.outcomes.measures.figures import totals
from careloom.outcomes.measures.recipes import rows_of, shipped


def answers(folder: Path, *, scratch: Path, memory: str | None = None) -> Answer:
    """The sums of every indicator."""
    with engine("duckdb", scratch=scratch, memory=memory) as backend:
        extract = read_extract(backend, folder)
        told: Answer = {}
        for code in CODES:
            found = fetch(backend, totals(rows_of(shipped()[code], extract=extract, windows=WINDOWS))).to_pylist()
            told[code] = {row["window"]: [int(row[name]) for name in SUMS] for row in sorted(found, key=lambda row: row["window"])}
    return told
