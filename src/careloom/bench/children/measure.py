"""The indicators over a million children, four ways; a refresh after a thousand events; and ten million on one machine.

All sides take turns in each round, each in a process of its own, so that a busy neighbor slows all of them. A ratio is the median of the rounds'.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from careloom.bench.children.making import make_children
from careloom.bench.figures import median, progress, say
from careloom.outcomes.measures.engines import room
from careloom.outcomes.measures.layout import schema_of

SIDES: Final = ("ours", "by_hand", "in_pandas", "in_polars")
EVENTS: Final = 1_000


def measure(scratch: Path, *, children: int, rounds: int, great: int) -> bool:
    """Print the figures; False when answers differ. `great` is the number of children of the last measurement; 0 leaves it out."""
    folder = scratch / "children"
    progress(f"Children: events of {children} are made.")
    make_children(folder, children=children)
    told: list[dict[str, dict[str, Any]]] = []
    for number in range(rounds):
        told.append({side: _run(side, folder, scratch / "spill") for side in SIDES})
        progress(f"Children: round {number + 1} of {rounds}.")
    equal = all(one[side]["answers"] == one["by_hand"]["answers"] for one in told for side in SIDES)
    _tell(told, children)
    say(name="children_answers_equal", value=float(equal), unit="1 is yes", n=rounds * len(SIDES), note="ours, SQL by hand, pandas and Polars")
    equal = _refresh(scratch, folder, full=median([one["ours"]["seconds"] for one in told]), rounds=rounds) and equal
    shutil.rmtree(folder)
    if great:
        _growth(scratch, great)
    return equal


def _tell(told: list[dict[str, dict[str, Any]]], children: int) -> None:
    words = {
        "ours": "our definitions through Ibis on DuckDB, with the room of a snapshot", "by_hand": "SQL by hand on DuckDB", "in_pandas": "pandas",
        "in_polars": "Polars",
    }  # fmt: skip
    for side, what in words.items():
        runs = [one[side] for one in told]
        cpu = median([run["cpu"] for run in runs])
        say(
            name=f"children_{side}_time", value=median([run["seconds"] for run in runs]), unit="s", n=len(runs),
            note=f"12 indicators, five years, {children} children: {what}; CPU {cpu:.1f} s",
        )  # fmt: skip
        say(name=f"children_{side}_memory", value=median([run["peak_mb"] for run in runs]), unit="MB", n=len(runs), note="peak of the process")
    for other, most in (("by_hand", (1.1, 1.2)), ("in_pandas", (0.5, 0.5)), ("in_polars", (None, None))):
        for what, key, limit in (("time", "seconds", most[0]), ("cpu", "cpu", None), ("memory", "peak_mb", most[1])):
            ratio = median([one["ours"][key] / one[other][key] for one in told])
            say(
                name=f"children_{what}_ratio_{other}", value=ratio, unit="ratio", n=len(told),
                note="ours by theirs; " + (f"at most {limit}" if limit else "no limit"),
            )  # fmt: skip


def _refresh(scratch: Path, folder: Path, *, full: float, rounds: int) -> bool:
    """A full run that leaves its state, then so many events again and again; the last refresh beside a full run of the same extract."""
    state = scratch / "state"
    _run("state", folder, state)
    times = []
    for number in range(rounds):
        _more_events(folder, seed=number)
        last = _run("refresh", folder, state)
        times.append(last["seconds"])
    whole = _run("by_hand", folder, scratch / "spill")
    equal = bool(last["answers"] == whole["answers"])
    say(name="children_refresh_time", value=median(times), unit="s", n=len(times), note=f"after {EVENTS} new events; CPU {last['cpu']:.2f} s")
    say(name="children_refresh_ratio", value=median(times) / full, unit="ratio", n=len(times), note="refresh by full run; at most 0.05")
    say(name="children_refresh_equal", value=float(equal), unit="1 is yes", n=1, note=f"after {rounds} of them, against SQL by hand over everything")
    return equal


def _more_events(folder: Path, *, seed: int) -> None:
    """So many new reports, each of another child, as one more file of the table."""
    rng = np.random.default_rng((seed, 77))
    subjects = pq.read_table(folder / "subjects" / "part-000.parquet", columns=["subject", "born_on"]).slice(0, 400_000)
    chosen = subjects.take(pa.array(np.sort(rng.choice(len(subjects), EVENTS, replace=False))))
    day = chosen["born_on"].cast(pa.int32()).to_numpy() + rng.integers(0, 900, EVENTS)
    words = {"disposition": "substantiated", "source": "medical", "child_factor": "drug", "screened": "in"}
    days = {"on_date": pa.array(day, pa.int32()).cast(pa.date32()), "incident_on": pa.array(day - 1, pa.int32()).cast(pa.date32())}
    seq = pa.array(range(10**7 + seed * EVENTS, 10**7 + (seed + 1) * EVENTS), pa.int32())
    columns = {"realm": pa.array([98] * EVENTS, pa.int32()), "subject": chosen["subject"].combine_chunks(), "seq": seq, **days}
    columns |= {name: pa.array([word] * EVENTS) for name, word in words.items()}
    schema = schema_of("reports")
    pq.write_table(pa.Table.from_arrays([columns[name] for name in schema.names], schema=schema), folder / "reports" / f"new-{seed:03d}.parquet")
    (folder / "changed.json").write_text(json.dumps([[98, subject] for subject in chosen["subject"].to_pylist()]))


def _growth(scratch: Path, great: int) -> None:
    """A hundredth, a tenth and all of the great number, each with the room that follows its size: time and peak of each."""
    seconds: dict[int, float] = {}
    for children in (great // 100, great // 10, great):
        folder = scratch / f"children-{children}"
        make_children(folder, children=children)
        run = _run("ours", folder, scratch / "spill")
        seconds[children] = run["seconds"]
        note = f"DuckDB kept {room([folder])}; peak {run['peak_mb']:.0f} MB, CPU {run['cpu']:.1f} s"
        say(name=f"children_{children}", value=run["seconds"], unit="s", n=1, note=note)
        shutil.rmtree(folder)
    small, large = seconds[great // 100], seconds[great]
    say(name="children_growth", value=large / small / 100, unit="ratio", n=1, note="time of all by time of a hundredth, by 100; at most 1")


def _run(side: str, folder: Path, scratch: Path) -> dict[str, Any]:
    scratch.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "careloom.bench.children.one", side, str(folder), str(scratch)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True)
    return dict(json.loads(done.stdout))
