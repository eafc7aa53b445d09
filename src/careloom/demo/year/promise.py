"""The promise of a day: each open family has an owner and a next date, and nothing is overdue without having been told above.

Read as the database's owner in plain SQL over all agencies, so that it leans neither on the scope of a viewer nor on the queries that it checks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connections

from careloom.work.escalating import LADDER, due_before

# A live place of work: a worker who is in her agency at this instant.
WORKS = """EXISTS (SELECT 1 FROM agencies_membership m WHERE m.agency_id = {agency} AND m.worker_id = {worker}
    AND m.starts_at <= %(at)s AND m.ends_at > %(at)s)"""
ANYBODY = "EXISTS (SELECT 1 FROM agencies_membership m WHERE m.agency_id = {agency} AND m.starts_at <= %(at)s AND m.ends_at > %(at)s)"
# Somebody owes something with a day about this family: a worker who is there, or whoever takes it in an agency that has somebody.
OWED = f"""EXISTS (SELECT 1 FROM work_obligation o WHERE o.holder_id = {{holder}} AND o.met_at IS NULL AND {{about}}
    AND ((o.worker_id IS NOT NULL AND {WORKS.format(agency="o.holder_id", worker="o.worker_id")})
      OR (o.worker_id IS NULL AND {ANYBODY.format(agency="o.holder_id")})))"""

OPEN_NEED = "n.plan_id = p.id AND n.her_choice <> 'NO' AND n.result NOT IN ('MET', 'UNMET')"
PLANS = f"""
SELECT p.id, p.identity_id, p.holder_id,
    {WORKS.format(agency="p.lead_agency_id", worker="p.lead_worker_id")} AS owner,
    p.next_review_on IS NOT NULL OR (EXISTS (SELECT 1 FROM plans_need n WHERE {OPEN_NEED})
      AND NOT EXISTS (SELECT 1 FROM plans_need n WHERE {OPEN_NEED} AND n.next_on IS NULL)) AS next,
    {OWED.format(holder="p.holder_id", about="o.about_id = p.id AND o.kind = 'FAMILY_WITHOUT_NEXT' AND o.due_at IS NOT NULL")} AS asked
FROM plans_plan p WHERE p.status = ANY(%(open)s)"""
# What is open beside a plan: a notification begun and not sent, one received and not answered, an assessment that is not approved, a case.
BESIDE = {
    "NOTIFICATION": f"""SELECT r.identity_id, r.holder_id FROM notifications_notification r WHERE r.status = 'DRAFT'
        AND NOT {WORKS.format(agency="r.holder_id", worker="r.started_by")}
        AND NOT {OWED.format(holder="r.holder_id", about="o.about_id = r.id")}""",
    "RECEIVED": f"""SELECT r.identity_id, r.holder_id FROM notifications_received r WHERE r.answered_at IS NULL AND r.withdrawn_at IS NULL
        AND NOT {OWED.format(holder="r.holder_id", about="o.about_id = r.id AND o.due_at IS NOT NULL")}""",
    "ASSESSMENT": f"""SELECT a.identity_id, a.holder_id FROM safety_assessment a WHERE a.state NOT IN ('APPROVED', 'REPLACED')
        AND NOT {OWED.format(holder="a.holder_id", about="o.about_id = a.id AND o.due_at IS NOT NULL")}""",
    "SAFETY_PLAN": f"""SELECT a.identity_id, a.holder_id FROM safety_plan a WHERE a.ended_at IS NULL
        AND NOT {OWED.format(holder="a.holder_id", about="o.identity_id = a.identity_id AND o.about_kind = 'SAFETY' AND o.due_at IS NOT NULL")}""",
    "CASE": f"""SELECT c.identity_id, c.holder_id FROM permanency_case c WHERE c.state = 'OPEN'
        AND NOT ({WORKS.format(agency="c.holder_id", worker="c.worker_id")}
          AND {OWED.format(holder="c.holder_id", about="o.family_id = c.identity_id AND o.due_at IS NOT NULL")})""",
}
GONE = f"""SELECT o.identity_id, o.holder_id, o.kind FROM work_obligation o WHERE o.met_at IS NULL AND o.worker_id IS NOT NULL
    AND NOT {WORKS.format(agency="o.holder_id", worker="o.worker_id")}"""
SILENT = """SELECT o.identity_id, o.holder_id, o.kind FROM work_obligation o WHERE o.met_at IS NULL AND o.due_at <= %(before)s
    AND NOT (o.escalated_to = ANY(%(told)s))"""


@dataclass(frozen=True, kw_only=True)
class Broken:
    """A family whose promise does not hold: what is missing, in a code, and the agency that keeps it."""

    identity_id: UUID
    agency_id: UUID
    what: str


@dataclass(frozen=True, kw_only=True)
class Evening:
    """One evening of the county: how many families are open, how many lacked something and are asked for, how much is late and told above."""

    families: int
    asked: int
    late: int
    broken: tuple[Broken, ...]


def look(*, at: datetime, open_states: list[str]) -> Evening:
    """How the promise stands at an instant, after the jobs of the evening ran."""
    told: dict[str, Any] = {"at": at, "open": open_states}
    plans = list(_rows(PLANS, told))
    broken = [
        Broken(identity_id=family, agency_id=keeper, what="OWNER" if not owner else "NEXT_DATE")
        for _, family, keeper, owner, has_next, asked in plans
        if not (owner and has_next) and not asked
    ]
    for what, query in BESIDE.items():
        broken += [Broken(identity_id=family, agency_id=keeper, what=what) for family, keeper in _rows(query, told)]
    broken += [Broken(identity_id=family, agency_id=keeper, what=f"OWED_BY_NOBODY.{kind}") for family, keeper, kind in _rows(GONE, told)]
    for place, tell in enumerate(LADDER):
        before = due_before(tell=tell, at=at)
        silent = _rows(SILENT, {"before": before, "told": list(LADDER[place:])}) if before is not None else ()
        broken += [Broken(identity_id=family, agency_id=keeper, what=f"LATE_IN_SILENCE.{kind}") for family, keeper, kind in silent]
    late = next(iter(_rows("SELECT count(*) FROM work_obligation o WHERE o.met_at IS NULL AND o.escalated_to <> ''", told)))[0]
    lacking = sum(not (row[3] and row[4]) for row in plans)
    return Evening(families=len(plans), asked=lacking, late=late, broken=tuple(broken))


def _rows(query: str, told: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(query, told)
        yield from cursor.fetchall()
