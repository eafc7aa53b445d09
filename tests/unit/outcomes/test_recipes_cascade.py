"""The way from notification to help, over a few families whose steps are written out: who is counted, who goes on, and why the others do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.made_extract import flags, rows, times, window, write_extract

from careloom.outcomes.measures import figures
from careloom.outcomes.measures.engines import engine, fetch, read_extract
from careloom.outcomes.measures.recipes import rows_of, shipped

YEAR = window("2024-01-01", "2024-12-31", cutoff="2025-12-31")


def step(subject: int, on: str, name: str, *, need: str = "HOUSING", why: str | None = None) -> dict[str, Any]:
    return {"subject": subject, "on_date": on, "need": need, "step": name, "lost_because": why}


# Infants 1 to 8; infant n has family 1000 + n and mother 100 + n; 8 has no family written down.
INFANTS = range(1, 9)
TABLES: dict[str, list[dict[str, Any]]] = {
    "subjects": [{"subject": n, "role": "INFANT", "family": 1000 + n if n < 8 else None, "born_on": "2024-03-01"} for n in INFANTS]
    + [{"subject": 100 + n, "role": "CAREGIVER", "family": 1000 + n} for n in INFANTS if n < 8],
    "notifications": [{"subject": n, "on_date": "2024-03-02"} for n in INFANTS],
    # 1 has no plan, 2 one before birth; 7's plan is made after the data ends.
    "plans": [{"subject": n, "on_date": "2024-02-01" if n == 2 else "2026-01-05" if n == 7 else "2024-03-10"} for n in INFANTS if n != 1],
    "steps": [
        step(1, "2024-03-05", "notified", why="NOT_OFFERED"),
        step(1, "2024-03-06", "referred"),  # a referral without a plan: the federal count's, not the cascade's
        # 2 goes the whole way, by the mother's need; a second need of hers ended early.
        step(102, "2024-03-11", "referred"), step(102, "2024-03-20", "accepted"), step(102, "2024-04-01", "started"),
        step(102, "2024-06-30", "kept_90"), step(102, "2024-09-01", "goal_met"),
        step(102, "2024-03-11", "referred", need="PEER", why="FULL"),
        # 3: accepted was never written down, and the service ended after two weeks; both needs ended at the same step, the later reason is told.
        step(3, "2024-03-11", "referred"), step(3, "2024-04-01", "started", why="DID_NOT_HELP"),
        step(103, "2024-03-15", "referred", need="EARLY_INTERVENTION"), step(103, "2024-05-01", "started", need="EARLY_INTERVENTION", why="MOVED"),
        # 4: refused by the service; 5: nobody said why, and the infant died.
        step(4, "2024-03-11", "referred", why="FULL"),
        step(5, "2024-03-11", "referred"), step(5, "2024-03-20", "accepted"),
        # 6: an older sibling's step is none of this infant's; so is one after the data ends.
        step(106, "2022-01-01", "referred"), step(106, "2026-01-01", "referred"),
        # 8: began in November and is still there as the data ends in the second test.
        step(8, "2024-10-01", "referred", need="EARLY_INTERVENTION"), step(8, "2024-11-15", "started", need="EARLY_INTERVENTION"),
    ],
    "losses": [{"subject": 5, "on_date": "2024-04-01", "reason": "death"}],
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    return write_extract(tmp_path_factory.mktemp("cascade"), TABLES)


EXPECTED = [
    ("CASCADE_NOTIFIED", [1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 3, 4, 5, 6, 7, 8], {}),
    ("CASCADE_PLAN", [1, 2, 3, 4, 5, 6, 7, 8], [2, 3, 4, 5, 6, 8], {1: "NOT_OFFERED", 7: "UNKNOWN"}),
    ("CASCADE_REFERRED", [2, 3, 4, 5, 6, 8], [2, 3, 4, 5, 8], {6: "UNKNOWN"}),
    ("CASCADE_ACCEPTED", [2, 3, 4, 5, 8], [2, 3, 5, 8], {4: "FULL"}),
    ("CASCADE_STARTED", [2, 3, 5, 8], [2, 3, 8], {5: "DIED"}),
    ("CASCADE_KEPT90", [2, 3, 8], [2], {3: "MOVED", 8: "UNKNOWN"}),
    ("CASCADE_GOAL", [2], [2], {}),
    ("CAPTA_A", [1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 3, 4, 5, 6, 7, 8], {}),
    ("CAPTA_B", [1, 2, 3, 4, 5, 6, 7, 8], [2, 3, 4, 5, 6, 8], {}),
    ("CAPTA_C", [1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 3, 4, 5, 8], {}),
    ("EI_REFERRED", [1, 2, 3, 4, 5, 6, 7, 8], [3, 8], {}),
    ("RECOVERY_REFERRED", [1, 2, 3, 4, 5, 6, 7, 8], [2], {}),
    ("EI_ENROLLED", [3, 8], [3, 8], {}),
    ("RPG_C8", [1, 2, 3, 4, 5, 6, 7, 8], [2, 3, 8], {}),
]


@pytest.mark.parametrize(("code", "counted", "met", "why"), EXPECTED, ids=[row[0] for row in EXPECTED])
def test_each_step_is_a_share_of_the_step_before(folder: Path, code: str, counted: list[int], met: list[int], why: dict[int, str]) -> None:
    found = rows(folder, code, [YEAR])
    assert (flags(found)["counted"], flags(found)["met"]) == (counted, met)
    if why:
        assert {row["subject"]: row["reason"] for row in found if row["reason"] is not None} == why


def test_each_step_begins_with_those_whom_the_step_before_reached() -> None:
    chain = ["CASCADE_PLAN", "CASCADE_REFERRED", "CASCADE_ACCEPTED", "CASCADE_STARTED", "CASCADE_KEPT90", "CASCADE_GOAL"]
    by_code = {code: (counted, met) for code, counted, met, _ in EXPECTED}
    assert [by_code[code][0] for code in chain[1:]] == [by_code[code][1] for code in chain[:-1]]
    told = [shipped()[code].arguments() for code in chain]
    assert [each["of"] for each in told[1:]] == [each["step"] for each in told[:-1]]


def test_losses_add_up_to_all_who_were_lost(folder: Path) -> None:
    for code in ("CASCADE_PLAN", "CASCADE_ACCEPTED", "CASCADE_STARTED", "CASCADE_KEPT90"):
        with engine() as backend:
            found = rows_of(shipped()[code], extract=read_extract(backend, folder), windows=[YEAR])
            lost = {row["reason"]: row["lost"] for row in fetch(backend, figures.losses(found)).to_pylist()}
            (total,) = fetch(backend, figures.totals(found)).to_pylist()
        assert lost == Counter(next(why for name, _, _, why in EXPECTED if name == code).values())
        assert sum(lost.values()) == total["counted"] - total["met"]


def test_who_began_less_than_ninety_days_ago_is_not_known_yet(folder: Path) -> None:
    found = flags(rows(folder, "CASCADE_KEPT90", [window("2024-01-01", "2024-12-31", cutoff="2025-01-31")]))
    assert (found["counted"], found["met"], found["unripe"]) == ([2, 3], [2], [8])


def test_twins_share_their_familys_way_and_each_counts(tmp_path: Path) -> None:
    twins = {
        "subjects": [{"subject": n, "role": "INFANT", "family": 9, "born_on": "2024-03-01"} for n in (1, 2)],
        "notifications": [{"subject": n, "on_date": "2024-03-02"} for n in (1, 2)],
        "plans": [{"subject": n, "on_date": "2024-03-03"} for n in (1, 2)],
        "steps": [step(1, "2024-03-11", "referred"), step(1, "2024-03-20", "accepted")],
    }
    found = flags(rows(write_extract(tmp_path, twins), "CASCADE_ACCEPTED", [YEAR]))
    assert (found["counted"], found["met"]) == ([1, 2], [1, 2])


def test_a_goal_met_without_a_service_is_no_step_of_the_way(tmp_path: Path) -> None:
    alone = {
        "subjects": [{"subject": n, "role": "INFANT", "born_on": "2024-03-01"} for n in (1, 2)],
        "notifications": [{"subject": n, "on_date": "2024-03-02"} for n in (1, 2)],
        "plans": [{"subject": n, "on_date": "2024-03-03"} for n in (1, 2)],
        # 1: met by itself; 2: met by the service before ninety days were over.
        "steps": [
            step(1, "2024-05-01", "goal_met"),
            step(2, "2024-03-20", "referred"),
            step(2, "2024-04-01", "started"),
            step(2, "2024-05-01", "goal_met"),
        ],
    }
    folder = write_extract(tmp_path, alone)
    found = flags(rows(folder, "CASCADE_REFERRED", [YEAR]))
    assert (found["counted"], found["met"]) == ([1, 2], [2])
    assert flags(rows(folder, "CASCADE_GOAL", [YEAR]))["met"] == [2]
    assert flags(rows(folder, "CAPTA_C", [YEAR]))["met"] == [2]
    assert flags(rows(folder, "SUPPORT3", [YEAR]))["met"] == [2]


def test_days_until_the_first_service_are_cut_off_where_nobody_saw_more(folder: Path) -> None:
    found = times(rows(folder, "FIRST_SERVICE_DAYS", [YEAR]))
    waiting = (669, False)  # from 2 March 2024 to the last day of 2025
    assert found == {1: waiting, 2: (30, True), 3: (30, True), 4: waiting, 5: (30, False), 6: waiting, 7: waiting, 8: (258, True)}


def test_without_an_end_of_the_data_only_known_times_are_told(folder: Path) -> None:
    assert sorted(times(rows(folder, "FIRST_SERVICE_DAYS", [window("2024-01-01", "2024-12-31")]))) == [2, 3, 5, 8]
