"""Maltreatment that comes again, and infants reported with prenatal exposure (CFSR S2, R-095; NCANDS, law.md 4.1).

A notification at birth is no report: only a disposition counts (world W21; 42 U.S.C. 5106a(b)(2)(B)(ii)). Worlds W20, W21, W24.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import ibis
import ibis.expr.types as ir

from careloom.outcomes.measures.days import YEAR, Span, birthday, later
from careloom.outcomes.measures.joins import known_of
from careloom.outcomes.measures.rows import IN_WINDOW, SUBJECT, first_of, share
from careloom.outcomes.measures.tables import ADULT, Extract
from careloom.outcomes.measures.windows import Window, happened_in, seen_in

FOUNDED = ("substantiated", "indicated")


def again(extract: Extract, windows: Sequence[Window], *, within: Span = YEAR, apart_days: int = 14, founded: Collection[str] = FOUNDED) -> ir.Table:
    """S2: children with a confirmed report in the period, and how many have another one in time.

    Another report within fourteen days, or of the same incident, is the same event told twice.
    """
    reports = extract["reports"].filter(lambda t: t.disposition.isin(founded)).select(*SUBJECT, "seq", "on_date", "incident_on")
    minors = _with_birth(reports, extract)
    minors = minors.filter(minors.born_on.isnull() | (minors.on_date < birthday(minors.born_on, years=ADULT))).drop("born_on")
    # A report is the first of a period when the one before it is earlier than the period; so nothing is sorted for each period.
    following = ibis.window(group_by=SUBJECT, order_by=["on_date", "seq"])
    inside = happened_in(minors.mutate(before_on=minors.on_date.lag().over(following)), windows)
    first = inside.filter(inside.before_on.isnull() | (inside.before_on < inside.starts_on))
    pairs = first.join(minors.select(*SUBJECT, told_on=minors.on_date, told_of=minors.incident_on), SUBJECT)
    late_enough = pairs.told_on > later(pairs.on_date, days=apart_days)
    in_time = (pairs.told_on <= within.end(pairs.on_date)) & (pairs.cutoff_on.isnull() | (pairs.told_on <= pairs.cutoff_on))
    new = pairs.told_of.isnull() | pairs.incident_on.isnull() | (pairs.told_of != pairs.incident_on)
    # Each stands beside itself at least, which is never another report.
    rows = pairs.group_by(IN_WINDOW).agg(
        on_date=pairs.on_date.min(), cutoff_on=pairs.cutoff_on.min(), repeated=(late_enough & in_time & new).cast("int64").max()
    )
    met = rows.repeated == 1
    return share(rows, met=met, unripe=~met & (rows.cutoff_on < within.end(rows.on_date)))


def exposed(
    extract: Extract, windows: Sequence[Window], *, sources: Collection[str] = ("medical",), factors: Collection[str] = ("drug", "alcohol")
) -> ir.Table:
    """IPSE: infants under one year whom medical staff reported with an alcohol or drug factor of their own. Before birth is not yet an infant."""
    seen = _known(seen_in(extract["reports"], windows))
    inside = _with_birth(seen.filter((seen.on_date >= seen.starts_on) & (seen.on_date < seen.ends_on)), extract)
    infant = (inside.on_date >= inside.born_on) & (inside.on_date < birthday(inside.born_on, years=1))
    found = inside.filter(infant & inside.source.isin(sources) & inside.child_factor.isin(factors))
    first = first_of(found.mutate(day=found.on_date), by="seq")
    return share(first, met=first.subject.notnull())


def _known(seen: ir.Table) -> ir.Table:
    return seen.filter(seen.cutoff_on.isnull() | (seen.on_date <= seen.cutoff_on))


def _with_birth(rows: ir.Table, extract: Extract) -> ir.Table:
    return known_of(rows, extract["subjects"].select("realm", "subject", "born_on"), SUBJECT)
