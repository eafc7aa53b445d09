"""Days of a series, turns, months without a meeting, who hears of what is late, and how a promise goes on."""

from __future__ import annotations

from datetime import date

import pytest

from careloom.kernel.partnership import (
    MOVES,
    Block,
    Month,
    MonthFact,
    Progress,
    cycles_without,
    day_in,
    leader_at,
    minimum_missing,
    months_of,
    moves_of,
    next_in_turn,
    next_month,
    quarters_back,
    quorum_met,
    series_days,
    told,
)


@pytest.mark.parametrize(
    ("month", "week", "weekday", "day"),
    [
        (date(2026, 3, 1), 1, 6, date(2026, 3, 1)),  # the month begins with the day
        (date(2026, 3, 1), 2, 1, date(2026, 3, 10)),
        (date(2026, 3, 1), 5, 1, date(2026, 3, 31)),  # five of them
        (date(2026, 2, 1), 5, 5, date(2026, 2, 28)),  # four of them: the last
        (date(2028, 2, 1), 5, 1, date(2028, 2, 29)),
    ],
)
def test_a_day_such_as_the_second_tuesday(month: date, week: int, weekday: int, day: date) -> None:
    assert day_in(month=month, week=week, weekday=weekday) == day


def test_a_series_begins_no_sooner_and_goes_on_over_the_year() -> None:
    days = series_days(start=date(2026, 11, 20), week=2, weekday=1, every=3, until=date(2027, 8, 31))
    assert days == (date(2027, 2, 9), date(2027, 5, 11), date(2027, 8, 10))
    assert next_month(date(2026, 12, 31)) == date(2027, 1, 1)
    assert next_month(date(2026, 1, 31), by=-1) == date(2025, 12, 1)
    assert quarters_back(date(2026, 2, 3), count=3) == (date(2025, 7, 1), date(2025, 10, 1), date(2026, 1, 1))


def test_a_month_without_a_held_meeting_is_missed_and_the_running_one_may_still_be() -> None:
    facts = [
        MonthFact(on=date(2026, 1, 13), held=True, coming=False),
        MonthFact(on=date(2026, 2, 10), held=False, coming=False),  # cancelled
        MonthFact(on=date(2026, 4, 14), held=False, coming=True),
    ]
    found = dict(months_of(start=date(2026, 1, 5), every=1, today=date(2026, 4, 3), meetings=facts))
    assert found == {
        date(2026, 1, 1): Month.HELD, date(2026, 2, 1): Month.MISSED, date(2026, 3, 1): Month.MISSED, date(2026, 4, 1): Month.COMING,
    }  # fmt: skip
    late = months_of(start=date(2026, 4, 1), every=1, today=date(2026, 4, 20), meetings=[MonthFact(on=date(2026, 4, 14), held=False, coming=False)])
    assert late == ((date(2026, 4, 1), Month.MISSED),)
    quarterly = months_of(
        start=date(2026, 1, 5), every=3, today=date(2026, 5, 3), meetings=[MonthFact(on=date(2026, 3, 30), held=True, coming=False)]
    )
    assert quarterly == ((date(2026, 1, 1), Month.HELD), (date(2026, 4, 1), Month.COMING))


def test_turns_go_round() -> None:
    assert [leader_at(rotation=("a", "b", "c"), place=place) for place in range(4)] == ["a", "b", "c", "a"]
    assert leader_at(rotation=(), place=3) is None
    assert next_in_turn(of=("a", "b"), last={"a": date(2026, 1, 1)}) == "b"
    assert next_in_turn(of=("a", "b"), last={"a": date(2026, 1, 1), "b": date(2025, 1, 1)}) == "b"
    assert next_in_turn(of=(), last={}) is None


def test_meetings_without_a_duty_are_counted_from_the_newest() -> None:
    some, none = frozenset({Block.POLICY}), frozenset[Block]()
    assert cycles_without(newest_first=[none, none, some, none]) == 2
    assert cycles_without(newest_first=[some, none]) == 0
    assert cycles_without(newest_first=[]) == 0


def test_the_last_day_is_in_time_and_lateness_rises() -> None:
    steps, due = ((0, "OWNER"), (7, "CHAIR"), (30, "CORE")), date(2026, 3, 1)
    assert told(due_on=due, today=date(2026, 3, 1), steps=steps) == ()
    assert told(due_on=due, today=date(2026, 3, 2), steps=steps) == ("OWNER",)
    assert told(due_on=due, today=date(2026, 3, 8), steps=steps) == ("OWNER",)
    assert told(due_on=due, today=date(2026, 3, 9), steps=steps) == ("OWNER", "CHAIR")
    assert told(due_on=due, today=date(2026, 4, 1), steps=steps) == ("OWNER", "CHAIR", "CORE")


def test_a_quorum_that_was_not_agreed_is_neither_met_nor_not() -> None:
    assert quorum_met(present=3, needed=0) is None
    assert quorum_met(present=4, needed=4) is True
    assert quorum_met(present=3, needed=4) is False
    assert minimum_missing(minimum=("A", "B", "C"), there=("B", "X")) == ("A", "C")


def test_nobody_verifies_her_own_work_and_what_is_verified_stays() -> None:
    assert moves_of(Progress.DONE, owner=True, leads=True) == (Progress.IN_PROGRESS,)
    assert Progress.VERIFIED in moves_of(Progress.DONE, owner=False, leads=True)
    assert moves_of(Progress.DONE, owner=True, leads=False) == ()
    assert moves_of(Progress.OPEN, owner=False, leads=False) == ()
    assert MOVES[Progress.VERIFIED] == ()
    assert set(MOVES) == set(Progress)
