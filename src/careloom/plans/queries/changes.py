"""What changed since a version, and what a plan still lacks, as the viewer may see both."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import OuterRef, Subquery

from careloom.infra.access import Viewer
from careloom.kernel.plan import Change, Flag, FlagFacts, Item, ItemKind, difference, flags
from careloom.plans.items import MODELS, item_of, items_of, kept_item
from careloom.plans.models import PlanRow, PlanVersion, PlanVersionEntry
from careloom.plans.queries.plan import PlanParts

PlanFlag = Flag
UNREAD = frozenset({ItemKind.TEXT, ItemKind.CHECK, ItemKind.MINUTE})


def changes_since(
    *, viewer: Viewer, plan_id: UUID, version: int, to_version: int | None = None, parts: PlanParts | None = None
) -> tuple[Change, ...]:
    """The readable difference from a version (its number) to now, or to a later version.

    Computed from the entries and rows that the viewer sees today: what she may not see is on neither side. With `parts` of the
    page at hand it takes one query for the entries of the version; else one more for each kind of item.
    """
    numbers = {version} if to_version is None else {version, to_version}
    kept = version_items(viewer=viewer, plan_id=plan_id, numbers=numbers)
    if to_version is not None:
        now: tuple[Item, ...] = kept.get(to_version, ())
    else:
        now = items_now(viewer=viewer, plan_id=plan_id) if parts is None else _items_of_parts(parts)
    old = kept.get(version, ())
    if parts is not None and parts.written is None and to_version is None:
        # A page that did not read what sections say tells nothing of it, on either side.
        old = tuple(item for item in old if item.kind not in UNREAD)
    return difference(old=old, new=now)


def version_items(*, viewer: Viewer, plan_id: UUID, numbers: Iterable[int]) -> dict[int, tuple[Item, ...]]:
    """The items of versions, by number, as far as the viewer may see them. One query."""
    wanted = sorted(set(numbers))
    versions = PlanVersion.objects.filter(plan_id=plan_id, number__in=wanted, pk=OuterRef("version_id"))
    rows = PlanVersionEntry.objects.seen_by(viewer).filter(plan_id=plan_id).annotate(number=Subquery(versions.values("number")[:1]))
    found: dict[int, list[Item]] = {number: [] for number in wanted}
    for row in rows.filter(number__isnull=False):
        found[row.number].append(kept_item(row))
    return {number: tuple(items) for number, items in found.items()}


def items_now(*, viewer: Viewer, plan_id: UUID) -> tuple[Item, ...]:
    """Every item of the plan as it stands, for a difference. One query for each kind of item."""
    return tuple(item_of(row) for model in MODELS.values() for row in model.objects.seen_by(viewer).filter(plan_id=plan_id))


def flags_of(parts: PlanParts) -> tuple[Flag, ...]:
    """The gaps that the page points out: fragmented goals, no strengths, no lead (R-116, R-120, R-140). No query."""
    open_goals = [goal.row.about for goal in parts.goals if goal.row.state == "OPEN"]
    facts = FlagFacts(
        goals_about=tuple(open_goals),
        strengths=len(parts.strengths),
        needs=len(parts.needs),
        # Read from the plan, not from the team: a reader from whom the lead is hidden must not be told that there is none.
        has_lead=parts.plan.lead_worker_id is not None,
        agreed=parts.plan.agreed_at is not None,
    )
    return flags(facts=facts)


def _items_of_parts(parts: PlanParts) -> tuple[Item, ...]:
    steps: list[PlanRow] = [step for need in parts.needs for step in need.steps]
    goals: list[PlanRow] = [goal.row for goal in parts.goals]
    needs: list[PlanRow] = [need.row for need in parts.needs]
    people: list[PlanRow] = [*parts.team, *parts.team_before, *parts.infants]
    shown = [*people, *parts.strengths, *goals, *needs, *steps, *parts.referrals, *(parts.written or ())]
    return items_of(shown)
