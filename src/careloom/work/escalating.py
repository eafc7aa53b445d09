"""What is late rises, whatever it is: the worker at once, her supervisor after some working days, a number for the partnership after more.

The days are the pack's (`following.yaml`, workflows 6.2, F16). The job is safe to repeat; it says what it did in the audit.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q, Sum

from careloom.agencies.models import Agency
from careloom.agencies.officers import boss_of
from careloom.infra.access import System, Viewer, acting_as, system
from careloom.infra.audit.actions import record
from careloom.infra.packs import current_pack
from careloom.kernel.clocks import add_business_days, local_day, next_midnight
from careloom.work.models import LateCount, Obligation

A_TIME = 200
LADDER = ("SUPERVISOR", "PARTNERSHIP")


def run(*, at: datetime) -> int:
    """Raise what is late in every agency; how many duties rose. Twice on a day changes nothing."""
    today, risen, counted = local_day(at=at, zone=settings.TIME_ZONE), 0, []
    # The days are the same for every agency, and an agency in which nothing is late costs one question.
    before = {tell: due_before(tell=tell, at=at) for tell in LADDER}
    for agency_id in Agency.objects.filter(active=True).order_by("pk").values_list("pk", flat=True):
        rose, late = _agency(agency_id, before=before, at=at)
        risen += rose
        counted.append(LateCount(agency_id=agency_id, on=today, count=late))
    LateCount.objects.bulk_create(counted, update_conflicts=True, unique_fields=["agency_id", "on"], update_fields=["count"])
    return risen


def due_before(*, tell: str, at: datetime) -> datetime | None:
    """The instant up to which a duty must have been due to be told to `tell` at `at`; None where the pack tells them nothing."""
    pack = current_pack()
    step = next((one for one in pack.following.overdue_duty if one.tell == tell), None)
    if step is None:
        return None
    today = local_day(at=at, zone=settings.TIME_ZONE)
    day = today - timedelta(days=1)
    while step.after_business_days and add_business_days(start=day, days=step.after_business_days, calendar=pack.calendar) > today:
        day -= timedelta(days=1)
    return next_midnight(day=day, zone=settings.TIME_ZONE)


def late_total(*, on: date) -> int:
    """How many duties were told to the partnership on a day, over all agencies. Show it through kernel.suppression."""
    return LateCount.objects.filter(on=on).aggregate(total=Sum("count"))["total"] or 0


def _agency(agency_id: UUID, *, before: dict[str, datetime | None], at: datetime) -> tuple[int, int]:
    """How many duties of an agency rose, and how many stand before the partnership now."""
    job = system(System.JOB, holder_id=agency_id)
    first = max((instant for instant in before.values() if instant is not None), default=None)
    if first is None:
        return 0, 0
    with transaction.atomic(), acting_as(job):
        late = Obligation.objects.filter(holder_id=agency_id, met_at=None)
        found = late.aggregate(
            due=Count("pk", filter=Q(due_at__lte=first) & ~Q(escalated_to=LADDER[-1])), top=Count("pk", filter=Q(escalated_to=LADDER[-1]))
        )
    if not found["due"]:
        return 0, found["top"]
    rose = {tell: _rise(tell, before=before[tell], by=job, at=at) for tell in LADDER}
    return sum(rose.values()), found["top"] + rose[LADDER[-1]]


def _rise(tell: str, *, before: datetime | None, by: Viewer, at: datetime) -> int:
    if before is None:
        return 0
    below = ["", *LADDER[: LADDER.index(tell)]]
    risen = 0
    while True:
        with transaction.atomic(), acting_as(by):
            late = Obligation.objects.filter(holder_id=by.holder_id, met_at=None, due_at__lte=before, escalated_to__in=below)
            rows = list(late.order_by("pk").select_for_update(skip_locked=True)[:A_TIME])
            _tell(rows, tell=tell, by=by, at=at)
        risen += len(rows)
        if len(rows) < A_TIME:
            return risen


def _tell(rows: list[Obligation], *, tell: str, by: Viewer, at: datetime) -> None:
    above: dict[UUID | None, UUID | None] = {}
    for row in rows:
        if row.worker_id not in above:
            above[row.worker_id] = boss_of(agency_id=row.holder_id, worker_id=row.worker_id, at=at)
        row.escalated_to, row.escalated_at = tell, at
        row.escalated_worker_id = row.escalated_worker_id or above[row.worker_id]
        record(by=by, at=at, action="work.escalated", identity_id=row.identity_id, object_id=row.pk, detail={"kind": row.kind, "to": tell})
    Obligation.objects.bulk_update(rows, ["escalated_to", "escalated_at", "escalated_worker_id"])
