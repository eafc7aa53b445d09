"""Starts a plan of safe care. Starting one opens no child-welfare case (R-143)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from careloom.consents.materialise import materialise
from careloom.infra.access import NotVisible, Viewer, require
from careloom.infra.access.caseload import assign
from careloom.infra.events.outbox import publish
from careloom.kernel.events import PlanCountsChanged
from careloom.kernel.plan import PlanState
from careloom.people.queries import records_of
from careloom.plans.actions.birth import InfantBorn, attach_infants
from careloom.plans.actions.keeping import CORE, may_write, note, take_turn
from careloom.plans.actions.leading import member_of
from careloom.plans.actions.results import Reason, Refused, refused
from careloom.plans.actions.scheduling import put_schedule
from careloom.plans.actions.team import lead_row
from careloom.plans.decided import rules_of
from careloom.plans.models import OPEN_STATES, PlanOfSafeCare
from careloom.plans.queries.templates import used_by


@transaction.atomic
def start_plan(
    *,
    by: Viewer,
    at: datetime,
    mother_id: UUID,
    pregnancy_id: UUID,
    pack: str,
    request_key: str,
    kind: str = "PRENATAL",
    label: str = "Family care plan",
    level: str = "",
    language: str = "en",
    lead_worker_id: UUID | None = None,
    lead_role: str = "CARE_COORDINATOR",
    co_lead_ids: tuple[UUID, ...] = (),
    born_on: date | None = None,
    discharged_on: date | None = None,
    infants: tuple[InfantBorn, ...] = (),
) -> PlanOfSafeCare | Refused:
    """Start a plan for one pregnancy (`kind` PRENATAL, or POSTNATAL with `born_on` and its infants) with its lead and first reviews.

    The agency of `by` keeps it; the lead is `by` or a colleague. Refused when this pregnancy has an open plan here. Idempotent on
    `request_key`. Raises NotVisible for a mother of whom the agency of `by` has no record of its own that `by` sees: to read what another
    agency shares is no ground for a second plan. What the partnership of the place decided holds: whether plans begin before birth, and by
    which template (R-015).
    """
    require(by)
    if not may_write(by) or by.worker_id is None:
        return refused(Reason.NOT_ALLOWED)
    if not any(row.holder_id == by.holder_id for row in records_of(viewer=by, identity_ids=[mother_id])):
        raise NotVisible
    take_turn(f"{by.holder_id}:{pregnancy_id}")
    known = PlanOfSafeCare.objects.filter(holder_id=by.holder_id, request_key=request_key).first()
    if known is not None:
        return known
    if PlanOfSafeCare.objects.filter(holder_id=by.holder_id, pregnancy_id=pregnancy_id, status__in=OPEN_STATES).exists():
        return refused(Reason.HAS_PLAN)
    rules = rules_of(by)
    if kind == "PRENATAL" and not rules.before_birth:
        return refused(Reason.NOT_BEFORE_BIRTH)
    lead = member_of(agency_id=by.holder_id, worker_id=lead_worker_id or by.worker_id, at=at)
    if lead is None:
        return refused(Reason.NOT_A_MEMBER)
    # On the caseload first: the lead and whoever starts the plan must see the rows that follow.
    for worker in {lead.worker_id, by.worker_id}:
        assign(by=by, worker_id=worker, identity_ids=[mother_id], at=at)
    plan = PlanOfSafeCare(
        id=uuid4(),
        holder_id=by.holder_id,
        identity_id=mother_id,
        category=CORE,
        pregnancy_id=pregnancy_id,
        kind=kind,
        status=PlanState.DRAFT.value,
        label=label,
        level=level,
        pack=pack,
        language=language,
        lead_agency_id=by.holder_id,
        lead_worker_id=lead.worker_id,
        co_lead_ids=list(co_lead_ids),
        template_version_id=_template(by=by, kind=kind, pack=pack) if rules.local_template else None,
        started_at=at,
        born_on=born_on if kind == "POSTNATAL" else None,
        request_key=request_key,
    )
    plan.save()
    # Only who keeps a plan of hers is told her own words; now that the row stands, so is this agency.
    materialise([mother_id], at=at)
    lead_row(by=by, at=at, plan=plan, member=lead, role=lead_role)
    if infants:
        refusal = attach_infants(by=by, at=at, plan=plan, infants=infants)
        if refusal is not None:
            transaction.set_rollback(True)
            return refusal
    put_schedule(by=by, at=at, plan=plan, discharged_on=discharged_on)
    note("started", by=by, at=at, plan=plan, kind=kind)
    publish(PlanCountsChanged(plan_id=plan.pk, holder_id=plan.holder_id, identity_id=plan.identity_id), at=at)
    return plan


def _template(*, by: Viewer, kind: str, pack: str) -> UUID | None:
    """The local template that this agency uses for new plans of this stage, if any (R-028)."""
    return used_by(agency_id=by.holder_id, pack=pack).filter(stage=kind).values_list("version_id", flat=True).first()
