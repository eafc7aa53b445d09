"""Infants whom child welfare looks into, and reports beside plans: a few infants written out, and what each indicator makes of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.made_extract import flags, rows, window, write_extract

YEAR = window("2024-01-01", "2024-12-31", cutoff="2027-12-31")
BORN = "2024-03-10"  # the first birthday is 2025-03-10, the third 2027-03-10


def subject(number: int, born: str | None = BORN) -> dict[str, Any]:
    return {"subject": number, "role": "INFANT", "family": 1000 + number, "born_on": born}


def report(number: int, on: str, screened: str | None = "in") -> dict[str, Any]:
    return {"subject": number, "on_date": on, "screened": screened}


def stay(number: int, entered: str, left: str | None = None, reason: str | None = None, *, episode: int = 1) -> dict[str, Any]:
    return {"subject": number, "episode": episode, "entered_on": entered, "left_on": left, "reason": reason}


def lost(number: int, on: str, reason: str = "death") -> dict[str, Any]:
    return {"subject": number, "on_date": on, "reason": reason}


LOOKED_INTO = {
    "subjects": [
        subject(1), subject(2), subject(3, "2023-06-01"), subject(4, "2023-06-01"), subject(5), subject(6), subject(7, None), subject(8),
        subject(9, "2024-12-01"), subject(10, "2023-01-01"),
    ],
    "reports": [
        report(1, "2024-03-10"), report(1, "2024-05-01"),  # on the day of birth, and again: once
        report(2, "2024-03-09"),  # before birth
        report(3, "2024-05-31"),  # the day before the first birthday
        report(4, "2024-06-01"),  # on it
        report(5, "2024-04-01", "out"), report(6, "2024-04-01", None),
        report(7, "2024-04-01"),  # of no known age
        report(8, "2024-04-01", "out"), report(8, "2024-12-31"),  # screened in the second time, on the last day of the period
        report(9, "2025-01-01"),  # the day after the period
        report(10, "2023-12-31"),  # the day before it
    ],
}  # fmt: skip


def test_infants_looked_into_are_counted_once_and_before_their_first_birthday(tmp_path: Path) -> None:
    folder = write_extract(tmp_path, LOOKED_INTO)
    assert flags(rows(folder, "INVESTIGATED", [YEAR]))["counted"] == [1, 3, 8]
    years = [window("2023-01-01", "2023-12-31", name="a"), YEAR, window("2025-01-01", "2025-12-31", name="z")]
    assert [(row["window"], row["subject"]) for row in rows(folder, "INVESTIGATED", years)] == [
        ("a", 10), ("asked", 1), ("asked", 3), ("asked", 8), ("z", 9),
    ]  # fmt: skip


def test_a_report_after_the_data_ends_is_not_known(tmp_path: Path) -> None:
    folder = write_extract(tmp_path, LOOKED_INTO)
    assert flags(rows(folder, "INVESTIGATED", [window("2024-01-01", "2024-12-31", cutoff="2024-12-30")]))["counted"] == [1, 3]


LATER: dict[str, list[dict[str, Any]]] = {
    "subjects": [subject(n) for n in range(1, 18)] + [subject(18, "2024-02-29"), subject(19, "2024-02-29")],
    "reports": [report(n, "2024-04-01") for n in range(1, 20)],
    "episodes": [
        stay(1, "2027-03-10"),  # taken into care on the third birthday
        stay(2, "2027-03-11"),  # the day after
        stay(3, "2024-03-12", "2024-09-01", "reunification"),  # in care before anyone screened a report in
        stay(4, "2024-05-01", "2027-03-10", "adoption"),  # on the third birthday
        stay(5, "2024-05-01", "2027-03-11", "adoption"),  # the day after: in care on it
        stay(6, "2024-05-01", "2026-01-01", "guardianship"),
        stay(7, "2024-05-01", "2026-01-01", "relative"),
        stay(8, "2024-05-01", "2027-03-10", "reunification"),  # home on the birthday
        stay(9, "2024-05-01", "2027-03-11", "reunification"),  # home the day after
        # With a guardian, back in care, and home.
        stay(10, "2024-05-01", "2025-01-01", "guardianship"), stay(10, "2025-06-01", "2026-01-01", "reunification", episode=2),
        # Home, back in care on the same day, and adopted.
        stay(11, "2024-05-01", "2025-01-01", "reunification"), stay(11, "2025-01-01", "2026-12-01", "adoption", episode=2),
        stay(12, "2024-05-01", "2024-06-01", "death"),
        stay(13, "2024-05-01", "2025-01-01", "transfer"),
        stay(15, "2026-05-01"),  # moved out of the state before
        stay(18, "2027-03-01"),  # born on a leap day: three years old on the first of March
        stay(19, "2027-03-02"),
    ],
    "losses": [
        lost(12, "2024-06-01"), lost(14, "2025-05-01"), lost(15, "2026-04-30", "moved_out_of_state"),
        lost(16, "2027-03-10", "moved_out_of_state"), lost(17, "2027-03-09", "moved_out_of_state"),
    ],
}  # fmt: skip
EVERYBODY = list(range(1, 20))


def but(*numbers: int) -> list[int]:
    """Everybody but these."""
    return [number for number in EVERYBODY if number not in numbers]


# Which by the third birthday: counted, met, apart.
EXPECTED = [
    ("INVESTIGATED_CARE36", but(14, 15, 17), [1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 18], [14, 15, 17]),
    ("INVESTIGATED_NEW36", but(12, 14, 15, 17), [4, 6, 10, 11], [12, 14, 15, 17]),
    ("INVESTIGATED_AWAY36", but(12, 13, 14, 15, 17), [1, 4, 5, 6, 9, 11, 18], [12, 13, 14, 15, 17]),
]


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    return write_extract(tmp_path_factory.mktemp("later"), LATER)


@pytest.mark.parametrize(("code", "counted", "met", "apart"), EXPECTED, ids=[row[0] for row in EXPECTED])
def test_where_they_are_at_three(later: Path, code: str, counted: list[int], met: list[int], apart: list[int]) -> None:
    assert flags(rows(later, code, [YEAR])) == {"counted": counted, "met": met, "apart": apart, "unripe": []}


@pytest.mark.parametrize("code", [row[0] for row in EXPECTED])
def test_all_is_known_where_the_data_has_no_end_and_on_the_last_third_birthday(later: Path, code: str) -> None:
    whole = flags(rows(later, code, [YEAR]))
    assert flags(rows(later, code, [window("2024-01-01", "2024-12-31")])) == whole
    assert flags(rows(later, code, [window("2024-01-01", "2024-12-31", cutoff="2027-03-10")])) == whole


# The data ends on the last day of 2025: what has come by then is known, the rest is not; who was lost by then is apart.
EARLY = [
    ("INVESTIGATED_CARE36", [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13], [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13], [14]),
    ("INVESTIGATED_NEW36", [10], [10], [12, 14]),
    ("INVESTIGATED_AWAY36", [], [], [12, 13, 14]),
]


@pytest.mark.parametrize(("code", "counted", "met", "apart"), EARLY, ids=[row[0] for row in EARLY])
def test_what_comes_after_the_data_ends_is_not_known(later: Path, code: str, counted: list[int], met: list[int], apart: list[int]) -> None:
    found = flags(rows(later, code, [window("2024-01-01", "2024-12-31", cutoff="2025-12-31")]))
    assert found == {"counted": counted, "met": met, "apart": apart, "unripe": but(*counted, *apart)}


def test_an_end_of_care_after_the_data_ends_is_no_end_yet(later: Path) -> None:
    day_before = window("2024-01-01", "2024-12-31", cutoff="2026-11-30")
    assert flags(rows(later, "INVESTIGATED_NEW36", [day_before]))["met"] == [6, 10]
    assert 11 in flags(rows(later, "INVESTIGATED_NEW36", [day_before]))["unripe"]
    assert flags(rows(later, "INVESTIGATED_NEW36", [window("2024-01-01", "2024-12-31", cutoff="2026-12-01")]))["met"] == [6, 10, 11]


TOLD: dict[str, list[dict[str, Any]]] = {
    "subjects": [subject(n) for n in range(1, 13)] + [subject(13, None)],
    "notifications": [{"subject": n, "on_date": "2024-03-12"} for n in (1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13)]
    + [{"subject": 8, "on_date": "2025-01-01"}],  # the day after the period
    "plans": [{"subject": n, "on_date": "2024-03-14"} for n in (1, 3, 5, 7, 8, 9, 10, 13)] + [{"subject": 12, "on_date": "2025-06-01"}],
    "reports": [
        report(1, "2024-03-11"),  # before the notification
        report(2, "2024-03-10"),  # on the day of birth, and no plan
        report(3, "2025-03-10"),  # day 365
        report(5, "2025-03-11"),  # day 366
        report(6, "2024-06-01", "out"),  # screened out: reported all the same
        report(7, "2024-03-09"),  # before birth
        report(8, "2024-04-01"),
        report(9, "2024-03-09"), report(9, "2024-04-01"),  # before birth, and again after it
        report(11, "2025-04-01"), report(11, "2024-05-01"),  # the first counts, in whatever order they stand
        report(13, "2025-03-12"),  # no day of birth: counted from the notification
    ],
}  # fmt: skip
NOTIFIED = [1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    return write_extract(tmp_path_factory.mktemp("told"), TOLD)


BESIDE = [
    ("REPORTED", "", [1, 2, 3, 6, 9, 11, 13]),
    ("REPORTED", "with_plan", [1, 3, 9, 13]),
    ("REPORTED", "without_plan", [2, 6, 11]),
    ("DIVERTED", "", [5, 7, 10, 12]),
]


@pytest.mark.parametrize(("code", "variant", "met"), BESIDE, ids=[f"{row[0]} {row[1]}".strip() for row in BESIDE])
def test_reports_and_plans_stand_beside_each_other(told: Path, code: str, variant: str, met: list[int]) -> None:
    found = flags(rows(told, code, [YEAR], variant=variant))
    assert found == {"counted": NOTIFIED, "met": met, "apart": [], "unripe": []}


def test_a_plan_and_a_report_after_the_data_ends_are_none_yet(told: Path) -> None:
    """The data ends on the first birthday, for one infant without a known birth two days early."""
    birthday = window("2024-01-01", "2024-12-31", cutoff="2025-03-10")
    assert flags(rows(told, "DIVERTED", [birthday])) == {"counted": NOTIFIED[:-1], "met": [5, 7, 10], "apart": [], "unripe": [13]}
    assert flags(rows(told, "REPORTED", [birthday]))["met"] == [1, 2, 3, 6, 9, 11]
    eve = window("2024-01-01", "2024-12-31", cutoff="2025-03-09")
    known = [1, 2, 6, 9, 11]  # a report is known as soon as it is made; that none was made, only when the year is over
    for code, met in (("REPORTED", known), ("DIVERTED", [])):
        found = flags(rows(told, code, [eve]))
        assert (found["counted"], found["met"], found["unripe"]) == (known, met, [3, 4, 5, 7, 10, 12, 13])
