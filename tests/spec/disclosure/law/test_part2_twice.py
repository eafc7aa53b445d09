"""Two defects never cure each other: each pair of variations that deny, put on one row, denies too and names its rule."""

from __future__ import annotations

import copy
import itertools
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.spec.disclosure.law.part2 import consent, orders, service, single
from tests.spec.disclosure.law.part2.forms import Row

ROOT = Path(__file__).resolve().parents[4]
GONE = object()
Edit = tuple[tuple[Any, ...], Any]
BASES = {"P-spec-cps": consent.ROWS, "P-tpo-ob": single.ROWS, "P-o64-agency": orders.ROWS, "P-qso-host": service.ROWS}


def edits(old: Any, new: Any, place: tuple[Any, ...] = ()) -> list[Edit]:
    """What was edited: places and the values that stand there now."""
    if isinstance(old, dict) and isinstance(new, dict):
        found: list[Edit] = []
        for key in sorted(old.keys() | new.keys()):
            if key not in new:
                found.append(((*place, key), GONE))
            elif key not in old:
                found.append(((*place, key), new[key]))
            else:
                found += edits(old[key], new[key], (*place, key))
        return found
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [one for index, (a, b) in enumerate(zip(old, new, strict=True)) for one in edits(a, b, (*place, index))]
    return [] if old == new else [(place, new)]


def edited(row: Row, changes: list[Edit]) -> Row:
    twin = copy.deepcopy(row)
    for place, value in changes:
        spot: Any = twin
        for step in place[:-1]:
            spot = spot[step]
        if value is GONE:
            spot.pop(place[-1], None)
        else:
            spot[place[-1]] = copy.deepcopy(value)
    return twin


def overlap(one: list[Edit], other: list[Edit]) -> bool:
    return any(a[: len(b)] == b[: len(a)] for a, _ in one for b, _ in other)


def world(row: Row) -> Row:
    return {"given": row["given"], "request": row["request"]}


@pytest.mark.parametrize("name", BASES)
def test_two_defects_never_cure_each_other(name: str) -> None:
    rows = {row["id"]: row for row in BASES[name]}
    base = rows[name]
    flaws = [edits(world(base), world(row)) for key, row in rows.items() if key.startswith(f"{name}-") and row["expect"] == "deny"]
    # A form and a question that both speak of another purpose agree again, so such pairs are no two defects.
    flaws = [flaw for flaw in flaws if not any("purpose" in place for place, _ in flaw)]
    pairs = [edited(base, [*one, *other]) for one, other in itertools.combinations(flaws, 2) if not overlap(one, other)]
    asked = "\n".join(json.dumps(row) for row in pairs) + "\n"
    command = [ROOT / "bin" / "careloom", "disclosure", "decide", "-"]
    told = subprocess.run(command, input=asked, capture_output=True, text=True, timeout=120, check=False)
    answers = [json.loads(line) for line in told.stdout.splitlines()]
    assert len(answers) == len(pairs) > 30
    assert [row for row, answer in zip(pairs, answers, strict=True) if answer.get("decision") == "permit"] == []
    assert all(answer.get("basis") or "error" in answer for answer in answers)
