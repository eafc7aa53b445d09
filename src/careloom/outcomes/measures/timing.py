"""How long it takes: time to reunification, to a first service, to coming back; and the court's own clock (R-094, O12; worlds W27 and W28).

The median among those who are home already is biased downward; what is published is the Kaplan-Meier median of all who entered.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import ibis
import ibis.expr.types as ir

from careloom.outcomes.measures.cascade import STARTED, family_steps
from careloom.outcomes.measures.days import earliest, later, length
from careloom.outcomes.measures.infants import notified, soonest
from careloom.outcomes.measures.joins import known_of
from careloom.outcomes.measures.rows import IN_WINDOW, SUBJECT, first_of
from careloom.outcomes.measures.tables import Extract
from careloom.outcomes.measures.windows import Window, happened_in, seen_in


def written_down(extract: Extract, windows: Sequence[Window], *, curve: str) -> ir.Table:
    """Times that came as durations: the rows of one curve, as they are."""
    asked = seen_in(extract["durations"].filter(lambda t: t.curve == curve), windows)
    return asked.select(*IN_WINDOW, "days", "came")


def to_home(extract: Extract, windows: Sequence[Window], *, exits: Collection[str] = ("reunification",)) -> ir.Table:
    """Days from entry into care to going home, of all who enter in the period; who is still in care, or left it otherwise, is cut off there."""
    seen = seen_in(extract.care, windows)
    inside = seen.filter((seen.entered_on >= seen.starts_on) & (seen.entered_on < seen.ends_on))
    first = first_of(inside.mutate(day=inside.entered_on), by="episode")
    seen_until = earliest(first.left_on, first.cutoff_on, first.adult_on)
    rows = first.mutate(until=seen_until)
    came = (rows.left_on.notnull() & rows.reason.isin(exits) & (rows.left_on == rows.until)).fill_null(False)
    # A stay without an end and without a cut-off has no known length.
    return rows.filter((rows.left_on.notnull() | rows.cutoff_on.notnull()) & (rows.until >= rows.entered_on)).select(
        *IN_WINDOW, days=lambda t: length(t.until, t.entered_on), came=came
    )


def to_service(extract: Extract, windows: Sequence[Window], *, needs: Sequence[str] = ()) -> ir.Table:
    """Days from the notification to the family's first service, of infants notified in the period; a family in service already waits no day.

    Who died or moved away before, and who still waits as the data ends, is cut off there. `needs` narrows it to services for those needs.
    """
    infants = notified(extract, windows)
    ways = family_steps(extract, infants, needs=needs)
    started = ways.filter(ways.rank == STARTED).group_by(IN_WINDOW).agg(started_on=lambda t: t.on_date.min())
    rows = known_of(known_of(infants, started, IN_WINDOW), soonest(extract["losses"], "lost_on"), SUBJECT)
    rows = rows.mutate(until=earliest(rows.started_on, rows.lost_on, rows.cutoff_on))
    came = (rows.started_on.notnull() & (rows.started_on == rows.until)).fill_null(False)
    known = rows.filter(rows.started_on.notnull() | rows.lost_on.notnull() | rows.cutoff_on.notnull())
    return known.select(*IN_WINDOW, days=_no_less_than_zero(length(known.until, known.on_date)), came=came)


def to_return(extract: Extract, windows: Sequence[Window], *, exits: Collection[str] = ("reunification", "relative", "guardianship")) -> ir.Table:
    """Days from going home to entering care again, of children who leave care to home or kin in the period; who has not come back is cut off."""
    seen = seen_in(extract.care, windows)
    went = seen.filter(seen.left_on.notnull() & seen.reason.isin(exits) & (seen.left_on < seen.adult_on))
    inside = went.filter(
        (went.left_on >= went.starts_on) & (went.left_on < went.ends_on) & (went.cutoff_on.isnull() | (went.left_on <= went.cutoff_on))
    )
    first = first_of(inside.mutate(day=inside.left_on), by="episode")
    rows = first.mutate(until=earliest(first.next_on, first.cutoff_on, first.adult_on))
    known = rows.filter(rows.next_on.notnull() | rows.cutoff_on.notnull())
    came = (known.next_on.notnull() & (known.next_on == known.until)).fill_null(False)
    return known.select(*IN_WINDOW, days=length(known.until, known.left_on), came=came)


def in_program(extract: Extract, windows: Sequence[Window], *, kinds: Collection[str] = ("treatment",)) -> ir.Table:
    """Days in such a program, of people who begin one in the period; who is still in it is cut off as the data ends.

    Leaving without completing is the event; who completed the program was kept, and is cut off that day.
    """
    begun = happened_in(extract["enrolments"].filter(lambda t: t.kind.isin(kinds)), windows)
    first = first_of(begun.mutate(day=begun.on_date), by="seq")
    rows = first.mutate(until=earliest(first.left_on, first.cutoff_on))
    known = rows.filter(rows.left_on.notnull() | rows.cutoff_on.notnull())
    came = (known.left_on.notnull() & (known.left_on == known.until)).fill_null(False) & ~known.completed.fill_null(False)
    return known.select(*IN_WINDOW, days=length(known.until, known.on_date), came=came)


def to_close(extract: Extract, windows: Sequence[Window]) -> ir.Table:
    """Days until a barrier is closed, of barriers that were logged in the period; an open one is cut off as the data ends."""
    rows = happened_in(extract["barriers"], windows)
    rows = rows.mutate(until=earliest(rows.closed_on, rows.cutoff_on))
    known = rows.filter(rows.closed_on.notnull() | rows.cutoff_on.notnull())
    came = (known.closed_on.notnull() & (known.closed_on == known.until)).fill_null(False)
    return known.select(*IN_WINDOW, days=_no_less_than_zero(length(known.until, known.on_date)), came=came)


def court_clock(extract: Extract, windows: Sequence[Window], *, after_removal: int = 60, months: int = 12) -> ir.Table:
    """The day a child is held to have entered foster care, and the day the permanency hearing is due.

    The earlier of the first finding of abuse or neglect and 60 days after removal; twelve calendar months later (42 U.S.C. 675(5)(C) and (F)).
    """
    seen = seen_in(extract["episodes"], windows)
    inside = seen.filter((seen.entered_on >= seen.starts_on) & (seen.entered_on < seen.ends_on))
    first = first_of(inside.mutate(day=inside.entered_on), by="episode")
    found = extract["adjudications"].select("realm", "subject", found_on=extract["adjudications"].on_date)
    later_found = first.join(found, SUBJECT).filter(lambda t: t.found_on >= t.entered_on)
    soonest = later_found.group_by(IN_WINDOW).agg(found_on=later_found.found_on.min())
    rows = known_of(first, soonest, IN_WINDOW)
    rows = rows.mutate(held_on=earliest(rows.found_on, later(rows.entered_on, days=after_removal)))
    return rows.select(*IN_WINDOW, "held_on", due_on=(rows.held_on + ibis.interval(months=months)).cast("date"))


def _no_less_than_zero(days: ir.IntegerValue) -> ir.IntegerValue:
    return ibis.greatest(days, 0)


def survivors(rows: ir.Table) -> ir.Table:
    """How many came and how many were cut off on each day, of each window: all that a curve needs."""
    return rows.group_by(["realm", "window", "days"]).agg(came=rows.came.cast("int64").sum(), seen=rows.count())
