"""Who leads: changed inside the agency at once, offered to another agency and handed over only when it accepts.

The old lead stays until then; a decline or silence leaves everything as it was. Source: workflows 6.2, R-140, J2.12.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F

from careloom.agencies.models import Membership
from careloom.infra.access import NotVisible, System, Viewer, require, system
from careloom.infra.access.caseload import assign
from careloom.infra.access.scope import acting_as
from careloom.kernel.labels import Kind
from careloom.plans import schedule
from careloom.plans.actions import owed
from careloom.plans.actions.keeping import CORE, can_see_plan, change_plan, frame_stamp, keeper_of, kept_under, note, open_plan
from careloom.plans.actions.results import Reason, Refused, refused
from careloom.plans.actions.scheduling import CONTACTS, open_reviews, set_next
from careloom.plans.actions.team import end_row, lead_row, put_on_caseload
from careloom.plans.models import CareTeamMember, LeadTransfer, PlanOfSafeCare, Review


@transaction.atomic
def change_lead(*, by: Viewer, at: datetime, plan_id: UUID, to_worker_id: UUID, role: str = "CARE_COORDINATOR") -> PlanOfSafeCare | Refused:
    """Hand the lead to a colleague in the agency that leads; it takes effect at once, and the history stays."""
    plan = open_plan(by=by, at=at, plan_id=plan_id, lead=True)
    if isinstance(plan, Refused):
        return plan
    if by.holder_id != plan.lead_agency_id:
        return refused(Reason.NOT_LEAD)
    if plan.lead_worker_id == to_worker_id:
        return plan
    member = member_of(agency_id=plan.lead_agency_id, worker_id=to_worker_id, at=at)
    if member is None:
        return refused(Reason.NOT_A_MEMBER)
    _hand_over(by=by, at=at, plan=plan, member=member, role=role)
    note("lead_changed", by=by, at=at, plan=plan, worker=str(to_worker_id))
    return plan


@transaction.atomic
def offer_lead(
    *, by: Viewer, at: datetime, plan_id: UUID, to_agency_id: UUID, request_key: str, to_worker_id: UUID | None = None, reason: str = "",
    hand_off: str = "",
) -> LeadTransfer | Refused:  # fmt: skip
    """Ask another agency to lead. It must already see the plan by her consent; it has the pack's time to answer.

    One offer at a time; the old lead goes on leading. Idempotent on `request_key`. `hand_off` says how she gets to know the new lead. The offer is
    part of the plan's frame, so words that tell of treatment are refused (42 CFR 2.13(c)).
    """
    plan = open_plan(by=by, at=at, plan_id=plan_id, lead=True)
    if isinstance(plan, Refused):
        return plan
    with acting_as(keeper_of(plan=plan, by=by)):
        known = LeadTransfer.objects.filter(plan_id=plan.pk, request_key=request_key).first()
        waiting = LeadTransfer.objects.filter(plan_id=plan.pk, answer="").exists()
    if known is not None:
        return known
    if waiting:
        return refused(Reason.ALREADY_OFFERED)
    if to_agency_id == plan.lead_agency_id:
        return refused(Reason.SECOND_LEAD)
    if not can_see_plan(plan=plan, agency_id=to_agency_id, by=by, at=at):
        return refused(Reason.CANNOT_SEE_PLAN)
    if kept_under(kind=Kind.NEED, texts=(reason, hand_off)) != CORE:
        return refused(Reason.WORDS_TELL)
    row = LeadTransfer(
        **frame_stamp(by=by, at=at, plan=plan), to_agency_id=to_agency_id, to_worker_id=to_worker_id, asked_at=at,
        answer_due_at=schedule.lead_answer_due(plan=plan, at=at), reason=reason, hand_off=hand_off.strip(), request_key=request_key,
    )  # fmt: skip
    with acting_as(keeper_of(plan=plan, by=by)):
        row.save()
    owed.owe_lead_answer(by=by, at=at, plan=plan, transfer=row)
    note("lead_offered", by=by, at=at, plan=plan, object_id=row.pk, agency=str(to_agency_id))
    return row


@transaction.atomic
def answer_lead(
    *,
    by: Viewer,
    at: datetime,
    transfer_id: UUID,
    accept: bool,
    worker_id: UUID | None = None,
    role: str = "CARE_COORDINATOR",
    reason: str = "",
) -> LeadTransfer | Refused:
    """The agency that was asked accepts (its worker leads from now on) or declines with a reason (the old lead stays and hears of it).

    Raises NotVisible when nobody asked the agency of `by`.
    """
    require(by)
    row = LeadTransfer.objects.filter(pk=transfer_id, to_agency_id=by.holder_id).first()
    if row is None:
        raise NotVisible
    plan = open_plan(by=by, at=at, plan_id=row.plan_id, joins=accept)
    if isinstance(plan, Refused):
        return plan
    row.refresh_from_db()
    if row.answer:
        return row if (row.answer == "ACCEPTED") == accept else refused(Reason.ALREADY_ANSWERED)
    member = member_of(agency_id=row.to_agency_id, worker_id=worker_id or row.to_worker_id or by.worker_id, at=at)
    if accept and member is None:
        return refused(Reason.NOT_A_MEMBER)
    settle(by=by, at=at, plan=plan, transfer=row, answer="ACCEPTED" if accept else "DECLINED", reason=reason)
    if accept and member is not None:
        assign(by=by, worker_id=member.worker_id, identity_ids=[plan.identity_id], at=at)
        _hand_over(by=by, at=at, plan=plan, member=member, role=role)
    note("lead_answered", by=by, at=at, plan=plan, object_id=row.pk, answer=row.answer)
    return row


@transaction.atomic
def withdraw_lead_offer(*, by: Viewer, at: datetime, plan_id: UUID) -> LeadTransfer | Refused | None:
    """Take back the offer that waits for an answer; None when there is none."""
    plan = open_plan(by=by, at=at, plan_id=plan_id, lead=True)
    if isinstance(plan, Refused):
        return plan
    with acting_as(keeper_of(plan=plan, by=by)):
        row = LeadTransfer.objects.filter(plan_id=plan.pk, answer="").first()
    if row is not None:
        settle(by=by, at=at, plan=plan, transfer=row, answer="WITHDRAWN", reason="")
        note("lead_offer_withdrawn", by=by, at=at, plan=plan, object_id=row.pk)
    return row


def settle(*, by: Viewer, at: datetime, plan: PlanOfSafeCare, transfer: LeadTransfer, answer: str, reason: str) -> None:
    """Write the answer of a transfer in its holder's name, and settle what was owed about it."""
    transfer.answer, transfer.answered_at, transfer.changed_at = answer, at, at
    transfer.reason = reason or transfer.reason
    with acting_as(keeper_of(plan=plan, by=by)):
        transfer.save(update_fields=["answer", "answered_at", "changed_at", "reason"])
    owed.lead_answered(by=by, at=at, plan=plan, transfer=transfer)


def member_of(*, agency_id: UUID, worker_id: UUID | None, at: datetime) -> Membership | None:
    """The live membership of a worker in an agency, or None."""
    live = Membership.objects.filter(agency_id=agency_id, worker_id=worker_id, starts_at__lte=at, ends_at__gt=at)
    return live.select_related("worker", "agency").first()


def _hand_over(*, by: Viewer, at: datetime, plan: PlanOfSafeCare, member: Membership, role: str) -> None:
    keeper = keeper_of(plan=plan, by=by)
    with acting_as(keeper):
        old = list(CareTeamMember.objects.filter(plan_id=plan.pk, leads=True, ends_at=None))
        due = open_reviews(by=keeper, plan=plan)
        # Asked for again, of the new lead: a key that was met once would not be owed a second time.
        Review.objects.filter(pk__in=[review.pk for review in due]).update(asked=F("asked") + 1)
    for review in due:
        owed.review_done(by=by, at=at, plan=plan, review=review)
        review.asked += 1
    for row in old:
        end_row(by=by, at=at, plan=plan, row=row)
        _stays_on_team(row, by=by, at=at, plan=plan)
    lead_row(by=by, at=at, plan=plan, member=member, role=role)
    change_plan(plan=plan, by=by, lead_agency_id=member.agency_id, lead_worker_id=member.worker_id)
    if member.agency_id == plan.holder_id:
        put_on_caseload(by=keeper if by.holder_id != plan.holder_id else by, at=at, plan=plan, worker_id=member.worker_id)
    set_next(by=by, at=at, plan=plan)
    for review in due:
        if review.kind in CONTACTS:
            owed.owe_review(by=by, at=at, plan=plan, review=review)


def _stays_on_team(row: CareTeamMember, *, by: Viewer, at: datetime, plan: PlanOfSafeCare) -> None:
    # The family keeps the person it knows: the old lead stays on the team until somebody ends the row.
    same = {name: getattr(row, name) for name in ("agency_id", "worker_id", "name", "role", "phone", "category")}
    kept = CareTeamMember(**frame_stamp(by=by, at=at, plan=plan) | same, id=uuid4(), starts_at=at)
    with acting_as(system(System.JOB, holder_id=plan.holder_id)):
        kept.save()
