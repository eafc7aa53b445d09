"""Infants whom child welfare looks into, and where they are some years later; and how reports and plans go together at birth.

The shape of the California study of infants investigated in 2017 (PMC10692263) and of Connecticut's diversion (Hospital Pediatrics 2022;12(10):841).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import ibis.expr.types as ir

from careloom.outcomes.measures.days import YEAR, Span, birthday
from careloom.outcomes.measures.infants import notified, soonest
from careloom.outcomes.measures.joins import known_of
from careloom.outcomes.measures.rows import IN_WINDOW, SUBJECT, first_day, number, share
from careloom.outcomes.measures.tables import Extract
from careloom.outcomes.measures.windows import Window, happened_in

FOR_GOOD = ("adoption", "guardianship")
_THIRD_BIRTHDAY = Span(months=36)


def looked_into(extract: Extract, windows: Sequence[Window]) -> ir.Table:
    """Infants under one year with a report in the period that was screened in, each once."""
    return number(_infants(extract, windows))


def in_care(extract: Extract, windows: Sequence[Window], *, within: Span = _THIRD_BIRTHDAY) -> ir.Table:
    """Of infants looked into, how many were ever in care by that age."""
    rows = _infants(extract, windows)
    rows = known_of(rows, soonest(extract["episodes"].mutate(on_date=extract["episodes"].entered_on), "removed_on"), SUBJECT)
    met = (rows.removed_on <= within.end(rows.born_on)) & (rows.cutoff_on.isnull() | (rows.removed_on <= rows.cutoff_on))
    return share(rows, met=met, unripe=~met.fill_null(False) & (rows.cutoff_on < within.end(rows.born_on)))


def for_good(extract: Extract, windows: Sequence[Window], *, within: Span = _THIRD_BIRTHDAY, exits: Collection[str] = FOR_GOOD) -> ir.Table:
    """Of infants looked into, how many left care to another family for good by that age."""
    return _left(extract, windows, at=within, exits=exits, still=False)


def away(extract: Extract, windows: Sequence[Window], *, at: Span = _THIRD_BIRTHDAY, exits: Collection[str] = FOR_GOOD) -> ir.Table:
    """Of infants looked into, how many were not in their parents' custody at that age: in care on that day, or with another family for good."""
    return _left(extract, windows, at=at, exits=exits, still=True)


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


def _left(extract: Extract, windows: Sequence[Window], *, at: Span, exits: Collection[str], still: bool) -> ir.Table:
    rows = _infants(extract, windows).mutate(until=lambda t: at.end(t.born_on))
    stays = extract["episodes"].select(*SUBJECT, "entered_on", "left_on", "reason")
    pairs = rows.select(*IN_WINDOW, "until", "cutoff_on").join(stays, SUBJECT)
    gone = (pairs.reason.isin(list(exits)) & (pairs.left_on <= pairs.until)).fill_null(False)
    there = (pairs.entered_on <= pairs.until) & (pairs.left_on.isnull() | (pairs.left_on > pairs.until))
    known = pairs.cutoff_on.isnull() | (pairs.entered_on <= pairs.cutoff_on)
    found = pairs.filter(known & ((gone | there) if still else gone)).select(IN_WINDOW).distinct().mutate(found=True)
    marked = known_of(rows, found, IN_WINDOW)
    return share(marked, met=marked.found, unripe=marked.cutoff_on < marked.until)


def _told(extract: Extract, windows: Sequence[Window], *, within: Span) -> ir.Table:
    rows = known_of(known_of(notified(extract, windows), soonest(extract["plans"], "planned_on"), SUBJECT), _reports(extract), SUBJECT)
    rows = rows.mutate(until=within.end(rows.born_on.coalesce(rows.on_date)))
    told = (rows.told_on <= rows.until) & (rows.cutoff_on.isnull() | (rows.told_on <= rows.cutoff_on))
    planned = rows.planned_on.notnull() & (rows.cutoff_on.isnull() | (rows.planned_on <= rows.cutoff_on))
    return rows.mutate(is_reported=told.fill_null(False), is_planned=planned)


def _reports(extract: Extract) -> ir.Table:
    return soonest(extract["reports"], "told_on")
