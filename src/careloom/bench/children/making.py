"""Events for the measurement: children who each have much, which a state of that size would not, so that every measure has work to do.

In parts of so many children each, so that ten million fit into little memory. The same number gives the same events.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from careloom.outcomes.measures.layout import TABLES, schema_of

PART: Final = 500_000  # children
REALM: Final = 98
_FIRST: Final = np.datetime64("2016-01-01", "D").astype(np.int64)
_YEARS: Final = 8
_NONE: Final = np.iinfo(np.int64).min  # no day


def make_children(folder: Path, *, children: int, seed: int = 7) -> None:
    """Write the extract of so many children: one folder for each table, one file for each part."""
    for place, start in enumerate(range(0, children, PART)):
        tables = _part(np.random.default_rng((seed, place)), start, min(PART, children - start))
        for name in TABLES:
            (folder / name).mkdir(parents=True, exist_ok=True)
            schema = schema_of(name)
            columns = tables.get(name)
            table = schema.empty_table() if columns is None else pa.Table.from_arrays([_array(columns, f) for f in schema], schema=schema)
            pq.write_table(table, folder / name / f"part-{place:03d}.parquet", row_group_size=122_880)


def _array(columns: dict[str, Any], field: pa.Field) -> pa.Array:
    count = len(columns["subject"])
    if field.name == "realm":
        return pa.array(np.full(count, REALM), type=field.type)
    values = columns.get(field.name)
    if values is None:
        return pa.nulls(count, field.type)
    if isinstance(values, tuple):  # codes into words
        return pa.DictionaryArray.from_arrays(pa.array(values[0].astype(np.int8), mask=values[0] < 0), pa.array(values[1])).cast(pa.string())
    if pa.types.is_date32(field.type):
        return pa.array(np.where(values == _NONE, 0, values).astype(np.int32), mask=values == _NONE).cast(pa.date32())
    return pa.array(values).cast(field.type)


def _part(rng: np.random.Generator, start: int, count: int) -> dict[str, dict[str, Any]]:
    # Numbers that stand for people are scattered, as random ones are, and different: the factor is odd.
    ids = np.sort(((np.arange(start, start + count, dtype=np.uint64) + 1) * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(1)).astype(np.int64))
    born = _FIRST + rng.integers(0, 365 * _YEARS, count)
    notice = born + rng.integers(0, 10, count)
    planned = rng.random(count) < 0.9
    lost = rng.random(count) < 0.01
    mothers = rng.random(count) < 0.3
    found = rng.random(count) < 0.3
    tables = {
        "subjects": {
            "subject": ids, "family": ids, "born_on": born, "role": (np.zeros(count, int), ["INFANT"]),
            "race": (rng.integers(0, 5, count), ["WHITE", "BLACK", "ASIAN", "NATIVE", "MULTIPLE"]),
            "ethnicity": (rng.integers(0, 2, count), ["HISPANIC", "NOT_HISPANIC"]),
            "county": (rng.integers(0, 30, count), [f"county {n}" for n in range(30)]), "payer": (rng.integers(0, 2, count), ["MEDICAID", "PRIVATE"]),
        },
        "notifications": {"subject": ids, "on_date": notice, "seq": np.zeros(count, int)},
        "plans": {"subject": ids[planned], "on_date": (notice + rng.integers(0, 30, count))[planned], "seq": np.zeros(int(planned.sum()), int)},
        "losses": {
            "subject": ids[lost], "on_date": (born + rng.integers(0, 500, count))[lost], "seq": np.zeros(int(lost.sum()), int),
            "reason": (np.zeros(int(lost.sum()), int), ["death"]),
        },
        "diagnoses": {"subject": ids[found], "on_date": (born - rng.integers(0, 90, count))[found], "seq": np.zeros(int(found.sum()), int)},
        "supplies": _supplies(rng, ids[mothers], born[mothers]),
        "reports": _reports(rng, ids, born),
    }  # fmt: skip
    tables["episodes"], tables["placements"] = _care(rng, ids, born)
    visited = np.repeat(np.flatnonzero(found), 8)
    tables["visits"] = {
        "subject": ids[visited], "on_date": born[visited] - 20 + rng.integers(0, 60, len(visited)), "seq": np.arange(len(visited)) % 8,
        "kind": (np.zeros(len(visited), int), ["treatment"]),
    }  # fmt: skip
    return tables


def _supplies(rng: np.random.Generator, ids: Any, born: Any) -> dict[str, Any]:
    turn = np.tile(np.arange(13), len(ids))
    who = np.repeat(np.arange(len(ids)), 13)
    return {
        "subject": ids[who], "seq": turn, "on_date": born[who] - 60 + turn * 28 + rng.integers(0, 12, len(who)), "days": np.full(len(who), 28),
    }  # fmt: skip


def _reports(rng: np.random.Generator, ids: Any, born: Any) -> dict[str, Any]:
    who = np.repeat(np.arange(len(ids)), rng.choice(4, len(ids), p=[0.3, 0.4, 0.2, 0.1]))
    day = born[who] + rng.integers(0, 1200, len(who))
    return {
        "subject": ids[who], "seq": np.arange(len(who)), "on_date": day, "incident_on": day - rng.integers(0, 9, len(who)),
        "disposition": (rng.integers(0, 3, len(who)), ["substantiated", "indicated", "unsubstantiated"]),
        "source": (rng.integers(0, 2, len(who)), ["medical", "legal"]), "child_factor": (rng.integers(-1, 2, len(who)), ["drug", "alcohol"]),
    }  # fmt: skip


def _care(rng: np.random.Generator, ids: Any, born: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    first = np.flatnonzero(rng.random(len(ids)) < 0.8)
    entered = born[first] + rng.integers(0, 900, len(first))
    left = np.where(rng.random(len(first)) < 0.2, _NONE, entered + rng.integers(1, 1200, len(first)))
    back = (left != _NONE) & (rng.random(len(first)) < 0.25)
    again = left[back] + rng.integers(0, 700, int(back.sum()))
    who, episode = np.r_[first, first[back]], np.r_[np.ones(len(first), int), np.full(int(back.sum()), 2)]
    entered, left = np.r_[entered, again], np.r_[left, again + rng.integers(3, 900, int(back.sum()))]
    reason = np.where(left == _NONE, -1, rng.integers(0, 6, len(who)))
    trial = np.where((rng.random(len(who)) < 0.1) & (left != _NONE) & (left - 45 > entered), left - 45, _NONE)
    words = ["reunification", "relative", "guardianship", "adoption", "transfer", "other"]
    order = np.lexsort((episode, ids[who]))
    episodes = {
        "subject": ids[who][order], "episode": episode[order], "entered_on": entered[order], "left_on": left[order], "reason": (reason[order], words),
        "trial_home_on": trial[order],
    }  # fmt: skip
    at = np.repeat(np.arange(len(who)), rng.integers(1, 7, len(who)))
    placements = {
        "subject": ids[who][at], "episode": episode[at], "seq": np.arange(len(at)), "on_date": entered[at] + rng.integers(0, 300, len(at)),
        "setting": (rng.integers(0, 5, len(at)), ["foster", "relative", "group", "hospital", "respite"]),
        "place": (rng.integers(0, 4, len(at)), ["P1", "P2", "P3", "P4"]),
    }  # fmt: skip
    return episodes, placements
