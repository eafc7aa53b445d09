"""Infants whom child welfare looks into, and where they are some years later; and how reports and plans go together at birth.

The shape of the California study of infants investigated in 2017 (PMC10692263) and of Connecticut's diversion (Hospital Pediatrics 2022;12(10):841).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import ibis
import ibis.expr.types as ir

from careloom.outcomes.measures.days import YEAR, Span, birthday, earliest
from careloom.outcomes.measures.infants import notified, soonest
from careloom.outcomes.measures.joins import known_of
from careloom.outcomes.measures.rows import IN_WINDOW, SUBJECT, first_day, number, share
from careloom.outcomes.measures.tables import Extract
from careloom.outcomes.measures.windows import Window, happened_in

FOR_GOOD = ("adoption", "guardianship")
ENDS_FOLLOWING = ("death", "transfer")  # ways out of care after which nobody here knows with whom the child is
THIRD = 3  # years of age


def looked_into(extract: Extract, windows: Sequence[Window]) -> ir.Table:
    """Infants under one year with a report in the period that was screened in, each once."""
    return number(_infants(extract, windows))


def in_care(extract: Extract, windows: Sequence[Window], *, years: int = THIRD) -> ir.Table:
    """Of infants looked into, how many were ever in care by that birthday. Who died or moved away before, never in care, is shown apart."""
    rows = _followed(extract, windows, years=years)
    removed = soonest(extract["episodes"].mutate(on_date=extract["episodes"].entered_on), "removed_on")
    rows = known_of(rows, removed, SUBJECT)
    return _by_birthday(rows, met=rows.removed_on <= rows.last_on)


def for_good(extract: Extract, windows: Sequence[Window], *, years: int = THIRD, exits: Collection[str] = FOR_GOOD) -> ir.Table:
    """Of infants looked into, how many left care to another family for good by that birthday. Who died or moved away before it came is apart."""
    stays = extract["episodes"].filter(lambda t: t.reason.isin(list(exits)) & t.left_on.notnull())
    rows = known_of(_followed(extract, windows, years=years), soonest(stays.mutate(on_date=stays.left_on), "gone_on"), SUBJECT)
    return _by_birthday(rows, met=rows.gone_on <= rows.last_on)


def away(extract: Extract, windows: Sequence[Window], *, years: int = THIRD, exits: Collection[str] = FOR_GOOD) -> ir.Table:
    """Of infants looked into, how many are not in their parents' custody on that birthday: in care, or with another family for good.

    The last stay in care that began by then decides: a guardianship from which the child came back into care and went home is none. Where the child
    is on that day is not known before it, so who is younger as the data ends is unripe. Who died, moved away or left to another agency is apart.
    """
    rows = _followed(extract, windows, years=years)
    rows = known_of(rows, _last_stay(extract, rows), IN_WINDOW)
    ended = (rows.left_on <= rows.last_on).fill_null(False)
    settled = ended & rows.reason.isin(list(exits)).fill_null(False)
    there = rows.entered_on.notnull() & ~ended & ~rows.is_lost
    elsewhere = ended & rows.reason.isin(list(ENDS_FOLLOWING)).fill_null(False)
    return share(rows, met=settled | there, apart=(rows.is_lost & ~settled) | elsewhere, unripe=rows.cutoff_on < rows.until)


def reported(extract: Extract, windows: Sequence[Window], *, within: Span = YEAR, planned: bool | None = None) -> ir.Table:
    """Notified infants, and how many were reported to child welfare within that time of birth; `planned`: those of them with a plan, or without."""
    rows = _told(extract, windows, within=within)
    met = rows.is_reported if planned is None else rows.is_reported & (rows.is_planned if planned else ~rows.is_planned)
    return share(rows, met=met, unripe=~rows.is_reported & (rows.cutoff_on < rows.until))


def diverted(extract: Extract, windows: Sequence[Window], *, within: Span = YEAR) -> ir.Table:
    """Notified infants, and how many have a plan and no report within that time of birth."""
    rows = _told(extract, windows, within=within)
    return share(rows, met=rows.is_planned & ~rows.is_reported, unripe=~rows.is_reported & (rows.cutoff_on < rows.until))


def _infants(extract: Extract, windows: Sequence[Window]) -> ir.Table:
    told = extract["reports"].filter(lambda t: t.screened == "in").select(*SUBJECT, "on_date")
    born = extract["subjects"].filter(lambda t: t.born_on.notnull()).select(*SUBJECT, "born_on")
    infants = told.join(born, SUBJECT).filter(lambda t: (t.on_date >= t.born_on) & (t.on_date < birthday(t.born_on, years=1)))
    first = first_day(happened_in(infants.select(*SUBJECT, "on_date"), windows))
    return known_of(first, born, SUBJECT)


def _followed(extract: Extract, windows: Sequence[Window], *, years: int) -> ir.Table:
    """The infants with the birthday that is asked (`until`), the last day on which they are seen before it, and whether they were lost before it."""
    rows = known_of(_infants(extract, windows), soonest(extract["losses"], "lost_on"), SUBJECT)
    rows = rows.mutate(until=birthday(rows.born_on, years=years))
    known = rows.cutoff_on.isnull() | (rows.lost_on <= rows.cutoff_on)
    lost = ((rows.lost_on < rows.until) & known).fill_null(False)
    return rows.mutate(is_lost=lost, last_on=earliest(rows.until, rows.cutoff_on, rows.lost_on))


def _by_birthday(rows: ir.Table, *, met: ir.BooleanValue) -> ir.Table:
    """Rows of what has happened by a birthday or not: known as soon as it happens, and otherwise when that day is over."""
    came = met.fill_null(False)
    return share(rows, met=came, apart=rows.is_lost & ~came, unripe=~came & (rows.cutoff_on < rows.until))


def _last_stay(extract: Extract, rows: ir.Table) -> ir.Table:
    stays = extract["episodes"].select(*SUBJECT, "episode", "entered_on", "left_on", "reason")
    begun = rows.select(*IN_WINDOW, "last_on").join(stays, SUBJECT).filter(lambda t: t.entered_on <= t.last_on)
    backward = [ibis.desc("entered_on"), ibis.desc("episode")]
    last = begun.mutate(place=ibis.row_number().over(group_by=IN_WINDOW, order_by=backward)).filter(lambda t: t.place == 0)
    return last.select(*IN_WINDOW, "entered_on", "left_on", "reason")


def _told(extract: Extract, windows: Sequence[Window], *, within: Span) -> ir.Table:
    infants = notified(extract, windows)
    rows = known_of(known_of(infants, soonest(extract["plans"], "planned_on"), SUBJECT), _reports(extract, infants), IN_WINDOW)
    rows = rows.mutate(until=within.end(rows.born_on.coalesce(rows.on_date)))
    told = (rows.told_on <= rows.until) & (rows.cutoff_on.isnull() | (rows.told_on <= rows.cutoff_on))
    planned = rows.planned_on.notnull() & (rows.cutoff_on.isnull() | (rows.planned_on <= rows.cutoff_on))
    return rows.mutate(is_reported=told.fill_null(False), is_planned=planned)


def _reports(extract: Extract, infants: ir.Table) -> ir.Table:
    """The first report of each infant since birth: one that came before is about no infant, and hides none that comes after."""
    pairs = infants.select(*IN_WINDOW, "born_on").join(extract["reports"].select(*SUBJECT, told_on=extract["reports"].on_date), SUBJECT)
    since = pairs.filter(pairs.born_on.isnull() | (pairs.told_on >= pairs.born_on))
    return since.group_by(IN_WINDOW).agg(told_on=since.told_on.min())
