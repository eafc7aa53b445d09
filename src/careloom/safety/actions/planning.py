"""The safety plan is written: steps that control each danger, the spoken yes, and the signatures within their clock. Source: OAC 5101:2-37-02."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from careloom.infra.access import NotVisible, Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.audit.actions import record
from careloom.kernel.packs import ClockName
from careloom.kernel.safety import Response
from careloom.safety.actions.rows import CASE, change, owe, own_assessment, own_plan
from careloom.safety.clocks import due, today
from careloom.safety.facts import what_it_points_to
from careloom.safety.instruments import instrument_of
from careloom.safety.models import AssessedPerson, Finding, SafetyAssessment, SafetyPlan, SafetySignature, SafetyStep
from careloom.safety.models.assessment import APPROVED
from careloom.safety.models.plan import DRAFT, SIGNED, SPOKEN
from careloom.work.actions import meet_obligation


def dangers_of(row: SafetyAssessment) -> tuple[str, ...]:
    """The items that a plan must control: the active ones, and what could not be told where the decision was made in spite of it."""
    people, findings = list(AssessedPerson.objects.filter(assessment_id=row.pk)), list(Finding.objects.filter(assessment_id=row.pk))
    found = what_it_points_to(instrument=instrument_of(pack=row.pack, key=row.instrument), people=people, findings=findings)
    return (*(held.factor for held in found.active), *found.unknown)


@transaction.atomic
def start_plan(*, by: Viewer, at: datetime, assessment_id: UUID, request_key: str) -> Done | Refused:
    """Begin the safety plan of an approved, unsafe assessment. One plan for each. Raises NotVisible.

    INVARIANT: where the assessment says safe there is no safety plan (R-168).
    """
    row = own_assessment(assessment_id, by=by)
    known = SafetyPlan.objects.filter(assessment_id=row.pk).first()
    if known is not None:
        return Done(row_id=known.pk)
    if row.response not in {Response.IN_HOME, Response.OUT_OF_HOME}:
        return Refused(codes=("NO_PLAN",))
    if row.state != APPROVED:
        return Refused(codes=("NOT_APPROVED",))
    plan = SafetyPlan(
        id=uuid4(), holder_id=row.holder_id, identity_id=row.identity_id, category=CASE, assessment_id=row.pk, pack=row.pack, response=row.response,
        factors=list(dangers_of(row)), worker_id=row.worker_id, started_at=at, request_key=request_key,
    )  # fmt: skip
    plan.save()
    record(by=by, at=at, action="safety.plan_started", identity_id=row.identity_id, object_id=plan.pk)
    return Done(row_id=plan.pk)


@transaction.atomic
def add_step(*, by: Viewer, at: datetime, safety_plan_id: UUID, factor: str, what: str, who: str, when: str, request_key: str) -> Done | Refused:
    """Add an action step: which danger it controls, what is done, who does it, when. Idempotent. Raises NotVisible."""
    plan = own_plan(safety_plan_id, by=by)
    known = SafetyStep.objects.filter(holder_id=plan.holder_id, request_key=request_key).first()
    if known is not None:
        return Done(row_id=known.pk)
    wrong = {"ENDED": plan.ended_at is not None, "FACTOR": factor not in plan.factors, "WHAT": len(what.strip()) < 3, "WHO": len(who.strip()) < 2,
             "WHEN": len(when.strip()) < 2}  # fmt: skip
    codes = tuple(code for code, is_wrong in wrong.items() if is_wrong)
    if codes:
        return Refused(codes=codes)
    step = SafetyStep(
        id=uuid4(), holder_id=plan.holder_id, identity_id=plan.identity_id, category=CASE, safety_plan_id=plan.pk, factor=factor,
        what=said(what, most=400), who=said(who, most=160), when=said(when, most=160), at=at, request_key=request_key,
    )  # fmt: skip
    step.save()
    change(plan, by=by, at=at, step="step_added")
    return Done(row_id=step.pk)


@transaction.atomic
def drop_step(*, by: Viewer, at: datetime, safety_plan_id: UUID, step_id: UUID) -> Done | Refused:
    """End a step. In a draft and later alike it stays readable; the last step of a danger stays while the plan is in force. Raises NotVisible."""
    plan = own_plan(safety_plan_id, by=by)
    step = SafetyStep.objects.filter(pk=step_id, safety_plan_id=plan.pk).first()
    if step is None:
        raise NotVisible
    if step.ended_at is not None:
        return Done(row_id=step.pk)
    if plan.is_in_force and not SafetyStep.objects.filter(safety_plan_id=plan.pk, factor=step.factor, ended_at=None).exclude(pk=step.pk).exists():
        return Refused(codes=("LAST_STEP",))
    SafetyStep.objects.filter(pk=step.pk).update(ended_at=at)
    change(plan, by=by, at=at, step="step_ended")
    return Done(row_id=step.pk)


@transaction.atomic
def note_spoken(*, by: Viewer, at: datetime, safety_plan_id: UUID, who: str, heard_by: str, row_version: int) -> Done | Stale | Refused:
    """The family said yes out loud: the plan is in force, and signatures follow in time. Each danger has a step by then. Raises NotVisible."""
    plan = own_plan(safety_plan_id, by=by)
    if plan.state != DRAFT:
        return Done(row_id=plan.pk)
    if plan.row_version != row_version:
        return Stale(current=plan)
    controlled = set(SafetyStep.objects.filter(safety_plan_id=plan.pk, ended_at=None).values_list("factor", flat=True))
    wrong = {"UNCONTROLLED": bool(set(plan.factors) - controlled), "AGREED_WHO": len(who.strip()) < 2, "HEARD_BY": len(heard_by.strip()) < 2}
    codes = tuple(code for code, is_wrong in wrong.items() if is_wrong)
    if codes:
        return Refused(codes=codes)
    sign_by = due(ClockName.SAFETY_PLAN_SIGN, pack=plan.pack, at=at)
    meet_obligation(by=by, at=at, about_id=plan.assessment_id, kind="SAFETY_PLAN")
    owe(plan, kind="SAFETY_SIGN", by=by, at=at, due_at=sign_by, key=f"safety-sign:{plan.pk}")
    owe(
        plan, kind="SAFETY_CONTACT", by=by, at=at, due_at=due(ClockName.SAFETY_CONTACT, pack=plan.pack, at=at), key=f"safety-contact:{plan.pk}:agreed"
    )
    return change(
        plan, by=by, at=at, step="plan_agreed", state=SPOKEN, agreed_at=at, agreed_who=said(who, most=200), heard_by=said(heard_by, most=120),
        sign_by=sign_by,
    )  # fmt: skip


@transaction.atomic
def note_signature(
    *, by: Viewer, at: datetime, safety_plan_id: UUID, name: str, role: str, how: str, on: date, reason: str, last: bool, request_key: str
) -> Done | Refused:
    """A signature, or why it is waived. With `last` everybody has signed and the clock stops. Idempotent. Raises NotVisible."""
    plan = own_plan(safety_plan_id, by=by)
    known = SafetySignature.objects.filter(holder_id=plan.holder_id, request_key=request_key).first()
    if known is not None:
        return Done(row_id=known.pk)
    wrong = {
        "STATE": not plan.is_in_force, "NAME": len(name.strip()) < 2, "HOW": how not in {"WRITTEN", "WAIVED"},
        "REASON": how == "WAIVED" and len(reason.strip()) < 3, "ON": on > today(pack=plan.pack, at=at),
    }  # fmt: skip
    codes = tuple(code for code, is_wrong in wrong.items() if is_wrong)
    if codes:
        return Refused(codes=codes)
    row = SafetySignature(
        id=uuid4(), holder_id=plan.holder_id, identity_id=plan.identity_id, category=CASE, safety_plan_id=plan.pk, name=said(name, most=120),
        role=said(role, most=80), how=how, reason=said(reason, most=300), on=on, at=at, request_key=request_key,
    )  # fmt: skip
    row.save()
    if last and plan.signed_at is None:
        meet_obligation(by=by, at=at, about_id=plan.pk, kind="SAFETY_SIGN")
        change(plan, by=by, at=at, step="plan_signed", signed_at=at, **({"state": SIGNED} if plan.state == SPOKEN else {}))
    else:
        change(plan, by=by, at=at, step="plan_signature")
    return Done(row_id=row.pk)
