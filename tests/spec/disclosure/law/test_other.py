"""Everything but 42 CFR Part 2's own consent and orders: rows written from the law alone, and what the engine answers to them.

Rows where the engine denies and the tester would permit stand in ``stricter_other.jsonl`` with a note (docs/decisions/0008); they are left out here.
"""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Final

import pytest
from tests.spec.disclosure.law import (
    other_access,
    other_child,
    other_duties,
    other_edges,
    other_hipaa,
    other_plan,
    other_public,
    other_purposes,
    other_regimes,
    other_siblings,
    other_states,
)
from tests.spec.disclosure.law.other_words import Json, disagreement

from careloom.exchange.disclosure_jsonl import decide_lines

AREAS: Final = (
    other_access,
    other_child,
    other_duties,
    other_edges,
    other_hipaa,
    other_plan,
    other_public,
    other_purposes,
    other_regimes,
    other_siblings,
    other_states,
)
ROWS: Final[list[Json]] = [row for area in AREAS for situation in area.SITUATIONS for row in situation.rows()]


def _asked(row: Json) -> str:
    return json.dumps([row["given"], row["request"]], sort_keys=True)


OPEN: Final = frozenset(_asked(json.loads(line)) for line in (Path(__file__).parent / "stricter_other.jsonl").read_text("utf-8").splitlines())


def decided(*rows: Json) -> list[Json]:
    """What the command answers, one object a row."""
    out = io.StringIO()
    decide_lines(lines=[json.dumps(row).encode() + b"\n" for row in rows], out=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.mark.parametrize("row", [row for row in ROWS if _asked(row) not in OPEN], ids=lambda row: str(row["id"]))
def test_the_engine_agrees_with_the_row(row: Json) -> None:
    [answer] = decided(row)
    assert not disagreement(row, answer), row["why"]


def test_the_rows_have_their_own_names() -> None:
    assert len({row["id"] for row in ROWS}) == len(ROWS)
