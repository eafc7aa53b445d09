"""Programs and who stays in them: treatment entered, kept and completed, the integration position, and clients whom two systems serve.

R-092 (Recovery), R-194 (two metrics of the integration program), R-204 (common clients), RPG C2. Computed where the records may be read; what leaves
is counts.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import ibis
import ibis.expr.types as ir

from careloom.outcomes.measures.days import YEAR, Span, earliest, later, length
from careloom.outcomes.measures.harm import FOUNDED
from careloom.outcomes.measures.joins import known_of, with_home
from careloom.outcomes.measures.rows import IN_WINDOW, SUBJECT, first_of, number, share
from careloom.outcomes.measures.tables import Extract
from careloom.outcomes.measures.windows import Window, happened_in, seen_in

TREATMENT = ("treatment",)
_SOON = Span(days=90)


def present(extract: Extract, windows: Sequence[Window], *, kinds: Collection[str] = TREATMENT) -> ir.Table:
    """How many people were in such a program on any day of the period, each once."""
    return number(_overlapping(extract["enrolments"].filter(lambda t: t.kind.isin(kinds)), windows).select(IN_WINDOW).distinct())


def kept(extract: Extract, windows: Sequence[Window], *, at_least: int, kinds: Collection[str] = TREATMENT) -> ir.Table:
    """People who begin such a program in the period, and how many are still in it after so many days. Who completed it sooner is kept as well."""
    first = _begun(extract, windows, kinds=kinds)
    stayed = length(earliest(first.ended_on, later(first.cutoff_on, days=1)), first.on_date) >= at_least
    met = stayed | (first.ended_on.notnull() & first.completed.fill_null(False))
    return share(first, met=met, unripe=~met & first.ended_on.isnull())


def completed(extract: Extract, windows: Sequence[Window], *, kinds: Collection[str] = TREATMENT) -> ir.Table:
    """People who leave such a program in the period, and how many had completed it. Who left for an unknown reason is shown apart."""
    left = happened_in(extract["enrolments"].filter(lambda t: t.kind.isin(kinds) & t.left_on.notnull()), windows, day="left_on")
    first = first_of(left.mutate(day=left.left_on), by="seq")
    return share(first, met=first.completed, apart=first.completed.isnull())


def rated(extract: Extract, windows: Sequence[Window], *, at_least: int = 4, kinds: Collection[str] = ("treatment", "recovery_support")) -> ir.Table:
    """People in such a program in the period, and how many say of their own recovery that it goes well (4 or 5 of 5). Who was not asked is apart."""
    there = _overlapping(extract["enrolments"].filter(lambda t: t.kind.isin(kinds)), windows)
    said = there.group_by(IN_WINDOW).agg(latest=there.on_date.max())
    last = there.filter(there.rating.notnull()).mutate(place=ibis.row_number().over(_latest_first())).filter(lambda t: t.place == 0)
    rows = known_of(said, last.select(*IN_WINDOW, "rating"), IN_WINDOW)
    return share(rows, met=rows.rating >= at_least, apart=rows.rating.isnull())


def engaged(extract: Extract, windows: Sequence[Window], *, at_least: int = 90, within: Span = _SOON) -> ir.Table:
    """Parents whom the integration position takes on in the period, and how many are in treatment soon and stay in it so long (R-194)."""
    first = _begun(extract, windows, kinds=("integration",))
    treatment = extract["enrolments"].filter(lambda t: t.kind.isin(TREATMENT))
    treatment = treatment.select("realm", "subject", began_on=treatment.on_date, left_treatment_on=treatment.left_on)
    pairs = first.join(treatment, SUBJECT).filter(lambda t: t.cutoff_on.isnull() | (t.began_on <= t.cutoff_on))
    ended = earliest(pairs.left_treatment_on, later(pairs.cutoff_on, days=1))
    soon = (pairs.began_on <= within.end(pairs.on_date)) & (ended > pairs.on_date)
    long = pairs.filter(soon & (length(ended, pairs.began_on) >= at_least)).select(IN_WINDOW).distinct().mutate(long=True)
    rows = known_of(first, long, IN_WINDOW)
    met = rows.long.fill_null(False)
    return share(rows, met=met, unripe=~met & (rows.cutoff_on < later(within.end(rows.on_date), days=at_least)))


def kept_together(extract: Extract, windows: Sequence[Window], *, within: Span = YEAR, kinds: Collection[str] = ("integration",)) -> ir.Table:
    """Families whom the program takes on in the period, and how many had no child taken into care in the year after (R-194)."""
    families = _families_begun(extract, windows, kinds=kinds)
    removals = with_home(extract["episodes"], extract["subjects"])
    removals = removals.select("realm", "home", removed_on=removals.entered_on)
    return _nothing_since(families, removals, day="removed_on", within=within)


def harmed_after(
    extract: Extract,
    windows: Sequence[Window],
    *,
    within: Span = YEAR,
    kinds: Collection[str] = ("treatment", "integration"),
    founded: Collection[str] = FOUNDED,
) -> ir.Table:
    """Families who begin such a program in the period, and how many have a confirmed report within that time of it (RPG C2)."""
    families = _families_begun(extract, windows, kinds=kinds)
    reports = with_home(extract["reports"].filter(lambda t: t.disposition.isin(founded)), extract["subjects"])
    quiet = _nothing_since(families, reports.select("realm", "home", told_on=reports.on_date), day="told_on", within=within)
    # The same rows, asked the other way round.
    harmed = quiet.counted & ~quiet.met
    return quiet.mutate(met=harmed, part=harmed.cast("int64"))


def common(extract: Extract, windows: Sequence[Window], *, systems: Sequence[str]) -> ir.Table:
    """Families whom any of the systems serves in the period, and how many all of them serve (R-204): a count, with nobody named."""
    there = _overlapping(extract["systems"].filter(lambda t: t.system.isin(list(systems))), windows)
    served = with_home(there, extract["subjects"])
    families = served.group_by(["realm", "window", "home"]).agg(subject=served.subject.min(), systems=served.system.nunique())
    return share(families, met=families.systems == len(systems))


def _overlapping(spans: ir.Table, windows: Sequence[Window]) -> ir.Table:
    """Times that touch the period, as far as they are known."""
    seen = seen_in(spans, windows)
    known = seen.cutoff_on.isnull() | (seen.on_date <= seen.cutoff_on)
    return seen.filter(known & (seen.on_date < seen.ends_on) & (seen.left_on.isnull() | (seen.left_on > seen.starts_on)))


def _latest_first() -> ibis.expr.builders.WindowBuilder:
    return ibis.window(group_by=IN_WINDOW, order_by=[ibis.desc("on_date"), ibis.desc("seq")])


def _begun(extract: Extract, windows: Sequence[Window], *, kinds: Collection[str]) -> ir.Table:
    """The first such program that each begins in the period; an end after the cut-off is not known yet (`ended_on`)."""
    begun = happened_in(extract["enrolments"].filter(lambda t: t.kind.isin(kinds)), windows)
    first = first_of(begun.mutate(day=begun.on_date), by="seq")
    hidden = (first.left_on > first.cutoff_on).fill_null(False)
    return first.mutate(ended_on=ibis.ifelse(hidden, ibis.null("date"), first.left_on))


def _families_begun(extract: Extract, windows: Sequence[Window], *, kinds: Collection[str]) -> ir.Table:
    """One row a family, by its first beginning in the period."""
    rows = with_home(_begun(extract, windows, kinds=kinds), extract["subjects"])
    order = ibis.window(group_by=["realm", "window", "home"], order_by=["on_date", "subject"])
    return rows.mutate(place=ibis.row_number().over(order)).filter(lambda t: t.place == 0)


def _nothing_since(families: ir.Table, events: ir.Table, *, day: str, within: Span) -> ir.Table:
    """Families of whom no such event (realm, home and that day) is known from their beginning to its span's end."""
    pairs = families.join(events, ["realm", "home"])
    since = (pairs[day] >= pairs.on_date) & (pairs[day] <= within.end(pairs.on_date))
    came = pairs.filter(since & (pairs.cutoff_on.isnull() | (pairs[day] <= pairs.cutoff_on))).select(IN_WINDOW).distinct().mutate(came=True)
    rows = known_of(families, came, IN_WINDOW)
    quiet = ~rows.came.fill_null(False)
    return share(rows, met=quiet, unripe=quiet & (rows.cutoff_on < within.end(rows.on_date)))
