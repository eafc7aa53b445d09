"""One officer proposes that a family's records here are expunged; another person confirms. Each is safe to repeat and writes its audit row.

Nothing goes here: the worker carries out what was confirmed (`keeping.carrying_out`), as the owner of the tables.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection, transaction

from careloom.agencies.models import Agency
from careloom.agencies.queries import workers_of
from careloom.agencies.roles import Permission, permissions_of
from careloom.infra.access import NotVisible, System, Viewer, acting_as, require, system
from careloom.infra.answers import Done, Refused, said
from careloom.infra.audit.actions import record
from careloom.keeping import sweeping
from careloom.keeping.actions.holding import REASON
from careloom.keeping.models import CATEGORY, CONFIRMED, GROUNDS, PROPOSED, WITHDRAWN, Expunging
from careloom.keeping.standing import stands_on_family
from careloom.people.queries import records_of

AUTHORITY = 80


@transaction.atomic
def propose(*, by: Viewer, at: datetime, family: UUID, ground: str, authority: str, reason: str, request_key: str) -> Done | Refused:
    """Propose that everything the agency has about `family` (the mother's identity, and by the agency's records her children) is expunged.

    What would go is counted and kept with the proposal. The same `request_key` proposes once. Refused: NOT_ALLOWED, NO_REASON, NO_GROUND,
    NO_FAMILY, HELD (a legal hold stands), THERE (one is open already).
    """
    require(by)
    if not by.can(Permission.RECORDS_KEEP) or by.worker_id is None or by.holder_id is None:
        return Refused(codes=("NOT_ALLOWED",))
    Agency.objects.select_for_update().get(pk=by.holder_id)
    known = Expunging.objects.filter(holder_id=by.holder_id, request_key=request_key).first()
    if known is not None:
        return Done(row_id=known.pk)
    tests = {
        "NO_REASON": not said(reason, most=REASON),
        "NO_GROUND": ground not in GROUNDS or not said(authority, most=AUTHORITY),
        "NO_FAMILY": not any(row.holder_id == by.holder_id for row in records_of(viewer=by, identity_ids=[family])),
        "THERE": Expunging.objects.filter(holder_id=by.holder_id, identity_id=family, state__in=[PROPOSED, CONFIRMED]).exists(),
    }
    if gaps := tuple(code for code, wrong in tests.items() if wrong):
        return Refused(codes=gaps)
    held, counts = _looked_up(by.holder_id, family)
    if held:
        return Refused(codes=("HELD",))
    made = Expunging(
        id=uuid4(), holder_id=by.holder_id, identity_id=family, category=CATEGORY, ground=ground, authority=said(authority, most=AUTHORITY),
        reason=said(reason, most=REASON), counts=counts, proposed_at=at, proposed_by=by.worker_id, request_key=request_key,
    )  # fmt: skip
    made.save(force_insert=True)
    record(by=by, at=at, action="keeping.expunging_proposed", object_id=made.pk, detail={"ground": ground})
    return Done(row_id=made.pk)


@transaction.atomic
def confirm(*, by: Viewer, at: datetime, expunging_id: UUID) -> Done | Refused:
    """Confirm what another person proposed; the worker then carries it out within minutes. Again changes nothing.

    Refused: NOT_ALLOWED, SAME_PERSON, HELD, OVER (it was taken back). Raises NotVisible for another agency's.
    """
    require(by)
    if not by.can(Permission.EXPUNGE_CONFIRM) or by.worker_id is None or by.holder_id is None:
        return Refused(codes=("NOT_ALLOWED",))
    Agency.objects.select_for_update().get(pk=by.holder_id)
    row = _of(by, expunging_id)
    if row.state == WITHDRAWN:
        return Refused(codes=("OVER",))
    if row.state != PROPOSED:
        return Done(row_id=row.pk)
    if row.proposed_by == by.worker_id:
        return Refused(codes=("SAME_PERSON",))
    if not may_confirm(by=by, row=row, at=at):
        return Refused(codes=("NOT_ALLOWED",))
    if _looked_up(by.holder_id, row.identity_id)[0]:
        return Refused(codes=("HELD",))
    _change(by.holder_id, row.pk, state=CONFIRMED, confirmed_at=at, confirmed_by=by.worker_id)
    record(by=by, at=at, action="keeping.expunging_confirmed", object_id=row.pk)
    return Done(row_id=row.pk)


@transaction.atomic
def take_back(*, by: Viewer, at: datetime, expunging_id: UUID) -> Done | Refused:
    """Take a proposal back before another person confirmed it. Refused: NOT_ALLOWED, LATE. Raises NotVisible for another agency's."""
    require(by)
    if not by.can(Permission.RECORDS_KEEP) or by.holder_id is None:
        return Refused(codes=("NOT_ALLOWED",))
    Agency.objects.select_for_update().get(pk=by.holder_id)
    row = _of(by, expunging_id)
    if row.state not in (PROPOSED, WITHDRAWN):
        return Refused(codes=("LATE",))
    if row.state == PROPOSED:
        _change(by.holder_id, row.pk, state=WITHDRAWN)
        record(by=by, at=at, action="keeping.expunging_withdrawn", object_id=row.pk)
    return Done(row_id=row.pk)


def may_confirm(*, by: Viewer, row: Expunging, at: datetime) -> bool:
    """Whether `by` is the second person: another officer; where there is no other officer than who proposed, an administrator."""
    if by.worker_id is None or row.proposed_by == by.worker_id or by.holder_id != row.holder_id:
        return False
    if by.can(Permission.RECORDS_KEEP):
        return True
    others = (one for one in workers_of(agency_id=row.holder_id, at=at) if one.worker_id != row.proposed_by)
    return by.can(Permission.EXPUNGE_CONFIRM) and not any(Permission.RECORDS_KEEP.value in permissions_of(frozenset(one.roles)) for one in others)


def _of(by: Viewer, expunging_id: UUID) -> Expunging:
    # An administrator opens no family record, and this row is shaped like one: it is read as the agency's own job, after she was asked above.
    with acting_as(system(System.JOB, holder_id=by.holder_id)):
        row = Expunging.objects.filter(pk=expunging_id, holder_id=by.holder_id).first()
    if row is None:
        raise NotVisible
    return row


def _change(holder_id: UUID, expunging_id: UUID, **values: object) -> None:
    with acting_as(system(System.JOB, holder_id=holder_id)):
        Expunging.objects.filter(pk=expunging_id).update(**values)


def _looked_up(holder_id: UUID, identity_id: UUID) -> tuple[bool, dict[str, int]]:
    """Whether a hold stands on it, and what would go: of all kinds of record, which no role of an officer opens, as numbers only."""
    with acting_as(system(System.JOB, holder_id=holder_id)), connection.cursor() as cursor:
        people = sweeping.family(cursor, holder_id=holder_id, identity_ids=[identity_id])
        held = stands_on_family(cursor, holder_id=holder_id, identity_ids=people)
        return held, {} if held else sweeping.count(cursor, holder_id=holder_id, people=people)
