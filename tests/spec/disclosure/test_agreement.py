"""The kernel agrees with every row of the shared sample of the law."""

from __future__ import annotations

import json
import re

import pytest
from tests.shared_data import ROOT

from careloom.exchange.disclosure_jsonl import read_scenario
from careloom.kernel.disclosure import decide

SAMPLE = ROOT / "disclosure" / "scenarios.jsonl"
ROWS = [json.loads(line) for line in SAMPLE.read_text().splitlines()] if SAMPLE.exists() else []


def _main_citation(basis: str) -> str:
    first = re.split(r"[,;]| vs ", basis)[0]
    return re.sub(r"\s+(\(|QSO|intermediary).*$|-\([A-Z]+\)$", "", first).strip()


def _names(citation: str, wanted: str) -> bool:
    short, long = sorted((citation, wanted), key=len)
    return long == short or long.startswith(short + "(")


def test_the_sample_is_there() -> None:
    if not ROWS:
        pytest.skip("The shared sample is not beside the repository (../shared/data/disclosure/scenarios.jsonl).")
    assert len(ROWS) == 118


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_row_agrees(row: dict[str, object]) -> None:
    decision = decide(read_scenario(raw=row))
    assert decision.outcome == row["expect"]
    assert set(row["obligations"]) <= set(decision.obligations)
    wanted = _main_citation(str(row["basis"]))
    assert any(_names(citation, wanted) for citation in decision.basis), (wanted, decision.basis)
