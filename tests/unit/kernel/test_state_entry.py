"""A line of a state system's file: codes, shapes, lengths, and what would be refused."""

from __future__ import annotations

from datetime import date, time

import pytest

from careloom.kernel.packs.following import Column
from careloom.kernel.state_entry import Coded, FaultKind, guarded, line_of


def test_a_line_has_the_states_order_codes_and_shapes() -> None:
    columns = (
        Column(name="Time", field="CONTACT_TIME", shape="%I:%M %p"), Column(name="Type", field="CONTACT_TYPE", codes={"HOME_VISIT": "07"}),
        Column(name="Day", field="CONTACT_DATE", shape="%m%d%Y", must=True, most=8), Column(name="Place", field="PLACE"),
    )  # fmt: skip
    values = {"CONTACT_DATE": date(2026, 3, 9), "CONTACT_TIME": time(14, 5), "CONTACT_TYPE": Coded(code="HOME_VISIT", words="Home visit")}
    line = line_of(values, columns=columns)
    assert line.cells == ("02:05 PM", "07", "03092026", "")
    assert line.faults == ()


def test_each_cell_that_would_be_refused_is_named_with_why() -> None:
    columns = (
        Column(name="With", field="WITH", must=True), Column(name="Worker", field="WORKER", most=4),
        Column(name="Type", field="CONTACT_TYPE", must=True, codes={"PHONE": "03"}), Column(name="Words", field="WORDS", most=3),
    )  # fmt: skip
    values = {"WITH": "", "WORKER": "=Four", "CONTACT_TYPE": Coded(code="LETTER", words="Letter"), "WORDS": "abc"}
    faults = line_of(values, columns=columns).faults
    assert [(fault.column, fault.kind, fault.most) for fault in faults] == [
        ("With", FaultKind.MISSING, 0), ("Worker", FaultKind.TOO_LONG, 4), ("Type", FaultKind.NO_CODE, 0),
    ]  # fmt: skip


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1+1", "\N{FULLWIDTH EQUALS SIGN}1"])
def test_a_formula_is_text_in_a_spreadsheet(cell: str) -> None:
    assert guarded(cell) == "'" + cell


def test_plain_words_stay_as_they_are() -> None:
    assert [guarded(cell) for cell in ("", "Jo slept = well", "3-4")] == ["", "Jo slept = well", "3-4"]
