"""Unit costs, savings against a stated comparison, the two purposes of a program, and figures on a schedule. Source: R-098, R-194, R-201."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from careloom.aims.actions.goals import NOT_ALLOWED
from careloom.aims.facts import CostFacts, PurposeFacts, SavingFacts, ScheduleFacts, SentFacts
from careloom.aims.models import Calculation, Purpose, Schedule, Sent, UnitCost
from careloom.aims.queries.numbers import costs_in_force, worked_out
from careloom.aims.words import EVERIES, PURPOSES, STATUSES
from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.packs.indicators import indicators
from careloom.kernel.indicators.savings import EVENTS, NotComparable, Part
from careloom.kernel.indicators.schedule import Every, periods
from careloom.kernel.suppression import HOUSE_SETTINGS
from careloom.partnership.actions.keeping import put, row_of, today, values_of, wrong
from careloom.partnership.models import Partner
from careloom.partnership.rights import steers
from careloom.partnership.standing import Standing, standing_of
from careloom.partnership.turns import take_turn

MOST_DOLLARS = 2_000_000_000


@transaction.atomic
def put_cost(*, by: Viewer, at: datetime, collaborative_id: UUID, facts: CostFacts, request_key: str, version: int = 0) -> Done | Refused | Stale:
    """Say what a unit costs here; it stands instead of what the pack says. Calculations that are kept stay as they were.

    Refused codes: NOT_ALLOWED, CODE, ENDS, YEAR, STATUS, SOURCE. Raises NotVisible.
    """
    standing = _steering(by, collaborative_id)
    if standing is None:
        return NOT_ALLOWED
    row = UnitCost.objects.filter(collaborative_id=collaborative_id, code=facts.code).first()
    if row is not None and row.request_key == request_key:
        return Done(row_id=row.pk)
    values = {**values_of(facts), "source": said(facts.source, most=400)}
    codes = wrong(
        {
            "CODE": facts.code not in set(Part),
            "ENDS": not 0 <= facts.low <= facts.value <= facts.high <= MOST_DOLLARS,
            "YEAR": not today(at).year - 30 <= facts.year <= today(at).year,
            "STATUS": facts.status not in STATUSES,
            "SOURCE": not values["source"],
        }
    )
    if row is None and version:
        version = 0
    return put(UnitCost, row, codes=codes, values=values, version=version, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def keep_saving(*, by: Viewer, at: datetime, collaborative_id: UUID, facts: SavingFacts, request_key: str) -> Done | Refused | Stale:
    """Work out a saving against a stated comparison, and keep it with the costs of that day.

    Numbers of people from 1 to 10 are not kept, nor any that leave so few on the other side. Refused codes: NOT_ALLOWED, NAME, WORDS, AGAINST,
    FAMILIES, FEW, COUNTS, NOTHING, COSTS, SOURCE, PAID, LATER_DAY. Raises NotVisible.
    """
    standing = _steering(by, collaborative_id)
    if standing is None:
        return NOT_ALLOWED
    costs = costs_in_force(collaborative_id)
    values: dict[str, Any] = {
        **values_of(facts), "name": said(facts.name, most=120), "helped": said(facts.helped, most=200), "against": said(facts.against, most=300),
        "paid_source": said(facts.paid_source, most=200), "lines": [asdict(one) | {"source": said(one.source, most=200)} for one in facts.lines],
        "costs": {str(one): _frozen(costs[one]) for one in {Part(line.part) for line in facts.lines if line.part in set(Part)} if one in costs},
    }  # fmt: skip
    codes = wrong(
        {
            "NAME": not values["name"],
            "WORDS": not values["helped"],
            "AGAINST": not values["against"],
            "FEW": _tells_of_few(facts),
            "SOURCE": any(not line["source"] for line in values["lines"]),
            "PAID": facts.paid is not None and (not values["paid_source"] or not 0 <= facts.paid <= MOST_DOLLARS),
            "LATER_DAY": facts.on > today(at),
        }
    )
    try:
        worked_out(Calculation(**values))
    except NotComparable as problem:
        codes = (*codes, problem.code)
    return put(Calculation, None, codes=codes, values=values, version=0, standing=standing, by=by, at=at, request_key=request_key)


def _frozen(cost: Any) -> dict[str, Any]:
    return {name: getattr(cost, name) for name in ("value", "low", "high", "year", "status", "source")}


def _tells_of_few(facts: SavingFacts) -> bool:
    told = [facts.families, facts.compared]
    for line in facts.lines:
        told += [line.ours, line.theirs]
        if line.part in EVENTS:
            told += [facts.families - line.ours, facts.compared - line.theirs]
    return any(HOUSE_SETTINGS.is_small(one) for one in told)


@transaction.atomic
def put_purpose(
    *, by: Viewer, at: datetime, collaborative_id: UUID, facts: PurposeFacts, request_key: str, version: int = 0
) -> Done | Refused | Stale:  # fmt: skip
    """Say by which indicators one of the two purposes of a program is tracked (R-194).

    Refused codes: NOT_ALLOWED, CODE, PARTNER, NAME, INDICATOR, WORDS. Raises NotVisible.
    """
    standing = _steering(by, collaborative_id)
    if standing is None:
        return NOT_ALLOWED
    row = Purpose.objects.filter(collaborative_id=collaborative_id, code=facts.code).first()
    if row is not None and row.request_key == request_key:
        return Done(row_id=row.pk)
    values = {**values_of(facts), "program": said(facts.program, most=120), "words": said(facts.words, most=300)}
    codes = wrong(
        {
            "CODE": facts.code not in PURPOSES,
            "PARTNER": row_of(Partner, standing, facts.partner_id) is None,
            "NAME": not values["program"],
            "INDICATOR": not facts.indicators or not set(facts.indicators) <= set(indicators()),
            "WORDS": not values["words"],
        }
    )
    return put(Purpose, row, codes=codes, values=values, version=version, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def put_schedule(
    *, by: Viewer, at: datetime, collaborative_id: UUID, facts: ScheduleFacts, request_key: str, schedule_id: UUID | None = None, version: int = 0
) -> Done | Refused | Stale:  # fmt: skip
    """Set which figures go to whom, for which periods and by when, or change it as it stood at `version` (R-201).

    Refused codes: NOT_ALLOWED, NAME, WORDS, PARTNER, INDICATOR, EVERY, FIRST, DAYS. Raises NotVisible.
    """
    standing = _steering(by, collaborative_id)
    row = row_of(Schedule, standing, schedule_id) if standing else None
    if standing is None or (schedule_id is not None and row is None):
        return NOT_ALLOWED
    values = {**values_of(facts), "name": said(facts.name, most=120), "to_whom": said(facts.to_whom, most=120)}
    codes = wrong(
        {
            "NAME": not values["name"],
            "WORDS": not values["to_whom"],
            "PARTNER": row_of(Partner, standing, facts.partner_id) is None,
            "INDICATOR": not facts.indicators or not set(facts.indicators) <= set(indicators()),
            "EVERY": facts.every not in EVERIES,
            "FIRST": facts.first.day != 1 or facts.first > today(at),
            "DAYS": not 0 <= facts.days <= 366,
        }
    )
    return put(Schedule, row, codes=codes, values=values, version=version, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def send(*, by: Viewer, at: datetime, schedule_id: UUID, facts: SentFacts, request_key: str) -> Done | Refused | Stale:
    """Keep that the figures of a period went, and from which snapshot. Sent again after a correction it is one more row.

    Refused codes: NOT_ALLOWED, PERIOD_OPEN, LATER_DAY, HOW, SOURCE. Raises NotVisible.
    """
    row = Schedule.objects.filter(pk=schedule_id).first()
    standing = standing_of(viewer=by, collaborative_id=row.collaborative_id if row else schedule_id)
    take_turn(standing.collaborative.pk)
    row = row_of(Schedule, standing, schedule_id)
    if row is None or not (steers(standing) or row.partner_id in standing.partner_ids):
        return NOT_ALLOWED
    ends = dict(periods(every=Every(row.every), first=row.first, until=today(at)))
    values = {
        **values_of(facts), "how": said(facts.how, most=160), "source": said(facts.source, most=200), "schedule_id": row.pk,
    }  # fmt: skip
    codes = wrong(
        {
            "PERIOD_OPEN": facts.period_on not in ends,
            "LATER_DAY": facts.on > today(at) or (facts.period_on in ends and facts.on <= ends[facts.period_on]),
            "HOW": not values["how"],
            "SOURCE": not values["source"],
        }
    )
    return put(Sent, None, codes=codes, values=values, version=0, standing=standing, by=by, at=at, request_key=request_key)


def _steering(by: Viewer, collaborative_id: UUID) -> Standing | None:
    """How somebody stands who steers, or None; in the collaborative's turn. Raises NotVisible."""
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    take_turn(collaborative_id)
    return standing if steers(standing) else None
