"""The engine against rows of 42 CFR part 2 that somebody wrote from law.md without reading the engine.

`stricter_part2.jsonl` names the rows where the engine denies and the author would permit (docs/decisions/0008); they are left out here.
"""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from tests.spec.disclosure.law.part2.forms import Row

HERE = Path(__file__).parent
ROOT = HERE.parents[3]
AREAS = sorted(path.stem for path in (HERE / "part2").glob("*.py") if path.stem not in ("forms", "papers"))
BY_AREA: dict[str, list[Row]] = {area: import_module(f"tests.spec.disclosure.law.part2.{area}").ROWS for area in AREAS}
OPEN = {json.loads(line)["id"] for line in (HERE / "stricter_part2.jsonl").read_text().splitlines()}
ROWS: list[Row] = [row for rows in BY_AREA.values() for row in rows]


@cache
def answers() -> dict[str, Row]:
    """What `careloom disclosure decide` says to each row, by id."""
    asked = "\n".join(json.dumps(row) for row in ROWS) + "\n"
    told = subprocess.run(
        [ROOT / "bin" / "careloom", "disclosure", "decide", "-"], input=asked, capture_output=True, text=True, timeout=120, check=False
    )
    return {row["id"]: json.loads(line) for row, line in zip(ROWS, told.stdout.splitlines(), strict=True)}


def main_citation(basis: str) -> str:
    return basis.split(";")[0].split(",")[0].split(" (")[0].strip()


def disagreement(row: Row, told: Row) -> str:
    """Why an answer does not agree with its row, or nothing."""
    if "error" in told:
        return f"{row['id']}: could not be read: {told['error']}"
    if told["decision"] != row["expect"]:
        return f"{row['id']}: {told['decision']}, and the law says {row['expect']}: {row['why']}"
    if missing := set(row["obligations"]) - set(told["obligations"]):
        return f"{row['id']}: lacks {', '.join(sorted(missing))}"
    main = main_citation(row["basis"])
    if any(said == main or said.startswith(main + "(") or main.startswith(said + "(") for said in told["basis"]):
        return ""
    return f"{row['id']}: {main} is not among {told['basis']}"


@pytest.mark.parametrize("area", AREAS)
def test_the_engine_agrees_with_the_law(area: str) -> None:
    rows = [row for row in BY_AREA[area] if row["id"] not in OPEN]
    assert rows
    assert [why for row in rows if (why := disagreement(row, answers()[row["id"]]))] == []


def test_each_row_has_a_name_of_its_own_and_both_answers_are_asked() -> None:
    assert [name for name, times in Counter(row["id"] for row in ROWS).items() if times > 1] == []
    assert len(ROWS) > 2900
    for area, rows in BY_AREA.items():
        assert {row["expect"] for row in rows} == {"permit", "deny"}, area
