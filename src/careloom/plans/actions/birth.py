"""The birth turns a prenatal plan into a postnatal one without typing anything again. Source: R-208, plan-content 2.5, J1.8, J1.13."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from careloom.infra.access import Viewer
from careloom.infra.access.scope import acting_as
from careloom.infra.events.outbox import publish
from careloom.kernel.events import PlanCountsChanged
from careloom.plans.actions.keeping import change_plan, frame_stamp, keeper_of, note, open_plan, stamp
from careloom.plans.actions.results import Reason, Refused, refused
from careloom.plans.actions.scheduling import call_off, put_schedule
from careloom.plans.actions.team import share_caseload
from careloom.plans.actions.versions import make_version
from careloom.plans.models import OPEN_STATES, PlanInfant, PlanOfSafeCare, PlanVersion, Review


@dataclass(frozen=True, kw_only=True)
class InfantBorn:
    """One infant of the birth: her or his identity, and the birth record (health) where there is one."""

    identity_id: UUID
    birth_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class BirthRecorded:
    """The plan after the birth, and the version that keeps how it stood. None when the same birth was recorded before."""

    plan: PlanOfSafeCare
    version: PlanVersion | None


@transaction.atomic
def record_birth(
    *, by: Viewer, at: datetime, plan_id: UUID, born_on: date, infants: tuple[InfantBorn, ...], discharged_on: date | None = None
) -> BirthRecorded | Refused:
    """Attach the infants (twins: one plan, two infants), make the plan postnatal, schedule its reviews anew and keep a version.

    Whoever sees the plan and may write does it: usually the hospital that she showed it to. Safe to repeat: an infant is attached once.
    The notification is a matter of `notifications`; a screen that wants both calls both.
    """
    plan = open_plan(by=by, at=at, plan_id=plan_id)
    if isinstance(plan, Refused):
        return plan
    attached = _attached(plan=plan, by=by)
    new = tuple(infant for infant in infants if infant.identity_id not in attached)
    moved = plan.born_on != born_on or plan.kind != "POSTNATAL"
    if not new and not moved:
        return BirthRecorded(plan=plan, version=None)
    refusal = attach_infants(by=by, at=at, plan=plan, infants=new)
    if refusal is not None:
        return refusal
    if moved:
        change_plan(plan=plan, by=by, kind="POSTNATAL", born_on=born_on)
        # The prenatal days go; days counted from the birth take their place.
        with acting_as(keeper_of(plan=plan, by=by)):
            prenatal = list(Review.objects.filter(plan_id=plan.pk, held_at=None, called_off_at=None).exclude(kind="AFTER_EVENT"))
        call_off(by=by, at=at, plan=plan, reviews=prenatal)
        put_schedule(by=by, at=at, plan=plan, discharged_on=discharged_on)
    version = make_version(by=by, at=at, plan=plan, why="BIRTH")
    note("birth_recorded", by=by, at=at, plan=plan, infants=len(new))
    publish(PlanCountsChanged(plan_id=plan.pk, holder_id=plan.holder_id, identity_id=plan.identity_id), at=at)
    return BirthRecorded(plan=plan, version=version)


def attach_infants(*, by: Viewer, at: datetime, plan: PlanOfSafeCare, infants: tuple[InfantBorn, ...]) -> Refused | None:
    """Write the infants into the plan's frame. Refused when one of them is in another open plan of the holder."""
    ids = [infant.identity_id for infant in infants]
    if not ids:
        return None
    with acting_as(keeper_of(plan=plan, by=by)):
        taken = PlanInfant.objects.filter(holder_id=plan.holder_id, identity_id__in=ids, ended_at=None).exclude(plan_id=plan.pk)
        open_plans = PlanOfSafeCare.objects.filter(pk__in=taken.values("plan_id"), status__in=OPEN_STATES)
        if open_plans.exists():
            return refused(Reason.INFANT_IN_PLAN)
        PlanInfant.objects.bulk_create(
            PlanInfant(**frame_stamp(by=by, at=at, plan=plan, identity_id=infant.identity_id), birth_id=infant.birth_id) for infant in infants
        )
    if by.holder_id != plan.holder_id:
        # Whoever attached them keeps its own row too: each side knows of the infants without asking the other.
        PlanInfant.objects.bulk_create(
            PlanInfant(**stamp(by=by, at=at, plan=plan, identity_id=infant.identity_id), birth_id=infant.birth_id, noted_only=True)
            for infant in infants
        )
    share_caseload(plan=plan, by=by, at=at, identity_ids=ids)
    return None


def _attached(*, plan: PlanOfSafeCare, by: Viewer) -> set[UUID]:
    with acting_as(keeper_of(plan=plan, by=by)):
        return set(PlanInfant.objects.filter(plan_id=plan.pk, ended_at=None).values_list("identity_id", flat=True))
