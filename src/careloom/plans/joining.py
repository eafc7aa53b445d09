"""What an agency hears when one of its workers joined a care team and the mother lets the agency see the plan.

Without it a plan is shared with an agency in which nobody knows of it. `welcome` is asked when somebody joins, and `consent_changed` follows each
`ConsentChanged`, because the two happen in either order. Both are safe to repeat. Source: R-140, workflows 4.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.agencies.queries import workers_of
from careloom.consents.queries import get_consent
from careloom.infra import clock
from careloom.infra.access import System, Viewer, acting_as, system
from careloom.infra.access.caseload import assign
from careloom.kernel.events import ConsentChanged
from careloom.plans.actions.keeping import can_see_plan
from careloom.plans.models import OPEN_STATES, CareTeamMember, PlanOfSafeCare
from careloom.work.actions import meet_obligation, open_obligation


def welcome(*, by: Viewer, at: datetime, plan: PlanOfSafeCare, seat: CareTeamMember) -> bool:
    """Tell the agency of `seat` that it is on the team, when it may see the plan; returns whether it may.

    A worker who is named there gets the family on her caseload; else the agency's queue holds it until somebody takes it. Who left the team, or
    may no longer see the plan, is not asked to get to know it any more.
    """
    if seat.agency_id is None or seat.agency_id in {plan.holder_id, plan.lead_agency_id}:
        return False
    theirs = system(System.JOB, holder_id=seat.agency_id)
    # Asked first: being told must not say that there is a plan which she did not share.
    if seat.ends_at is not None or not can_see_plan(plan=plan, agency_id=seat.agency_id, by=by, at=at):
        meet_obligation(by=theirs, at=at, holder_id=seat.agency_id, about_id=seat.pk)
        return False
    named = next((m.worker_id for m in workers_of(agency_id=seat.agency_id, at=at) if m.worker_id == seat.worker_id), None)
    with acting_as(theirs):
        if named is not None:
            assign(by=theirs, worker_id=named, identity_ids=[plan.identity_id], at=at)
        open_obligation(
            by=theirs, at=at, holder_id=seat.agency_id, kind="TEAM_JOINED", worker_id=named, family_id=plan.identity_id,
            identity_id=plan.identity_id, link=f"/families/{plan.identity_id}/", about_id=seat.pk, about_kind="TEAM_MEMBER",
            request_key=f"team:{seat.pk}",
        )  # fmt: skip
    return True


def consent_changed(event: ConsentChanged) -> None:
    """Welcome those whom a new consent lets in, on the plan of each agency that it lets disclose; the end of one takes the welcome back."""
    job = system(System.JOB, holder_id=event.holder_id)
    with acting_as(job):
        consent = get_consent(viewer=job, consent_id=event.consent_id)
    for holder_id in {event.holder_id, *(consent.discloser_ids if consent else ())}:
        welcome_all(holder_id=holder_id, identity_id=event.identity_id, at=clock.now())


@transaction.atomic
def welcome_all(*, holder_id: UUID, identity_id: UUID, at: datetime) -> int:
    """Welcome every open seat on the open plan of `identity_id` that `holder_id` keeps; returns how many may see it."""
    job = system(System.JOB, holder_id=holder_id)
    with acting_as(job):
        plan = PlanOfSafeCare.objects.filter(holder_id=holder_id, identity_id=identity_id, status__in=OPEN_STATES).first()
        if plan is None:
            return 0
        seats = list(CareTeamMember.objects.filter(plan_id=plan.pk, ends_at=None).exclude(agency_id=None))
        return sum(welcome(by=job, at=at, plan=plan, seat=seat) for seat in seats)
