"""Whom we reach of those who are there, and who is told of among those who are born: our rows beside counts that others keep (R-065, O4).

A count that others keep is a row of `margins`: its people are the whole, ours the part. Both carry the same strata, so that the share stands for
each group.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import ibis
import ibis.expr.types as ir

from careloom.outcomes.measures.infants import notified
from careloom.outcomes.measures.joins import with_home
from careloom.outcomes.measures.rows import IN_WINDOW, rate
from careloom.outcomes.measures.tables import Extract
from careloom.outcomes.measures.windows import Window, happened_in


def of_margin(extract: Extract, windows: Sequence[Window], *, part: str, whole: str) -> ir.Table:
    """Rows whose wholes are the people of the margin `whole` and whose parts are ours: `notified`, `planned`, or the people of another margin."""
    those = _of(extract, windows, whole)
    return rate(those, whole=those.people, part=ibis.literal(0)).union(_part(extract, windows, part))


def _part(extract: Extract, windows: Sequence[Window], name: str) -> ir.Table:
    ours = _OURS.get(name)
    if ours is None:
        counts = _of(extract, windows, name)
        return rate(counts, whole=ibis.literal(0), part=counts.people)
    people = ours(extract, windows).select(IN_WINDOW).distinct()
    return rate(people, whole=ibis.literal(0), part=ibis.literal(1))


def _of(extract: Extract, windows: Sequence[Window], measure: str) -> ir.Table:
    inside = happened_in(extract["margins"].filter(lambda t: t.measure == measure), windows)
    return inside.group_by(IN_WINDOW).agg(people=inside.people.sum())


def _planned(extract: Extract, windows: Sequence[Window]) -> ir.Table:
    """One row for each family with a plan made in the period: the plan stands for the mother and for each infant in it."""
    plans = with_home(happened_in(extract["plans"], windows), extract["subjects"])
    return plans.group_by(["realm", "window", "home"]).agg(subject=plans.subject.min())


_OURS: Final = {"notified": notified, "planned": _planned}
