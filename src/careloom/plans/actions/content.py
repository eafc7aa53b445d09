"""Strengths and goals: what is strong, and what she wants in her words."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from careloom.infra.access import Viewer
from careloom.plans.actions.keeping import CORE, PART2_SEGMENT, change_row, find_row, note, once, open_plan, stamp
from careloom.plans.actions.results import Conflict, Reason, Refused, refused
from careloom.plans.models import Goal, Strength


@transaction.atomic
def add_strength(*, by: Viewer, at: datetime, plan_id: UUID, text: str, request_key: str, whose: str = "") -> Strength | Refused:
    """Write down what is strong in the family (R-120). The mother may do so too."""
    plan = open_plan(by=by, at=at, plan_id=plan_id)
    if isinstance(plan, Refused):
        return plan
    known = once(Strength, by=by, request_key=request_key)
    if known is not None:
        return known
    if not text.strip():
        return refused(Reason.NO_WORDS)
    row = Strength(**stamp(by=by, at=at, plan=plan), text=text.strip(), whose=whose, request_key=request_key)
    row.save()
    note("strength_added", by=by, at=at, plan=plan, object_id=row.pk)
    return row


@transaction.atomic
def change_strength(
    *, by: Viewer, at: datetime, strength_id: UUID, row_version: int, text: str, whose: str | None = None
) -> Strength | Conflict | Refused:
    """Change the words of a strength that the agency of `by` wrote. A stale `row_version` answers with both texts."""
    row = find_row(Strength, by=by, row_id=strength_id)
    plan = open_plan(by=by, at=at, plan_id=row.plan_id)
    if isinstance(plan, Refused):
        return plan
    changes: dict[str, object] = {"text": text.strip(), "whose": row.whose if whose is None else whose}
    problem = change_row(row=row, by=by, at=at, row_version=row_version, changes=changes)
    if problem is not None:
        return problem
    note("strength_changed", by=by, at=at, plan=plan, object_id=row.pk)
    return row


@transaction.atomic
def add_goal(
    *,
    by: Viewer,
    at: datetime,
    plan_id: UUID,
    words: str,
    request_key: str,
    hers: bool = True,
    about: str = "PARENT",
    theme: str = "",
    measured_by: str = "",
    target_on: date | None = None,
    identity_id: UUID | None = None,
) -> Goal | Refused:
    """Write down a goal. `about`: PARENT, CHILD or FAMILY (R-116). A goal of the theme RECOVERY is kept in the plan's Part 2 segment."""
    plan = open_plan(by=by, at=at, plan_id=plan_id)
    if isinstance(plan, Refused):
        return plan
    known = once(Goal, by=by, request_key=request_key)
    if known is not None:
        return known
    if not words.strip():
        return refused(Reason.NO_WORDS)
    category = PART2_SEGMENT if theme == "RECOVERY" else CORE
    row = Goal(
        **stamp(by=by, at=at, plan=plan, category=category, identity_id=identity_id),
        words=words.strip(), hers=hers, about=about, theme=theme, measured_by=measured_by, target_on=target_on, request_key=request_key,
    )  # fmt: skip
    row.save()
    note("goal_added", by=by, at=at, plan=plan, object_id=row.pk)
    return row


@transaction.atomic
def change_goal(
    *,
    by: Viewer,
    at: datetime,
    goal_id: UUID,
    row_version: int,
    words: str | None = None,
    state: str | None = None,
    measured_by: str | None = None,
    target_on: date | None = None,
) -> Goal | Conflict | Refused:
    """Change a goal that the agency of `by` (or she herself) wrote; the old words stay in `was`. `state`: OPEN, MET, LET_GO."""
    row = find_row(Goal, by=by, row_id=goal_id)
    plan = open_plan(by=by, at=at, plan_id=row.plan_id)
    if isinstance(plan, Refused):
        return plan
    asked = {"words": words.strip() if words else None, "state": state, "measured_by": measured_by, "target_on": target_on}
    changes: dict[str, object] = {name: value for name, value in asked.items() if value is not None}
    if changes.get("words") not in (None, row.words) and row.row_version == row_version:
        changes["was"] = row.words
    problem = change_row(row=row, by=by, at=at, row_version=row_version, changes=changes)
    if problem is not None:
        return problem
    note("goal_changed", by=by, at=at, plan=plan, object_id=row.pk)
    return row
