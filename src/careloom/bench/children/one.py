"""One side in a process of its own: `python -m careloom.bench.children.one SIDE FOLDER SCRATCH` prints a JSON line.

The time is that of the answers, with all reading and (on our side) compiling, without the start of Python and its imports; the peak is the process'.
SIDE is ours, by_hand, in_pandas, in_polars; `state` leaves the state of a full run in SCRATCH, and `refresh` brings it forward by the events in
FOLDER/changed.json.
"""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

from careloom.bench.children.asked import CODES


def main() -> int:
    """Answer, and say how long and how much."""
    side, folder, scratch = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    if side in ("state", "refresh"):
        ask = _refreshing(side, folder, scratch)
    else:
        answers = import_module(f"careloom.bench.children.{side}").answers

        def ask() -> Any:
            return answers(folder, scratch=scratch)

    began, spent = time.perf_counter(), time.process_time()
    told = ask()
    seconds, cpu = time.perf_counter() - began, time.process_time() - spent
    print(json.dumps({"seconds": seconds, "cpu": cpu, "peak_mb": _peak_mb(), "answers": told}))
    return 0


def _peak_mb() -> float:
    """The most memory that this program held. `ru_maxrss` would not do: it begins with the peak of the process that started us."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


def _refreshing(side: str, folder: Path, state: Path) -> Any:
    from careloom.bench.children.ours import WINDOWS
    from careloom.outcomes.measures.recipes import shipped
    from careloom.outcomes.measures.refresh import full_run, refresh

    asked = [shipped()[code] for code in CODES]

    def ask() -> Any:
        if side == "state":
            found = full_run(folder=folder, state=state, indicators=asked, windows=WINDOWS)
        else:
            changed = [tuple(pair) for pair in json.loads((folder / "changed.json").read_text())]
            found = refresh(folder=folder, state=state, changed=changed, indicators=asked, windows=WINDOWS)
        return {code: {window: list(sums) for (c, _, window), sums in sorted(found.items()) if c == code} for code in CODES}

    return ask


if __name__ == "__main__":
    sys.exit(main())
