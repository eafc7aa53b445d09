"""Whose rows these are and who may write them: child welfare's own, one change at a time."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F
from django.urls import reverse

from careloom.agencies.models import Agency
from careloom.agencies.queries import workers_of
from careloom.agencies.roles import Permission, permissions_of
from careloom.consents.turns import take_turn
from careloom.infra.access import NotVisible, Viewer, require
from careloom.infra.answers import Done
from careloom.infra.audit.actions import record
from careloom.kernel.agency_kinds import AgencyKind
from careloom.safety.models import SafetyAssessment, SafetyPlan
from careloom.work.actions import open_obligation

CASE = "cw.case_record"


def child_welfare(by: Viewer, *, permission: str = "SAFETY_WRITE") -> Agency:
    """The child welfare agency in which `by` acts. Raises NotVisible for everybody else: a hospital's supervisor assesses no safety."""
    require(by)
    if by.holder_id is None or not by.can(permission):
        raise NotVisible
    agency: Agency | None = Agency.objects.filter(pk=by.holder_id, kind=AgencyKind.CPS_AGENCY).first()
    if agency is None:
        raise NotVisible
    return agency


def own_assessment(assessment_id: UUID, *, by: Viewer, permission: str = "SAFETY_WRITE") -> SafetyAssessment:
    """An assessment of the agency of `by`, with its turn taken. Raises NotVisible."""
    child_welfare(by, permission=permission)
    take_turn([f"{by.holder_id}:safety:{assessment_id}"])
    row: SafetyAssessment | None = SafetyAssessment.objects.seen_by(by).filter(pk=assessment_id, holder_id=by.holder_id).first()
    if row is None:
        raise NotVisible
    return row


def own_plan(safety_plan_id: UUID, *, by: Viewer, permission: str = "SAFETY_WRITE") -> SafetyPlan:
    """A safety plan of the agency of `by`, with its turn taken. Raises NotVisible."""
    child_welfare(by, permission=permission)
    take_turn([f"{by.holder_id}:safety-plan:{safety_plan_id}"])
    row: SafetyPlan | None = SafetyPlan.objects.seen_by(by).filter(pk=safety_plan_id, holder_id=by.holder_id).first()
    if row is None:
        raise NotVisible
    return row


def change(row: SafetyAssessment | SafetyPlan, *, by: Viewer, at: datetime, step: str, **values: Any) -> Done:
    """Write new values of a row whose turn is held, with the audit row."""
    mine = type(row).objects.filter(pk=row.pk, holder_id=row.holder_id, row_version=row.row_version)
    if not mine.update(row_version=F("row_version") + 1, **values):
        raise RuntimeError("A row of safety was changed while its turn was held.")
    record(by=by, at=at, action=f"safety.{step}", identity_id=row.identity_id, object_id=row.pk)
    return Done(row_id=row.pk)


def owe(
    row: SafetyAssessment | SafetyPlan, *, kind: str, by: Viewer, at: datetime, due_at: datetime | None, key: str, worker_id: UUID | None = None
) -> None:
    """Have the agency owe something about an assessment or a plan; it belongs to the row's worker unless said otherwise."""
    page = "safety:assessment" if isinstance(row, SafetyAssessment) else "safety:plan"
    open_obligation(
        by=by, at=at, holder_id=row.holder_id, kind=kind, family_id=row.identity_id, identity_id=row.identity_id, link=reverse(page, args=[row.pk]),
        request_key=key, worker_id=worker_id or row.worker_id, due_at=due_at, promised=True, about_id=row.pk, about_kind="SAFETY", category=CASE,
    )  # fmt: skip


def approver_of(*, agency_id: UUID, worker_id: UUID | None, at: datetime) -> UUID | None:
    """Who approves a worker's assessment: her supervisor, else the first other who may; None where nobody may."""
    members = workers_of(agency_id=agency_id, at=at)
    may = [m.worker_id for m in members if Permission.SAFETY_APPROVE.value in permissions_of(frozenset(m.roles)) and m.worker_id != worker_id]
    named = next((m.supervisor_id for m in members if m.worker_id == worker_id and m.supervisor_id), None)
    return named if named in may else next(iter(may), None)
