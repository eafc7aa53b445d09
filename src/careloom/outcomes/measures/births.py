"""What birth was like: early birth, intensive care, medicine in pregnancy, families who were never reported (R-026, R-085, R-097, R-098)."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from careloom.outcomes.measures.cascade import PREGNANCY_DAYS
from careloom.outcomes.measures.days import Span, later, length
from careloom.outcomes.measures.joins import known_of, with_home
from careloom.outcomes.measures.rows import IN_WINDOW, SUBJECT, first_of, number, rate, share
from careloom.outcomes.measures.tables import Extract
from careloom.outcomes.measures.windows import Window, happened_in

_TERM_WEEKS = 37
_USUAL_WEEKS = 40
_MONTH = Span(days=30)


def born(extract: Extract, windows: Sequence[Window]) -> ir.Table:
    """Births in the period, each infant once, with the family, the day of a prenatal plan if there was one, and what is known of the birth."""
    first = first_of(happened_in(extract["births"], windows).mutate(day=lambda t: t.on_date), by="seq")
    rows = with_home(first, extract["subjects"])
    early = with_home(extract["plans"].filter(lambda t: t.prenatal), extract["subjects"]).select("realm", "home", early_on=lambda t: t.on_date)
    pairs = rows.select(*IN_WINDOW, "home", birth_on=rows.on_date).join(early, ["realm", "home"])
    before = pairs.filter((pairs.early_on <= pairs.birth_on) & (later(pairs.early_on, days=PREGNANCY_DAYS) >= pairs.birth_on))
    return known_of(rows, before.group_by(IN_WINDOW).agg(prenatal_on=before.early_on.min()), IN_WINDOW)


def preterm(extract: Extract, windows: Sequence[Window], *, planned: bool | None = None, notified: bool = False) -> ir.Table:
    """Pregnancies that ended in birth in the period, and how many before 37 weeks; twins are one. Unknown weeks are shown apart.

    `planned`: only those with a plan before birth (True), only those without (False), or all. `notified`: only those whose infants were notified, so
    that a comparison is made among families who are alike in this.
    """
    rows = born(extract, windows)
    rows = _one_a_pregnancy(_notified(extract, rows) if notified else rows)
    if planned is not None:
        rows = rows.filter(rows.prenatal_on.notnull() if planned else rows.prenatal_on.isnull())
    return share(rows, met=rows.gestation_weeks < _TERM_WEEKS, apart=rows.gestation_weeks.isnull())


def intensive_days(extract: Extract, windows: Sequence[Window]) -> ir.Table:
    """Days in newborn intensive care of notified infants born in the period."""
    rows = _notified(extract, born(extract, windows))
    return rate(rows, whole=ibis.literal(1), part=rows.intensive_days, apart=rows.intensive_days.isnull())


def hospital_nights(extract: Extract, windows: Sequence[Window]) -> ir.Table:
    """Nights in the hospital after birth of notified infants born in the period."""
    rows = _notified(extract, born(extract, windows))
    return rate(rows, whole=ibis.literal(1), part=rows.hospital_nights, apart=rows.hospital_nights.isnull())


def never_reported(extract: Extract, windows: Sequence[Window], *, within: Span = _MONTH) -> ir.Table:
    """Families with a plan before birth whose infants were born in the period, and how many were not reported to child welfare at birth (R-026).

    A report in the first days of life (`within`) is one at birth; a birth notification is none.
    """
    rows = born(extract, windows).filter(lambda t: t.prenatal_on.notnull())
    reports = with_home(extract["reports"], extract["subjects"]).select("realm", "home", told_on=lambda t: t.on_date)
    pairs = rows.join(reports, ["realm", "home"])
    told = pairs.filter((pairs.told_on >= pairs.on_date) & (pairs.told_on <= within.end(pairs.on_date)))
    told = told.filter(told.cutoff_on.isnull() | (told.told_on <= told.cutoff_on)).select("realm", "window", "home").distinct().mutate(told=True)
    families = known_of(_one_a_pregnancy(rows), told, ["realm", "window", "home"])
    reported = families.told.fill_null(False)
    return share(families, met=~reported, unripe=~reported & (families.cutoff_on < within.end(families.on_date)))


def prenatal(extract: Extract, windows: Sequence[Window]) -> ir.Table:
    """Infants born in the period into a family with a plan, and how many had it before birth."""
    rows = born(extract, windows)
    plans = with_home(extract["plans"], extract["subjects"])
    pairs = rows.select(*IN_WINDOW, "home", "cutoff_on", birth_on=rows.on_date).join(
        plans.select("realm", "home", planned_on=plans.on_date), ["realm", "home"]
    )
    near = (later(pairs.planned_on, days=PREGNANCY_DAYS) >= pairs.birth_on) & (pairs.planned_on <= later(pairs.birth_on, days=365))
    known = pairs.cutoff_on.isnull() | (pairs.planned_on <= pairs.cutoff_on)
    planned = pairs.filter(near & known).select(IN_WINDOW).distinct()
    with_plan = rows.semi_join(planned, IN_WINDOW)
    return share(with_plan, met=with_plan.prenatal_on.notnull())


def treated(extract: Extract, windows: Sequence[Window]) -> ir.Table:
    """Women who gave birth in the period and had medicine for addiction in that pregnancy: its covered days meet the weeks before birth (R-085).

    Where the weeks are not known, forty are taken.
    """
    mothers = _medicated(extract, windows)
    return number(mothers.select(*IN_WINDOW).distinct())


def _medicated(extract: Extract, windows: Sequence[Window]) -> ir.Table:
    rows = born(extract, windows)
    weeks = rows.gestation_weeks.fill_null(_USUAL_WEEKS)
    births = rows.select("realm", "window", "home", "cutoff_on", birth_on=rows.on_date, pregnant_days=(weeks * 7).cast("int64"))
    supplies = with_home(extract["supplies"], extract["subjects"])
    supplies = supplies.select("realm", "subject", "home", "days", supplied_on=supplies.on_date)
    pairs = births.join(supplies, ["realm", "home"])
    before_birth = length(pairs.birth_on, pairs.supplied_on)
    return pairs.filter((before_birth > 0) & (before_birth - pairs.days < pairs.pregnant_days))


def _notified(extract: Extract, rows: ir.Table) -> ir.Table:
    """The infants of whom a hospital told by the time the data ends."""
    told = extract["notifications"].group_by(SUBJECT).agg(told_on=lambda t: t.on_date.min())
    return rows.join(told, SUBJECT).filter(lambda t: t.cutoff_on.isnull() | (t.told_on <= t.cutoff_on))


def _one_a_pregnancy(rows: ir.Table) -> ir.Table:
    """One row for twins: the one with the smallest number, which is random and says nothing of them."""
    order = ibis.window(group_by=["realm", "window", "home", "on_date"], order_by="subject")
    return rows.mutate(twin=ibis.row_number().over(order)).filter(lambda t: t.twin == 0)


def affected(extract: Extract, windows: Sequence[Window]) -> ir.Table:
    """Women in treatment while pregnant who gave birth in the period, and how many have an infant who was notified as affected (RPG C7)."""
    births = _one_a_pregnancy(born(extract, windows))
    in_treatment = with_home(extract["enrolments"].filter(lambda t: t.kind == "treatment"), extract["subjects"])
    in_treatment = in_treatment.select("realm", "home", began_on=in_treatment.on_date, ended_on=in_treatment.left_on)
    weeks = births.gestation_weeks.fill_null(_USUAL_WEEKS)
    pairs = births.mutate(pregnant_days=(weeks * 7).cast("int64")).join(in_treatment, ["realm", "home"])
    meets = (pairs.began_on < pairs.on_date) & (pairs.ended_on.isnull() | (length(pairs.on_date, pairs.ended_on) < pairs.pregnant_days))
    mothers = births.semi_join(pairs.filter(meets).select(IN_WINDOW).distinct(), IN_WINDOW)
    told = with_home(extract["notifications"], extract["subjects"]).select("realm", "home", told_on=lambda t: t.on_date)
    both = mothers.join(told, ["realm", "home"])
    soon = (both.told_on >= both.on_date) & (both.told_on <= later(both.on_date, days=365))
    found = both.filter(soon & (both.cutoff_on.isnull() | (both.told_on <= both.cutoff_on))).select(IN_WINDOW).distinct().mutate(told=True)
    rows = known_of(mothers, found, IN_WINDOW)
    return share(rows, met=rows.told)
