"""What the mother writes herself. Her rows are held by her: they stand beside an agency's rows and never inside them. Source: F34, J4.3, J4.9."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.infra.access import NotVisible, PrincipalKind, Viewer
from careloom.plans.actions.content import change_goal
from careloom.plans.actions.keeping import CORE, find_row, is_herself, note, once, open_plan, stamp
from careloom.plans.actions.needs import record_choice
from careloom.plans.actions.owed import her_words_read, owe_her_words
from careloom.plans.actions.results import Reason, Refused, refused
from careloom.plans.items import MODELS
from careloom.plans.models import Goal, HerView, NeedStep, PlanRow, Review

SAYS = frozenset({"COMMENT", "DISAGREE"})
BESIDE: dict[str, type[PlanRow]] = {kind.value: model for kind, model in MODELS.items()} | {"REVIEW": Review}
"""What she can write beside, by the kind of item."""


@transaction.atomic
def her_view(
    *, by: Viewer, at: datetime, item_kind: str, item_id: UUID, words: str, request_key: str, says: str = "COMMENT", quoted: str = ""
) -> HerView | Refused:
    """What she says beside a sentence of her plan (COMMENT or DISAGREE); it is printed next to it on every copy.

    `quoted` is the sentence. It is kept only where the plain plan says it, so that her row tells nobody what a closed row says.
    """
    if not is_herself(by):
        return refused(Reason.NOT_ALLOWED)
    if item_kind not in BESIDE or says not in SAYS:
        return refused(Reason.UNKNOWN_CODE)
    item = find_row(BESIDE[item_kind], by=by, row_id=item_id)
    plan = open_plan(by=by, at=at, plan_id=item.plan_id)
    if isinstance(plan, Refused):
        return plan
    known = once(HerView, by=by, request_key=request_key)
    if known is not None:
        return known
    if not words.strip():
        return refused(Reason.NO_WORDS)
    row = HerView(
        **stamp(by=by, at=at, plan=plan, category=item.category, identity_id=item.identity_id),
        item_kind=item_kind, item_id=item_id, says=says, quoted=quoted[:300] if item.category == CORE else "", words=words.strip(),
        request_key=request_key,
    )  # fmt: skip
    row.save()
    note("her_view", by=by, at=at, plan=plan, object_id=row.pk, says=says)
    owe_her_words(by=by, at=at, plan=plan, row_id=row.pk, kind="HER_VIEW", category=row.category)
    return row


@transaction.atomic
def answer_her(*, by: Viewer, at: datetime, view_id: UUID, words: str, request_key: str) -> HerView | Refused:
    """What the team answers to what she wrote; a row of the agency that answers, beside hers."""
    view = find_row(HerView, by=by, row_id=view_id)
    plan = open_plan(by=by, at=at, plan_id=view.plan_id)
    if isinstance(plan, Refused):
        return plan
    if by.kind is not PrincipalKind.AGENCY:
        return refused(Reason.NOT_ALLOWED)
    known = once(HerView, by=by, request_key=request_key)
    if known is not None:
        return known
    if not words.strip():
        return refused(Reason.NO_WORDS)
    row = HerView(
        **stamp(by=by, at=at, plan=plan, category=view.category, identity_id=view.identity_id),
        item_kind=view.item_kind, item_id=view.item_id, says="ANSWER", words=words.strip(), answers_id=view.pk, request_key=request_key,
    )  # fmt: skip
    row.save()
    note("her_view_answered", by=by, at=at, plan=plan, object_id=row.pk)
    her_words_read(by=by, at=at, plan=plan, row_id=view.pk)
    return row


@transaction.atomic
def her_goal_change(*, by: Viewer, at: datetime, goal_id: UUID, words: str, request_key: str) -> Goal | Refused:
    """She changes a goal. A goal of her own takes the new words and keeps the old; an agency's goal is replaced by one of hers.

    Which goal stands is found by `supersedes_id`; every reader who sees her row sees her words.
    """
    if not is_herself(by):
        return refused(Reason.NOT_ALLOWED)
    goal = find_row(Goal, by=by, row_id=goal_id)
    plan = open_plan(by=by, at=at, plan_id=goal.plan_id)
    if isinstance(plan, Refused):
        return plan
    if not words.strip():
        return refused(Reason.NO_WORDS)
    known = once(Goal, by=by, request_key=request_key)
    if known is not None:
        return known
    later = Goal.objects.filter(plan_id=plan.pk, holder_id=by.holder_id, supersedes_id=goal.pk).first()
    row = later or goal
    if row.holder_id == by.holder_id:
        changed = change_goal(by=by, at=at, goal_id=row.pk, row_version=row.row_version, words=words)
        if not isinstance(changed, Goal):
            raise NotVisible
        row = changed
    else:
        row = Goal(
            **stamp(by=by, at=at, plan=plan, category=goal.category, identity_id=goal.identity_id),
            words=words.strip(), was=goal.words, hers=True, about=goal.about, theme=goal.theme, measured_by=goal.measured_by,
            target_on=goal.target_on, state=goal.state, supersedes_id=goal.pk, request_key=request_key,
        )  # fmt: skip
        row.save()
        note("her_goal", by=by, at=at, plan=plan, object_id=row.pk)
    owe_her_words(by=by, at=at, plan=plan, row_id=row.pk, kind="HER_GOAL", category=row.category)
    return row


def her_choice(*, by: Viewer, at: datetime, need_id: UUID, choice: str, request_key: str, words: str = "") -> NeedStep | Refused:
    """Her own yes, not now or no to a need, in a row of hers. The plan goes on whatever she says."""
    if not is_herself(by):
        return refused(Reason.NOT_ALLOWED)
    return record_choice(by=by, at=at, need_id=need_id, choice=choice, words=words, request_key=request_key)
