"""An administrator asks something first and notes trainings; a worker accepts the code. Each is safe to repeat and writes its audit row."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from careloom.agencies.models import Agency, Membership
from careloom.agencies.roles import Permission
from careloom.conduct.models import CODE, TRAINING, Demand, Met
from careloom.infra.access import Viewer, require
from careloom.infra.answers import Done, Refused, said
from careloom.infra.audit.actions import record
from careloom.kernel.clocks import add_months

MOST_WORDS = 20_000
MOST_MONTHS = 120
MOST_DEMANDS = 20


@transaction.atomic
def ask(
    *, kind: str, title: str, words: str, months: int | None, starts_on: date, instead_of: UUID | None = None, today: date, by: Viewer,
    at: datetime, request_key: str,
) -> Done | Refused:  # fmt: skip
    """Ask something of everyone who works in the agency of `by`, from `starts_on` on; `instead_of` ends an older one of the same kind.

    The same `request_key` asks once. Refused with NOT_ALLOWED, NO_TITLE, NO_WORDS, MONTHS, PAST (a day before `today` gives nobody time), TWO_CODES
    (there is a code already: write it anew instead) or TOO_MANY.
    """
    require(by)
    if not by.can(Permission.AGENCY_ADMIN) or by.worker_id is None:
        return Refused(codes=("NOT_ALLOWED",))
    # The agency's row is the lock: two presses of one button wait for each other here.
    agency = Agency.objects.select_for_update().get(pk=by.holder_id)
    known = Demand.objects.filter(agency=agency, request_key=request_key).first()
    if known is not None:
        return Done(row_id=known.pk)
    live = list(Demand.objects.filter(agency=agency, ended_at=None))
    old = next((one for one in live if one.pk == instead_of and one.kind == kind), None)
    tests = {
        "NO_TITLE": not said(title, most=120),
        "NO_WORDS": not words.strip() or len(words) > MOST_WORDS,
        "MONTHS": months is not None and not 1 <= months <= MOST_MONTHS,
        "PAST": starts_on < today,
        "TWO_CODES": kind == CODE and old is None and any(one.kind == CODE for one in live),
        "TOO_MANY": old is None and len(live) >= MOST_DEMANDS,
        "GONE": instead_of is not None and old is None,
    }
    gaps = tuple(code for code, wrong in tests.items() if wrong)
    if gaps:
        return Refused(codes=gaps)
    made = Demand.objects.create(
        agency=agency, kind=kind, title=said(title, most=120), words=words.strip(), months=months, starts_on=starts_on, made_at=at,
        made_by_id=by.worker_id, request_key=request_key,
    )  # fmt: skip
    if old is not None:
        Demand.objects.filter(pk=old.pk).update(ended_at=at)
    _show(agency)
    record(by=by, at=at, action="conduct.asked", object_id=made.pk, detail={"kind": kind, "instead_of": str(old.pk) if old else ""})
    return Done(row_id=made.pk)


@transaction.atomic
def end(*, demand_id: UUID, by: Viewer, at: datetime) -> Done | Refused:
    """Ask it no longer. Again changes nothing; what was done stays in the register."""
    require(by)
    if not by.can(Permission.AGENCY_ADMIN):
        return Refused(codes=("NOT_ALLOWED",))
    agency = Agency.objects.select_for_update().get(pk=by.holder_id)
    row = Demand.objects.filter(pk=demand_id, agency=agency).first()
    if row is None:
        return Refused(codes=("GONE",))
    if row.ended_at is None:
        Demand.objects.filter(pk=row.pk).update(ended_at=at)
        _show(agency)
        record(by=by, at=at, action="conduct.ended", object_id=row.pk)
    return Done(row_id=row.pk)


@transaction.atomic
def accept(*, demand_id: UUID, membership_id: UUID, today: date, by: Viewer, at: datetime) -> Done | Refused:
    """She read the code and will keep to it. Only she herself can say so. Again on the same day changes nothing."""
    require(by)
    row = Demand.objects.filter(pk=demand_id, agency_id=by.holder_id, kind=CODE, ended_at=None).first()
    hers = Membership.objects.select_for_update().filter(pk=membership_id, worker_id=by.worker_id, agency_id=by.holder_id, ends_at__gt=at).first()
    if row is None or hers is None or by.worker_id is None:
        return Refused(codes=("GONE",))
    return _met(row, hers, done_on=today, worker_id=by.worker_id, by=by, at=at)


@transaction.atomic
def note(*, demand_id: UUID, membership_id: UUID, done_on: date, today: date, by: Viewer, at: datetime) -> Done | Refused:
    """An administrator notes that a worker of her agency did a training on `done_on`. Refused with NOT_ALLOWED, GONE, or FUTURE."""
    require(by)
    if not by.can(Permission.AGENCY_ADMIN) or by.worker_id is None:
        return Refused(codes=("NOT_ALLOWED",))
    row = Demand.objects.filter(pk=demand_id, agency_id=by.holder_id, kind=TRAINING, ended_at=None).first()
    whose = Membership.objects.select_for_update().filter(pk=membership_id, agency_id=by.holder_id, ends_at__gt=at).first()
    if row is None or whose is None:
        return Refused(codes=("GONE",))
    if done_on > today:
        return Refused(codes=("FUTURE",))
    return _met(row, whose, done_on=done_on, worker_id=by.worker_id, by=by, at=at)


def _met(row: Demand, whose: Membership, *, done_on: date, worker_id: UUID, by: Viewer, at: datetime) -> Done:
    until = add_months(start=done_on, months=row.months) if row.months else None
    made, is_new = Met.objects.get_or_create(
        demand=row, membership=whose, done_on=done_on, defaults={"until": until, "noted_by_id": worker_id, "noted_at": at}
    )
    if is_new:
        best = Met.objects.filter(demand=row, membership=whose).order_by("-done_on").first() or made
        whose.cleared = whose.cleared | {str(row.pk): best.until.isoformat() if best.until else ""}
        whose.save(update_fields=["cleared"])
        record(by=by, at=at, action="conduct.met", object_id=made.pk, detail={"kind": row.kind})
    return Done(row_id=made.pk)


def _show(agency: Agency) -> None:
    """Tell the gate what is asked now."""
    live = Demand.objects.filter(agency=agency, ended_at=None).order_by("kind", "made_at")
    agency.firsts = [{"id": str(one.pk), "kind": one.kind, "title": one.title, "from": one.starts_on.isoformat()} for one in live]
    agency.save(update_fields=["firsts"])
