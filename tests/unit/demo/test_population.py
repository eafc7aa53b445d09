"""The made state: the same seed gives the same bytes, its shares are those that were published, and race feeds nothing but the named switches."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from careloom.demo import parameters
from careloom.demo.parameters import Switches
from careloom.demo.population.chance import FAR, Columns
from careloom.demo.population.making import make_population, population
from careloom.demo.population.policies import POLICIES
from careloom.outcomes.measures.layout import TABLES, schema_of
from careloom.outcomes.measures.vocabulary import CODES

UNTIL = date(2026, 1, 1)
OFF = Switches()


@pytest.fixture(scope="module")
def state() -> dict[str, Columns]:
    return population(until=UNTIL, people=3_000_000, seed=98, switches=OFF)


def people(tables: dict[str, Columns], role: str = "INFANT") -> Columns:
    rows = tables["subjects"]
    return {name: values[rows["role"] == role] for name, values in rows.items()}


def near(observed: float, published: float, count: int) -> bool:
    """Within what chance gives in 99 of 100 cohorts of that size (synthetic-county.md part 2, way b)."""
    return abs(observed - published) <= 2.58 * math.sqrt(published * (1 - published) / count)


def of_policy(tables: dict[str, Columns], code: str) -> set[int]:
    rows = people(tables)
    return set(rows["subject"][(rows["arm"] == code) & (rows["exposure"] != None)].tolist())  # noqa: E711  (columns of objects)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    for name, seed in (("one", 5), ("two", 5), ("three", 6)):
        make_population(tmp_path / name, until=UNTIL, people=30_000, seed=seed)
    one, two, three = ({f.name: f.read_bytes() for f in sorted((tmp_path / name).iterdir())} for name in ("one", "two", "three"))
    assert one == two
    assert one["births.parquet"] != three["births.parquet"]
    assert set(one) == {*(f"{table}.parquet" for table in TABLES), "manifest.json"}


def test_it_is_an_extract_of_known_codes_and_no_words(tmp_path: Path) -> None:
    make_population(tmp_path, until=UNTIL, people=60_000, seed=5)
    for table in TABLES:
        found = pq.read_table(tmp_path / f"{table}.parquet")
        assert found.schema.equals(schema_of(table)), table
        for column in found.column_names:
            told = {value for value in found[column].to_pylist() if value is not None} if (table, column) in CODES else set()
            assert told <= set(CODES.get((table, column), ())), (table, column, told)


def test_no_event_is_after_the_data_ends_and_none_after_a_death(state: dict[str, Columns]) -> None:
    last = (UNTIL - date(1970, 1, 1)).days
    lost = {s: day for s, day, why in zip(*(state["losses"][c].tolist() for c in ("subject", "on_date", "reason")), strict=True) if why == "death"}
    for table, rows in state.items():
        day = rows.get("on_date", rows.get("entered_on"))
        if day is not None:
            assert (day < last).all(), table
        if table in {"reports", "steps", "plans", "stays", "episodes", "placements"}:
            late = [s for s, on in zip(rows["subject"].tolist(), day.tolist(), strict=True) if on > lost.get(s, FAR)]
            assert late == [], table


def test_what_each_policy_finds_and_plans_is_what_was_published(state: dict[str, Columns]) -> None:
    births = people(state)
    planned, reported = set(state["plans"]["subject"].tolist()), {}
    medical = (state["reports"]["source"] == "medical") & (state["reports"]["child_factor"] != None)  # noqa: E711
    for screened in ("in", "out"):
        reported[screened] = set(state["reports"]["subject"][medical & (state["reports"]["screened"] == screened)].tolist())
    wanted = {"blind_notice": (0.056, 0.669), "child_welfare_leads": (0.069, 0.938), "report_based": (0.0175, 0.30)}
    for policy in POLICIES:
        notified = of_policy(state, policy.code)
        births_here = int((births["arm"] == policy.code).sum())
        of_births, with_plan = wanted[policy.code]
        assert near(len(notified) / births_here, of_births, births_here), policy.code
        assert near(len(notified & planned) / len(notified), with_plan, len(notified)), policy.code
        told = notified & (reported["in"] | reported["out"])
        assert near(len(told) / len(notified), policy.reported, len(notified)) if policy.reported < 1 else len(told) > 0.99 * len(notified)
        assert near(len(told & reported["in"]) / len(told), policy.screened_in, len(told)), policy.code


def test_births_and_exposures_are_near_what_was_published(state: dict[str, Columns]) -> None:
    births, rows = state["births"], people(state)
    assert 0.10 < (births["gestation_weeks"] < 37).mean() < 0.11  # 10.4 of 100
    assert 0.08 < (births["weight_grams"] < 2500).mean() < 0.10  # 8.6 of 100
    twins = len(rows["family"]) - len(np.unique(rows["family"]))
    assert near(twins / len(np.unique(rows["family"])), 0.016, len(rows["family"]))
    north = rows["exposure"][(rows["arm"] == "blind_notice") & (rows["exposure"] != None)]  # noqa: E711
    assert near((north == "CANNABIS").mean(), 0.66, len(north))
    coast = rows["exposure"][(rows["arm"] == "child_welfare_leads") & (rows["exposure"] != None)]  # noqa: E711
    assert near(((coast != "SEVERAL") & (coast != "OTHER")).mean(), 0.67, len(coast))


def test_children_come_home_and_come_back_as_was_published() -> None:
    """Of a greater state, so that chance hides less; stays that could be watched for the whole time."""
    tables = population(until=UNTIL, people=12_000_000, seed=7, switches=OFF)
    stays, last = tables["episodes"], (UNTIL - date(1970, 1, 1)).days
    watched = (stays["episode"] == 1) & (stays["entered_on"] < last - 366) & (stays["reason"] != "transfer")
    long_enough = watched & (stays["left_on"] - stays["entered_on"] >= 8)
    home = long_enough & (stays["reason"] == "reunification") & (stays["left_on"] - stays["entered_on"] <= 365)
    count = int(long_enough.sum())
    assert abs(home.sum() / count - 0.21) <= 2.58 * math.sqrt(0.21 * 0.79 / count) + 0.005  # who dies or moves first is not drawn again
    at_home = np.isin(stays["reason"], ("reunification", "guardianship", "relative")) & (stays["left_on"] < last - 366)
    who = set(zip(stays["subject"].tolist(), (stays["episode"] + 0).tolist(), strict=True))
    entered = dict(zip(zip(stays["subject"].tolist(), stays["episode"].tolist(), strict=True), stays["entered_on"].tolist(), strict=True))
    gone = [(s, e, d) for s, e, d in zip(*(stays[c][at_home].tolist() for c in ("subject", "episode", "left_on")), strict=True) if e < 3]
    back = sum((s, e + 1) in who and entered[s, e + 1] - d <= 365 for s, e, d in gone)
    assert near(back / len(gone), 0.056, len(gone))


def _race_is_another(monkeypatch: pytest.MonkeyPatch, switches: Switches) -> tuple[dict[str, Any], dict[str, Any]]:
    before = population(until=UNTIL, people=200_000, seed=5, switches=switches)
    monkeypatch.setattr(parameters, "RACE_SHARES", tuple(reversed(parameters.RACE_SHARES)))
    return before, population(until=UNTIL, people=200_000, seed=5, switches=switches)


def _equal(one: dict[str, Columns], other: dict[str, Columns]) -> bool:
    def told(tables: dict[str, Columns]) -> Any:
        # Vital records count by race, so how many rows of margins there are is told by it; of them only the births and tests of all are compared.
        margins, people = tables["margins"], tables["subjects"]["role"] != "MARGIN"
        sums = {name: int(margins["people"][margins["measure"] == name].sum()) for name in ("births", "tested")}
        subjects = {c: v[people].tolist() for c, v in tables["subjects"].items() if c not in {"race", "ethnicity"}}
        others = {t: {c: v.tolist() for c, v in rows.items()} for t, rows in tables.items() if t not in {"margins", "subjects"}}
        return {**others, "subjects": subjects, "sums": sums}

    return bool(told(one) == told(other))


def test_race_feeds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before, after = _race_is_another(monkeypatch, OFF)
    assert before["subjects"]["race"].tolist() != after["subjects"]["race"].tolist()
    assert _equal(before, after)


@pytest.mark.parametrize("switches", [Switches(testing_bias=True), Switches(medicine_access=True)], ids=["testing", "medicine"])
def test_each_named_switch_lets_race_in(monkeypatch: pytest.MonkeyPatch, switches: Switches) -> None:
    before, after = _race_is_another(monkeypatch, switches)
    assert not _equal(before, after)
