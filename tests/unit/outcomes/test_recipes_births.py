"""Birth, its plans and its costs: a few births written out, and what each indicator makes of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.made_extract import flags, rows, sums, window, write_extract

YEAR = window("2024-01-01", "2024-12-31", cutoff="2025-12-31")
TABLES: dict[str, list[dict[str, Any]]] = {
    # 1 and 2 are twins of one mother (101); the others have a mother each (100 + their number).
    "subjects": [{"subject": n, "role": "INFANT", "family": 1001 if n < 3 else 1000 + n, "born_on": "2024-05-01"} for n in range(1, 8)]
    + [{"subject": 100 + n, "role": "CAREGIVER", "family": 1000 + n} for n in (1, 3, 4, 5, 6, 7)],
    "births": [
        {"subject": 1, "on_date": "2024-05-01", "gestation_weeks": 36, "intensive_days": 12, "hospital_nights": 20},
        {"subject": 2, "on_date": "2024-05-01", "gestation_weeks": 36, "intensive_days": 3, "hospital_nights": 9},
        {"subject": 3, "on_date": "2024-05-01", "gestation_weeks": 37, "intensive_days": 0, "hospital_nights": 2},
        {"subject": 4, "on_date": "2024-05-01", "gestation_weeks": 36, "intensive_days": 5, "hospital_nights": 5},
        {"subject": 5, "on_date": "2024-05-01", "gestation_weeks": None, "intensive_days": None, "hospital_nights": None},
        {"subject": 6, "on_date": "2023-12-31", "gestation_weeks": 30, "intensive_days": 40, "hospital_nights": 60},  # the year before
        {"subject": 7, "on_date": "2024-05-01", "gestation_weeks": 40, "intensive_days": 0, "hospital_nights": 1},
    ],
    "plans": [
        {"subject": 101, "on_date": "2024-03-01", "prenatal": True},  # before birth, by the mother: both twins
        {"subject": 3, "on_date": "2024-05-03", "prenatal": False},  # the day she left the hospital
        {"subject": 4, "on_date": "2024-05-07", "prenatal": False},
        {"subject": 107, "on_date": "2022-03-01", "prenatal": True},  # an earlier pregnancy
        {"subject": 5, "on_date": "2024-04-30", "prenatal": True},
    ],
    "notifications": [{"subject": n, "on_date": "2024-05-02"} for n in (1, 2, 3, 4, 5)],
    # The twins' family is reported on the 30th day of life; 5's report is a day later, and 3 has no plan before birth.
    "reports": [{"subject": 2, "on_date": "2024-05-31"}, {"subject": 5, "on_date": "2024-06-01"}, {"subject": 3, "on_date": "2024-05-02"}],
    "supplies": [
        {"subject": 101, "on_date": "2023-08-01", "days": 28},  # covers to 29 August 2023: 246 days before birth, within 36 weeks (252)
        {"subject": 103, "on_date": "2023-07-01", "days": 30},  # ends 31 July 2023: 275 days before, and 37 weeks are 259
        {"subject": 104, "on_date": "2024-05-01", "days": 30},  # begins with birth
        {"subject": 105, "on_date": "2023-07-01", "days": 30},  # ends 275 days before; the weeks are not known, so forty (280) are taken
    ],
    "enrolments": [
        {"subject": 103, "kind": "treatment", "on_date": "2024-01-01", "left_on": "2024-04-01"},
        {"subject": 107, "kind": "treatment", "on_date": "2024-01-01"},
        {"subject": 104, "kind": "treatment", "on_date": "2024-05-01"},
        {"subject": 105, "kind": "home_visiting", "on_date": "2024-01-01"},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    return write_extract(tmp_path_factory.mktemp("births"), TABLES)


EXPECTED = [
    # Twins are one pregnancy, told by the smaller number.
    ("PRETERM_PLAN", [1], [1], [5]),
    ("PRETERM_OTHER", [3, 4], [4], []),  # 7 was not notified
    ("PRENATAL", [1, 2, 3, 4, 5], [1, 2, 5], []),
    ("PREVENTED", [1, 5], [5], []),
    ("TREATED", [101, 105], [101, 105], []),
    ("POSC_BEFORE_HOME", [1, 2, 3, 4], [3], [5]),
    ("RPG_C7", [3, 7], [3], []),
]


@pytest.mark.parametrize(("code", "counted", "met", "apart"), EXPECTED, ids=[row[0] for row in EXPECTED])
def test_births_are_counted_as_defined(folder: Path, code: str, counted: list[int], met: list[int], apart: list[int]) -> None:
    found = flags(rows(folder, code, [YEAR]))
    assert (found["counted"], found["met"], found["apart"], found["unripe"]) == (counted, met, apart, [])


def test_days_and_nights_are_added_over_those_who_are_known(folder: Path) -> None:
    assert sums(rows(folder, "INTENSIVE_DAYS", [YEAR])) == (20, 4)
    assert sums(rows(folder, "HOSPITAL_NIGHTS", [YEAR])) == (36, 4)


def test_a_birth_of_the_last_weeks_is_not_known_yet(folder: Path) -> None:
    found = flags(rows(folder, "PREVENTED", [window("2024-01-01", "2024-12-31", cutoff="2024-05-20")]))
    assert (found["counted"], found["unripe"]) == ([], [1, 5])


def test_days_in_care_of_the_first_year(tmp_path: Path) -> None:
    tables = {
        "subjects": [{"subject": n, "role": "INFANT", "born_on": "2024-01-01"} for n in (1, 2, 3)],
        "notifications": [{"subject": n, "on_date": "2024-01-02"} for n in (1, 2, 3)],
        "episodes": [
            {"subject": 1, "episode": 1, "entered_on": "2024-01-11", "left_on": "2024-01-16", "reason": "reunification"},  # five days
            {"subject": 1, "episode": 2, "entered_on": "2024-12-21"},  # ten days until the first year is over on 31 December
            {"subject": 2, "episode": 1, "entered_on": "2025-02-01"},  # after the first year
        ],
    }
    found = rows(write_extract(tmp_path, tables), "CARE_DAYS", [YEAR])
    assert {row["subject"]: (row["whole"], row["part"]) for row in found} == {1: (1, 15), 2: (1, 0), 3: (1, 0)}
    early = rows(tmp_path, "CARE_DAYS", [window("2024-01-01", "2024-12-31", cutoff="2024-12-30")])
    assert (sums(early), flags(early)["unripe"]) == ((0, 0), [1, 2, 3])
