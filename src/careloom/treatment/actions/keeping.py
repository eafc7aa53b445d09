"""Writes an entry, changes it, or takes it back. An entry is never deleted, and each change says who made it.

Source: R-110, R-124, R-146 to R-149, R-152; DESIGN section 5 (correction without surgery).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F

from careloom.agencies.days import today_of
from careloom.agencies.models import Agency
from careloom.consents.turns import take_turn
from careloom.infra.access import NotVisible, Viewer, require
from careloom.infra.access.caseload import assign
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.audit.actions import record
from careloom.treatment.actions.following import follow
from careloom.treatment.checks import gaps
from careloom.treatment.codes import Sort
from careloom.treatment.models import Episode
from careloom.treatment.models.entry import Entry
from careloom.treatment.sorts import RULES, category_of, may_write, split

LEAST_LETTERS = 3


@transaction.atomic
def add_entry(
    *, by: Viewer, at: datetime, identity_id: UUID, sort: Sort, on: date, values: Mapping[str, Any], request_key: str
) -> Done | Refused:  # fmt: skip
    """Write an entry of a day. The caller has checked that `by` sees the person. Sent twice it is one entry.

    Raises NotVisible for who may not write this sort in her agency.
    """
    agency = _writing_agency(by, sort=sort)
    take_turn([f"{by.holder_id}:treatment:{identity_id}"])
    known = RULES[sort].main.objects.filter(holder_id=by.holder_id, request_key=request_key).first()
    if known is not None:
        return Done(row_id=known.pk)
    told = _tidy(values) | {"source": values.get("source", "OWN" if agency.is_part2_program else "SHE_SAYS")}
    found = (*gaps(sort, told, on=on, today=today_of(agency, at=at)), *_clashes(sort, told, by=by, identity_id=identity_id, but=None))
    if found:
        return Refused(codes=found)
    entry_id = uuid4()
    for part, held in split(sort, told):
        part.model(
            id=entry_id, holder_id=by.holder_id, identity_id=identity_id, category=category_of(part, agency=agency), happened_on=on,
            source=told["source"], recorded_at=at, recorded_by=by.worker_id, request_key=request_key, **held,
        ).save()  # fmt: skip
    # Who knows the family through her consent works with it from now on: else she would not see what she wrote.
    if by.worker_id is not None and not by.whole_agency:
        assign(by=by, worker_id=by.worker_id, identity_ids=[identity_id], at=at)
    main = RULES[sort].main(
        id=entry_id, holder_id=by.holder_id, identity_id=identity_id, category=category_of(RULES[sort].parts[0], agency=agency), happened_on=on
    )  # fmt: skip
    record(by=by, at=at, action=f"treatment.{sort.lower()}_added", identity_id=identity_id, object_id=entry_id)
    follow(sort, main, told, by=by, at=at, agency=agency, new=True)
    return Done(row_id=entry_id)


@transaction.atomic
def change_entry(
    *, by: Viewer, at: datetime, sort: Sort, entry_id: UUID, on: date, values: Mapping[str, Any], row_version: int
) -> Done | Refused | Stale:  # fmt: skip
    """Change an entry of one's own agency as it was read (`row_version`). Raises NotVisible where it is hidden, absent or another's."""
    agency = _writing_agency(by, sort=sort)
    row = own_entry(by=by, sort=sort, entry_id=entry_id)
    if row.row_version != row_version:
        return Stale(current=row)
    told = _tidy(values) | {"source": values.get("source", row.source)}
    found = (*gaps(sort, told, on=on, today=today_of(agency, at=at)), *_clashes(sort, told, by=by, identity_id=row.identity_id, but=row.pk))
    if found:
        return Refused(codes=found)
    for part, held in split(sort, told):
        mine = part.model.objects.filter(pk=row.pk, holder_id=by.holder_id)
        mine.update(row_version=F("row_version") + 1, happened_on=on, source=told["source"], **held)
    row.happened_on = on
    record(by=by, at=at, action=f"treatment.{sort.lower()}_changed", identity_id=row.identity_id, object_id=row.pk)
    follow(sort, row, told, by=by, at=at, agency=agency, new=False)
    return Done(row_id=row.pk)


@transaction.atomic
def take_back(*, by: Viewer, at: datetime, sort: Sort, entry_id: UUID, because: str, row_version: int) -> Done | Refused | Stale:
    """Say that an entry was written by mistake, and why. It stays with its holder; nobody else reads it from now on. Raises NotVisible."""
    _writing_agency(by, sort=sort)
    row = own_entry(by=by, sort=sort, entry_id=entry_id)
    if row.row_version != row_version:
        return Stale(current=row)
    if len(because.strip()) < LEAST_LETTERS:
        return Refused(codes=("BECAUSE",))
    for part in RULES[sort].parts:
        mine = part.model.objects.filter(pk=row.pk, holder_id=by.holder_id)
        mine.update(row_version=F("row_version") + 1, taken_back_at=at, taken_back_because=said(because, most=300))
    record(by=by, at=at, action=f"treatment.{sort.lower()}_taken_back", identity_id=row.identity_id, object_id=row.pk)
    follow(sort, row, {}, by=by, at=at, agency=_agency(by), new=False, gone=True)
    return Done(row_id=row.pk)


def own_entry(*, by: Viewer, sort: Sort, entry_id: UUID) -> Entry:
    """An entry of the agency of `by` that stands, with its turn taken. Raises NotVisible."""
    require(by)
    take_turn([f"{by.holder_id}:treatment:{entry_id}"])
    main = RULES[sort].main
    row: Entry | None = main.objects.seen_by(by).filter(pk=entry_id, holder_id=by.holder_id, taken_back_at=None).first()
    if row is None:
        raise NotVisible
    return row


def _writing_agency(by: Viewer, *, sort: Sort) -> Agency:
    require(by)
    agency = _agency(by)
    if not may_write(sort, by=by, agency=agency):
        raise NotVisible
    return agency


def _agency(by: Viewer) -> Agency:
    if by.holder_id is None:
        raise NotVisible
    found: Agency = Agency.objects.get(pk=by.holder_id)
    return found


def _clashes(sort: Sort, told: Mapping[str, Any], *, by: Viewer, identity_id: UUID, but: UUID | None) -> tuple[str, ...]:
    """One open time in treatment at a time in one's own program: a new one begins when the other has ended."""
    if sort is not Sort.EPISODE or told.get("elsewhere") or told.get("ends_on") is not None:
        return ()
    same = Episode.objects.filter(holder_id=by.holder_id, identity_id=identity_id, elsewhere=False, ends_on=None, taken_back_at=None)
    return ("OPEN_ALREADY",) if same.exclude(pk=but).exists() else ()


def _tidy(values: Mapping[str, Any]) -> dict[str, Any]:
    """Texts as they are kept: no spaces around them, and no empty lines in a list."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, str):
            found[name] = said(value, most=1200)
        elif isinstance(value, list | tuple):
            found[name] = [said(str(one), most=160) for one in value if str(one).strip()]
        else:
            found[name] = value
    return found
