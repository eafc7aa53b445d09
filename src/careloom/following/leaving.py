"""A worker left her agency: the plans that she led, her needs, families and duties go to who is above her, at once (issue 4, J2)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from careloom.agencies.models import Agency, Membership
from careloom.agencies.officers import boss_of
from careloom.infra import clock
from careloom.infra.access import PrincipalKind, System, Viewer, acting_as, system
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.events import MembershipEnded
from careloom.plans.actions import change_lead
from careloom.plans.models import OPEN_STATES, Need, PlanOfSafeCare, Referral
from careloom.work.standing_in import pass_on_all


def membership_ended(event: MembershipEnded) -> None:
    """Hand over everything of a worker who left. Safe to repeat; does nothing when she works there again."""
    at = clock.now()
    works = Membership.objects.filter(agency_id=event.agency_id, worker_id=event.worker_id, starts_at__lte=at, ends_at__gt=at)
    if not works.exists():
        pass_on_everything(agency_id=event.agency_id, worker_id=event.worker_id, at=at)


@transaction.atomic
def pass_on_everything(*, agency_id: UUID, worker_id: UUID, at: datetime) -> UUID | None:
    """Give her work to who is above her, and return who that is; None where the agency has nobody, and then it is anybody's there.

    INVARIANT: nobody keeps access. Her caseload ends here, and the end of her membership ended her sessions.
    """
    heir = boss_of(agency_id=agency_id, worker_id=worker_id, at=at)
    agency = Agency.objects.get(pk=agency_id)
    if heir is not None:
        by = _agency(agency)
        with acting_as(by):
            led = PlanOfSafeCare.objects.filter(lead_agency_id=agency_id, lead_worker_id=worker_id, status__in=OPEN_STATES)
            for plan_id in list(led.values_list("pk", flat=True)):
                change_lead(by=by, at=at, plan_id=plan_id, to_worker_id=heir, role="CARE_COORDINATOR")
    with acting_as(system(System.JOB, holder_id=agency_id)):
        Need.objects.filter(holder_id=agency_id, owner_worker_id=worker_id).exclude(Q(result="MET") | Q(her_choice="NO")).update(
            owner_worker_id=heir, changed_at=at
        )
        if heir is not None:
            Referral.objects.filter(holder_id=agency_id, owner_worker_id=worker_id, closed_at=None).update(owner_worker_id=heir, changed_at=at)
    pass_on_all(agency_id=agency_id, worker_id=worker_id, to_worker_id=heir, at=at)
    return heir


def _agency(agency: Agency) -> Viewer:
    """The agency itself: it reads what its workers' agency may read, also the plan of another keeper that it leads, and has no worker."""
    return Viewer(
        principal_id=agency.pk, kind=PrincipalKind.AGENCY, purpose=AgencyKind(agency.kind).purpose, holder_id=agency.pk, whole_agency=True,
        permissions=frozenset({"PLAN_WRITE"}),
    )  # fmt: skip
