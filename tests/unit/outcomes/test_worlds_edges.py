"""Worlds of the sample's kinds on the edges of the same rules, each worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.outcomes.world_builders import HOME, answered, child, world

SUBSTANTIATED = {"disposition": "substantiated"}


def stay(name: str, entered: str, left: str | None = None, *, why: str = "reunification", **more: Any) -> dict[str, Any]:
    events: list[Any] = [("removal", entered)] + ([("discharge", left, {"reason": why})] if left else [])
    return child(name, *events, **more)


def infant(name: str, *events: Any, born: str = "2023-01-10") -> dict[str, Any]:
    return child(name, ("notification", born), *events, dob=born)


def mother(name: str, *events: tuple[str, str] | tuple[str, str, dict[str, Any]]) -> dict[str, Any]:
    return {"id": name, "events": [{"type": e[0], "date": e[1], **(e[2] if len(e) > 2 else {})} for e in events]}


def supplies(name: str, *given: tuple[str, int]) -> dict[str, Any]:
    return mother(name, *(("moud_supply", on, {"days": days}) for on, days in given))


EDGES: list[tuple[str, dict[str, Any], str, str]] = [
    ("the period's own first and last day are in it", world("P1", stay("A", "2023-01-01", "2023-02-01"), stay("B", "2023-12-31", "2024-02-01"),
        stay("C", "2024-01-01")), "days365", "2/2"),
    ("a short stay before the real one is not the first entry", world("P1", child("A", ("removal", "2023-01-10"), ("discharge", "2023-01-14", HOME),
        ("removal", "2023-03-01"), ("discharge", "2023-05-01", HOME))), "days365", "1/1"),
    ("a stay of no day is no entry", world("P1", child("A", ("removal", "2023-01-10"), ("discharge", "2023-01-10", HOME)),
        stay("B", "2023-01-10", "2023-03-10")), "days365", "1/1"),
    ("only the second entry lies in the period", world("P1", child("A", ("removal", "2022-11-01"), ("discharge", "2022-12-01", HOME),
        ("removal", "2023-03-01"), ("discharge", "2023-04-01", HOME))), "days365", "1/1"),
    ("emancipation is no permanency", world("P1", stay("A", "2023-01-10", "2023-06-10", why="emancipation"), stay("B", "2023-01-10", "2023-06-10",
        why="guardianship")), "days365", "1/2"),
    ("home on the 18th birthday is too late", world("P1", stay("A", "2023-01-10", "2023-06-01", dob="2005-06-01"),
        stay("B", "2023-01-10", "2023-05-31", dob="2005-06-01")), "days365", "1/2"),
    ("entry on the 18th birthday is none", world("P1", stay("A", "2023-06-01", "2023-08-01", dob="2005-06-01"),
        stay("B", "2023-05-31", dob="2005-06-01")), "days365", "0/1"),
    ("born on a leap day, eighteen on the first of March", world("P1", stay("A", "2022-01-10", "2022-02-28", dob="2004-02-29"),
        stay("B", "2022-01-10", "2022-03-01", dob="2004-02-29"), period=["2022-01-01", "2022-12-31"]), "days365", "1/2"),
    ("removed on a leap day, by days", world("P1", stay("A", "2024-02-29", "2025-02-28"), stay("B", "2024-02-29", "2025-03-01"),
        period=["2024-01-01", "2024-12-31"]), "days365", "1/2"),
    ("removed on a leap day, by the calendar", world("P1", stay("A", "2024-02-29", "2025-02-28"), stay("B", "2024-02-29", "2025-03-01"),
        period=["2024-01-01", "2024-12-31"]), "anniversary", "1/2"),
    ("exactly thirty days of trial home visit are all counted", world("P1", child("A", ("removal", "2023-01-01"),
        ("placement", "2023-12-03", {"setting": "trial_home_visit"}), ("discharge", "2024-01-02", HOME))), "days365", "0/1"),
    ("a trial home visit that began before the year was over", world("P1", child("A", ("removal", "2023-01-01"),
        ("placement", "2023-12-02", {"setting": "trial_home_visit"}), ("discharge", "2024-06-02", HOME))), "days365", "1/1"),
    ("a trial home visit in two rows is one", world("P1", child("A", ("removal", "2023-01-01"),
        ("placement", "2023-11-01", {"setting": "trial_home_visit"}), ("placement", "2023-12-20", {"setting": "trial_home_visit"}),
        ("discharge", "2024-01-20", HOME))), "days365", "1/1"),
    ("a trial home visit that ended in another home does not count", world("P1", child("A", ("removal", "2023-01-01"),
        ("placement", "2023-10-01", {"setting": "trial_home_visit"}), ("placement", "2023-12-20", {"setting": "foster:F1"}),
        ("discharge", "2024-01-20", HOME))), "days365", "0/1"),
    ("an exit on the cut-off is known", world("P1", stay("A", "2023-05-01", "2023-12-31"), cutoff="2023-12-31"), "days365", "1/1"),
    ("an exit after the cut-off is not", world("P1", stay("A", "2023-05-01", "2024-01-01"), cutoff="2023-12-31"), "days365", "withheld (1 immature)"),
    ("an entry after the cut-off is none", world("P1", stay("A", "2023-05-01", "2023-06-01"), stay("B", "2023-08-01"), cutoff="2023-07-31"),
        "days365", "1/1"),
    ("in care for a year on the first day", world("P2", stay("A", "2022-01-01", "2023-06-01", dob="2021-12-01"), stay("B", "2022-01-02",
        dob="2021-12-01"), stay("C", "2020-12-31", dob="2020-12-01")), "days365", "1/1"),
    ("in care for two years on the first day", world("P3", stay("A", "2021-01-01", "2023-06-01", dob="2020-12-01"), stay("B", "2021-01-02",
        dob="2020-12-01")), "days365", "1/1"),
    ("who left on the first day was not there", world("P3", stay("A", "2020-01-01", "2023-01-01", dob="2019-12-01"), stay("B", "2020-01-01",
        "2023-01-02", dob="2019-12-01")), "days365", "1/1"),
    ("a year from the first day, and not from entry", world("P2", stay("A", "2021-10-01", "2024-01-01", dob="2021-01-01"), stay("B", "2021-10-01",
        "2024-01-02", dob="2021-01-01")), "days365", "1/2"),
    ("a stay of seven days is no re-entry", world("P4", child("A", ("removal", "2023-01-10"), ("discharge", "2023-03-01", HOME),
        ("removal", "2023-05-01"), ("discharge", "2023-05-08", HOME))), "days365", "0/1"),
    ("the first exit of the period is followed", world("P4", child("A", ("removal", "2022-12-10"), ("discharge", "2023-02-01", HOME),
        ("removal", "2023-03-01"), ("discharge", "2023-06-01", HOME))), "days365", "1/1"),
    ("a re-entry is told in days and by the calendar", world("P4", child("A", ("removal", "2023-01-10"), ("discharge", "2023-03-01", HOME),
        ("removal", "2024-03-01"))), "days365", "0/1"),
    ("the same by the calendar", world("P4", child("A", ("removal", "2023-01-10"), ("discharge", "2023-03-01", HOME), ("removal", "2024-03-01"))),
        "anniversary", "1/1"),
    ("a return after the 18th birthday is none", world("P4", child("A", ("removal", "2023-01-10"), ("discharge", "2023-05-01", HOME),
        ("removal", "2023-07-01"), dob="2005-06-01")), "days365", "0/1"),
    ("an exit that is not a year old is not known yet", world("P4", stay("A", "2023-01-10", "2023-06-01"), cutoff="2024-05-30"), "days365",
        "withheld (1 immature)"),
    ("on one day out and in, whatever the file's order", world("P4", child("A", ("removal", "2023-01-10"), ("removal", "2023-05-01"),
        ("discharge", "2023-05-01", HOME))), "days365", "1/1"),
    ("back to a foster home of earlier is a move", world("P5", child("A", ("removal", "2023-01-01"), ("placement", "2023-01-01",
        {"setting": "foster:F1"}), ("placement", "2023-02-01", {"setting": "foster:F2"}), ("placement", "2023-03-01", {"setting": "foster:F1"}),
        ("discharge", "2023-04-11", HOME))), "P5", "20.00 per 1,000 days"),
    ("a move after the period is none of it", world("P5", child("A", ("removal", "2023-12-22"), ("placement", "2023-12-22",
        {"setting": "foster:F1"}), ("placement", "2024-01-01", {"setting": "foster:F2"}), ("discharge", "2024-02-01", HOME))),
        "P5", "0.00 per 1,000 days"),
    ("nobody in care is no day", world("P5", child("A")), "P5", "no days per 1,000 days"),
    ("a report of the day of leaving is told of home", world("S1", child("A", ("removal", "2023-01-01"), ("report", "2023-01-21", SUBSTANTIATED),
        ("discharge", "2023-01-21", HOME)), child("B", ("removal", "2023-01-01"), ("report", "2023-01-20", SUBSTANTIATED), ("discharge", "2023-01-21",
        HOME))), "S1", "2500.00"),
    ("a stay from the year before counts from the first day", world("S1", child("A", ("removal", "2022-12-01"), ("report", "2023-01-02",
        SUBSTANTIATED), ("discharge", "2023-01-11", HOME))), "S1", "10000.00"),
    ("unsubstantiated is not counted", world("S1", child("A", ("removal", "2023-01-01"), ("report", "2023-02-01", {"disposition": "unsubstantiated"}),
        ("discharge", "2023-04-11", HOME))), "S1", "0.00"),
    ("an indicated report counts like a substantiated one", world("S2", child("A", ("report", "2023-01-10", {"disposition": "indicated"}),
        ("report", "2023-02-10", SUBSTANTIATED))), "days365", "1/1"),
    ("a first report before the period is another year's", world("S2", child("A", ("report", "2022-12-31", SUBSTANTIATED), ("report", "2023-02-10",
        SUBSTANTIATED))), "days365", "0/1"),
    ("at eighteen a report is no child's", world("S2", child("A", ("report", "2023-05-31", SUBSTANTIATED), ("report", "2023-06-30", SUBSTANTIATED),
        dob="2005-06-01"), child("B", ("report", "2023-06-01", SUBSTANTIATED), dob="2005-06-01")), "days365", "0/1"),
    ("a removal on the last day of the year at home counts", world("RH12", infant("A", ("removal", "2024-01-10")), infant("B", ("removal",
        "2024-01-11"))), "RH12", "1/2"),
    ("a leap day in the first year, by days", world("RH12", infant("A", ("removal", "2024-03-01"), born="2023-03-01")), "RH12", "1/1"),
    ("a leap day in the first year, by the calendar", world("RH12", infant("A", ("removal", "2024-03-01"), born="2023-03-01")), "anniversary", "0/1"),
    ("half a year at home", world("RH6", infant("A", ("removal", "2023-07-11")), infant("B", ("removal", "2023-07-12"))), "RH6", "1/2"),
    ("home at six months and not at twelve", world("RH6+RH12", infant("A", ("removal", "2023-10-01"))), "RH6", "1/1"),
    ("the same asked of twelve", world("RH6+RH12", infant("A", ("removal", "2023-10-01"))), "RH12", "0/1"),
    ("a death after the year is no loss", world("RH12", infant("A", ("death", "2024-02-01"))), "RH12", "1/1"),
    ("a removal of three days is a removal", world("RH12", infant("A", ("removal", "2023-03-01"), ("discharge", "2023-03-04", HOME))), "RH12", "0/1"),
    ("a first year that is not over is withheld", world("RH12", infant("A"), cutoff="2023-12-31"), "RH12", "withheld (1 immature)"),
    ("a plan before birth is a plan", world("POSC", child("A", ("plan", "2022-12-01", {"plan": "P"}), ("notification", "2023-01-10"),
        dob="2023-01-09", mother="M")), "POSC", "1/1"),
    ("a plan after the data ends is not known", world("POSC", infant("A", ("plan", "2023-09-01")), cutoff="2023-08-31"), "POSC", "0/1"),
    ("a plan without a notification is not in the count", world("POSC", child("A", ("plan", "2023-01-12")), infant("B")), "POSC", "0/1"),
    ("an infant told of twice is one infant", world("POSC", child("A", ("notification", "2023-01-10"), ("notification", "2023-01-12"),
        dob="2023-01-09")), "POSC", "0/1"),
    ("born on a leap day, a year old on the first of March", world("IPSE", child("A", ("cps_report", "2025-02-28", {"source": "medical",
        "child_factor": "drug"}), dob="2024-02-29"), period=["2025-01-01", "2025-12-31"]), "IPSE", "1"),
    ("two reports of one infant are one infant", world("IPSE", child("A", *(("cps_report", f"2023-01-{day}", {"source": "medical",
        "child_factor": "alcohol"}) for day in (11, 12)), dob="2023-01-10")), "IPSE", "1"),
    ("the day of birth is in the first year", world("IPSE", child("A", ("cps_report", "2023-01-10", {"source": "medical", "child_factor": "drug"}),
        dob="2023-01-10")), "IPSE", "1"),
    ("three supplies fetched early add up", world("MOUD180", mothers=[supplies("A", ("2023-01-01", 60), ("2023-02-20", 60), ("2023-04-11", 60))]),
        "MOUD180", "1/1"),
    ("an early supply bridges a gap that its days reach over", world("MOUD180", mothers=[supplies("A", ("2023-01-01", 90), ("2023-03-22", 30),
        ("2023-05-08", 60))]), "MOUD180", "1/1"),
    ("two short runs are not added", world("MOUD180", mothers=[supplies("A", ("2023-01-01", 100), ("2023-06-01", 100))]), "MOUD180", "0/1"),
    ("the visit of the day of diagnosis begins treatment", world("IET", mothers=[mother("A", ("sud_dx", "2023-01-10"), ("sud_visit", "2023-01-10"),
        ("sud_visit", "2023-02-13"), ("sud_visit", "2023-02-01"))]), "IET", "1/1; 1/1"),
    ("a visit before the diagnosis is none", world("IET", mothers=[mother("A", ("sud_visit", "2023-01-09"), ("sud_dx", "2023-01-10"))]), "IET",
        "0/1; 0/1"),
    ("a second visit of the first day is no further one", world("IET", mothers=[mother("A", ("sud_dx", "2023-01-10"), ("sud_visit", "2023-01-12"),
        ("sud_visit", "2023-01-12"), ("sud_visit", "2023-01-20"))]), "IET", "1/1; 0/1"),
    ("the first diagnosis of the period is followed", world("IET", mothers=[mother("A", ("sud_dx", "2023-01-10"), ("sud_dx", "2023-03-10"),
        ("sud_visit", "2023-03-11"))]), "IET", "0/1; 0/1"),
]  # fmt: skip


@pytest.fixture(scope="module")
def found() -> dict[str, dict[str, Any]]:
    """All worlds in one pass, as a file of them is answered."""
    asked = [{**edge[1], "id": edge[0]} for edge in EDGES]
    return {answer["id"]: answer for answer in answered(asked)}


@pytest.mark.parametrize(("title", "mode", "value"), [(edge[0], edge[2], edge[3]) for edge in EDGES], ids=[edge[0] for edge in EDGES])
def test_edges_of_the_same_rules(found: dict[str, dict[str, Any]], title: str, mode: str, value: str) -> None:
    assert "error" not in found[title], found[title]
    assert found[title]["results"][mode]["value"] == value


def test_the_court_clock_takes_the_first_finding_after_the_removal() -> None:
    asked = world("CLOCK", child("A", ("adjudication", "2023-01-05"), ("removal", "2023-01-31"), ("adjudication", "2023-03-15"),
        ("adjudication", "2023-02-20")), child("B", ("removal", "2023-12-31")))  # fmt: skip
    (answer,) = answered([asked])
    assert answer["results"]["CLOCK"] == {"A": ["2023-02-20", "2024-02-20"], "B": ["2024-02-29", "2025-02-28"]}


@pytest.mark.parametrize(("counts", "shown"), [
    ([25, 12, 3], [25, "*", "*", 40]), ([3, 40], ["*", "*", 43]), ([0, 25, 30], [0, 25, 30, 55]), ([0, 3, 40], [0, "*", "*", 43]),
    ([11, 11], [11, 11, 22]), ([10, 11, 12], ["*", "*", 12, 33]), ([7], ["*", "*"]), ([12], [12, 12]), ([0, 0], [0, 0, 0]),
])  # fmt: skip
def test_small_cells_and_what_would_give_them_away_are_hidden(counts: list[int], shown: list[int | str]) -> None:
    (answer,) = answered([world("SUPPRESS", tables={"t": counts})])
    assert answer["results"]["SUPPRESS"] == {"t": shown}


def test_a_median_that_is_never_reached_and_one_of_those_who_came() -> None:
    asked = world("REUNTIME", durations=[[10, 1], [20, 0], [30, 0], [40, 0]], durations2=[[5, 1], [5, 1], [9, 0]], durations3=[[7, 0]])
    (answer,) = answered([asked])
    assert answer["results"]["REUNTIME"] == {
        "naive_median": 10, "km_median": None, "within_365": "1/4", "km_median_set2": 5, "km_median_set3": None,
    }  # fmt: skip


def test_a_child_and_a_mother_may_have_one_name() -> None:
    asked = world("MOUD180", child("A"), mothers=[supplies("A", ("2023-01-01", 180))])
    assert answered([asked])[0]["results"]["MOUD180"] == {"runs": {"A": 180}, "num": ["A"], "value": "1/1"}


def test_any_indicator_that_ships_answers_on_the_sheet_of_its_kind() -> None:
    asked = [world(code, infant("A", ("removal", "2023-02-01")), cutoff="2024-12-31") for code in ("CAPTA_A", "CARE_DAYS", "FIRST_SERVICE_DAYS")]
    results = [answer["results"] for answer in answered(asked)]
    assert results[0] == {"CAPTA_A": {"ids": ["A"], "value": "1"}}
    assert results[1] == {"CARE_DAYS": {"whole": 1, "part": 343, "value": "343.00"}}
    assert results[2]["FIRST_SERVICE_DAYS"]["km_median"] is None
