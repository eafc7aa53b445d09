"""Recovery: medicine that goes on, and treatment that begins (R-092, R-085). Worlds W25 and W26.

The shapes follow NQF 3175 and HEDIS IET as recollected; the codes that name a medicine or a visit are the extract's.
Computed where the treatment program's records may be read, and given out as counts.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

import ibis
import ibis.expr.types as ir

from careloom.outcomes.measures.days import later, length
from careloom.outcomes.measures.joins import known_of
from careloom.outcomes.measures.rows import IN_WINDOW, SUBJECT, first_day, share
from careloom.outcomes.measures.tables import Extract
from careloom.outcomes.measures.windows import Window, happened_in

DAY_ZERO = date(2000, 1, 1)


def medicine_runs(extract: Extract, windows: Sequence[Window], *, longest_gap: int = 7) -> ir.Table:
    """For each mother with medicine in the period: `longest`, her longest run from its first covered day to its last, and `last`, where it all ends.

    Days are counted from a fixed one. A supply that is fetched early begins when the one before it ends. So the end of supply i is the latest, over
    all supplies j up to i, of the day j was fetched plus all days from j to i; with running sums this is one pass. A gap longer than `longest_gap`
    days ends the run.
    """
    supplies = extract["supplies"].select(*SUBJECT, "seq", "on_date", "days")
    mothers = first_day(happened_in(supplies.select(*SUBJECT, "on_date"), windows)).select(*IN_WINDOW, "starts_on", "cutoff_on")
    # The running sum of all she ever had does for every period: only differences of it are used. Whole numbers of 32 bits keep sorting small.
    ever = ibis.cumulative_window(group_by=SUBJECT, order_by=["on_date", "seq"])
    fetched = length(supplies.on_date, ibis.literal(DAY_ZERO)).cast("int32")
    summed = supplies.mutate(fetched=fetched, total=supplies.days.sum().over(ever).cast("int32"))
    rows = summed.mutate(ahead=(summed.fetched - summed.total + summed.days).cast("int32")).join(mothers, SUBJECT)
    rows = rows.filter((rows.on_date >= rows.starts_on) & (rows.cutoff_on.isnull() | (rows.on_date <= rows.cutoff_on)))
    rows = rows.select(*IN_WINDOW, "seq", "fetched", "days", "total", "ahead", "cutoff_on")
    return _runs(rows, longest_gap=longest_gap).group_by(IN_WINDOW).agg(
        longest=lambda t: t.run.max(), last=lambda t: t.end.max(), cutoff_on=lambda t: t.cutoff_on.max()
    )  # fmt: skip


def _runs(rows: ir.Table, *, longest_gap: int) -> ir.Table:
    """Of each mother's supplies in a window those that begin a run, with its days as `run`, and the last one, with the day its medicine `end`s."""
    group, order = IN_WINDOW, ["fetched", "seq"]
    earlier, in_order = ibis.window(group_by=group, order_by=order, rows=(None, -1)), ibis.window(group_by=group, order_by=order)
    seen = rows.mutate(latest=rows.ahead.max().over(earlier), is_last=rows.fetched.lead().over(in_order).isnull())
    ends = seen.mutate(before=seen.total - seen.days + seen.latest, end=seen.total + ibis.greatest(seen.latest.fill_null(seen.ahead), seen.ahead))
    marked = ends.mutate(broken=ends.before.isnull() | (ends.fetched - ends.before > longest_gap))
    # What neither begins a run nor is the last says nothing more; few are left to be sorted again.
    few = marked.filter(marked.broken | marked.is_last)
    stop = ibis.ifelse(few.broken, few.before, few.end).lead().over(in_order).fill_null(few.end)
    begin = few.end - few.days
    return few.mutate(run=ibis.ifelse(few.broken, stop - begin, ibis.null("int32")))


def kept_medicine(extract: Extract, windows: Sequence[Window], *, at_least: int = 180, longest_gap: int = 7) -> ir.Table:
    """Mothers with medicine for opioid use disorder in the period who had it for so many days on end."""
    runs = medicine_runs(extract, windows, longest_gap=longest_gap)
    known_days = length(later(runs.cutoff_on, days=1), ibis.literal(DAY_ZERO))
    enough = runs.longest >= at_least
    # Who still has medicine at the cut-off may yet reach it.
    return share(runs, met=enough, unripe=~enough & (runs.last + longest_gap >= known_days))


def begins(
    extract: Extract, windows: Sequence[Window], *, first_within: int = 14, more: int = 0, more_within: int = 34, besides: Collection[str] = ("F17",)
) -> ir.Table:
    """Mothers with a diagnosis in the period who had a first treatment visit in time, and (with `more`) so many further ones soon after it.

    `besides`: codes of diagnoses that ask for no such treatment (nicotine).
    """
    asked = extract["diagnoses"].filter(lambda t: t.code.isnull() | ~t.code.isin(besides))
    found = first_day(happened_in(asked.select(*SUBJECT, "on_date"), windows))
    visits = extract["visits"].select(*SUBJECT, visit_on=extract["visits"].on_date)
    pairs = found.join(visits, SUBJECT)
    pairs = pairs.filter((pairs.visit_on >= pairs.on_date) & (pairs.cutoff_on.isnull() | (pairs.visit_on <= pairs.cutoff_on)))
    began = pairs.group_by(IN_WINDOW).agg(began_on=pairs.visit_on.min())
    rows = known_of(found, began, IN_WINDOW)
    enough = (rows.began_on <= later(rows.on_date, days=first_within)).fill_null(False)
    if more:
        # What follows on the first visit's own day belongs to it.
        after = known_of(pairs.select(*IN_WINDOW, "visit_on"), began, IN_WINDOW)
        after = after.filter((after.visit_on > after.began_on) & (after.visit_on <= later(after.began_on, days=more_within)))
        rows = known_of(rows, after.group_by(IN_WINDOW).agg(came=after.count()), IN_WINDOW)
        enough = (rows.began_on <= later(rows.on_date, days=first_within)).fill_null(False) & (rows.came >= more).fill_null(False)
    last_day = later(rows.on_date, days=first_within + (more_within if more else 0))
    return share(rows, met=enough, unripe=~enough & (rows.cutoff_on < last_day))
