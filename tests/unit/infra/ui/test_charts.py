"""Charts of time: the scale holds what is drawn, points stand in order, stairs go down where the curve does."""

from __future__ import annotations

import pytest

from careloom.infra.ui.components import ChartPoint, ControlChart, CurveStep, Funnel, FunnelStep, Trend, WaitingCurve
from careloom.infra.ui.components.charts import BASE, TOP, scale


@pytest.mark.parametrize(("low", "high"), [(0, 0.004), (0, 1), (3, 97), (41, 44), (0, 12_345), (5, 5)])
def test_a_scale_is_round_and_holds_both_ends(low: float, high: float) -> None:
    first, last, step = scale(low, high)
    assert first <= low
    assert last >= high
    assert 1 <= round((last - first) / step) <= 6


def test_a_control_chart_keeps_every_point_and_its_band_on_the_drawing() -> None:
    points = tuple(ChartPoint(label=str(i), value=v, low=2, high=9, marked=v > 9) for i, v in enumerate((3, 5, 12)))
    chart = ControlChart(points=points, middle=5, band_word="")
    assert [p.x for p in chart.placed] == sorted(p.x for p in chart.placed)
    assert all(TOP <= chart.y(v) <= BASE for p in points for v in (p.value, p.low, p.high))
    assert chart.y(12) < chart.y(3)
    assert len(chart.band.split(" ")) == 6


def test_a_curve_goes_down_in_stairs_and_marks_where_half_are_there() -> None:
    curve = WaitingCurve(steps=(CurveStep(days=10, waiting=80), CurveStep(days=40, waiting=45)), half_on=40, days_word="")
    heights = [float(place.split(",")[1]) for place in curve.line.split(" ")]
    assert heights == sorted(heights)
    assert curve.half == (curve.x(40), curve.y(50))
    assert curve.band == ""


def test_a_trend_without_a_target_draws_none_and_a_hidden_last_value_has_no_range() -> None:
    bare = Trend(periods=("2024", "2025"), values=(40.0, 50.0))
    assert (bare.base_y, bare.target_y, bare.interval) == (None, None, None)
    hidden = Trend(periods=("2024", "2025"), values=(40.0, None), base=40, low=30, high=50)
    assert hidden.interval is None
    assert len(hidden.dots) == 1


def test_what_is_lost_may_be_less_than_what_is_missing() -> None:
    steps = (FunnelStep(label="a", count=100), FunnelStep(label="b", count=60, lost=10), FunnelStep(label="c", count=45))
    bars = Funnel(title="", steps=steps, headings=("", "", ""), lost_word="").bars
    assert [bar.lost for bar in bars] == [10, 15, None]
    assert [bar.largest for bar in bars] == [False, True, False]
