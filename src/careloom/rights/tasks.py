"""What happens to requests by itself: who is late, and who hears of it. Runs as System.JOB, one agency after the other; config/jobs.py says when."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from careloom.agencies.models import Agency
from careloom.agencies.officers import above, keeper_of
from careloom.infra.access import System, acting_as, system
from careloom.infra.packs import load_pack
from careloom.kernel.clocks import escalation_step
from careloom.rights.actions.outcomes import LATE, change
from careloom.rights.clocks import today_of
from careloom.rights.models import RightsRequest
from careloom.rights.models.request import RECEIVED
from careloom.work.actions import open_obligation

A_TIME = 100


def run(*, at: datetime) -> int:
    """Tell those above of requests whose time ran out; how many were told of. Running it twice changes nothing.

    The steps are the pack's, as for late reviews (workflows 6.2): the keeper has the request on Today as late from the first day on; her
    supervisor hears after some business days. INVARIANT: it stays in the agency; no partnership hears who asked what of whom.
    """
    agencies = Agency.objects.filter(active=True).order_by("pk")
    return sum(_late_of(agency, at=at) for agency in agencies)


def _late_of(agency: Agency, *, at: datetime) -> int:
    pack, today, told = load_pack(name=agency.pack), today_of(agency, at=at), 0
    job = system(System.JOB, holder_id=agency.pk)
    last: UUID | None = None
    while True:
        with transaction.atomic(), acting_as(job):
            rows = RightsRequest.objects.filter(holder_id=agency.pk, state=RECEIVED, due_on__lt=today, late_told_at=None).defer("sealed")
            batch = list((rows.filter(pk__gt=last) if last else rows).order_by("pk")[:A_TIME])
            for row in batch:
                step = escalation_step(due=row.due_on, as_of=today, steps=pack.overdue_review, calendar=pack.calendar)
                if step is not None and step.tell != "LEAD":
                    _tell(row, at=at)
                    told += 1
        if len(batch) < A_TIME:
            return told
        last = batch[-1].pk


def _tell(row: RightsRequest, *, at: datetime) -> None:
    job = system(System.JOB, holder_id=row.holder_id)
    keeper = keeper_of(agency_id=row.holder_id, at=at)
    open_obligation(
        by=job, at=at, holder_id=row.holder_id, kind=LATE, family_id=row.identity_id, identity_id=row.identity_id,
        link=reverse("rights:one", args=[row.pk]), request_key=f"rights-late:{row.pk}:{row.due_on}",
        worker_id=above(agency_id=row.holder_id, worker_id=keeper, at=at) or keeper, due_at=at, promised=True, about_id=row.pk, about_kind="RIGHT",
    )  # fmt: skip
    change(row, by=job, at=at, step="LATE", late_told_at=at)
