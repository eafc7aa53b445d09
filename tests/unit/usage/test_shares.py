"""What may be said of a share: small numbers stay hidden, also when somebody subtracts three months from twelve."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from careloom.usage.periods import back, whole_months
from careloom.usage.shares import How, Share, shares
from careloom.usage.words import ASK, TEACH, proposal, said


def year(*, rows: int, filled: int) -> Share:
    return shares(rows_3=0, filled_3=0, rows_12=rows, filled_12=filled)[1]


def test_a_field_that_nobody_fills_is_said_to_be_empty_for_a_year() -> None:
    found = year(rows=40, filled=0)
    assert (found.how, found.rows) == (How.NEVER, 40)
    assert proposal(found) == str(ASK)


def test_a_field_that_is_filled_seldom_gets_another_proposal_than_one_that_is_used() -> None:
    seldom, used = year(rows=400, filled=20), year(rows=400, filled=200)
    assert (seldom.percent, used.percent) == (5.0, 50.0)
    assert (said(seldom), proposal(seldom), proposal(used)) == ("5 of 100", str(TEACH), "")


def test_small_numbers_are_not_said_and_still_sorted() -> None:
    assert [year(rows=400, filled=filled).how for filled in (0, 3, 60, 395, 400)] == [How.NEVER, How.SELDOM, How.SHARE, How.OFTEN, How.SHARE]
    assert year(rows=400, filled=3).percent is None
    assert [year(rows=rows, filled=4).how for rows in (9, 15)] == [How.FEW, How.HIDDEN]
    assert year(rows=9, filled=4).rows is None


@settings(max_examples=1000, deadline=None)
@given(st.integers(0, 60), st.integers(0, 60), st.data())
def test_no_small_number_comes_out_of_two_windows(recent_rows: int, before_rows: int, data: st.DataObject) -> None:
    """Whoever reads both windows and subtracts finds no count of rows from 1 to 10, filled or empty, in the three months or the nine before."""
    filled = [data.draw(st.integers(0, rows)) for rows in (recent_rows, before_rows)]
    recent, all_of_it = shares(rows_3=recent_rows, filled_3=filled[0], rows_12=recent_rows + before_rows, filled_12=sum(filled))
    for one in (recent, all_of_it):
        if one.how in (How.NEVER, How.SHARE) and one.rows is not None and one.percent is not None:
            said_filled = round(one.rows * one.percent / 100)
            assert not 0 < said_filled < 11
            assert not 0 < one.rows - said_filled < 11
    exact = {How.NEVER, How.SHARE}
    if recent.how in exact and all_of_it.how in exact and recent.rows is not None and all_of_it.rows is not None:
        assert not 0 < filled[1] < 11
        assert not 0 < before_rows - filled[1] < 11


def test_months_are_whole() -> None:
    found = whole_months(date(2026, 2, 28))
    assert (found.until, found.three, found.twelve) == (date(2026, 2, 1), date(2025, 11, 1), date(2025, 2, 1))
    assert back(date(2026, 1, 1), 1) == date(2025, 12, 1)
