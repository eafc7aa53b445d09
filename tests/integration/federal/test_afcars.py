"""AFCARS: a record for each child in care in the six months, as the record stood at their end, and agreed with P1 and P4 (45 CFR 1355.44)."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

from tests.integration.federal.conftest import State
from tests.integration.safety.conftest import words

HALF = "2025A"  # October 2024 to March 2025


def records(text: str) -> list[ElementTree.Element]:
    return ElementTree.fromstring(text).findall("Record")


def test_a_record_says_how_the_child_came_into_care_and_why(state: State) -> None:
    family = state.a_child()
    state.a_report(family, received_on=date(2025, 1, 12))
    state.a_stay(family, removed=date(2025, 1, 20))
    state.a_stay(removed=date(2024, 1, 5), ended=date(2024, 8, 1), exit_="REUNIFIED")  # over before the period
    state.a_stay(removed=date(2025, 4, 1))  # after it
    page = state.written("AFCARS", HALF)
    text = state.text(page)
    assert 'status="draft"' in text
    (record,) = records(text)
    told = {element.tag: element.text for element in record.iter() if element.text and element.text.strip()}
    assert told["RemovalDate"] == "2025-01-20"
    assert told["AuthorityForPlacementAndCare"] == "court ordered"
    assert (told["Neglect"], told["PhysicalAbuse"]) == ("applies", "does not apply")
    assert (told["PrenatalDrugExposure"], told["PrenatalAlcoholExposure"], told["CaretakerDrugUse"]) == ("applies", "does not apply", "applies")
    assert "CaretakerAlcoholUse" not in told, "nobody asked about it"
    assert told["PlacementType"] == "foster family home, relative"
    assert (told["Sex"], told["RaceWhite"], told["HispanicOrLatino"]) == ("female", "yes", "no")
    assert str(family[1]) not in text
    assert 'filename="DRAFT-afcars-2025A.xml"' in state.client().get(f"{page}download/")["Content-Disposition"]


def test_what_happened_after_the_period_is_not_told_in_it(state: State) -> None:
    state.a_stay(removed=date(2025, 1, 20), ended=date(2025, 5, 2), exit_="REUNIFIED")
    first, second = state.written("AFCARS", HALF), state.written("AFCARS", "2025B")
    (before,), (after,) = records(state.text(first)), records(state.text(second))
    assert before.find(".//ExitDate") is None
    assert before.find(".//ExitReason") is None
    assert after.findtext(".//ExitDate") == "2025-05-02"
    assert after.findtext(".//ExitReason") == "reunify with parent or legal guardian"
    assert after.findtext(".//ChildRecordNumber") == before.findtext(".//ChildRecordNumber")


def test_a_late_record_is_told_and_a_stay_without_a_reason_is_an_error(state: State) -> None:
    state.a_stay(removed=date(2025, 1, 20), ended=date(2025, 3, 2))
    page = state.written("AFCARS", HALF)
    shown = words(state.client().get(page))
    assert "One of two things that belong together is missing" in shown
    assert "Later than the rule allows" in shown
    mend = state.client(state.supervisor).get("/numbers/federal/mend/").content.decode()
    assert "ExitReason" in mend
    assert "/cases/" in mend


def test_entries_and_exits_agree_with_the_indicators(state: State) -> None:
    twice = state.a_child()
    state.a_stay(twice, removed=date(2024, 10, 5), ended=date(2024, 12, 1), exit_="REUNIFIED")
    state.a_stay(twice, removed=date(2025, 2, 1))  # the same child again: P1 follows the first entry
    state.a_stay(removed=date(2024, 11, 1), ended=date(2024, 11, 5), exit_="REUNIFIED")  # five days
    state.a_stay(removed=date(2023, 1, 1), ended=date(2025, 1, 1), exit_="ADOPTION")
    state.a_stay(state.a_child(born=date(2007, 1, 1)), removed=date(2025, 3, 1))  # eighteen already
    page = state.written("AFCARS", HALF)
    told = state.file(page).agreement
    assert (told["entries"], told["p1"], told["entries_apart"]) == (4, 1, {"short": 1, "adult": 1, "again": 1})
    assert (told["exits"], told["p4"], told["exits_apart"]) == (3, 1, {"not_home_or_kin": 1, "short": 1, "adult": 0, "again": 0})
    assert (told["unexplained_entries"], told["unexplained_exits"]) == (0, 0)
    assert "4 and 1: every difference has its reason" in words(state.client().get(f"{page}agreement/"))
