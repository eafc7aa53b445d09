"""A curve of a snapshot is told in few steps, and its median and the days between which it lies can be read from them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from tests.made_extract import write_extract

from careloom.kernel.indicators.survival import Day, curve, median, median_limits
from careloom.outcomes.snapshots.computing import MOST_STEPS, compute

LOGGED = date(2024, 1, 1)


def test_few_steps_tell_the_median_and_its_limits(tmp_path: Path) -> None:
    closed = [*range(1, 278), 278, 278, 278]
    barriers = [
        {"subject": place, "on_date": LOGGED, "kind": "IDEA", "level": "CORE", "closed_on": LOGGED + timedelta(days=days)}
        for place, days in enumerate(closed)
    ]
    folder = write_extract(tmp_path, {"barriers": barriers})
    lines = list(compute(folders=[folder], until=date(2024, 12, 31), codes=("BARRIER_DAYS",)))
    (found,) = (line["curve"] for line in lines if "curve" in line and line["curve"]["period"] == "2024" and line["curve"]["by"] == "")
    whole = curve([Day(days=days, came=closed.count(days), seen=closed.count(days)) for days in set(closed)])
    assert (found["seen"], found["came"], found["median"]) == (280, 280, median(whole) or 0)
    assert MOST_STEPS <= len(found["steps"]) <= MOST_STEPS + 3
    assert found["steps"][-1] == [278, "0.0000", "0.0000", "0.0000", 3]
    read = tuple(next(step[0] for step in found["steps"] if float(step[place]) <= 0.5) for place in (1, 2, 3))
    assert read == (median(whole), *median_limits(whole))
    assert all(float(low) <= float(waiting) <= float(high) for _, waiting, low, high, _ in found["steps"])
