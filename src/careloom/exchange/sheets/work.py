"""The job that brings spreadsheets in: some rows in each transaction, with the place kept beside them, so that what was killed goes on there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from careloom.agencies.models import Membership
from careloom.agencies.queries import viewer_of
from careloom.agencies.roles import Permission
from careloom.exchange.models import Sheet
from careloom.exchange.sheets import actions
from careloom.exchange.sheets.actions import DONE, FAILED, OVER, RUNNING
from careloom.exchange.sheets.lines import Family, Wrong
from careloom.exchange.sheets.writing import put_family
from careloom.infra.access import System, Viewer, acting_as, system
from careloom.infra.audit.actions import record
from careloom.infra.clock import zone
from careloom.infra.keys import KeyProblem

AT_ONCE = 20
LEASE = timedelta(minutes=3)
MOST_TRIES = 5


def work(*, now: Callable[[], datetime], go_on: Callable[[], bool] = lambda: True) -> int:
    """Bring in what was begun, oldest first, as long as `go_on` says; how many rows. Files whose time is over go. Safe to repeat and to stop."""
    with acting_as(system(System.JOB)), transaction.atomic():
        Sheet.objects.exclude(state=RUNNING).exclude(sealed=None).filter(ends_at__lte=now()).exclude(state=DONE).update(sealed=None, state=OVER)
        Sheet.objects.filter(state=DONE, ends_at__lte=now()).exclude(sealed=None).update(sealed=None)
    count = 0
    while go_on() and (row := _next(at=now())) is not None:
        count += _some(row, now=now, go_on=go_on)
    return count


def _next(*, at: datetime) -> Sheet | None:
    with acting_as(system(System.JOB)), transaction.atomic():
        waiting = Sheet.objects.select_for_update(skip_locked=True).filter(state=RUNNING, next_at__lte=at)
        row: Sheet | None = waiting.order_by("next_at", "pk").first()
        if row is None:
            return None
        row.next_at, row.tries = at + LEASE, row.tries + 1
        if row.tries > MOST_TRIES:
            row.state, row.finished_at = FAILED, at
        row.save(update_fields=["next_at", "tries", "state", "finished_at"])
        return row if row.state == RUNNING else None


def _some(row: Sheet, *, now: Callable[[], datetime], go_on: Callable[[], bool]) -> int:
    """Bring in a file from its place on, until it ends, is stopped, or `go_on` says no; how many rows."""
    at, count = now(), 0
    member = _member(row, at=at)
    if member is None:
        _end(row, FAILED, at=at)
        return 0
    by = replace(viewer_of(member), whole_agency=True)
    where = zone(member.agency.zone)
    try:
        lines = actions.read(row, table=actions.table_in(row), at=at, today=at.astimezone(where).date())
    except KeyProblem:
        _end(row, FAILED, at=at)
        return 0
    while go_on():
        some = lines[row.place : row.place + AT_ONCE]
        if not some:
            _end(row, DONE, at=now())
            return count
        if not _batch(row, some, by=by, at=now(), where=where):
            return count
        count += len(some)
    with acting_as(system(System.JOB)), transaction.atomic():
        # Not killed, only at the end of its minute: the next may take it at once.
        Sheet.objects.filter(pk=row.pk, state=RUNNING).update(next_at=now(), tries=0)
    return count


@transaction.atomic
def _batch(row: Sheet, some: list[Family | Wrong], *, by: Viewer, at: datetime, where: ZoneInfo) -> bool:
    """INVARIANT: the rows and the place after them are kept together or not at all, and only while nobody stopped it."""
    with acting_as(system(System.JOB)):
        here: Sheet | None = Sheet.objects.select_for_update().filter(pk=row.pk, state=RUNNING, place=row.place).first()
    if here is None:
        return False
    made = same = 0
    with acting_as(by):
        for one in some:
            if isinstance(one, Family):
                new = put_family(one, by=by, worker_id=one.worker or row.asked_by, at=at, zone=where)
                made, same = made + new, same + (not new)
    row.place, row.made, row.same = row.place + len(some), row.made + made, row.same + same
    with acting_as(system(System.JOB)):
        Sheet.objects.filter(pk=row.pk).update(place=row.place, made=row.made, same=row.same, next_at=at + LEASE, tries=0)
    return True


def _member(row: Sheet, *, at: datetime) -> Membership | None:
    live = Membership.objects.filter(worker_id=row.asked_by, agency_id=row.agency_id, starts_at__lte=at, ends_at__gt=at, agency__active=True)
    found: Membership | None = live.select_related("agency", "worker").first()
    return found if found is not None and viewer_of(found).can(Permission.IMPORT_RECORDS) else None


def _end(row: Sheet, state: str, *, at: datetime) -> None:
    job = system(System.JOB, holder_id=row.agency_id)
    with acting_as(system(System.JOB)), transaction.atomic():
        ended = Sheet.objects.filter(pk=row.pk, state=RUNNING).update(state=state, finished_at=at)
    if ended:
        with acting_as(job), transaction.atomic():
            record(by=job, at=at, action="exchange.sheet_ended", object_id=row.pk, detail={"made": row.made, "same": row.same})
