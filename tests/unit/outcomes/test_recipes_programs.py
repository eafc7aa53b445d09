"""Programs, systems, counts that others keep, barriers and meetings: a few of each, and what the indicators make of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.made_extract import flags, rows, sums, times, window, write_extract

from careloom.outcomes.measures import figures
from careloom.outcomes.measures.engines import engine, fetch, read_extract
from careloom.outcomes.measures.recipes import rows_of, shipped

YEAR = window("2024-01-01", "2024-12-31", cutoff="2025-06-30")


def stay(subject: int, began: str, left: str | None = None, *, kind: str = "treatment", **more: Any) -> dict[str, Any]:
    return {"subject": subject, "kind": kind, "on_date": began, "left_on": left, **more}


TREATMENT = [
    stay(1, "2024-01-01", "2024-01-31", completed=False),  # 30 days
    stay(2, "2024-01-01", "2024-03-30", completed=False),  # 89 days
    stay(3, "2024-01-01", "2024-03-01", completed=True),  # 60 days, and completed
    stay(4, "2024-01-01", None, rating=2),  # still there after 547 days
    stay(4, "2025-01-10", None, kind="recovery_support", rating=5),  # after the period: not her answer in it
    stay(5, "2024-12-01", None, rating=4),  # still there after 212 days
    stay(6, "2023-06-01", "2024-01-02", completed=None),  # began the year before
    stay(7, "2023-06-01", "2024-01-01"),  # left before the first day
    stay(8, "2024-05-01", "2024-05-20", kind="home_visiting"),
]

EXPECTED = [
    ("IN_TREATMENT", [1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6], [], []),
    ("KEPT30", [1, 2, 3, 4, 5], [1, 2, 3, 4, 5], [], []),
    ("KEPT90", [1, 2, 3, 4, 5], [3, 4, 5], [], []),
    ("KEPT180", [1, 2, 3, 4, 5], [3, 4, 5], [], []),
    ("KEPT365", [1, 2, 3, 4], [3, 4], [], [5]),
    ("COMPLETED", [1, 2, 3], [3], [6, 7], []),
    ("RATED", [4, 5], [5], [1, 2, 3, 6], []),
]


@pytest.fixture(scope="module")
def treatment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    return write_extract(tmp_path_factory.mktemp("treatment"), {"enrolments": TREATMENT})


@pytest.mark.parametrize(("code", "counted", "met", "apart", "unripe"), EXPECTED, ids=[row[0] for row in EXPECTED])
def test_recovery(treatment: Path, code: str, counted: list[int], met: list[int], apart: list[int], unripe: list[int]) -> None:
    assert flags(rows(treatment, code, [YEAR])) == {"counted": counted, "met": met, "apart": apart, "unripe": unripe}


def test_days_in_treatment_end_with_leaving_alone(treatment: Path) -> None:
    found = times(rows(treatment, "STAY_DAYS", [YEAR]))
    assert found == {1: (30, True), 2: (89, True), 3: (60, False), 4: (546, False), 5: (211, False)}


def test_the_two_metrics_of_the_integration_program(tmp_path: Path) -> None:
    takes_on = [stay(n, "2024-02-01", kind="integration") for n in (1, 2, 3, 4)] + [stay(5, "2025-05-01", kind="integration")]
    tables: dict[str, list[dict[str, Any]]] = {
        "subjects": [{"subject": n, "role": "CAREGIVER", "family": 1000 + n} for n in range(1, 6)]
        + [{"subject": 100 + n, "role": "INFANT", "family": 1000 + n} for n in range(1, 6)],
        "enrolments": [
            *takes_on,
            stay(1, "2024-05-01", "2024-07-30"),  # day 90 of the program, for 90 days
            stay(2, "2024-05-02", "2024-12-01"),  # a day late
            stay(3, "2023-06-01", "2024-02-02"),  # long before, and still there as the program began
            stay(4, "2023-06-01", "2024-02-01"),  # over when the program began
        ],
        "episodes": [
            {"subject": 101, "episode": 1, "entered_on": "2025-01-31"},  # day 365
            {"subject": 102, "episode": 1, "entered_on": "2025-02-01"},  # day 366
            {"subject": 103, "episode": 1, "entered_on": "2024-01-31"},  # before
        ],
        "reports": [
            {"subject": 102, "on_date": "2024-08-01", "disposition": "substantiated"},  # day 182
            {"subject": 103, "on_date": "2024-08-02", "disposition": "indicated"},  # day 183
            {"subject": 104, "on_date": "2024-03-01", "disposition": "unsubstantiated"},
        ],
    }
    folder = write_extract(tmp_path, tables)
    assert flags(rows(folder, "ENGAGED", [YEAR])) == {"counted": [1, 2, 3, 4], "met": [1, 3], "apart": [], "unripe": []}
    assert flags(rows(folder, "TOGETHER", [YEAR])) == {"counted": [1, 2, 3, 4], "met": [2, 3, 4], "apart": [], "unripe": []}
    late = window("2025-01-01", "2025-12-31", cutoff="2025-06-30")
    assert flags(rows(folder, "ENGAGED", [late]))["unripe"] == [5]
    assert flags(rows(folder, "TOGETHER", [late]))["unripe"] == [5]
    assert flags(rows(folder, "RPG_C2_6", [YEAR]))["met"] == [2]
    assert flags(rows(folder, "RPG_C2_12", [YEAR]))["met"] == [2, 3]
    assert flags(rows(folder, "RPG_C2_18", [YEAR]))["unripe"] == [1, 4]
    assert flags(rows(folder, "RPG_C2_24", [YEAR]))["counted"] == [2, 3]


def test_common_clients_are_families_whom_both_serve_in_the_period(tmp_path: Path) -> None:
    def served(subject: int, system: str, began: str, left: str | None = None) -> dict[str, Any]:
        return {"subject": subject, "system": system, "on_date": began, "left_on": left}

    tables = {
        "subjects": [{"subject": 1, "family": 1001}, {"subject": 101, "family": 1001}, {"subject": 2, "family": 1002}, {"subject": 3}],
        "systems": [
            served(1, "child_welfare", "2024-02-01"), served(101, "behavioral_health", "2023-01-01", "2024-01-02"),  # the child and the mother
            served(2, "child_welfare", "2024-02-01"), served(2, "behavioral_health", "2023-01-01", "2024-01-01"),  # over before the first day
            served(3, "behavioral_health", "2024-06-01"), served(3, "health", "2024-06-01"),
        ],
    }  # fmt: skip
    found = flags(rows(write_extract(tmp_path, tables), "COMMON", [YEAR]))
    assert (found["counted"], found["met"]) == ([1, 2, 3], [1])


MARGINS = {
    "subjects": [
        {"subject": 1, "role": "INFANT", "race": "A", "family": 7}, {"subject": 101, "role": "CAREGIVER", "family": 7},
        {"subject": 2, "role": "INFANT", "race": "A"}, {"subject": 3, "role": "INFANT", "race": "B"},
        {"subject": 90, "role": "MARGIN", "race": "A"}, {"subject": 91, "role": "MARGIN", "race": "B"}, {"subject": 92, "role": "MARGIN"},
    ],
    "margins": [
        {"subject": 90, "measure": "births", "on_date": "2024-01-01", "people": 40},
        {"subject": 91, "measure": "births", "on_date": "2024-01-01", "people": 60},
        {"subject": 91, "measure": "births", "on_date": "2025-01-01", "people": 999},  # another year's
        {"subject": 90, "measure": "tested", "on_date": "2024-01-01", "people": 8},
        {"subject": 91, "measure": "tested", "on_date": "2024-01-01", "people": 3},
        {"subject": 92, "measure": "eligible", "on_date": "2024-01-01", "people": 12},
    ],
    "notifications": [{"subject": n, "on_date": "2024-05-01"} for n in (1, 2, 3)],
    # The family's plan stands for the infant and for the mother, and was made twice.
    "plans": [
        {"subject": 1, "on_date": "2024-05-02"}, {"subject": 101, "on_date": "2024-05-02"}, {"subject": 1, "on_date": "2024-06-02"},
        {"subject": 2, "on_date": "2025-05-02"},
    ],
}  # fmt: skip


def test_our_counts_stand_beside_those_that_others_keep(tmp_path: Path) -> None:
    folder = write_extract(tmp_path, MARGINS)
    found = {code: sums(rows(folder, code, [YEAR])) for code in ("NOTIFIED_BIRTHS", "TESTED_BIRTHS", "NOTIFIED_TESTED", "REACH")}
    assert found == {"NOTIFIED_BIRTHS": (3, 100), "TESTED_BIRTHS": (11, 100), "NOTIFIED_TESTED": (3, 11), "REACH": (1, 12)}


def test_they_stand_for_each_group(tmp_path: Path) -> None:
    folder = write_extract(tmp_path, MARGINS)
    with engine() as backend:
        extract = read_extract(backend, folder)
        found = rows_of(shipped()["NOTIFIED_BIRTHS"], extract=extract, windows=[YEAR])
        by = {row["race"]: (row["part"], row["whole"]) for row in fetch(backend, figures.totals(found, extract=extract, by=["race"])).to_pylist()}
    assert by == {"A": (2, 40), "B": (1, 60)}


def test_barriers_and_meetings(tmp_path: Path) -> None:
    tables = {
        "barriers": [
            {"subject": 1, "on_date": "2024-01-01", "level": "LOCAL_TEAM", "closed_on": "2024-02-15"},
            {"subject": 2, "on_date": "2024-02-01", "level": "CORE", "closed_on": None},
            {"subject": 3, "on_date": "2024-03-01", "level": "OVERSIGHT", "closed_on": "2025-07-01"},  # closed after the data ends
            {"subject": 4, "on_date": "2023-12-31", "level": "CORE", "closed_on": "2024-01-05"},
        ],
        "meetings": [
            {"subject": 1, "on_date": "2024-01-10", "kind": "CORE", "expected": 12, "present": 9},
            {"subject": 2, "on_date": "2024-02-10", "kind": "CORE", "expected": 12, "present": 8},
            {"subject": 3, "on_date": "2024-03-10", "kind": "CORE", "expected": None, "present": 8},
        ],
    }
    folder = write_extract(tmp_path, tables)
    assert times(rows(folder, "BARRIER_DAYS", [YEAR])) == {1: (45, True), 2: (515, False), 3: (486, False)}
    assert flags(rows(folder, "BARRIER_UP", [YEAR]))["met"] == [2, 3]
    assert sums(rows(folder, "ATTENDANCE", [YEAR])) == (17, 24)


def test_maltreatment_within_six_months(tmp_path: Path) -> None:
    reports = [
        {"subject": subject, "on_date": on, "incident_on": on, "disposition": "substantiated"}
        for subject, on in ((1, "2024-01-10"), (1, "2024-07-10"), (2, "2024-01-10"), (2, "2024-07-11"))
    ]
    folder = write_extract(tmp_path, {"subjects": [{"subject": n, "born_on": "2023-12-01"} for n in (1, 2)], "reports": reports})
    assert flags(rows(folder, "HARM6", [YEAR]))["met"] == [1]
    assert flags(rows(folder, "S2", [YEAR]))["met"] == [1, 2]


def test_a_diagnosis_of_nicotine_asks_for_no_treatment(tmp_path: Path) -> None:
    tables = {
        "diagnoses": [
            {"subject": 1, "on_date": "2024-01-01", "code": "F17"}, {"subject": 1, "on_date": "2024-03-01", "code": "F11"},
            {"subject": 2, "on_date": "2024-01-01", "code": "F17"}, {"subject": 3, "on_date": "2024-01-01", "code": None},
        ],
        "visits": [{"subject": 1, "on_date": "2024-03-10"}, {"subject": 2, "on_date": "2024-01-02"}, {"subject": 3, "on_date": "2024-01-20"}],
    }  # fmt: skip
    found = flags(rows(write_extract(tmp_path, tables), "IET_INITIATED", [YEAR]))
    assert (found["counted"], found["met"]) == ([1, 3], [1])


SAMPLE = "IET_INITIATED IET_ENGAGED MOUD180 REUNTIME P1 P2 P3 P4 P5 S1 S2 RH6 RH12 POSC IPSE"  # what worlds try (test_worlds, test_worlds_edges)


def test_every_indicator_that_ships_is_tried_here_or_by_worlds() -> None:
    here = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_recipes_*.py"))
    assert {code for code in shipped() if f'"{code}"' not in here} - set(SAMPLE.split()) == set()
