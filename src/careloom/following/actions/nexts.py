"""Says who owns a need and when it is looked at next, in a row of the agency of `by`."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from careloom.agencies.queries import workers_of
from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale
from careloom.kernel.clocks import local_day
from careloom.plans.actions import Conflict, change_need
from careloom.plans.actions.keeping import find_row
from careloom.plans.models import Need


@transaction.atomic
def put_next(*, by: Viewer, at: datetime, need_id: UUID, owner_id: UUID, next_on: date, row_version: int) -> Done | Refused | Stale:
    """Give a need an owner who works here now and a next day that is today or later.

    Refused codes: WORKER, DAY, NOT_YOURS, NOT_ALLOWED, PLAN_CLOSED; Stale with the row as it stands. Raises NotVisible for a hidden need.
    """
    need = find_row(Need, by=by, row_id=need_id)
    wrong = {
        "NOT_YOURS": need.holder_id != by.holder_id,
        "WORKER": owner_id not in {m.worker_id for m in workers_of(agency_id=by.holder_id, at=at)},  # type: ignore[arg-type]
        "DAY": next_on < local_day(at=at, zone=settings.TIME_ZONE),
    }
    codes = tuple(code for code, is_wrong in wrong.items() if is_wrong)
    if codes:
        return Refused(codes=codes)
    done = change_need(by=by, at=at, need_id=need_id, row_version=row_version, owner_worker_id=owner_id, next_on=next_on)
    if isinstance(done, Conflict):
        need.refresh_from_db()
        return Stale(current=need)
    return Done(row_id=done.pk) if isinstance(done, Need) else Refused(codes=tuple(reason.value for reason in done.reasons))
