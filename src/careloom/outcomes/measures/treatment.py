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
    mothers = happened_in(supplies, windows).select(*IN_WINDOW, "starts_on", "cutoff_on").distinct()
    rows = supplies.join(mothers, SUBJECT)
    rows = rows.filter((rows.on_date >= rows.starts_on) & (rows.cutoff_on.isnull() | (rows.on_date <= rows.cutoff_on))).drop("starts_on")
    order = ibis.window(group_by=IN_WINDOW, order_by=["on_date", "seq"])
    so_far = ibis.cumulative_window(group_by=IN_WINDOW, order_by=["on_date", "seq"])
    summed = rows.mutate(total=rows.days.sum().over(so_far), fetched=length(rows.on_date, ibis.literal(DAY_ZERO)))
    ends = summed.mutate(end=summed.total + (summed.fetched - summed.total + summed.days).max().over(so_far))
    begins = ends.mutate(begin=ends.end - ends.days, before=ends.end.lag().over(order))
    broken = begins.before.isnull() | (begins.begin - begins.before > longest_gap)
    runs = begins.mutate(since=ibis.ifelse(broken, begins.begin, ibis.null("int64")).max().over(so_far))
    return runs.group_by(IN_WINDOW).agg(longest=(runs.end - runs.since).max(), last=runs.end.max(), cutoff_on=runs.cutoff_on.max())


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
