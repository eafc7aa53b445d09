"""After a few new events a refresh gives what a full run gives, again and again; what it cannot know it refuses."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from careloom.demo.population.making import make_population
from careloom.outcomes.measures.layout import TABLES, schema_of
from careloom.outcomes.measures.recipes import shipped
from careloom.outcomes.measures.refresh import NeedsFullRun, full_run, refresh
from careloom.outcomes.measures.windows import Window

UNTIL = date(2026, 1, 1)
WINDOWS = [
    Window(name=str(year), starts_on=date(year, 1, 1), ends_on=date(year + 1, 1, 1), cutoff_on=date(2025, 12, 31)) for year in range(2022, 2026)
]
EVENTS = ("episodes", "placements", "reports", "notifications", "plans", "supplies", "steps", "losses", "enrolments", "visits", "diagnoses")


# One of each way of counting: stays, reports, notices, medicine, steps of a family, births, margins, the partnership's own.
CODES = (
    "P1", "P4", "P5", "S1", "S2", "RH12", "POSC", "MOUD180", "IET_ENGAGED", "CASCADE_STARTED", "EI_REFERRED", "COMMON", "PREVENTED", "PRETERM_PLAN",
    "NOTIFIED_BIRTHS", "DIVERTED", "SUPPORT4", "KEPT90", "ATTENDANCE",
)  # fmt: skip


def indicators() -> list[Any]:
    return [shipped()[code] for code in CODES]


def change(folder: Path, rng: random.Random, count: int) -> set[tuple[int, int]]:
    """Take out, put in and move the day of so many events of some people; whose they are."""
    told: set[tuple[int, int]] = set()
    everybody = pq.read_table(folder / "subjects.parquet").to_pylist()
    for _ in range(count):
        table = rng.choice(EVENTS)
        rows = pq.read_table(folder / f"{table}.parquet").to_pylist()
        if not rows:
            continue
        row, way = dict(rng.choice(rows)), rng.choice(("out", "in", "moved", "another's"))
        told.add((row["realm"], row["subject"]))
        if way != "in" and way != "another's":
            rows.remove(row)
        if way != "out":
            day = "entered_on" if table == "episodes" else "on_date"
            row[day] = row[day] - timedelta(days=rng.randrange(40)) if way != "in" else row[day]
            if way == "another's":
                row["subject"] = rng.choice([one for one in everybody if one["role"] in ("INFANT", "CAREGIVER")])["subject"]
                told.add((row["realm"], row["subject"]))
            if "seq" in row:
                row["seq"] = 90 + len(rows)
            if table == "episodes":
                row["episode"] = 90 + len(rows)
            rows.append(row)
        pq.write_table(pa.Table.from_pylist(rows, schema=schema_of(table)), folder / f"{table}.parquet")
    return told


def test_a_refresh_gives_what_a_full_run_gives(tmp_path: Path) -> None:
    rng, folder = random.Random(1), tmp_path / "extract"
    make_population(folder, until=UNTIL, people=30_000, seed=1)
    before = full_run(folder=folder, state=tmp_path / "state", indicators=indicators(), windows=WINDOWS)
    assert len({code for code, _, _ in before}) > 12
    for step in range(2):
        changed = change(folder, rng, 12)
        found = refresh(folder=folder, state=tmp_path / "state", changed=changed, indicators=indicators(), windows=WINDOWS)
        whole = full_run(folder=folder, state=tmp_path / f"whole-{step}", indicators=indicators(), windows=WINDOWS)
        assert found == whole
        assert found != before
        before = found


def test_nobody_changed_changes_nothing_and_who_is_gone_is_taken_out(tmp_path: Path) -> None:
    folder, state = tmp_path / "extract", tmp_path / "state"
    make_population(folder, until=UNTIL, people=30_000, seed=3)
    before = full_run(folder=folder, state=state, indicators=indicators(), windows=WINDOWS)
    assert refresh(folder=folder, state=state, changed=[], indicators=indicators(), windows=WINDOWS) == before
    notices = pq.read_table(folder / "notifications.parquet").to_pylist()
    gone = {(row["realm"], row["subject"]) for row in notices[:5]}
    for table in TABLES:
        rows = [row for row in pq.read_table(folder / f"{table}.parquet").to_pylist() if (row["realm"], row["subject"]) not in gone]
        pq.write_table(pa.Table.from_pylist(rows, schema=schema_of(table)), folder / f"{table}.parquet")
    found = refresh(folder=folder, state=state, changed=gone, indicators=indicators(), windows=WINDOWS)
    assert found == full_run(folder=folder, state=tmp_path / "whole", indicators=indicators(), windows=WINDOWS)
    assert sum(sums[0] for (code, _, _), sums in found.items() if code == "POSC") < sum(
        sums[0] for (code, _, _), sums in before.items() if code == "POSC"
    )


def test_other_periods_and_other_definitions_need_a_full_run(tmp_path: Path) -> None:
    folder, state, asked = tmp_path / "extract", tmp_path / "state", [shipped()["POSC"], shipped()["P1"]]
    make_population(folder, until=UNTIL, people=20_000, seed=3)
    full_run(folder=folder, state=state, indicators=asked, windows=WINDOWS)
    later = [replace(window, cutoff_on=date(2026, 1, 31)) for window in WINDOWS]
    for indicators_, windows in ((asked, later), (asked[:1], WINDOWS)):
        with pytest.raises(NeedsFullRun, match="Compute everything once"):
            refresh(folder=folder, state=state, changed=[], indicators=indicators_, windows=windows)
    with pytest.raises(ValueError, match="no rows that add up"):
        full_run(folder=folder, state=tmp_path / "times", indicators=[shipped()["REUNTIME"]], windows=WINDOWS)
