"""Permanency, re-entry and stability of children in the care of the agency (CFSR round 4 statewide indicators P1 to P5; R-094, R-096).

Observed performance only: the federal risk adjustment is not computed. Source: law.md 4.3; worlds W01 to W14, W23, W31 to W33.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import ibis
import ibis.expr.types as ir

from careloom.outcomes.measures.days import YEAR, Span, earliest, later, length
from careloom.outcomes.measures.infants import notified
from careloom.outcomes.measures.joins import known_of
from careloom.outcomes.measures.rows import IN_WINDOW, SUBJECT, first_of, number, rate, share
from careloom.outcomes.measures.tables import Extract
from careloom.outcomes.measures.windows import Window, happened_in, seen_in

PERMANENT = ("reunification", "relative", "guardianship", "adoption")
HOME_OR_KIN = ("reunification", "relative", "guardianship")
NOT_A_MOVE = ("hospital", "respite", "runaway", "trial_home_visit")
_TRIAL_HOME_DAYS = 30


def entries(extract: Extract, windows: Sequence[Window], *, within: Span = YEAR, exits: Collection[str] = PERMANENT) -> ir.Table:
    """P1: children who enter care in the period, and how many leave it to permanency in time and before they are eighteen."""
    seen = _as_known(seen_in(extract.care, windows))
    first = first_entries(seen)
    return _permanency(first, start=first.entered_on, within=within, exits=exits)


def waiting(
    extract: Extract,
    windows: Sequence[Window],
    *,
    at_least: Span,
    under: Span | None = None,
    within: Span = YEAR,
    exits: Collection[str] = PERMANENT,
) -> ir.Table:
    """P2 and P3: children in care on the first day who have been there so long, and how many reach permanency within twelve months of that day."""
    seen = _as_known(seen_in(extract.care, windows))
    there = (seen.entered_on < seen.starts_on) & (seen.left_on.isnull() | (seen.left_on > seen.starts_on)) & (seen.adult_on > seen.starts_on)
    long = at_least.end(seen.entered_on) <= seen.starts_on
    if under is not None:
        long = long & (under.end(seen.entered_on) > seen.starts_on)
    first = _first(seen.filter(there & long), day="entered_on")
    return _permanency(first, start=first.starts_on, within=within, exits=exits)


def reentry(
    extract: Extract, windows: Sequence[Window], *, within: Span = YEAR, exits: Collection[str] = HOME_OR_KIN, entered_in_period: bool = False
) -> ir.Table:
    """P4: children who leave care to home or kin in the period, and how many enter it again in time.

    Round 4 follows all who leave in the period; round 3 (`entered_in_period`) who entered in it and left within the same span. Coming back on
    the day of leaving counts (W31): it is often one stay that was written as two, which the agency mends, never the software in silence.
    """
    seen = _as_known(seen_in(extract.care, windows))
    went = seen.left_on.notnull() & seen.reason.isin(exits) & (seen.left_on < seen.adult_on)
    if entered_in_period:
        seen = first_entries(seen)
        went = seen.left_on.notnull() & seen.reason.isin(exits) & (seen.left_on < seen.adult_on)
        first = seen.filter(went & (seen.left_on <= within.end(seen.entered_on)))
    else:
        first = _first(seen.filter(went & _in_window(seen.left_on, seen)), day="left_on")
    back = first.next_on.notnull() & (first.next_on <= within.end(first.left_on))
    return share(first, met=back, unripe=~back & (first.cutoff_on < within.end(first.left_on)))


def moves(extract: Extract, windows: Sequence[Window], *, not_a_move: Collection[str] = NOT_A_MOVE) -> ir.Table:
    """P5: days in care of children who enter in the period, and how often they had to move. The first setting is no move."""
    seen = _as_known(seen_in(extract.care, windows))
    entered = seen.filter(_in_window(seen.entered_on, seen))
    entered = entered.select(*IN_WINDOW, "episode", "entered_on", until=_until(entered))
    key = ["realm", "subject", "episode"]
    settings = (
        extract["placements"]
        .semi_join(entered, key)
        .filter(lambda t: ~t.setting.isin(not_a_move))
        .mutate(home=lambda t: t.setting + ibis.literal(":") + t.place.fill_null(""))
    )
    in_order = ibis.window(group_by=["realm", "subject", "episode"], order_by=["on_date", "seq"])
    changed = settings.mutate(before=settings.home.lag().over(in_order)).filter(lambda t: t.before.notnull() & (t.before != t.home))
    changed = changed.select("realm", "subject", "episode", moved_on=changed.on_date)
    moved = entered.join(changed, key).filter(lambda t: (t.moved_on >= t.entered_on) & (t.moved_on < t.until))
    counts = moved.group_by(IN_WINDOW).agg(moves=lambda t: t.count())
    days = entered.group_by(IN_WINDOW).agg(days=lambda t: length(t.until, t.entered_on).sum())
    both = known_of(days, counts, IN_WINDOW)
    return rate(both, whole=both.days, part=both.moves)


def harm_in_care(extract: Extract, windows: Sequence[Window], *, founded: Collection[str], first_days: int = 7) -> ir.Table:
    """S1: days in care of all children in the period, and confirmed maltreatment in that time.

    A report in the first week is held to tell of the time before; so is an incident before removal. One incident counts once, whoever reports it.
    """
    seen = _as_known(seen_in(extract.care, windows))
    seen = seen.mutate(since=ibis.greatest(seen.entered_on, seen.starts_on), until=_until(seen))
    there = seen.filter(seen.since < seen.until)
    days = there.group_by(IN_WINDOW).agg(days=length(there.until, there.since).sum())
    reports = extract["reports"].filter(lambda t: t.disposition.isin(founded))
    reports = reports.select("realm", "subject", told_on=reports.on_date, incident_on=reports.incident_on.fill_null(reports.on_date))
    told = there.join(reports, SUBJECT)
    in_time = (told.told_on >= told.since) & (told.told_on < told.until)
    own = (told.told_on > later(told.entered_on, days=first_days)) & (told.incident_on >= told.entered_on)
    counts = told.filter(in_time & own).group_by(IN_WINDOW).agg(harms=lambda t: t.incident_on.nunique())
    both = known_of(days, counts, IN_WINDOW)
    return rate(both, whole=both.days, part=both.harms)


def first_entries(seen: ir.Table) -> ir.Table:
    """Of stays beside their windows those by which a child enters care first in it: no sorting, for each stay knows the one before."""
    return seen.filter(_in_window(seen.entered_on, seen) & (seen.before_on.isnull() | (seen.before_on < seen.starts_on)))


def _as_known(seen: ir.Table) -> ir.Table:
    """What is after the cut-off is not known yet: the child is still in care, and has not come back."""
    known = seen.filter(seen.cutoff_on.isnull() | (seen.entered_on <= seen.cutoff_on))
    hidden, later_entry = known.left_on > known.cutoff_on, known.next_on > known.cutoff_on
    never = ibis.null("date")
    return known.mutate(
        left_on=ibis.ifelse(hidden.fill_null(False), never, known.left_on),
        reason=ibis.ifelse(hidden.fill_null(False), ibis.null("string"), known.reason),
        next_on=ibis.ifelse(later_entry.fill_null(False), never, known.next_on),
    )


def _in_window(day: ir.DateValue, seen: ir.Table) -> ir.BooleanValue:
    return (day >= seen.starts_on) & (day < seen.ends_on)


def _first(rows: ir.Table, *, day: str) -> ir.Table:
    return first_of(rows.mutate(day=rows[day]), by="episode")


def _until(seen: ir.Table) -> ir.DateValue:
    """The first day that no longer counts: the stay, the period, the data or childhood has ended."""
    return earliest(seen.left_on, seen.ends_on, seen.adult_on, later(seen.cutoff_on, days=1))


def _permanency(first: ir.Table, *, start: ir.DateValue, within: Span, exits: Collection[str]) -> ir.Table:
    trial = later(first.trial_home_on, days=_TRIAL_HOME_DAYS)
    home_on = ibis.ifelse(((first.reason == "reunification") & (trial < first.left_on)).fill_null(False), trial, first.left_on)
    in_time = home_on <= within.end(start)
    reached = first.left_on.notnull() & first.reason.isin(exits) & (first.left_on < first.adult_on) & in_time
    return share(first, met=reached, unripe=first.left_on.isnull() & (first.cutoff_on < within.end(start)))


def went_home(extract: Extract, windows: Sequence[Window], *, exits: Collection[str] = ("reunification",)) -> ir.Table:
    """How many children leave care that way in the period, each once (R-094)."""
    left = extract.care.filter(lambda t: t.left_on.notnull() & t.reason.isin(exits) & (t.left_on < t.adult_on))
    return number(first_of(happened_in(left, windows, day="left_on").mutate(day=lambda t: t.left_on), by="episode"))


def stays(extract: Extract, windows: Sequence[Window]) -> ir.Table:
    """Stays in care that end in the period, and their days (RPG C3). Each child's latest stay."""
    left = happened_in(extract.care.filter(lambda t: t.left_on.notnull()), windows, day="left_on")
    last = left.mutate(place=ibis.row_number().over(ibis.window(group_by=IN_WINDOW, order_by=[left.left_on.desc(), left.episode.desc()])))
    ended = last.filter(last.place == 0)
    return rate(ended, whole=ibis.literal(1), part=length(ended.left_on, ended.entered_on))


def first_year(extract: Extract, windows: Sequence[Window], *, until: Span = YEAR) -> ir.Table:
    """Notified infants, and the days each spent in care before that age: what a removal that did not happen would have cost (R-098)."""
    infants = notified(extract, windows)
    infants = infants.mutate(born=infants.born_on.coalesce(infants.on_date)).mutate(end=lambda t: until.end(t.born))
    episodes = extract["episodes"].select("realm", "subject", "entered_on", "left_on")
    pairs = infants.join(episodes, SUBJECT)
    shown = pairs.mutate(out=earliest(pairs.left_on, pairs.end, later(pairs.cutoff_on, days=1))).filter(lambda t: t.out > t.entered_on)
    days = shown.group_by(IN_WINDOW).agg(days=length(shown.out, shown.entered_on).sum())
    rows = known_of(infants, days, IN_WINDOW)
    return rate(rows, whole=ibis.literal(1), part=rows.days, unripe=rows.cutoff_on < rows.end)
