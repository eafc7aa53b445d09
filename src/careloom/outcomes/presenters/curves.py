"""Times until something happens: the median with its range, the curve as a picture, and its table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from careloom.infra.ui.components import CurveStep, WaitingCurve
from careloom.outcomes.models import Curve
from careloom.outcomes.presenters.measured import Value
from careloom.outcomes.queries.sight import Seen

MOST_LINES = 12
HALF = 50.0
SHORT = 3  # a step without its range


def half(curve: Curve) -> Value | None:
    """The day on which half are there, with the days between which it may lie; None where half were never reached."""
    if curve.median is None:
        return None
    low = next((step.days for step in steps_of(curve) if step.low is not None and step.low <= HALF), None)
    high = next((step.days for step in steps_of(curve) if step.high is not None and step.high <= HALF), None)
    return Value(value=float(curve.median), low=None if low is None else float(low), high=None if high is None else float(high))


def figure_of(curve: Curve, *, exact: bool) -> Seen:
    """A curve as a figure: who is followed, and how many are there. Why it is not published is no reason to hide it from who reads exactly."""
    return Seen(
        indicator=curve.indicator, variant="", period=curve.period, starts_on=curve.starts_on, ends_on=curve.ends_on, by=curve.by,
        group=curve.value, counted=curve.seen, met=curve.came, whole=curve.seen, part=curve.came, hidden="" if exact else curve.hidden or "",
    )  # fmt: skip


def picture(curve: Curve) -> WaitingCurve | None:
    """The curve as stairs; None where there is nothing to draw."""
    steps = tuple(steps_of(curve))
    if not steps:
        return None
    return WaitingCurve(
        steps=steps, half_on=curve.median, days_word=_("Of 100, how many still wait after so many days. The dot is where half are there.")
    )


def table(curve: Curve) -> list[dict[str, Any]]:
    """Some days of the curve, evenly picked, as rows."""
    every: Sequence[Any] = curve.steps
    gap = max(1, -(-len(every) // MOST_LINES))
    rows = [*every[::gap], *([every[-1]] if every and (len(every) - 1) % gap else [])]
    return [{"days": row[0], "waiting": round(100 * float(row[1])), "at_risk": row[-1]} for row in rows]


def steps_of(curve: Curve) -> list[CurveStep]:
    """The steps as they are kept: day, share still waiting, perhaps its range, and how many are watched."""
    return [
        CurveStep(days=row[0], waiting=100 * float(row[1]), low=_of_100(row[2]), high=_of_100(row[3]))
        if len(row) > SHORT
        else CurveStep(days=row[0], waiting=100 * float(row[1]))
        for row in curve.steps
    ]


def _of_100(share: Any) -> float | None:
    return None if share is None else 100 * float(share)
