"""Two plans of one pregnancy become one, with a reason, and can be made two again with the same rows. Source: workflows 6.2; plan-content 2.2."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from careloom.infra.access import System, Viewer, system
from careloom.infra.access.scope import acting_as
from careloom.infra.events.outbox import publish
from careloom.kernel.events import PlanCountsChanged
from careloom.kernel.plan import PlanState
from careloom.plans.actions.keeping import change_plan, find_plan, frame_stamp, keeper_of, note, open_plan, take_turn
from careloom.plans.actions.papers import stop
from careloom.plans.actions.results import Reason, Refused, refused
from careloom.plans.actions.scheduling import put_schedule
from careloom.plans.actions.versions import make_version
from careloom.plans.models import (
    OPEN_STATES,
    CareTeamMember,
    Goal,
    HerView,
    Involvement,
    Meeting,
    MeetingNote,
    MeetingSignature,
    Need,
    NeedStep,
    Participation,
    PlanInfant,
    PlanMerge,
    PlanOfSafeCare,
    PlanRow,
    Referral,
    ReferralEvent,
    SectionCheck,
    SectionText,
    Strength,
    Tension,
)

MOVES: tuple[type[PlanRow], ...] = (
    Strength, Goal, Need, NeedStep, HerView, Referral, ReferralEvent, CareTeamMember, SectionText, SectionCheck, Participation, Tension, Involvement,
    Meeting, MeetingNote, MeetingSignature,
)  # fmt: skip
"""What goes along. Versions, reviews, copies and signatures of sections stay with the plan that they are about."""
BY_NAME = {model._meta.db_table: model for model in (*MOVES, PlanInfant)}


@transaction.atomic
def merge_plans(*, by: Viewer, at: datetime, gone_id: UUID, kept_id: UUID, reason: str, request_key: str) -> PlanMerge | Refused:
    """Make `gone_id`, which the agency of `by` keeps, part of `kept_id`, which `by` may write in and which is about the same mother.

    Every row goes along under its own holder, so nobody sees more or less of it; a version of the plan that stays tells what came. A text that the
    same agency wrote in both stays where it was. Idempotent on `request_key`.
    """
    for turn in sorted((str(gone_id), str(kept_id))):
        take_turn(turn)
    before = find_plan(by=by, plan_id=gone_id)
    with acting_as(keeper_of(plan=before, by=by)):
        known = PlanMerge.objects.filter(holder_id=before.holder_id, request_key=request_key).first()
    if known is not None:
        return known
    gone = open_plan(by=by, at=at, plan_id=gone_id, lead=True)
    kept = open_plan(by=by, at=at, plan_id=kept_id)
    if isinstance(gone, Refused) or isinstance(kept, Refused):
        return gone if isinstance(gone, Refused) else kept  # type: ignore[return-value]
    problem = _problem(by=by, gone=gone, kept=kept, reason=reason)
    if problem is not None:
        return problem
    rows = _rows(by=by, gone=gone, kept=kept)
    status = gone.status
    infants = stop(by=by, at=at, plan=gone)
    rows["plans_infant"] = _infants(by=by, gone=gone, kept=kept, ended=infants)
    _move(rows, to=kept.pk)
    merge = PlanMerge(
        **frame_stamp(by=by, at=at, plan=gone), kept_id=kept.pk, reason=reason.strip()[:300], status_before=status, moved=rows,
        ended={"plans_infant": [str(pk) for pk in infants]}, request_key=request_key,
    )  # fmt: skip
    with acting_as(keeper_of(plan=gone, by=by)):
        merge.save()
    change_plan(plan=gone, by=by, status=PlanState.MERGED.value, merged_into_id=kept.pk, closed_at=at, next_review_on=None)
    make_version(by=by, at=at, plan=kept, why="MERGED")
    note("merged", by=by, at=at, plan=gone, object_id=merge.pk, kept=str(kept.pk))
    for plan in (gone, kept):
        publish(PlanCountsChanged(plan_id=plan.pk, holder_id=plan.holder_id, identity_id=plan.identity_id), at=at)
    return merge


@transaction.atomic
def undo_merge(*, by: Viewer, at: datetime, gone_id: UUID, reason: str) -> PlanMerge | Refused:
    """Make the two plans two again: every row that went along goes back, and the plan stands where it stood. What was added since stays."""
    gone = find_plan(by=by, plan_id=gone_id)
    if not by.can("PLAN_WRITE"):
        return refused(Reason.NOT_ALLOWED)
    if gone.holder_id != by.holder_id:
        return refused(Reason.NOT_KEPT_HERE)
    take_turn(gone_id)
    gone.refresh_from_db()
    with acting_as(keeper_of(plan=gone, by=by)):
        merge = PlanMerge.objects.filter(plan_id=gone.pk, undone_at=None).first()
    if merge is None or gone.status != PlanState.MERGED:
        return refused(Reason.NOT_MERGED)
    if not reason.strip():
        return refused(Reason.NO_WORDS)
    same = {"holder_id": gone.holder_id, "pregnancy_id": gone.pregnancy_id, "status__in": OPEN_STATES}
    with acting_as(keeper_of(plan=gone, by=by)):
        if PlanOfSafeCare.objects.filter(**same).exists():
            return refused(Reason.HAS_PLAN)
    _move(merge.moved, to=gone.pk, back_from=merge.kept_id)
    change_plan(plan=gone, by=by, status=merge.status_before, merged_into_id=None, closed_at=None)
    with acting_as(keeper_of(plan=gone, by=by)):
        PlanInfant.objects.filter(pk__in=merge.ended.get("plans_infant", [])).update(ended_at=None, changed_at=at)
        merge.undone_at, merge.undone_because, merge.changed_at = at, reason.strip()[:300], at
        merge.save(update_fields=["undone_at", "undone_because", "changed_at"])
    put_schedule(by=by, at=at, plan=gone)
    note("merge_undone", by=by, at=at, plan=gone, object_id=merge.pk)
    publish(PlanCountsChanged(plan_id=gone.pk, holder_id=gone.holder_id, identity_id=gone.identity_id), at=at)
    return merge


def _problem(*, by: Viewer, gone: PlanOfSafeCare, kept: PlanOfSafeCare, reason: str) -> Refused | None:
    if gone.pk == kept.pk:
        return refused(Reason.SAME_PLAN)
    if gone.identity_id != kept.identity_id:
        return refused(Reason.OTHER_MOTHER)
    if gone.holder_id != by.holder_id:
        return refused(Reason.NOT_KEPT_HERE)
    return None if reason.strip() else refused(Reason.NO_WORDS)


def _rows(*, by: Viewer, gone: PlanOfSafeCare, kept: PlanOfSafeCare) -> dict[str, dict[str, list[str]]]:
    """The rows that go along, by table and holder: what `by` or the keeper of the plan sees of it."""
    found: dict[str, dict[UUID, UUID]] = defaultdict(dict)
    taken: set[tuple[Any, ...]] = set()
    for viewer in (by, keeper_of(plan=gone, by=by)):
        with acting_as(viewer):
            for model in MOVES:
                rows = model.objects.filter(plan_id=gone.pk)
                rows = rows.exclude(leads=True) if model is CareTeamMember else rows
                found[model._meta.db_table] |= dict(rows.values_list("pk", "holder_id"))
            for model in (SectionText, SectionCheck):
                written = model.objects.filter(plan_id__in=[gone.pk, kept.pk]).values_list("holder_id", "section", "code", "plan_id", "pk")
                here = {(holder, section, code) for holder, section, code, plan_id, _pk in written if plan_id == kept.pk}
                taken |= {(model._meta.db_table, pk) for holder, section, code, plan_id, pk in written if (holder, section, code) in here}
    moved: dict[str, dict[str, list[str]]] = {}
    for table, rows in found.items():
        by_holder: dict[str, list[str]] = defaultdict(list)
        for pk, holder in rows.items():
            if (table, pk) not in taken:
                by_holder[str(holder)].append(str(pk))
        moved[table] = dict(by_holder)
    return moved


def _infants(*, by: Viewer, gone: PlanOfSafeCare, kept: PlanOfSafeCare, ended: list[UUID]) -> dict[str, list[str]]:
    """Infants of the plan that goes whom the other does not have go along, where one agency keeps both; they are in an open plan again."""
    if gone.holder_id != kept.holder_id:
        return {}
    with acting_as(keeper_of(plan=gone, by=by)):
        there = set(PlanInfant.objects.filter(plan_id=kept.pk, ended_at=None).values_list("identity_id", flat=True))
        rows = PlanInfant.objects.filter(pk__in=ended).exclude(identity_id__in=there)
        along = [str(pk) for pk in rows.values_list("pk", flat=True)]
        rows.update(ended_at=None)
    return {str(gone.holder_id): along} if along else {}


def _move(rows: dict[str, dict[str, list[str]]], *, to: UUID, back_from: UUID | None = None) -> None:
    """Give rows another plan, each in its holder's name."""
    for table, by_holder in rows.items():
        for holder, ids in by_holder.items():
            with acting_as(system(System.JOB, holder_id=UUID(holder))):
                here = BY_NAME[table].objects.filter(pk__in=ids)
                (here.filter(plan_id=back_from) if back_from else here).update(plan_id=to)
