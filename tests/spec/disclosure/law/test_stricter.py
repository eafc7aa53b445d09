"""Where the kernel is stricter than an independent reader (docs/decisions/0008): it denies, and nothing on the list has become a permit unseen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from careloom.exchange.disclosure_jsonl import read_scenario
from careloom.kernel.disclosure import Outcome, decide

HERE = Path(__file__).parent
ROWS: list[dict[str, Any]] = [json.loads(line) for name in ("other", "part2") for line in (HERE / f"stricter_{name}.jsonl").read_text().splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_the_kernel_denies_what_the_reader_would_permit(row: dict[str, Any]) -> None:
    """Never the other way round: where the two differ, it is not the kernel that opens."""
    assert row["expect"] == "permit"
    asked = {key: row[key] for key in ("id", "given", "request")}
    assert decide(read_scenario(raw=asked)).outcome is Outcome.DENY
