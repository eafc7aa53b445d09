"""Adding up: the rows of an indicator as totals, for everybody and by what one may look at (R-211)."""

from __future__ import annotations

from collections.abc import Sequence

import ibis.expr.types as ir

from careloom.outcomes.measures.joins import known_of
from careloom.outcomes.measures.rows import SUBJECT
from careloom.outcomes.measures.tables import Extract

UNKNOWN = "UNKNOWN"


def totals(rows: ir.Table, *, extract: Extract | None = None, by: Sequence[str] = ()) -> ir.Table:
    """The sums of one indicator for each realm and window, and each value of the strata named in `by`.

    Columns: realm, window, the strata, counted, met, apart, unripe, whole, part.
    """
    if by and extract is not None:
        facts = extract["subjects"].select(*SUBJECT, *by)
        rows = known_of(rows, facts, SUBJECT).mutate(**{name: lambda t, name=name: t[name].fill_null(UNKNOWN) for name in by})
    return rows.group_by(["realm", "window", *by]).agg(
        counted=rows.counted.cast("int64").sum(),
        met=rows.met.cast("int64").sum(),
        apart=rows.apart.cast("int64").sum(),
        unripe=rows.unripe.cast("int64").sum(),
        whole=rows.whole.sum(),
        part=rows.part.sum(),
    )


def losses(rows: ir.Table) -> ir.Table:
    """Why those who were counted were not met: how many for each reason, of each realm and window; they add up to all who were lost.

    Columns: realm, window, reason, lost. For recipes that say why (the cascade).
    """
    lost = rows.filter(rows.reason.notnull())
    return lost.group_by(["realm", "window", "reason"]).agg(lost=lost.count())
