"""What every recipe gives: rows that say how each subject counts, in one shape, so that all measures are added up in one place.

`counted`: in the denominator. `met`: in the numerator. `apart`: left the denominator for a stated reason and is shown beside. `unripe`: the data
ends before the answer is known. `whole` and `part` are what is divided: ones for a share, days and events for a rate.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

SUBJECT = ["realm", "subject"]
IN_WINDOW = ["realm", "window", "subject"]
REASON = "reason"
COLUMNS = ("realm", "window", "subject", "counted", "met", "apart", "unripe", "whole", "part")


def share(rows: ir.Table, *, met: ir.BooleanValue, apart: ir.BooleanValue | None = None, unripe: ir.BooleanValue | None = None) -> ir.Table:
    """Rows of a share. Who is apart or unripe is not counted."""
    nobody = ibis.literal(False)
    aside = nobody if apart is None else apart.fill_null(False)
    open_still = nobody if unripe is None else unripe.fill_null(False) & ~aside
    flagged = rows.mutate(apart=aside, unripe=open_still, came=met.fill_null(False)).mutate(counted=lambda t: ~t.apart & ~t.unripe)
    flagged = flagged.mutate(met=flagged.counted & flagged.came)
    return _shaped(flagged.mutate(whole=flagged.counted.cast("int64"), part=flagged.met.cast("int64")))


def number(rows: ir.Table) -> ir.Table:
    """Rows of a plain count: each subject that is there is counted."""
    return share(rows, met=ibis.literal(True))


def rate(
    rows: ir.Table, *, whole: ir.IntegerValue, part: ir.IntegerValue, apart: ir.BooleanValue | None = None, unripe: ir.BooleanValue | None = None
) -> ir.Table:
    """Rows of a rate: time at risk, and what happened in it. Who is apart or unripe adds to neither."""
    nobody = ibis.literal(False)
    aside = nobody if apart is None else apart.fill_null(False)
    open_still = nobody if unripe is None else unripe.fill_null(False) & ~aside
    flagged = rows.mutate(apart=aside, unripe=open_still, all_of=whole.cast("int64"), some_of=part.fill_null(0).cast("int64"))
    out = flagged.apart | flagged.unripe
    measured = flagged.mutate(whole=ibis.ifelse(out, 0, flagged.all_of).cast("int64"), part=ibis.ifelse(out, 0, flagged.some_of).cast("int64"))
    return _shaped(measured.mutate(counted=measured.whole > 0, met=measured.part > 0))


def because(rows: ir.Table, *, of: ir.Table) -> ir.Table:
    """Rows of a share with the reason why each that was counted was not met, from the rows `of` (IN_WINDOW and `reason`); null for all others."""
    known = rows.left_join(of, IN_WINDOW, rname="{name}_of_reasons")
    lost = known.counted & ~known.met
    return known.select(*COLUMNS, reason=ibis.ifelse(lost, known[REASON].fill_null("UNKNOWN"), ibis.null("string")))


def first_of(rows: ir.Table, *, by: str) -> ir.Table:
    """The first row of each subject in each window, in the order of the day and then of `by`."""
    return rows.mutate(place=ibis.row_number().over(group_by=["realm", "window", "subject"], order_by=["day", by])).filter(lambda t: t.place == 0)


def first_day(rows: ir.Table) -> ir.Table:
    """The first `on_date` of each subject in each window, with the days of the window."""
    days = ("on_date", "starts_on", "ends_on", "cutoff_on")
    return rows.group_by(IN_WINDOW).agg(**{name: rows[name].min() for name in days})


def _shaped(rows: ir.Table) -> ir.Table:
    return rows.select(*COLUMNS)
