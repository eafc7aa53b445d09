"""Writes down tries to reach a family, in the ways that she allows. Losing touch asks the lead to reach out, and reports nobody (F18)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from careloom.following.models import Attempt
from careloom.following.queries import tried_of
from careloom.following.words import HOWS, IN_TOUCH, OUTCOMES
from careloom.infra.access import System, Viewer, acting_as, system
from careloom.infra.answers import Done, Refused, said
from careloom.infra.audit.actions import record
from careloom.infra.packs import current_pack
from careloom.kernel.clocks import local_day, next_midnight
from careloom.messages.contact import Ways, ways_for
from careloom.plans import actions as plans
from careloom.plans.actions.keeping import can_see_plan, open_plan, take_turn
from careloom.plans.models import PlanOfSafeCare, Review
from careloom.plans.schedule import pack_of
from careloom.work.actions import meet_obligation, open_obligation

KIND = "UNREACHED"
MODES = {"CALL": "PHONE", "VISIT": "IN_PERSON"}


@dataclass(frozen=True, kw_only=True)
class Told:
    """A try, as the worker tells it. `at` is when it was."""

    how: str
    outcome: str
    at: datetime
    words: str = ""


def closed_ways(ways: Ways) -> frozenset[str]:
    """The ways of HOWS by which she may not be reached."""
    shut = {"CALL": not ways.may_call, "TEXT": not ways.may_text, "LETTER": not ways.may_mail}
    return frozenset(how for how, is_shut in shut.items() if is_shut)


@transaction.atomic
def note_attempt(*, by: Viewer, at: datetime, plan_id: UUID, told: Told, request_key: str) -> Done | Refused:
    """Keep one try. Being in touch meets what was owed about losing touch, and the first contact after discharge where that was still due.

    Refused codes: NOT_ALLOWED, PLAN_CLOSED, CODE, LATER_DAY, NOT_SAFE. Idempotent on `request_key`. Raises NotVisible for a hidden plan.
    """
    plan = open_plan(by=by, at=at, plan_id=plan_id)
    if not isinstance(plan, PlanOfSafeCare):
        return Refused(codes=tuple(reason.value for reason in plan.reasons))
    if by.worker_id is None:
        return Refused(codes=("NOT_ALLOWED",))
    take_turn(f"{by.holder_id}:{request_key}")
    known = Attempt.objects.filter(holder_id=by.holder_id, request_key=request_key).first()
    if known is not None:
        return Done(row_id=known.pk)
    ways = ways_for(viewer=by, identity_id=plan.identity_id)
    wrong = {
        "CODE": told.how not in HOWS or told.outcome not in OUTCOMES,
        "LATER_DAY": told.at > at,
        "NOT_SAFE": told.how in closed_ways(ways) or (told.outcome == "LEFT_WORD" and told.how == "CALL" and not ways.may_leave_voicemail),
    }
    codes = tuple(code for code, is_wrong in wrong.items() if is_wrong)
    if codes:
        return Refused(codes=codes)
    row = Attempt(
        holder_id=by.holder_id, identity_id=plan.identity_id, category=plan.category, plan_id=plan.pk, at=told.at, how=told.how,
        outcome=told.outcome, words=said(told.words, most=300), worker_id=by.worker_id, made_at=at, request_key=request_key,
    )  # fmt: skip
    row.save()
    reached = told.outcome in IN_TOUCH
    # The plan's own count of tries is what its closing rule reads (plan-content 2.7).
    plans.note_contact_try(by=by, at=told.at, plan_id=plan.pk, how=told.how, reached=reached, request_key=f"{request_key}:try"[:64])
    record(by=by, at=at, action="following.attempt", identity_id=plan.identity_id, object_id=row.pk, detail={"how": told.how, "what": told.outcome})
    if reached:
        _in_touch(plan, by=by, at=at, told=told)
    else:
        ask_to_reach_out(plan, by=by, at=at)
    return Done(row_id=row.pk)


def ask_to_reach_out(plan: PlanOfSafeCare, *, by: Viewer, at: datetime) -> bool:
    """After the pack's tries in a row the lead is asked to follow the steps for a family that nobody reaches; whether she is asked."""
    tried = tried_of(viewer=by, plan_ids=[plan.pk], at=at)[plan.pk]
    if len(tried.rows) < current_pack().following.unreached_after_tries or tried.first_on is None:
        return False
    visible = can_see_plan(plan=plan, agency_id=plan.lead_agency_id, by=by, at=at)
    today = local_day(at=at, zone=pack_of(plan).calendar.zone)
    open_obligation(
        by=by, at=at, holder_id=plan.lead_agency_id if visible else plan.holder_id, kind=KIND, family_id=plan.identity_id,
        identity_id=plan.identity_id, link=reverse("following:reach", args=[plan.pk]), request_key=f"unreached:{plan.pk}:{tried.first_on}",
        worker_id=plan.lead_worker_id if visible else None, due_at=next_midnight(day=today, zone=pack_of(plan).calendar.zone), about_id=plan.pk,
        about_kind="PLAN",
    )  # fmt: skip
    return True


def _in_touch(plan: PlanOfSafeCare, *, by: Viewer, at: datetime, told: Told) -> None:
    for agency in {plan.lead_agency_id, plan.holder_id}:
        meet_obligation(by=by, at=at, holder_id=agency, about_id=plan.pk, kind=KIND)
    with acting_as(system(System.JOB, holder_id=plan.holder_id)):
        first = Review.objects.filter(plan_id=plan.pk, kind="FIRST_CONTACT", held_at=None, called_off_at=None).first()
    if first is not None and told.outcome == "REACHED" and told.how in MODES:
        plans.note_contact(by=by, at=at, review_id=first.pk, held_at=told.at, mode=MODES[told.how], summary=said(told.words, most=300))
