"""The partnership's own measures: barriers that go up, and who comes to meetings. No family is in them (R-005, R-192, R-191)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import ibis.expr.types as ir

from careloom.outcomes.measures.rows import IN_WINDOW, rate, share
from careloom.outcomes.measures.tables import Extract
from careloom.outcomes.measures.windows import Window, happened_in


def escalated(extract: Extract, windows: Sequence[Window], *, to: Collection[str] = ("CORE", "OVERSIGHT")) -> ir.Table:
    """Barriers logged in the period, and how many went up to the core team or to oversight."""
    rows = happened_in(extract["barriers"], windows)
    return share(rows, met=rows.level.isin(to))


def attendance(extract: Extract, windows: Sequence[Window], *, tiers: Collection[str] = ()) -> ir.Table:
    """Seats expected at meetings of the period, and how many were taken. A meeting without a list of who was expected is left out."""
    rows = happened_in(extract["meetings"].filter(lambda t: t.expected.notnull() & t.present.notnull()), windows)
    if tiers:
        rows = rows.filter(rows.kind.isin(tiers))
    met = rows.group_by(IN_WINDOW).agg(expected=rows.expected.sum(), present=rows.present.sum())
    return rate(met, whole=met.expected, part=met.present)
