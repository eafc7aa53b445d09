"""The six counts of the SUPPORT Act over a few infants, and returns to care at other spans."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.made_extract import flags, rows, sums, times, window, write_extract

YEAR = window("2024-01-01", "2024-12-31", cutoff="2026-12-31")
TABLES: dict[str, list[dict[str, Any]]] = {
    "subjects": [{"subject": n, "role": "INFANT", "family": 1000 + n, "born_on": "2024-01-10"} for n in range(1, 8)]
    + [{"subject": 100 + n, "role": "CAREGIVER", "family": 1000 + n} for n in range(1, 8)],
    "notifications": [{"subject": n, "on_date": "2024-01-12"} for n in range(1, 7)],  # 7 was never notified
    "episodes": [
        # 1 goes home after 60 days and comes back on day 365 of it; 2 is adopted; 3 enters on day 366 of life; 4 is still there.
        {"subject": 1, "episode": 1, "entered_on": "2024-02-01", "left_on": "2024-04-01", "reason": "reunification"},
        {"subject": 1, "episode": 2, "entered_on": "2025-04-01"},
        {"subject": 2, "episode": 1, "entered_on": "2025-01-09", "left_on": "2025-12-01", "reason": "adoption"},
        {"subject": 3, "episode": 1, "entered_on": "2025-01-10"},
        {"subject": 4, "episode": 1, "entered_on": "2024-03-01"},
        {"subject": 7, "episode": 1, "entered_on": "2024-02-01", "left_on": "2024-05-01", "reason": "reunification"},
    ],
    "steps": [
        {"subject": 101, "on_date": "2024-02-10", "need": "A", "step": "started"},  # while the infant is in care
        {"subject": 101, "on_date": "2025-03-31", "need": "B", "step": "started"},  # day 364 at home
        {"subject": 4, "on_date": "2024-02-29", "need": "A", "step": "started"},  # the day before the removal
        {"subject": 5, "on_date": "2024-01-20", "need": "A", "step": "referred"},
        {"subject": 6, "on_date": "2024-01-20", "need": "A", "step": "referred"},
        {"subject": 3, "on_date": "2024-01-20", "need": "A", "step": "referred"},
    ],
    "reports": [{"subject": 6, "on_date": "2024-01-15", "screened": "in"}, {"subject": 5, "on_date": "2024-01-15", "screened": "out"}],
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    return write_extract(tmp_path_factory.mktemp("support"), TABLES)


EXPECTED = [
    ("SUPPORT1", [1, 2, 3, 4, 5, 6], [1, 2, 4]),
    ("SUPPORT2", [1, 2, 4], [1]),
    ("SUPPORT3", [1, 2, 3, 4, 5, 6], [5]),
    ("SUPPORT4", [1, 2, 3, 4, 5, 6], [1, 4]),
    ("SUPPORT5", [1], [1]),
    ("SUPPORT6", [1], [1]),
]


@pytest.mark.parametrize(("code", "counted", "met"), EXPECTED, ids=[row[0] for row in EXPECTED])
def test_the_six_counts(folder: Path, code: str, counted: list[int], met: list[int]) -> None:
    found = flags(rows(folder, code, [YEAR]))
    assert (found["counted"], found["met"], found["unripe"]) == (counted, met, [])


def test_a_case_after_the_data_ends_is_none_yet(folder: Path) -> None:
    assert flags(rows(folder, "SUPPORT3", [window("2024-01-01", "2024-12-31", cutoff="2025-01-09")]))["met"] == [3, 5]


def test_the_length_of_time_until_they_are_home(folder: Path) -> None:
    assert times(rows(folder, "SUPPORT2_DAYS", [YEAR])) == {1: (60, True), 2: (326, False), 4: (1035, False)}


def test_what_is_not_over_is_not_known_yet(folder: Path) -> None:
    early = window("2024-01-01", "2024-12-31", cutoff="2024-12-31")
    assert flags(rows(folder, "SUPPORT1", [early]))["unripe"] == [2, 3, 5, 6]
    assert flags(rows(folder, "SUPPORT6", [early]))["unripe"] == [1]
    assert flags(rows(folder, "SUPPORT5", [early]))["unripe"] == [1]


@pytest.mark.parametrize(("code", "met"), [("REENTRY6", []), ("REENTRY18", [1]), ("REENTRY24", [1])])
def test_returns_at_other_spans(folder: Path, code: str, met: list[int]) -> None:
    found = flags(rows(folder, code, [YEAR]))
    assert (found["counted"], found["met"]) == ([1, 7], met)


def test_how_many_went_home_how_long_they_were_away_and_when_they_came_back(folder: Path) -> None:
    assert flags(rows(folder, "REUNIFIED", [YEAR]))["counted"] == [1, 7]
    assert sums(rows(folder, "STAY_LENGTH", [YEAR])) == (60 + 90, 2)
    assert times(rows(folder, "RETURN_DAYS", [YEAR])) == {1: (365, True), 7: (974, False)}
    assert flags(rows(folder, "HOME12", [YEAR]))["met"] == [1, 7]
    assert flags(rows(folder, "ADOPTED24", [window("2025-01-01", "2025-12-31", cutoff="2027-12-31")]))["met"] == [2]
