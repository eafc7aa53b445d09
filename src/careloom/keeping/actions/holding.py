"""An officer places a hold, and lifts it. Each is safe to repeat and writes its audit row, which holds no reason and no name."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from careloom.agencies.models import Agency
from careloom.agencies.roles import Permission
from careloom.infra.access import NotVisible, Viewer, require
from careloom.infra.answers import Done, Refused, said
from careloom.infra.audit.actions import record
from careloom.keeping.models import CATEGORY, Hold
from careloom.kernel.clocks import start_of_day
from careloom.people.queries import records_of

REASON, WHY_LIFTED = 600, 300


@transaction.atomic
def place(
    *, by: Viewer, at: datetime, family: UUID | None, reason: str, last_on: date | None, today: date, zone: str, request_key: str
) -> Done | Refused:
    """Place a hold on what the agency has about `family` (the mother's identity), or on everything it has (None), through `last_on` or open.

    The same `request_key` places one. Refused: NOT_ALLOWED, NO_REASON, PAST (`last_on` is before `today`), NO_FAMILY (no record of this agency).
    """
    require(by)
    if not by.can(Permission.RECORDS_KEEP) or by.worker_id is None or by.holder_id is None:
        return Refused(codes=("NOT_ALLOWED",))
    # The agency's row is the lock: two presses of one button, and an expunging that has begun, wait here.
    Agency.objects.select_for_update().get(pk=by.holder_id)
    known = Hold.objects.filter(holder_id=by.holder_id, request_key=request_key).first()
    if known is not None:
        return Done(row_id=known.pk)
    words = said(reason, most=REASON)
    tests = {
        "NO_REASON": not words,
        "PAST": last_on is not None and last_on < today,
        "NO_FAMILY": family is not None and not any(row.holder_id == by.holder_id for row in records_of(viewer=by, identity_ids=[family])),
    }
    if gaps := tuple(code for code, wrong in tests.items() if wrong):
        return Refused(codes=gaps)
    made = Hold(
        holder_id=by.holder_id, identity_id=family or by.holder_id, category=CATEGORY, whole=family is None, reason=words, placed_at=at,
        placed_by=by.worker_id, last_on=last_on, ends_at=start_of_day(day=last_on + timedelta(days=1), zone=zone) if last_on else None,
        request_key=request_key,
    )  # fmt: skip
    made.save(force_insert=True)
    record(by=by, at=at, action="keeping.hold_placed", identity_id=family, object_id=made.pk)
    return Done(row_id=made.pk)


@transaction.atomic
def lift(*, by: Viewer, at: datetime, hold_id: UUID, because: str) -> Done | Refused:
    """Lift a hold before its day. Again changes nothing, and keeps who lifted it first and why.

    Refused: NOT_ALLOWED, NO_REASON. Raises NotVisible for another agency's.
    """
    require(by)
    if not by.can(Permission.RECORDS_KEEP) or by.worker_id is None:
        return Refused(codes=("NOT_ALLOWED",))
    row = Hold.objects.seen_by(by).select_for_update().filter(pk=hold_id, holder_id=by.holder_id).first()
    if row is None:
        raise NotVisible
    if row.lifted_at is not None:
        return Done(row_id=row.pk)
    words = said(because, most=WHY_LIFTED)
    if not words:
        return Refused(codes=("NO_REASON",))
    row.lifted_at, row.lifted_by, row.lifted_because = at, by.worker_id, words
    row.save(update_fields=["lifted_at", "lifted_by", "lifted_because"])
    record(by=by, at=at, action="keeping.hold_lifted", identity_id=None if row.whole else row.identity_id, object_id=row.pk)
    return Done(row_id=row.pk)
