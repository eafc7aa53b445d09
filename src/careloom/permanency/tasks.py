"""What the clocks do by themselves: notices 9, 10 and 11 months after a child entered care. Runs as System.JOB; config/jobs.py says when. R-174."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from careloom.agencies.days import end_of, today_of
from careloom.agencies.models import Agency
from careloom.infra.access import System, acting_as, system
from careloom.kernel.clocks import add_months
from careloom.permanency.models import Case, Removal
from careloom.permanency.models.row import RECORD
from careloom.permanency.queries import clock_of
from careloom.permanency.terms import CASE_KINDS, care_terms
from careloom.work.actions import meet_obligation, open_obligation

A_TIME = 100
KIND = "HEARING_NEAR"


def run(*, at: datetime) -> int:
    """Open the notices whose day has come; how many. Running it twice changes nothing.

    After an extension the three notices count back from the new day, so that nobody learns of it on the last one.
    """
    agencies = Agency.objects.filter(active=True, kind__in=CASE_KINDS).order_by("pk")
    return sum(_notices_of(agency, at=at) for agency in agencies)


def _notices_of(agency: Agency, *, at: datetime) -> int:
    job, told = system(System.JOB, holder_id=agency.pk), 0
    for ids in _in_care(agency):
        with transaction.atomic(), acting_as(job):
            told += sum(_one(row, agency=agency, at=at) for row in Removal.objects.filter(pk__in=ids).order_by("pk"))
    return told


def _in_care(agency: Agency) -> Iterator[list[UUID]]:
    last: UUID | None = None
    while True:
        with transaction.atomic(), acting_as(system(System.JOB, holder_id=agency.pk)):
            rows = Removal.objects.filter(holder_id=agency.pk, ended_on=None).order_by("pk")
            ids = list((rows.filter(pk__gt=last) if last else rows).values_list("pk", flat=True)[:A_TIME])
        yield ids
        if len(ids) < A_TIME:
            return
        last = ids[-1]


def _one(row: Removal, *, agency: Agency, at: datetime) -> int:
    job, today = system(System.JOB, holder_id=agency.pk), today_of(agency, at=at)
    clock = clock_of(viewer=job, removal=row, on=today)
    rule = care_terms(agency.pack).rule
    due = max(clock.recommend_on, clock.hearing_due_on)
    reached = [month for month in rule.alerts if add_months(start=due, months=month - rule.hearing_months) <= today]
    month = max(reached, default=0)
    if month <= row.alerted:
        return 0
    case = Case.objects.get(pk=row.case_id)
    meet_obligation(by=job, at=at, about_id=row.pk, kind=KIND)
    open_obligation(
        by=job, at=at, holder_id=agency.pk, kind=KIND, family_id=row.identity_id, identity_id=row.identity_id,
        link=reverse("permanency:family", args=[row.identity_id]), request_key=f"near:{row.pk}:{due}:{month}", worker_id=case.worker_id,
        due_at=end_of(due, agency=agency), promised=True, about_id=row.pk, about_kind="CASE", facts={"months": month}, category=RECORD,
    )  # fmt: skip
    Removal.objects.filter(pk=row.pk).update(alerted=month)
    return 1
