"""Positions of drawings are pure: dates and numbers in, places out."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.paginator import Paginator
from django.http import QueryDict

from careloom.infra.ui import components as c
from careloom.infra.ui.components.clocks import LETTER, next_month
from careloom.infra.ui.pages import pager_links, shown_numbers


def clocks(*points: c.ClockPoint) -> c.Clocks:
    row = c.ClockRow(name="Mateo", sub="Growing", starts_on=dt.date(2026, 2, 18), ends_on=dt.date(2026, 10, 20), points=points)
    return c.Clocks(today=dt.date(2026, 3, 12), rows=(row,), title="Clocks", sentence="One date.")


def test_time_runs_from_left_to_right_and_today_divides_fact_from_future() -> None:
    picture = clocks(c.ClockPoint(on=dt.date(2026, 2, 18), label="Born", kind="done"), c.ClockPoint(on=dt.date(2026, 8, 18), label="6 months"))
    lane = picture.lanes[0]
    assert lane.points[0].x < picture.today_x < lane.points[1].x
    assert lane.run == (lane.points[0].x, picture.today_x)
    assert lane.ahead is not None
    assert lane.ahead[0] > picture.today_x


def test_a_clock_that_ended_has_no_dashed_part_and_one_ahead_has_no_solid_part() -> None:
    ended = c.ClockRow(name="A", sub="", starts_on=dt.date(2025, 1, 1), ends_on=dt.date(2025, 6, 1), points=())
    ahead = c.ClockRow(name="B", sub="", starts_on=dt.date(2026, 6, 1), ends_on=dt.date(2026, 9, 1), points=())
    lanes = c.Clocks(today=dt.date(2026, 3, 12), rows=(ended, ahead), title="t", sentence="s").lanes
    assert lanes[0].ahead is None
    assert lanes[0].run is not None
    assert lanes[1].run is None
    assert lanes[1].ahead is not None


def test_labels_of_close_dates_do_not_touch() -> None:
    close = tuple(c.ClockPoint(on=dt.date(2026, 4, day), label="2-month visit") for day in (1, 12, 24))
    boxes: dict[float, list[tuple[float, float]]] = {}
    for placed in clocks(*close).lanes[0].points:
        width = len(placed.point.label) * LETTER
        low = {"middle": placed.x - width / 2, "start": placed.x, "end": placed.x - width}[placed.anchor]
        for a, b in boxes.get(placed.label_y, []):
            assert low > b or low + width < a
        boxes.setdefault(placed.label_y, []).append((low, low + width))


def test_month_after_december_is_january() -> None:
    assert next_month(dt.date(2025, 12, 31)) == dt.date(2026, 1, 1)
    assert next_month(dt.date(2026, 2, 28)) == dt.date(2026, 3, 1)


def funnel(*counts: int | None) -> c.Funnel:
    steps = tuple(c.FunnelStep(label=str(i), count=n, hidden="Hidden, 1 to 10" if n is None else "") for i, n in enumerate(counts))
    return c.Funnel(title="t", steps=steps, headings=("Step", "Babies", "Not yet"), lost_word="not yet")


def test_only_the_largest_loss_is_marked() -> None:
    bars = funnel(120, 96, 70, 41, 30).bars
    assert [b.lost for b in bars] == [24, 26, 29, 11, None]
    assert [b.largest for b in bars] == [False, False, True, False, False]


def test_a_hidden_count_draws_no_loss_that_would_give_it_away() -> None:
    bars = funnel(120, 96, None, 30).bars
    assert [b.lost for b in bars] == [24, None, None, None]
    assert bars[1].path == bars[2].path == ""


def test_a_funnel_without_loss_marks_nothing() -> None:
    assert not any(b.largest for b in funnel(5, 5).bars)


def test_trend_puts_higher_values_higher_and_keeps_words_apart() -> None:
    trend = c.Trend(periods=("2021", "2022", "2023"), values=(41, None, 60), base=59.9, target=60, low=51, high=69)
    assert len(trend.dots) == 2
    assert trend.dots[0][1] > trend.dots[1][1]
    assert abs(trend.label_ys[0] - trend.label_ys[1]) >= 11.9
    assert trend.interval[0] < trend.interval[1]


@pytest.mark.parametrize(
    ("current", "count", "shown"),
    [(1, 1, [1]), (1, 12, [1, 2, 0, 12]), (6, 12, [1, 0, 5, 6, 7, 0, 12]), (3, 5, [1, 2, 3, 4, 5]), (12, 12, [1, 0, 11, 12])],
)
def test_pager_shows_the_ends_and_the_neighbours(current: int, count: int, shown: list[int]) -> None:
    assert shown_numbers(current=current, count=count) == shown


def test_pager_keeps_the_other_parameters() -> None:
    links = pager_links(page=Paginator(range(100), 10).page(2), query=QueryDict("q=bea&page=2&kind=a&kind=b"))
    assert links["next"] == "?q=bea&page=3&kind=a&kind=b"
    assert links["previous"] == "?q=bea&page=1&kind=a&kind=b"
    assert (links["first"], links["last"], links["total"]) == (11, 20, 100)
