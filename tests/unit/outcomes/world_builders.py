"""Micro-worlds in few words, and their answers through the command's own door."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from typing import Any

from careloom.outcomes.worlds.answering import answer_lines

HOME = {"reason": "reunification"}


def answered(worlds: Sequence[Any]) -> list[dict[str, Any]]:
    """Each world's answer, by the embedded engine."""
    out = io.StringIO()
    answer_lines(lines=[world if isinstance(world, str | bytes) else json.dumps(world) for world in worlds], out=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def child(name: str, *events: tuple[str, str] | tuple[str, str, dict[str, Any]], dob: str = "2022-12-01", **more: Any) -> dict[str, Any]:
    """A child and what happened: ("removal", "2023-01-01"), with a third value for what else the event says."""
    return {"id": name, "dob": dob, "events": [{"type": e[0], "date": e[1], **(e[2] if len(e) > 2 else {})} for e in events], **more}


def world(indicator: str, *children: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A world of 2023, unless `period` says otherwise."""
    return {"id": "w", "indicator": indicator, "period": ["2023-01-01", "2023-12-31"], "children": list(children), **more}
