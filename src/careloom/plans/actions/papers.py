"""Copies that were given, and plans that end otherwise than by closing: a draft discarded, a mistake voided, two plans made one.

Source: R-207; workflows 6.2 (any -> MERGED); plan-content 2.2 (no database surgery for a duplicate or a wrong plan).
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from careloom.infra.access import Viewer
from careloom.infra.access.scope import acting_as
from careloom.infra.events.outbox import publish
from careloom.kernel.events import PlanCountsChanged
from careloom.kernel.labels import Kind
from careloom.kernel.plan import PlanState
from careloom.plans.actions import owed
from careloom.plans.actions.keeping import change_plan, find_plan, join, keeper_of, kept_under, note, once, open_plan, stamp
from careloom.plans.actions.leading import settle
from careloom.plans.actions.results import Reason, Refused, refused
from careloom.plans.actions.scheduling import call_off, open_reviews
from careloom.plans.decided import rules_of
from careloom.plans.models import LeadTransfer, PlanCopy, PlanInfant, PlanOfSafeCare


@transaction.atomic
def note_copy(
    *, by: Viewer, at: datetime, plan_id: UUID, kind: str, form: str, on: date, by_name: str, request_key: str, language: str = "en",
    place: str = "", reason: str = "",
) -> PlanCopy | Refused:  # fmt: skip
    """Write down that a copy was given to HER, put in a MEDICAL_RECORD, or given to an OTHER, with who and when (R-207).

    Which hospital, or who received it, is asked for all but her own copy; for an OTHER also why. None goes into the record where the place
    decided so (R-015).
    """
    plan = find_plan(by=by, plan_id=plan_id)
    if not by.can("PLAN_WRITE"):
        return refused(Reason.NOT_ALLOWED)
    known = once(PlanCopy, by=by, request_key=request_key)
    if known is not None:
        return known
    if kind not in {"HER", "MEDICAL_RECORD", "OTHER"} or form not in {"PAPER", "SCREEN", "FILE"}:
        return refused(Reason.UNKNOWN_CODE)
    if (kind != "HER" and not place.strip()) or (kind == "OTHER" and not reason.strip()):
        return refused(Reason.NO_WORDS)
    if kind == "MEDICAL_RECORD" and not rules_of(by).in_record:
        return refused(Reason.NOT_IN_RECORD)
    join(by=by, at=at, plan=plan)
    category = kept_under(kind=Kind.NEED, texts=(reason,), places=(place,))
    row = PlanCopy(
        **stamp(by=by, at=at, plan=plan, category=category), kind=kind, form=form, on=on, by_name=by_name, language=language, place=place.strip(),
        reason=reason.strip(), version=plan.version, request_key=request_key,
    )  # fmt: skip
    row.save()
    note("copy_given", by=by, at=at, plan=plan, object_id=row.pk, kind=kind, form=form)
    return row


@transaction.atomic
def discard_draft(*, by: Viewer, at: datetime, plan_id: UUID, reason: str) -> PlanOfSafeCare | Refused:
    """Put a draft away to which she never agreed. Its rows stay; the pregnancy is free for another plan."""
    return _ended(by=by, at=at, plan_id=plan_id, reason=reason, to=PlanState.DISCARDED)


@transaction.atomic
def void_plan(*, by: Viewer, at: datetime, plan_id: UUID, reason: str) -> PlanOfSafeCare | Refused:
    """Say that a plan was made by mistake. It is not deleted: it stays with the reason, and counts no more."""
    return _ended(by=by, at=at, plan_id=plan_id, reason=reason, to=PlanState.VOID)


def _ended(*, by: Viewer, at: datetime, plan_id: UUID, reason: str, to: PlanState) -> PlanOfSafeCare | Refused:
    before = find_plan(by=by, plan_id=plan_id)
    if before.status == to.value and by.can("PLAN_WRITE"):
        return before
    plan = open_plan(by=by, at=at, plan_id=plan_id, lead=True)
    if isinstance(plan, Refused):
        return plan
    if to is PlanState.DISCARDED and (plan.status != PlanState.DRAFT or plan.agreed_at is not None):
        return refused(Reason.NOT_A_DRAFT)
    if not reason.strip():
        return refused(Reason.NO_WORDS)
    stop(by=by, at=at, plan=plan)
    change_plan(plan=plan, by=by, status=to.value, closed_at=at, closed_because=to.value, close_override=reason.strip()[:500], next_review_on=None)
    note(to.value.lower(), by=by, at=at, plan=plan)
    publish(PlanCountsChanged(plan_id=plan.pk, holder_id=plan.holder_id, identity_id=plan.identity_id), at=at)
    return plan


def stop(*, by: Viewer, at: datetime, plan: PlanOfSafeCare) -> list[UUID]:
    """Nothing more is owed for a plan, its open offers to lead are withdrawn and its infants are free. Returns the infants' rows that ended."""
    call_off(by=by, at=at, plan=plan, reviews=open_reviews(by=by, plan=plan))
    owed.late_review_done(by=by, at=at, plan=plan)
    with acting_as(keeper_of(plan=plan, by=by)):
        transfers = list(LeadTransfer.objects.filter(plan_id=plan.pk))
        infants = PlanInfant.objects.filter(plan_id=plan.pk, holder_id=plan.holder_id, ended_at=None)
        ended = list(infants.values_list("pk", flat=True))
        infants.update(ended_at=at, changed_at=at)
    for transfer in transfers:
        if not transfer.answer:
            settle(by=by, at=at, plan=plan, transfer=transfer, answer="WITHDRAWN", reason="")
        owed.lead_heard(by=by, at=at, plan=plan, transfer=transfer)
    return ended
