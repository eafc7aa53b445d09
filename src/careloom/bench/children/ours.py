"""Our side: the definitions that the dashboard uses, on DuckDB by Ibis."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from careloom.bench.children.asked import CODES, CUTOFF_ON, SUMS, YEARS, Answer
from careloom.outcomes.measures.engines import engine, listed, read_extract, room
from careloom.outcomes.measures.figures import totals
from careloom.outcomes.measures.recipes import rows_of, shipped
from careloom.outcomes.measures.windows import Window

WINDOWS: Final = tuple(Window(name=year.name, starts_on=year.starts_on, ends_on=year.ends_on, cutoff_on=CUTOFF_ON) for year in YEARS)


def answers(folder: Path, *, scratch: Path) -> Answer:
    """The sums of every indicator, with the room that a snapshot gives the engine."""
    with engine("duckdb", scratch=scratch, memory=room([folder])) as backend:
        extract = read_extract(backend, folder)
        told: Answer = {}
        for code in CODES:
            found = listed(backend, totals(rows_of(shipped()[code], extract=extract, windows=WINDOWS)))
            told[code] = {row["window"]: [int(row[name]) for name in SUMS] for row in sorted(found, key=lambda row: row["window"])}
    return told
