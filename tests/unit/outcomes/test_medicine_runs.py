"""The longest run of medicine in one pass of sorting is the one that is counted day by day, whatever the supplies."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

from tests.made_extract import window, write_extract

from careloom.outcomes.measures.engines import engine, listed, read_extract
from careloom.outcomes.measures.treatment import DAY_ZERO, medicine_runs
from careloom.outcomes.measures.windows import Window, named

WINDOWS = [
    window("2021-01-01", "2021-12-31", cutoff="2022-09-30", name="first"), window("2022-01-01", "2022-12-31", cutoff="2022-09-30", name="next"),
    window("2021-06-01", "2021-06-30", cutoff="2022-09-30", name="month"),
]  # fmt: skip
GAP = 7


def by_days(supplies: list[tuple[date, int, int]], asked: Window) -> tuple[int, int] | None:
    """The longest run and its last day, in days since the day zero, supply after supply; None when nothing was fetched in the window."""
    assert asked.cutoff_on is not None
    known = sorted(one for one in supplies if asked.starts_on <= one[0] <= asked.cutoff_on)
    if not any(fetched < asked.ends_on for fetched, _, _ in known):
        return None
    longest, since, end = 0, 0, -(10**6)
    for fetched, _, days in known:
        begin = max((fetched - DAY_ZERO).days, end)
        if begin - end > GAP:
            since = begin
        end = begin + days
        longest = max(longest, end - since)
    return longest, end


def test_runs_are_those_that_are_counted_supply_after_supply(tmp_path: Path) -> None:
    rng = random.Random(25)
    supplies: dict[int, list[tuple[date, int, int]]] = {}
    for mother in range(400):
        day = date(2020, 6, 1) + timedelta(days=rng.randrange(700))
        for seq in range(rng.randrange(1, 14)):
            day += timedelta(days=rng.choice((0, 0, 7, 14, 20, 28, 30, 35, 36, 40, 90)))
            supplies.setdefault(mother, []).append((day, seq, rng.choice((1, 7, 28, 30, 90))))
    rows = [{"subject": who, "on_date": day, "seq": seq, "days": days} for who, told in supplies.items() for day, seq, days in told]
    rng.shuffle(rows)
    folder = write_extract(tmp_path / "extract", {"supplies": rows})
    with engine("duckdb", scratch=tmp_path / "scratch") as backend:
        runs = named(medicine_runs(read_extract(backend, folder), WINDOWS, longest_gap=GAP), WINDOWS)
        found = {(row["window"], row["subject"]): (row["longest"], row["last"]) for row in listed(backend, runs)}
    wanted = {(one.name, who): by_days(told, one) for one in WINDOWS for who, told in supplies.items()}
    assert found == {key: answer for key, answer in wanted.items() if answer is not None}
    assert len(found) > 300
