"""Pilots: proposed, approved, run in cycles, observed month by month, evaluated, and what became of them. Source: workflows 6.12; R-011, R-090."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from careloom.changes.actions.moving import long, moved
from careloom.changes.facts import PilotFacts
from careloom.changes.models import Cycle, Observation, Pilot, PilotSite
from careloom.changes.rights import found, leads_any, leads_tier
from careloom.changes.words import PILOTS, UNITS
from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.kernel.partnership import Tier
from careloom.kernel.partnership.changes import PILOT_STEPS, Mark, better, share
from careloom.partnership.actions.keeping import listed, made, put, row_of, today, values_of, wrong
from careloom.partnership.models import Body
from careloom.partnership.standing import Standing, standing_of
from careloom.partnership.turns import take_turn

HUNDRED = Decimal(100)


@transaction.atomic
def propose_pilot(
    *, by: Viewer, at: datetime, collaborative_id: UUID, facts: PilotFacts, request_key: str, barrier_id: UUID | None = None
) -> Done | Refused | Stale:
    """Propose a pilot with its sites, its measure and how it was before. Officers of the body that runs it.

    Refused codes: NOT_ALLOWED, TITLE, KIND, BODY, WHAT, MEASURE, UNIT, BASELINE, TARGET, UNTIL_DAY, SITES, COMPARED, MARKS. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    take_turn(collaborative_id)
    body = row_of(Body, standing, facts.body_id)
    if not leads_any(standing) or (body is not None and not (standing.leads(body.pk) or leads_tier(standing, Tier.CORE, Tier.OVERSIGHT))):
        return Refused(codes=("NOT_ALLOWED",))
    sites, compared = listed(facts.sites), listed(facts.compared)
    top = HUNDRED if facts.unit == "SHARE" else Decimal(999_999)
    codes = wrong(
        {
            "TITLE": not facts.title.strip(), "KIND": facts.kind not in PILOTS, "BODY": body is None, "WHAT": not facts.what.strip(),
            "MEASURE": not facts.measure.strip(), "UNIT": facts.unit not in UNITS, "BASELINE": not 0 <= facts.baseline <= top,
            "TARGET": not 0 <= facts.target <= top or not better(before=facts.baseline, after=facts.target, higher=facts.higher),
            "UNTIL_DAY": facts.until <= facts.starts_on, "SITES": not sites, "COMPARED": bool(_names(sites) & _names(compared)),
            "MARKS": not set(facts.marks) <= frozenset(Mark),
        }
    )  # fmt: skip
    values = {key: value for key, value in values_of(facts).items() if key not in ("sites", "compared")} | {
        "title": said(facts.title, most=120), "what": long(facts.what), "measure": said(facts.measure, most=160), "barrier_id": barrier_id,
    }  # fmt: skip
    done = put(Pilot, None, codes=codes, values=values, version=0, standing=standing, by=by, at=at, request_key=request_key)
    if isinstance(done, Done) and not PilotSite.objects.filter(pilot_id=done.row_id).exists():
        PilotSite.objects.bulk_create(
            PilotSite(collaborative_id=collaborative_id, pilot_id=done.row_id, name=name, compares=compares, **made(by, at, f"{place}"))
            for place, (name, compares) in enumerate([(name, False) for name in sites] + [(name, True) for name in compared])
        )
    return done


@transaction.atomic
def move_pilot(*, by: Viewer, at: datetime, pilot_id: UUID, to: str, version: int, result: str = "") -> Done | Refused | Stale:
    """Take a pilot one step on: the core team approves it, its body starts and evaluates it (`result` says what it found).

    Refused codes: NOT_ALLOWED, STATE, RESULT, OPEN_CYCLE, NO_OBSERVATION. Raises NotVisible.
    """
    row, standing = found(Pilot, by=by, pk=pilot_id)
    if not (leads_tier(standing, Tier.CORE, Tier.OVERSIGHT) if to == "APPROVED" else _runs(standing, row)):
        return Refused(codes=("NOT_ALLOWED",))
    ends = to == "EVALUATED"
    codes = wrong(
        {
            "STATE": to not in ("APPROVED", "RUNNING", "EVALUATED") or to not in PILOT_STEPS.get(row.state, ()),
            "RESULT": ends and not result.strip(), "OPEN_CYCLE": ends and row.cycles.filter(closed_on=None).exists(),
            "NO_OBSERVATION": ends and not Observation.objects.filter(site__pilot=row, site__compares=False).exists(),
        }
    )  # fmt: skip
    values: dict[str, Any] = {"state": to}
    if to == "APPROVED":
        values |= {"approved_on": today(at)}
    if ends:
        values |= {"result": long(result), "evaluated_on": today(at)}
    return moved(row, codes=codes, values=values, version=version, by=by, at=at, action=f"pilot_{to.lower()}")


@transaction.atomic
def open_cycle(*, by: Viewer, at: datetime, pilot_id: UUID, plan: str, starts_on: date, request_key: str) -> Done | Refused | Stale:
    """Begin the next round of plan, do, study, act. Refused codes: NOT_ALLOWED, STATE, OPEN_CYCLE, PLAN, LATER_DAY. Raises NotVisible."""
    row, standing = found(Pilot, by=by, pk=pilot_id)
    if not _runs(standing, row):
        return Refused(codes=("NOT_ALLOWED",))
    newest = row.cycles.order_by("-number").first()
    if newest is not None and newest.request_key == request_key:
        return Done(row_id=newest.pk)
    codes = wrong(
        {
            "STATE": row.state != "RUNNING", "OPEN_CYCLE": newest is not None and newest.closed_on is None, "PLAN": not plan.strip(),
            "LATER_DAY": starts_on > today(at),
        }
    )  # fmt: skip
    values = {"pilot_id": row.pk, "number": newest.number + 1 if newest else 1, "plan": long(plan), "starts_on": starts_on}
    return put(Cycle, None, codes=codes, values=values, version=0, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def close_cycle(*, by: Viewer, at: datetime, cycle_id: UUID, did: str, studied: str, acts: str, version: int) -> Done | Refused | Stale:
    """Close a round with what was done, what was seen and what comes next. Refused codes: NOT_ALLOWED, STATE, DID, STUDIED, ACTS."""
    row, standing = found(Cycle, by=by, pk=cycle_id)
    if not _runs(standing, row.pilot):
        return Refused(codes=("NOT_ALLOWED",))
    codes = wrong({"STATE": row.pilot.state != "RUNNING", "DID": not did.strip(), "STUDIED": not studied.strip(), "ACTS": not acts.strip()})
    values = {"did": long(did), "studied": long(studied), "acts": long(acts), "closed_on": row.closed_on or today(at)}
    return moved(row, codes=codes, values=values, version=version, by=by, at=at, action="cycle_closed")


@transaction.atomic
def observe(
    *, by: Viewer, at: datetime, site_id: UUID, month: date, note: str, request_key: str, value: Decimal | None = None, some: int | None = None,
    of: int | None = None,
) -> Done | Refused | Stale:  # fmt: skip
    """Write down a month of a site: a `value`, or for a share of families `some` of `of`, of which only the share is kept.

    Where fewer than eleven families stand behind it the month is kept without a value. The first days of a year before the pilot may be written
    down too. Refused codes: NOT_ALLOWED, STATE, MONTH, MONTH_TAKEN, VALUE, FAMILIES. Raises NotVisible.
    """
    site, standing = found(PilotSite, by=by, pk=site_id)
    pilot = site.pilot
    if not _runs(standing, pilot):
        return Refused(codes=("NOT_ALLOWED",))
    first, shares = month.replace(day=1), pilot.unit == "SHARE"
    told = some is not None and of is not None and 0 <= some <= of
    codes = wrong(
        {
            "STATE": pilot.state != "RUNNING", "MONTH": not 0 <= (today(at) - first).days <= 800,
            "MONTH_TAKEN": site.observations.filter(month=first).exclude(request_key=request_key).exists(),
            "VALUE": not shares and (value is None or not 0 <= value <= 999_999), "FAMILIES": shares and not told,
        }
    )  # fmt: skip
    kept = share(some=some, of=of) if shares and told and some is not None and of is not None else value
    values = {"site_id": site.pk, "month": first, "value": kept, "note": said(note, most=300)}
    return put(Observation, None, codes=codes, values=values, version=0, standing=standing, by=by, at=at, request_key=request_key)


def _runs(standing: Standing, pilot: Pilot) -> bool:
    return standing.leads(pilot.body_id)


def _names(names: list[str]) -> set[str]:
    return {name.casefold() for name in names}
