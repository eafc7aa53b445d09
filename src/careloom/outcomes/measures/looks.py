"""All figures of an indicator in one pass: for everybody, and by each thing one may look by (R-211).

Each person's row stands beside one line for each stratum (and one for everybody), so one grouping gives them all. Spark, whose every query takes
seconds, answers a whole indicator with one.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from careloom.outcomes.measures.figures import UNKNOWN
from careloom.outcomes.measures.layout import STRATA
from careloom.outcomes.measures.rows import SUBJECT
from careloom.outcomes.measures.tables import Extract

EVERYBODY = ""
REASON = "reason"
_SUMS = ("counted", "met", "apart", "unripe", "whole", "part")


def strata(extract: Extract) -> ir.Table:
    """One line for each person of the extract and each stratum that is known of her: realm, subject, look, value."""
    people = extract["subjects"]
    known = [people.filter(people[name].notnull() & (people[name] != UNKNOWN)) for name in STRATA]
    return ibis.union(*(of.select(*SUBJECT, look=ibis.literal(name), value=of[name]) for name, of in zip(STRATA, known, strict=True)))


def figures(rows: ir.Table, *, lines: ir.Table) -> ir.Table:
    """The sums of an indicator's rows for everybody and for each stratum. Columns: realm, window, look, value, and the six sums.

    Who is unknown in a stratum is no line of it: the unknown are everybody less the lines, which the pages say in words. `lines` as from
    :func:`strata`. A row that carries why it was lost is summed by that reason too (`look` is then "reason", `counted` how many were lost).
    """
    whole = rows.mutate(look=ibis.literal(EVERYBODY), value=ibis.literal(EVERYBODY))
    found = [_summed(whole), _summed(rows.join(lines, SUBJECT))]
    if REASON in rows.columns:
        lost = rows.filter(rows.reason.notnull()).mutate(look=ibis.literal(REASON), value=rows.reason)
        none = ibis.literal(0, "int64")
        found.append(_summed(lost.mutate(met=ibis.literal(False), whole=ibis.literal(1, "int64"), part=none)))
    return ibis.union(*found)


def waits(rows: ir.Table, *, lines: ir.Table) -> ir.Table:
    """What a curve needs, for everybody and each stratum: how many came and how many were watched, by days. Columns: realm, window, look, value,
    days, came, seen."""
    whole = rows.mutate(look=ibis.literal(EVERYBODY), value=ibis.literal(EVERYBODY))
    found = [_waited(whole), _waited(rows.join(lines, SUBJECT))]
    return ibis.union(*found)


def _summed(rows: ir.Table) -> ir.Table:
    return rows.group_by(["realm", "window", "look", "value"]).agg(**{name: rows[name].cast("int64").sum() for name in _SUMS})


def _waited(rows: ir.Table) -> ir.Table:
    return rows.group_by(["realm", "window", "look", "value", "days"]).agg(came=rows.came.cast("int64").sum(), seen=rows.count())
