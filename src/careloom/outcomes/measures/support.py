"""The six annual counts of the SUPPORT Act on identified infants (section 7065; 42 U.S.C. 5106(a)(7); law.md section 2).

Authority for them lapsed in 2023; they stay as an optional report. The act speaks of removals associated with parental substance use: identified
infants are affected by it, so each of their removals counts. What the agency gave as the circumstance is in its federal file (AFCARS), not here.
"""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from careloom.outcomes.measures.cascade import GOAL, STARTED, family_steps
from careloom.outcomes.measures.days import YEAR, Span, earliest, length
from careloom.outcomes.measures.infants import notified
from careloom.outcomes.measures.joins import known_of, with_home
from careloom.outcomes.measures.rows import IN_WINDOW, SUBJECT, first_of, share
from careloom.outcomes.measures.tables import Extract
from careloom.outcomes.measures.vocabulary import STEPS
from careloom.outcomes.measures.windows import Window, happened_in

_REFERRED = STEPS.index("referred")


def removed(extract: Extract, windows: Sequence[Window], *, within: Span = YEAR) -> ir.Table:
    """(i) Identified infants, and how many were taken into care by that age."""
    infants = notified(extract, windows)
    stays = _first_stay(extract, infants, within=within)
    rows = known_of(infants, stays, IN_WINDOW)
    met = rows.entered_on.notnull()
    return share(rows, met=met, unripe=~met & (rows.cutoff_on < within.end(rows.born_on.coalesce(rows.on_date))))


def home_again(extract: Extract, windows: Sequence[Window], *, within: Span = YEAR) -> ir.Table:
    """(ii) Identified infants who were taken into care by that age, and how many have gone home by the time the data ends."""
    stays = _first_stay(extract, notified(extract, windows), within=within)
    return share(stays, met=stays.left_on.notnull() & (stays.reason == "reunification"))


def days_to_home(extract: Extract, windows: Sequence[Window], *, within: Span = YEAR) -> ir.Table:
    """(ii) Days from removal to going home, of identified infants who were taken into care by that age: rows of a curve."""
    stays = _first_stay(extract, notified(extract, windows), within=within)
    rows = stays.mutate(until=earliest(stays.left_on, stays.cutoff_on))
    known = rows.filter(rows.left_on.notnull() | rows.cutoff_on.notnull())
    came = (known.left_on.notnull() & (known.reason == "reunification")).fill_null(False)
    return known.select(*IN_WINDOW, days=length(known.until, known.entered_on), came=came)


def without_case(extract: Extract, windows: Sequence[Window]) -> ir.Table:
    """(iii) Identified infants, and how many have a referral to a community provider and no child protection case.

    A case is a report that was screened in, a stay in care, or a time in which child welfare serves the infant.
    """
    infants = notified(extract, windows)
    ways = family_steps(extract, infants)
    referred = ways.filter((ways.rank >= _REFERRED) & (ways.rank < GOAL)).select(IN_WINDOW).distinct().mutate(referred=True)
    cases = (
        extract["reports"].filter(lambda t: t.screened == "in").select(*SUBJECT, "on_date")
        .union(extract["episodes"].select(*SUBJECT, on_date=extract["episodes"].entered_on))
        .union(extract["systems"].filter(lambda t: t.system == "child_welfare").select(*SUBJECT, "on_date"))
    )  # fmt: skip
    first = cases.group_by(SUBJECT).agg(case_on=cases.on_date.min())
    rows = known_of(known_of(infants, referred, IN_WINDOW), first, SUBJECT)
    case = rows.case_on.notnull() & (rows.cutoff_on.isnull() | (rows.case_on <= rows.cutoff_on))
    return share(rows, met=rows.referred.fill_null(False) & ~case)


def served_at_home(extract: Extract, windows: Sequence[Window]) -> ir.Table:
    """(iv) Identified infants, and how many families began a service while the infant was in the parents' care."""
    infants = notified(extract, windows)
    ways = family_steps(extract, infants)
    started = ways.filter(ways.rank == STARTED).select(*IN_WINDOW, "home", started_on=ways.on_date)
    stays = extract["episodes"].select(*SUBJECT, "entered_on", "left_on")
    pairs = started.join(stays, SUBJECT)
    away = pairs.filter((pairs.entered_on <= pairs.started_on) & (pairs.left_on.isnull() | (pairs.left_on > pairs.started_on)))
    away = away.select(*IN_WINDOW, "started_on").distinct()
    at_home = started.anti_join(away, [*IN_WINDOW, "started_on"]).select(IN_WINDOW).distinct().mutate(served=True)
    rows = known_of(infants, at_home, IN_WINDOW)
    return share(rows, met=rows.served)


def served_after(extract: Extract, windows: Sequence[Window], *, within: Span = YEAR) -> ir.Table:
    """(v) Identified infants who go home from care in the period, and how many families began a service within that time of it."""
    home = _went_home(extract, windows)
    steps = with_home(extract["steps"].filter(lambda t: t.step == STEPS[STARTED]), extract["subjects"])
    steps = steps.select("realm", "home", started_on=steps.on_date)
    pairs = home.join(steps, ["realm", "home"])
    soon = (pairs.started_on >= pairs.left_on) & (pairs.started_on <= within.end(pairs.left_on))
    found = pairs.filter(soon & (pairs.cutoff_on.isnull() | (pairs.started_on <= pairs.cutoff_on)))
    rows = known_of(home, found.select(IN_WINDOW).distinct().mutate(served=True), IN_WINDOW)
    met = rows.served.fill_null(False)
    return share(rows, met=met, unripe=~met & (rows.cutoff_on < within.end(rows.left_on)))


def back_in_care(extract: Extract, windows: Sequence[Window], *, within: Span = YEAR) -> ir.Table:
    """(vi) Identified infants who go home from care in the period, and how many enter it again within that time."""
    home = _went_home(extract, windows)
    back = home.next_on.notnull() & (home.next_on <= within.end(home.left_on)) & (home.cutoff_on.isnull() | (home.next_on <= home.cutoff_on))
    return share(home, met=back, unripe=~back & (home.cutoff_on < within.end(home.left_on)))


def _first_stay(extract: Extract, infants: ir.Table, *, within: Span) -> ir.Table:
    """The first stay in care of each infant that begins by that age; an end after the cut-off is not known yet."""
    stays = extract["episodes"].select(*SUBJECT, "episode", "entered_on", "left_on", "reason")
    pairs = infants.select(*IN_WINDOW, "cutoff_on", born=infants.born_on.coalesce(infants.on_date)).join(stays, SUBJECT)
    known = pairs.cutoff_on.isnull() | (pairs.entered_on <= pairs.cutoff_on)
    first = first_of(pairs.filter(known & (pairs.entered_on <= within.end(pairs.born))).mutate(day=lambda t: t.entered_on), by="episode")
    hidden = (first.left_on > first.cutoff_on).fill_null(False)
    shown = first.mutate(left_on=ibis.ifelse(hidden, ibis.null("date"), first.left_on))
    return shown.select(*IN_WINDOW, "cutoff_on", "entered_on", "left_on", "reason")


def _went_home(extract: Extract, windows: Sequence[Window]) -> ir.Table:
    """Identified infants by the first time they go home from care in the period, with their family and the next stay."""
    left = happened_in(extract.care.filter(lambda t: t.left_on.notnull() & (t.reason == "reunification")), windows, day="left_on")
    first = first_of(left.mutate(day=left.left_on), by="episode")
    told = extract["notifications"].group_by(SUBJECT).agg(told_on=lambda t: t.on_date.min())
    identified = first.join(told, SUBJECT).filter(lambda t: t.told_on <= t.left_on)
    return with_home(identified, extract["subjects"])
