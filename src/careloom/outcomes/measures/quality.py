"""The quality of an extract by who sent it: how complete, how timely, whether twice, whether in an order that can be (O10).

Each check says of each site how many of its rows pass (`part` of `whole`). It is looked at before figures are published.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import ibis
import ibis.expr.types as ir

from careloom.outcomes.measures.days import length
from careloom.outcomes.measures.figures import UNKNOWN
from careloom.outcomes.measures.joins import known_of
from careloom.outcomes.measures.rows import SUBJECT
from careloom.outcomes.measures.tables import Extract

NOTIFIED_WITHIN = 7  # days after birth
TWICE_WITHIN = 30  # days: two notifications of one infant so near each other are one that was sent twice
PEOPLE: Final = ("INFANT", "CHILD", "CAREGIVER")


class Part(StrEnum):
    """What a check asks."""

    COMPLETE = "COMPLETE"
    TIMELY = "TIMELY"
    ONCE = "ONCE"
    ORDER = "ORDER"


@dataclass(frozen=True, kw_only=True)
class Check:
    """One check: rows with `passes` (true or false), each of a subject."""

    part: Part
    rows: ir.Table


def checks(extract: Extract) -> Mapping[str, Check]:
    """Every check by its name."""
    people = extract["subjects"].filter(lambda t: t.role.upper().isin(PEOPLE))
    births, told, stays, reports = (extract[name] for name in ("births", "notifications", "episodes", "reports"))
    born = people.select(*SUBJECT, "born_on")
    found = {
        f"{name}_known": Check(part=Part.COMPLETE, rows=_passing(people, people[name].notnull())) for name in ("race", "ethnicity", "county", "payer")
    }
    found |= {
        f"{name}_known": Check(part=Part.COMPLETE, rows=_passing(births, births[name].notnull())) for name in ("gestation_weeks", "hospital_nights")
    }
    inside = reports.filter(reports.screened == "in")
    found["disposition_known"] = Check(part=Part.COMPLETE, rows=_passing(inside, inside.disposition.notnull()))
    notified = known_of(told, born, SUBJECT)
    dated = notified.filter(notified.born_on.notnull())
    found["notified_in_time"] = Check(part=Part.TIMELY, rows=_passing(dated, length(dated.on_date, dated.born_on) <= NOTIFIED_WITHIN))
    by_day = ibis.window(group_by=SUBJECT, order_by=["on_date", "seq"])
    again = told.mutate(before=told.on_date.lag().over(by_day))
    twice = again.before.notnull() & (length(again.on_date, again.before) < TWICE_WITHIN)
    found["notified_once"] = Check(part=Part.ONCE, rows=_passing(again, ~twice))
    found["notified_after_birth"] = Check(part=Part.ORDER, rows=_passing(dated, dated.on_date >= dated.born_on))
    by_entry = ibis.window(group_by=SUBJECT, order_by=["entered_on", "episode"])
    following = known_of(stays.mutate(next_on=stays.entered_on.lead().over(by_entry)), born, SUBJECT)
    ends = following.left_on.isnull() | (following.left_on >= following.entered_on)
    # A stay that has not ended lasts until the next begins, which cannot be.
    apart = following.next_on.isnull() | (following.left_on.notnull() & (following.left_on <= following.next_on))
    lived = following.born_on.isnull() | (following.entered_on >= following.born_on)
    found["stays_in_order"] = Check(part=Part.ORDER, rows=_passing(following, ends & apart & lived))
    dated_reports = reports.filter(reports.incident_on.notnull())
    found["reports_after_incident"] = Check(part=Part.ORDER, rows=_passing(dated_reports, dated_reports.on_date >= dated_reports.incident_on))
    return found


def scores(extract: Extract) -> ir.Table:
    """How each site does in each check. Columns: site, name, kind, part, whole."""
    sites = extract["subjects"].select(*SUBJECT, "site")
    lines = []
    for name, check in checks(extract).items():
        rows = known_of(check.rows, sites, SUBJECT).mutate(site=lambda t: t.site.fill_null(UNKNOWN))
        summed = rows.group_by("site").agg(part=rows.passes.cast("int64").sum(), whole=rows.count())
        lines.append(summed.select("site", "part", "whole", name=ibis.literal(name), kind=ibis.literal(check.part.value)))
    return ibis.union(*lines)


def _passing(rows: ir.Table, passes: ir.BooleanValue) -> ir.Table:
    return rows.select(*SUBJECT, passes=passes.fill_null(False))
