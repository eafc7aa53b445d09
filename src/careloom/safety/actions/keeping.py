"""A safety plan is watched over and ends: contacts, a plan that is not kept, a danger that is gone. Source: workflows 6.6."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from careloom.agencies.models import Agency
from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.audit.actions import record
from careloom.kernel.packs import ClockName
from careloom.safety.actions.rows import CASE, change, owe, own_plan
from careloom.safety.actions.starting import again
from careloom.safety.clocks import due, today
from careloom.safety.models import SafetyAssessment, SafetyContact, SafetyPlan
from careloom.safety.models.assessment import APPROVED, REPLACED, VOID
from careloom.safety.models.plan import COURT, ENDED, NOT_KEPT
from careloom.work.actions import meet_obligation

#: Why a plan ends: the danger is not active any more, a capacity now controls it, a newer plan takes its place, or a court decides.
ENDINGS = ("INACTIVE", "CONTROLLED", "NEW_PLAN", "COURT")
HOWS = ("VISIT", "PHONE", "OTHER")


@transaction.atomic
def note_contact(
    *, by: Viewer, at: datetime, safety_plan_id: UUID, on: date, how: str, with_whom: str, kept: bool, words: str, request_key: str
) -> Done | Refused:
    """A monitoring contact. Where the plan was not kept the family is assessed again within the clock. Idempotent. Raises NotVisible."""
    plan = own_plan(safety_plan_id, by=by)
    known = SafetyContact.objects.filter(holder_id=plan.holder_id, request_key=request_key).first()
    if known is not None:
        return Done(row_id=known.pk)
    wrong = {
        "STATE": not plan.is_in_force, "ON": on > today(pack=plan.pack, at=at), "HOW": how not in HOWS, "WITH_WHOM": len(with_whom.strip()) < 2,
        "WORDS": not kept and len(words.strip()) < 3,
    }  # fmt: skip
    codes = tuple(code for code, is_wrong in wrong.items() if is_wrong)
    if codes:
        return Refused(codes=codes)
    row = SafetyContact(
        id=uuid4(), holder_id=plan.holder_id, identity_id=plan.identity_id, category=CASE, safety_plan_id=plan.pk, on=on, how=how,
        with_whom=said(with_whom, most=160), kept=kept, words=said(words, most=600), at=at, worker_id=by.worker_id, request_key=request_key,
    )  # fmt: skip
    row.save()
    record(by=by, at=at, action="safety.contact", identity_id=plan.identity_id, object_id=row.pk, detail={"kept": kept})
    meet_obligation(by=by, at=at, about_id=plan.pk, kind="SAFETY_CONTACT")
    owe(
        plan,
        kind="SAFETY_CONTACT",
        by=by,
        at=at,
        due_at=due(ClockName.SAFETY_CONTACT, pack=plan.pack, at=at),
        key=f"safety-contact:{row.pk}",
    )
    if not kept:
        _assess_again(plan, by=by, at=at, words=words)
    return Done(row_id=row.pk)


@transaction.atomic
def not_kept(*, by: Viewer, at: datetime, safety_plan_id: UUID, words: str, row_version: int) -> Done | Stale | Refused:
    """Somebody said that the plan is not kept: assess again within 24 hours. It is no report and no removal by itself. Raises NotVisible."""
    plan = own_plan(safety_plan_id, by=by)
    if plan.state == NOT_KEPT and _looked_at(plan) is not None:
        return Done(row_id=plan.pk)
    if plan.row_version != row_version:
        return Stale(current=plan)
    if not plan.is_in_force:
        return Refused(codes=("STATE",))
    if len(words.strip()) < 3:
        return Refused(codes=("WORDS",))
    _assess_again(plan, by=by, at=at, words=words)
    return Done(row_id=plan.pk)


@transaction.atomic
def end_plan(*, by: Viewer, at: datetime, safety_plan_id: UUID, because: str, words: str, row_version: int) -> Done | Stale | Refused:
    """End the plan because its dangers are not active any more or are controlled, or a court decides. Raises NotVisible."""
    plan = own_plan(safety_plan_id, by=by)
    if plan.ended_at is not None:
        return Done(row_id=plan.pk)
    if plan.row_version != row_version:
        return Stale(current=plan)
    wrong = {"BECAUSE_ENDED": because not in ENDINGS, "WORDS": len(words.strip()) < 3}
    codes = tuple(code for code, is_wrong in wrong.items() if is_wrong)
    if codes:
        return Refused(codes=codes)
    for kind in ("SAFETY_SIGN", "SAFETY_CONTACT"):
        meet_obligation(by=by, at=at, about_id=plan.pk, kind=kind)
    meet_obligation(by=by, at=at, about_id=plan.assessment_id, kind="SAFETY_PLAN")
    return change(
        plan, by=by, at=at, step="plan_ended", state=COURT if because == "COURT" else ENDED, ended_at=at, ended_because=because,
        ended_words=said(words, most=600),
    )  # fmt: skip


def _assess_again(plan: SafetyPlan, *, by: Viewer, at: datetime, words: str) -> None:
    """A new assessment each time that the plan was found not kept; while one of them is not decided yet, that one is gone on with."""
    agency = Agency.objects.get(pk=plan.holder_id)
    if plan.state != NOT_KEPT:
        change(plan, by=by, at=at, step="plan_not_kept", state=NOT_KEPT, not_kept_at=at, not_kept_words=said(words, most=600))
    if _looked_at(plan) is not None:
        return
    number = SafetyAssessment.objects.filter(holder_id=plan.holder_id, safety_plan_id=plan.pk).count()
    again(
        agency=agency, identity_id=plan.identity_id, because="PLAN_NOT_KEPT", words=words, by=by, at=at, since=at,
        key=f"not-kept:{plan.pk}:{number}", safety_plan_id=plan.pk,
    )  # fmt: skip


def _looked_at(plan: SafetyPlan) -> SafetyAssessment | None:
    """The assessment that looks again at a plan that was not kept, while it is not approved."""
    rows = SafetyAssessment.objects.filter(holder_id=plan.holder_id, safety_plan_id=plan.pk).exclude(state__in=[APPROVED, REPLACED, VOID])
    found: SafetyAssessment | None = rows.first()
    return found
