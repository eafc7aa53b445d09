"""One figure as a JSON line: name, value, unit, how many observations, and a note."""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Sequence


def say(*, name: str, value: float, unit: str, n: int, note: str = "") -> None:
    """Print one figure."""
    print(json.dumps({"name": name, "value": round(value, 4), "unit": unit, "n": n, "note": note}), flush=True)


def median(values: Sequence[float]) -> float:
    """The median; 0.0 of nothing."""
    return statistics.median(values) if values else 0.0


def progress(words: str) -> None:
    """Tell the person at the keyboard what is going on, beside the figures."""
    print(words, file=sys.stderr, flush=True)
