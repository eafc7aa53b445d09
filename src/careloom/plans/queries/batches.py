"""The parts of many plans at once, as far as the viewer may see them and as a plan page puts them together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from careloom.infra.access import Viewer
from careloom.plans.merging import GoalNow, NeedNow, goals_now, needs_now
from careloom.plans.models import CareTeamMember, Goal, Need, NeedStep, PlanOfSafeCare, PlanRow, Referral
from careloom.plans.referrals.queries import referrals_of_plans

Row = TypeVar("Row", bound=PlanRow)


@dataclass(frozen=True, kw_only=True)
class PlanBatch:
    """Goals and needs as they stand, referrals and the care team of now, each by plan."""

    goals: Mapping[UUID, tuple[GoalNow, ...]]
    needs: Mapping[UUID, tuple[NeedNow, ...]]
    referrals: Mapping[UUID, list[Referral]]
    team: Mapping[UUID, list[CareTeamMember]]


def batch_of(*, viewer: Viewer, plan_ids: Iterable[UUID]) -> PlanBatch:
    """The parts of these plans. Five queries for any number of plans. The caller read the plans themselves, which decide what may be asked for."""
    ids = list(plan_ids)
    goals, needs, steps = (_by_plan(model, viewer, ids, *order) for model, order in _ORDERS)
    return PlanBatch(
        goals={plan: goals_now(rows) for plan, rows in goals.items()},
        needs={plan: needs_now(rows, steps.get(plan, [])) for plan, rows in needs.items()},
        referrals=referrals_of_plans(viewer=viewer, plan_ids=ids),
        team=team_of_plans(viewer=viewer, plan_ids=ids),
    )


def team_of_plans(*, viewer: Viewer, plan_ids: Iterable[UUID]) -> dict[UUID, list[CareTeamMember]]:
    """Who is on the care team now, the lead first, by plan. One query."""
    found = _by_plan(CareTeamMember, viewer, list(plan_ids), "-leads", "starts_at", "made_at", "name")
    now = {plan: [member for member in team if member.ends_at is None] for plan, team in found.items()}
    return {plan: team for plan, team in now.items() if team}


def needs_by_id(*, viewer: Viewer, need_ids: Iterable[UUID]) -> dict[UUID, Need]:
    """The needs among these that `viewer` may see. One query."""
    return {need.pk: need for need in Need.objects.seen_by(viewer).filter(pk__in=set(need_ids))}


def visible_plans(*, viewer: Viewer, plan_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Which of these plans `viewer` may see. One query."""
    return frozenset(PlanOfSafeCare.objects.seen_by(viewer).filter(pk__in=set(plan_ids)).values_list("pk", flat=True))


_ORDERS: tuple[tuple[type[PlanRow], tuple[str, ...]], ...] = (
    (Goal, ("made_at", "id")),
    (Need, ("priority", "made_at", "id")),
    (NeedStep, ("at", "made_at")),
)


def _by_plan(model: type[Row], viewer: Viewer, plan_ids: list[UUID], *order: str) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = defaultdict(list)
    for row in model.objects.seen_by(viewer).filter(plan_id__in=plan_ids).order_by(*order):
        found[row.plan_id].append(row)
    return dict(found)
