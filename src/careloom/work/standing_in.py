"""When a worker is away a colleague stands in, and when she leaves for good her work goes to who is above her, at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.conf import settings
from django.db import transaction

from careloom.agencies.queries import workers_of
from careloom.infra.access import System, Viewer, acting_as, require, system
from careloom.infra.access.caseload import assign, families_with, lend, release, take_back
from careloom.infra.answers import Done, Refused, Stale
from careloom.infra.audit.actions import record
from careloom.kernel.clocks import local_day, next_midnight, start_of_day
from careloom.work.models import Obligation, WorkerSetting


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What a worker says about her mail and her time off. Days are legal days of the agency; both are included."""

    digest: bool = True
    digest_at: time = time(7)
    quiet_from: time = time(19)
    quiet_to: time = time(7)
    away_from: date | None = None
    away_until: date | None = None
    cover_id: UUID | None = None


def setting_of(*, agency_id: UUID, worker_id: UUID) -> WorkerSetting:
    """What a worker chose in an agency, or the defaults, unsaved. One query."""
    found = WorkerSetting.objects.filter(agency_id=agency_id, worker_id=worker_id).first()
    return found or WorkerSetting(agency_id=agency_id, worker_id=worker_id, row_version=0)


def covered_by(*, viewer: Viewer, at: datetime) -> list[UUID]:
    """The colleagues for whom the worker stands in today. One query."""
    today = local_day(at=at, zone=settings.TIME_ZONE)
    away = WorkerSetting.objects.filter(agency_id=viewer.holder_id, cover_worker_id=viewer.worker_id, away_from__lte=today, away_until__gte=today)
    return list(away.values_list("worker_id", flat=True)) if viewer.worker_id else []


def is_quiet(*, setting: WorkerSetting, local: time) -> bool:
    """Whether the worker wants to hear nothing at this hour. The hours may run over midnight; the same hour twice means never."""
    begin, end = setting.quiet_from, setting.quiet_to
    return begin <= local < end if begin <= end else local >= begin or local < end


@transaction.atomic
def choose(*, by: Viewer, at: datetime, wishes: Wishes, row_version: int) -> Done | Refused | Stale:
    """Keep a worker's own wishes. While she is away her cover works with her families and sees her duties; afterwards no longer.

    Refused codes: DAYS (the last day is before the first), COVER (nobody, herself, or no member of the agency).
    """
    require(by)
    if by.worker_id is None or by.holder_id is None:
        return Refused(codes=("NOT_ALLOWED",))
    codes = _wrong(wishes, by=by, at=at)
    if codes:
        return Refused(codes=codes)
    WorkerSetting.objects.get_or_create(agency_id=by.holder_id, worker_id=by.worker_id)
    row = WorkerSetting.objects.select_for_update().get(agency_id=by.holder_id, worker_id=by.worker_id)
    if row.row_version != max(row_version, 1):
        return Stale(current=row)
    _end_loan(row, by=by, at=at)
    row.digest, row.digest_at = wishes.digest, wishes.digest_at
    row.quiet_from, row.quiet_to = wishes.quiet_from, wishes.quiet_to
    row.away_from, row.away_until, row.cover_worker_id = wishes.away_from, wishes.away_until, wishes.cover_id
    row.row_version += 1
    row.save()
    _lend(row, by=by)
    record(by=by, at=at, action="work.wishes_kept", object_id=row.pk, detail={"away": row.away_from is not None})
    return Done(row_id=row.pk)


def lend_again(*, at: datetime) -> int:
    """Families that came to a worker while she is away are lent to her cover too; how many workers are away. Twice changes nothing."""
    today = local_day(at=at, zone=settings.TIME_ZONE)
    rows = list(WorkerSetting.objects.filter(away_until__gte=today, cover_worker_id__isnull=False))
    for row in rows:
        job = system(System.JOB, holder_id=row.agency_id)
        with transaction.atomic(), acting_as(job):
            _lend(row, by=job)
    return len(rows)


@transaction.atomic
def pass_on_all(*, agency_id: UUID, worker_id: UUID, to_worker_id: UUID | None, at: datetime) -> int:
    """A worker left: her families and what she owes go to a colleague, and her caseload ends; how many duties moved. Safe to repeat.

    With nobody to take them the duties are anybody's of the agency, and stand on everybody's Today.
    """
    job = system(System.JOB, holder_id=agency_id)
    with acting_as(job):
        families = families_with(by=job, worker_id=worker_id, at=at)
        if to_worker_id is not None and families:
            assign(by=job, worker_id=to_worker_id, identity_ids=families, at=at)
        release(by=job, worker_id=worker_id, identity_ids=families, at=at)
        moved = Obligation.objects.filter(holder_id=agency_id, worker_id=worker_id, met_at=None).update(worker_id=to_worker_id)
        Obligation.objects.filter(holder_id=agency_id, escalated_worker_id=worker_id, met_at=None).update(escalated_worker_id=to_worker_id)
        for row in WorkerSetting.objects.filter(agency_id=agency_id, cover_worker_id=worker_id):
            WorkerSetting.objects.filter(pk=row.pk).update(cover_worker_id=to_worker_id if to_worker_id != row.worker_id else None)
        record(by=job, at=at, action="work.passed_on", object_id=worker_id, detail={"families": len(families), "duties": moved})
    return int(moved)


def _wrong(wishes: Wishes, *, by: Viewer, at: datetime) -> tuple[str, ...]:
    if wishes.away_from is None and wishes.away_until is None:
        return ()
    if wishes.away_from is None or wishes.away_until is None or wishes.away_until < wishes.away_from:
        return ("DAYS",)
    colleagues = {m.worker_id for m in workers_of(agency_id=by.holder_id, at=at)} - {by.worker_id}  # type: ignore[arg-type]
    return () if wishes.cover_id in colleagues else ("COVER",)


def _period(row: WorkerSetting) -> tuple[datetime, datetime] | None:
    if row.away_from is None or row.away_until is None or row.cover_worker_id is None:
        return None
    return start_of_day(day=row.away_from, zone=settings.TIME_ZONE), next_midnight(day=row.away_until, zone=settings.TIME_ZONE)


def _lend(row: WorkerSetting, *, by: Viewer) -> None:
    period = _period(row)
    if period is not None and row.cover_worker_id is not None:
        lend(by=by, worker_id=row.worker_id, cover_id=row.cover_worker_id, starts_at=period[0], ends_at=period[1])


def _end_loan(row: WorkerSetting, *, by: Viewer, at: datetime) -> None:
    period = _period(row)
    if period is not None and row.cover_worker_id is not None and period[1] > at:
        take_back(by=by, cover_id=row.cover_worker_id, ends_at=period[1], at=at)
