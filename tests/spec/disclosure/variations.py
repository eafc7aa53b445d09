"""Rows that are another row with one thing changed. `variations.txt` holds them, a line each, so that a lawyer can read the change and the answer.

base row | what is changed | permit or deny | a citation that must be named | duties | papers and end of a permit
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from tests.spec.disclosure.every_row import Row, pair_rows

from careloom.kernel.disclosure import Obligation, Outcome, Scenario, Statements
from careloom.kernel.disclosure import vocabulary as words
from careloom.kernel.disclosure.facts import Event, Period, Restriction

FILE = Path(__file__).resolve().parent / "variations.txt"


@cache
def bases() -> dict[str, Row]:
    """The rows that may be varied, by id: both sides of every pair."""
    return {row.id: row for row in pair_rows()}


def varied_rows() -> Iterator[Row]:
    """Every line of the file as a row."""
    for line in FILE.read_text().splitlines():
        if line and not line.startswith("#"):
            base, change, outcome, citation, duties, ends = (part.strip() for part in line.split("|"))
            yield Row(
                id=f"{base}, but {change}",
                scenario=changed(bases()[base].scenario, change),
                outcome=Outcome(outcome),
                citation=citation,
                duties=frozenset(Obligation(word) for word in duties.split()),
                ends=ends,
            )


def changed(scenario: Scenario, change: str) -> Scenario:
    """The scenario with `part.field=value` changed, the value being JSON, and `part` request, source, facts or a paper such as consents.0."""
    path, _, text = change.partition("=")
    value: Any = json.loads(text)
    part, *rest = path.split(".")
    whole = getattr(scenario, part)
    if not rest:
        return replace(scenario, **{part: ()})
    if isinstance(whole, tuple):
        place, name = int(rest[0]), rest[1]
        paper = replace(whole[place], **{name: typed(type(whole[place]), name, value)})
        return replace(scenario, **{part: (*whole[:place], paper, *whole[place + 1 :])})
    return replace(scenario, **{part: replace(whole, **{rest[0]: typed(type(whole), rest[0], value)})})


def typed(kind: Any, name: str, value: Any) -> Any:
    """A JSON value as the field of a record wants it."""
    hint = str(next(field.type for field in fields(kind) if field.name == name))
    if value is None:
        return None
    if hint.startswith("date"):
        return date.fromisoformat(value)
    if hint.startswith("Restriction"):
        return Restriction(**value)
    if hint.startswith("Period"):
        return Period(first=date.fromisoformat(value["first"]), last=date.fromisoformat(value["last"]))
    if hint.startswith("Statements"):
        return Statements(**value)
    if hint.startswith("tuple[Event"):
        return tuple(Event(name=one["name"], on=date.fromisoformat(one["on"]) if one["on"] else None) for one in value)
    if hint.startswith("tuple"):
        return tuple(value)
    word = getattr(words, hint.split(" ")[0], None)
    return word(value) if word is not None else value
