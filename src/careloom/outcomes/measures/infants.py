"""Notified infants: whether they have a plan (42 U.S.C. 5106a(d)(18)), and whether they stayed at home (R-093). Worlds W15, W17, W18."""

from __future__ import annotations

from collections.abc import Sequence

import ibis.expr.types as ir

from careloom.outcomes.measures.days import YEAR, Span, later
from careloom.outcomes.measures.joins import known_of
from careloom.outcomes.measures.rows import SUBJECT, first_day, number, share
from careloom.outcomes.measures.tables import Extract
from careloom.outcomes.measures.windows import Window, happened_in


def notified(extract: Extract, windows: Sequence[Window]) -> ir.Table:
    """The infants whose first notification in the period is in it, once each, with the day of birth."""
    return extract.kept(("notified", tuple(windows)), lambda: _notified(extract, windows))


def _notified(extract: Extract, windows: Sequence[Window]) -> ir.Table:
    first = first_day(happened_in(extract["notifications"].select(*SUBJECT, "on_date"), windows))
    return known_of(first, extract["subjects"].select(*SUBJECT, "born_on", "family"), SUBJECT)


def identified(extract: Extract, windows: Sequence[Window]) -> ir.Table:
    """How many infants were notified in the period, each once (42 U.S.C. 5106a(d)(18)(A))."""
    return number(notified(extract, windows))


def planned_at_home(extract: Extract, windows: Sequence[Window]) -> ir.Table:
    """Notified infants whose plan was made by the day they left the hospital; whose stay is not known is shown apart (42 U.S.C. 5106(a)(7)(D))."""
    infants = notified(extract, windows)
    births = extract["births"].group_by(SUBJECT).agg(birth_on=lambda t: t.on_date.min(), nights=lambda t: t.hospital_nights.max())
    rows = known_of(known_of(infants, births, SUBJECT), soonest(extract["plans"], "planned_on"), SUBJECT)
    home_on = rows.birth_on + rows.nights.as_interval("D")
    return share(rows, met=rows.planned_on <= home_on.cast("date"), apart=rows.nights.isnull())


def with_plan(extract: Extract, windows: Sequence[Window]) -> ir.Table:
    """Notified infants for whom a plan was made by the time the data ends. One plan may cover twins: infants are counted, not plans."""
    infants = notified(extract, windows)
    planned = soonest(extract["plans"], "planned_on")
    both = known_of(infants, planned, SUBJECT)
    return share(both, met=both.planned_on.notnull() & (both.cutoff_on.isnull() | (both.planned_on <= both.cutoff_on)))


def stayed_home(extract: Extract, windows: Sequence[Window], *, until: Span = YEAR) -> ir.Table:
    """Notified infants who were never removed before they were so old.

    A removal is custody taken by an agency or court; a stay with kin by agreement, or in treatment together with the mother, is home. Who died or
    moved away before, without a removal, is shown apart: neither a success nor a failure.
    """
    infants = notified(extract, windows)
    removed = extract.kept("removed", lambda: soonest(extract["episodes"].mutate(on_date=extract["episodes"].entered_on), "removed_on"))
    lost = extract.kept("lost", lambda: soonest(extract["losses"], "lost_on"))
    rows = known_of(known_of(infants, removed, SUBJECT), lost, SUBJECT)
    born = rows.born_on.coalesce(rows.on_date)
    end = until.end(born)
    visible = later(rows.cutoff_on, days=1).fill_null(end)
    removed_in_time = ((rows.removed_on <= end) & (rows.cutoff_on.isnull() | (rows.removed_on <= rows.cutoff_on))).fill_null(False)
    gone = ((rows.lost_on < end) & (rows.cutoff_on.isnull() | (rows.lost_on <= rows.cutoff_on))).fill_null(False)
    apart = gone & ~(removed_in_time & (rows.removed_on <= rows.lost_on)).fill_null(False)
    return share(rows, met=~removed_in_time, apart=apart, unripe=~removed_in_time & (visible < end))


def soonest(events: ir.Table, name: str) -> ir.Table:
    """The first day of such an event for each subject, in a column of that name."""
    return events.group_by(SUBJECT).agg(**{name: events.on_date.min()})


def beside(extract: Extract, rows: ir.Table) -> ir.Table:
    """The families of the rows' subjects, for the count that is shown beside the infants'."""
    return known_of(rows, extract["subjects"].select(*SUBJECT, "family"), SUBJECT)
