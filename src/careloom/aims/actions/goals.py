"""Shared outcomes, looks at them, what comes first in a year, and what each agency wants."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from careloom.aims.facts import AimFacts, DesireFacts, LookFacts, PriorityFacts
from careloom.aims.measuring import is_few, is_possible, kind_of
from careloom.aims.models import Aim, Calculation, Desire, Look, Proposal, Schedule, YearPriority
from careloom.aims.words import GOALS
from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.packs.indicators import indicators
from careloom.kernel.partnership import Tier
from careloom.partnership.actions.keeping import put, row_of, today, values_of, wrong
from careloom.partnership.actions.noting import note
from careloom.partnership.models import Body, Partner
from careloom.partnership.rights import steers
from careloom.partnership.standing import Standing, standing_of
from careloom.partnership.turns import take_turn

YEARS_ON = 5
#: What ends on a day: rows that stay, and count no more.
ENDS: dict[str, type[Any]] = {"aim": Aim, "desire": Desire, "saving": Calculation, "schedule": Schedule}
NOT_ALLOWED = Refused(codes=("NOT_ALLOWED",))


@transaction.atomic
def put_aim(
    *, by: Viewer, at: datetime, collaborative_id: UUID, facts: AimFacts, request_key: str, aim_id: UUID | None = None, version: int = 0
) -> Done | Refused | Stale:  # fmt: skip
    """Agree on a shared outcome with its baseline and target, or change it as it stood at `version` (R-082, R-091).

    It is a decision of the body that agreed on it: noted, and not final, where the writer holds no office in it (decision 0013). Refused codes:
    NOT_ALLOWED, OUTCOME, SUCCESS, MEASURE, INDICATOR, GOAL, VALUE, FEW, BASELINE, TARGET, DIRECTION, OWNER, BODY, LATER_DAY, REVIEW.
    Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    take_turn(collaborative_id)
    row = row_of(Aim, standing, aim_id)
    if not steers(standing) or (aim_id is not None and row is None):
        return NOT_ALLOWED
    values = {
        **values_of(facts), "outcome": said(facts.outcome, most=160), "success": said(facts.success, most=400),
        "owner_name": said(facts.owner_name, most=120), "baseline_period": said(facts.baseline_period, most=60),
        "baseline_source": said(facts.baseline_source, most=200), "candidates": [one for one in facts.candidates if one != facts.indicator],
    }  # fmt: skip
    done = put(
        Aim, row, codes=_wrong_aim(standing, facts, values, at=at), values=values, version=version, standing=standing, by=by, at=at,
        request_key=request_key,
    )  # fmt: skip
    if isinstance(done, Done):
        note(standing, body_id=facts.body_id, about_id=done.row_id, words=values["outcome"], by=by, at=at, key=request_key)
    return done


def _wrong_aim(standing: Standing, facts: AimFacts, values: dict[str, Any], *, at: datetime) -> tuple[str, ...]:
    proposal: Proposal | None = row_of(Proposal, standing, facts.proposal_id)
    measured = bool(facts.indicator) != bool(facts.proposal_id) and not (facts.proposal_id and proposal is None)
    kind, per = kind_of(indicator=facts.indicator, proposal=proposal)
    told = (facts.baseline, facts.target)
    return wrong(
        {
            "OUTCOME": not values["outcome"],
            "SUCCESS": not values["success"],
            "MEASURE": not measured,
            "INDICATOR": not {*facts.candidates, *([facts.indicator] if facts.indicator else [])} <= set(indicators()),
            "GOAL": facts.goal not in GOALS,
            "VALUE": not all(is_possible(one, kind=kind, per=per) for one in told),
            "FEW": is_few(facts.baseline, kind=kind),
            "BASELINE": len({facts.baseline is None, not values["baseline_period"], not values["baseline_source"]}) > 1,
            "TARGET": (facts.target is None) != (facts.target_by is None),
            "DIRECTION": _wrong_way(facts),
            "OWNER": row_of(Partner, standing, facts.owner_id) is None or not values["owner_name"],
            "BODY": row_of(Body, standing, facts.body_id) is None,
            "LATER_DAY": facts.agreed_on > today(at),
            "REVIEW": facts.review_on <= today(at),
        }
    )


def _wrong_way(facts: AimFacts) -> bool:
    if facts.baseline is None or facts.target is None:
        return False
    return (facts.goal == "UP" and facts.target < facts.baseline) or (facts.goal == "DOWN" and facts.target > facts.baseline)


@transaction.atomic
def look_at(*, by: Viewer, at: datetime, aim_id: UUID, facts: LookFacts, request_key: str) -> Done | Refused | Stale:
    """Keep what was seen when an aim was looked at; its next look is on the day that is given (R-082).

    Refused codes: NOT_ALLOWED, SEEN, VALUE, FEW, PERIOD, LATER_DAY, REVIEW. Raises NotVisible.
    """
    aim = Aim.objects.select_related("proposal").filter(pk=aim_id).first()
    standing = standing_of(viewer=by, collaborative_id=aim.collaborative_id if aim else aim_id)
    take_turn(standing.collaborative.pk)
    if aim is None or not steers(standing) or row_of(Aim, standing, aim_id) is None:
        return NOT_ALLOWED
    kind, per = kind_of(indicator=aim.indicator, proposal=aim.proposal)
    values = {
        **values_of(facts), "seen": said(facts.seen, most=1000), "follows": said(facts.follows, most=500), "period": said(facts.period, most=60),
        "source": said(facts.source, most=200), "aim_id": aim.pk,
    }  # fmt: skip
    codes = wrong(
        {
            "SEEN": not values["seen"],
            "VALUE": not is_possible(facts.value, kind=kind, per=per),
            "FEW": is_few(facts.value, kind=kind),
            "PERIOD": len({facts.value is None, not values["period"], not values["source"]}) > 1,
            "LATER_DAY": facts.on > today(at),
            "REVIEW": facts.next_on <= today(at),
        }
    )
    done = put(Look, None, codes=codes, values=values, version=0, standing=standing, by=by, at=at, request_key=request_key)
    if isinstance(done, Done):
        newest = Look.objects.filter(aim=aim).order_by("-on", "-made_at").first()
        if newest is not None and newest.next_on != aim.review_on:
            aim.review_on, aim.row_version = newest.next_on, aim.row_version + 1
            aim.save(update_fields=["review_on", "row_version"])
    return done


@transaction.atomic
def put_first(*, by: Viewer, at: datetime, aim_id: UUID, facts: PriorityFacts, request_key: str) -> Done | Refused | Stale:
    """Oversight puts an aim first for a year, and says why (R-089). Noted where the writer is no officer of that committee.

    Refused codes: NOT_ALLOWED, OVERSIGHT, YEAR, YEAR_TAKEN, WHY. Raises NotVisible.
    """
    aim = Aim.objects.filter(pk=aim_id).first()
    standing = standing_of(viewer=by, collaborative_id=aim.collaborative_id if aim else aim_id)
    take_turn(standing.collaborative.pk)
    body = row_of(Body, standing, facts.body_id)
    if aim is None or row_of(Aim, standing, aim_id) is None or not (standing.runs or standing.officer_of):
        return NOT_ALLOWED
    year, why = today(at).year, said(facts.why, most=400)
    codes = wrong(
        {
            "OVERSIGHT": body is None or body.tier != Tier.OVERSIGHT or not standing.leads(body.pk),
            "YEAR": not year <= facts.year <= year + YEARS_ON,
            "YEAR_TAKEN": YearPriority.objects.filter(aim=aim, year=facts.year).exclude(request_key=request_key).exists(),
            "WHY": not why,
        }
    )
    values = {**values_of(facts), "aim_id": aim.pk, "why": why}
    done = put(YearPriority, None, codes=codes, values=values, version=0, standing=standing, by=by, at=at, request_key=request_key)
    if isinstance(done, Done):
        words = f"{facts.year}: {aim.outcome}"
        note(standing, body_id=facts.body_id, about_id=done.row_id, words=words, by=by, at=at, key=request_key)
    return done


@transaction.atomic
def put_desire(
    *, by: Viewer, at: datetime, collaborative_id: UUID, facts: DesireFacts, request_key: str, desire_id: UUID | None = None, version: int = 0
) -> Done | Refused | Stale:  # fmt: skip
    """An agency says in its own words what it wants for families, and which shared outcomes that is (R-083).

    Refused codes: NOT_ALLOWED, PARTNER, WORDS, AIMS. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    take_turn(collaborative_id)
    row: Desire | None = row_of(Desire, standing, desire_id)
    told = {facts.partner_id, *([row.partner_id] if row else [])}
    if (desire_id is not None and row is None) or not all(standing.speaks_for(one) for one in told):
        return NOT_ALLOWED
    shared = set(Aim.objects.filter(collaborative_id=collaborative_id, ends_on=None).values_list("pk", flat=True))
    values = {**values_of(facts), "words": said(facts.words, most=300), "measured_by": said(facts.measured_by, most=200)}
    codes = wrong(
        {
            "PARTNER": row_of(Partner, standing, facts.partner_id) is None,
            "WORDS": not values["words"],
            "AIMS": not set(facts.aims) <= shared,
        }
    )
    return put(Desire, row, codes=codes, values=values, version=version, standing=standing, by=by, at=at, request_key=request_key)


def ends_here(*, viewer: Viewer, collaborative_id: UUID, which: str, row_id: UUID) -> Any:
    """The live row that the reader may end, or None. Raises NotVisible."""
    return _to_end(standing_of(viewer=viewer, collaborative_id=collaborative_id), which=which, row_id=row_id)


@transaction.atomic
def end_row(*, by: Viewer, at: datetime, collaborative_id: UUID, which: str, row_id: UUID, on: date, version: int) -> Done | Refused | Stale:
    """Say on which day an aim, a desire, a calculation or a schedule ended; it stays in its history.

    Refused codes: NOT_ALLOWED, LATER_DAY. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    take_turn(collaborative_id)
    row = _to_end(standing, which=which, row_id=row_id)
    if row is None:
        return NOT_ALLOWED
    codes = wrong({"LATER_DAY": on > today(at)})
    return put(ENDS[which], row, codes=codes, values={"ends_on": on}, version=version, standing=standing, by=by, at=at, request_key="")


def _to_end(standing: Standing, *, which: str, row_id: UUID) -> Any:
    row = row_of(ENDS[which], standing, row_id) if which in ENDS else None
    may = row is not None and (standing.speaks_for(row.partner_id) if which == "desire" else steers(standing))
    return row if may else None
