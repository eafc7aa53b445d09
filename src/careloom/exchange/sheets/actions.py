"""Takes a spreadsheet, keeps what its columns mean, begins, stops and ends the bringing in. Each is safe to repeat and writes its audit row."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping as Pairs
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from careloom.agencies.models import Agency, Membership
from careloom.agencies.roles import Permission
from careloom.exchange.models import Sheet, SheetMapping
from careloom.exchange.sheets.lines import Family, Wrong, families
from careloom.exchange.sheets.mapping import Mapping, mapping_of, propose
from careloom.exchange.sheets.table import NotRead, Table, read_table
from careloom.infra.access import NotVisible, Viewer, require
from careloom.infra.answers import Done, Refused, said
from careloom.infra.audit.actions import record
from careloom.infra.keys import Keyring, decrypt_with, encrypt

MAPPING, CHECKED, RUNNING, STOPPED, DONE, FAILED, OVER = "MAPPING", "CHECKED", "RUNNING", "STOPPED", "DONE", "FAILED", "OVER"
LIES: Final = timedelta(days=7)
MOST_MAPPINGS: Final = 50
MOST_TOLD: Final = 2_000
"""How many wrong rows are kept; the file of refused rows holds them all."""


def sheets_of(*, viewer: Viewer) -> QuerySet[Sheet]:
    """The spreadsheets that this worker brought, the newest first: nobody else sees them. Raises NotVisible."""
    require(viewer)
    if not viewer.can(Permission.IMPORT_RECORDS) or viewer.worker_id is None:
        raise NotVisible
    found: QuerySet[Sheet] = Sheet.objects.filter(agency_id=viewer.holder_id, asked_by=viewer.worker_id).defer("sealed")
    return found.order_by("-asked_at", "pk")


def sheet_of(*, viewer: Viewer, sheet_id: UUID) -> Sheet:
    """One of them. Raises NotVisible alike for another's and for none."""
    found = sheets_of(viewer=viewer).defer(None).filter(pk=sheet_id).first()
    if found is None:
        raise NotVisible
    return found


def mappings_of(*, viewer: Viewer) -> QuerySet[SheetMapping]:
    """What the agency kept about its spreadsheets, by name."""
    require(viewer)
    return SheetMapping.objects.filter(agency_id=viewer.holder_id).order_by("name")


@transaction.atomic
def take(*, by: Viewer, at: datetime, data: bytes, mapping: Mapping | None, request_key: str) -> Done | Refused:
    """Take a file, with what its columns mean where that is known. Refused: a code of `table.NotRead`. Raises NotVisible."""
    known = sheets_of(viewer=by).filter(request_key=request_key).first()
    if known is not None:
        return Done(row_id=known.pk)
    try:
        table = read_table(data)
    except NotRead as refused:
        return Refused(codes=(refused.code,))
    chosen = mapping or propose(table.names, table.rows[:200])
    row = Sheet(
        agency_id=by.holder_id, digest=hashlib.sha256(data).hexdigest(), spec=chosen.as_json(), rows=len(table.rows), asked_by=by.worker_id,
        asked_at=at, next_at=at, ends_at=at + LIES, request_key=request_key,
    )  # fmt: skip
    row.sealed = encrypt(key=_ring().agency_key(row.agency_id), plaintext=data, associated=row.pk.bytes)
    row.save(force_insert=True)
    record(by=by, at=at, action="exchange.sheet_taken", object_id=row.pk, detail={"rows": row.rows})
    return Done(row_id=row.pk)


def table_in(row: Sheet) -> Table:
    """The table of a file that still lies here. Raises `infra.keys.KeyProblem`."""
    return read_table(decrypt_with(keys=_ring().agency_keys(row.agency_id), ciphertext=bytes(row.sealed or b""), associated=row.pk.bytes))


def workers_of(agency_id: UUID, *, at: datetime) -> Pairs[str, UUID]:
    """The agency's members by work e-mail."""
    live = Membership.objects.filter(agency_id=agency_id, starts_at__lte=at, ends_at__gt=at).select_related("worker__user")
    return {one.worker.user.email.casefold(): one.worker_id for one in live if one.worker.user is not None and one.worker.user.email}


def read(row: Sheet, *, table: Table, at: datetime, today: date) -> list[Family | Wrong]:
    """Every row of it as the mapping reads it."""
    return families(table, mapping_of(row.spec), workers=workers_of(row.agency_id, at=at), today=today)


@transaction.atomic
def check(*, by: Viewer, at: datetime, today: date, sheet_id: UUID, mapping: Mapping, keep_as: str) -> Done | Refused:
    """The dry run: read every row by this mapping, and write nothing but what is wrong. `keep_as` keeps the mapping under a name.

    Refused: MOVED, NO_COLUMNS (her name or the child's birth date has no column). Raises NotVisible.
    """
    row = _locked(by, sheet_id)
    if row.state not in (MAPPING, CHECKED) or row.ends_at <= at:
        return Refused(codes=("MOVED",))
    named = {"mother.name", "mother.family"} & mapping.columns.keys()
    if not named or "child.birth_date" not in mapping.columns:
        return Refused(codes=("NO_COLUMNS",))
    row.spec = mapping.as_json()
    found = read(row, table=table_in(row), at=at, today=today)
    wrong = [one for one in found if isinstance(one, Wrong)]
    row.state, row.good = CHECKED, len(found) - len(wrong)
    row.wrong = [[one.number, [[fault.field, fault.code] for fault in one.faults]] for one in wrong[:MOST_TOLD]]
    row.save(update_fields=["spec", "state", "good", "wrong"])
    if name := said(keep_as, most=80):
        _keep(by, at=at, name=name, mapping=mapping)
    return Done(row_id=row.pk)


def _keep(by: Viewer, *, at: datetime, name: str, mapping: Mapping) -> None:
    Agency.objects.select_for_update().get(pk=by.holder_id)
    held = mappings_of(viewer=by)
    if not held.filter(name=name).update(spec=mapping.as_json(), changed_at=at) and held.count() < MOST_MAPPINGS and by.worker_id:
        SheetMapping.objects.create(agency_id=by.holder_id, name=name, spec=mapping.as_json(), made_at=at, made_by=by.worker_id, changed_at=at)
    record(by=by, at=at, action="exchange.sheet_mapping_kept", object_id=by.holder_id)


@transaction.atomic
def begin(*, by: Viewer, at: datetime, sheet_id: UUID) -> Done | Refused:
    """Begin to bring in the rows that are right, or go on after a stop. Refused: MOVED, NOTHING (no row is right). Raises NotVisible."""
    row = _locked(by, sheet_id)
    if row.state == RUNNING:
        return Done(row_id=row.pk)
    if row.state not in (CHECKED, STOPPED) or row.ends_at <= at:
        return Refused(codes=("MOVED",))
    if not row.good:
        return Refused(codes=("NOTHING",))
    action = "exchange.sheet_begun" if row.state == CHECKED else "exchange.sheet_resumed"
    row.state, row.next_at, row.tries = RUNNING, at, 0
    row.save(update_fields=["state", "next_at", "tries"])
    record(by=by, at=at, action=action, object_id=row.pk, detail={"rows": row.good})
    return Done(row_id=row.pk)


@transaction.atomic
def stop(*, by: Viewer, at: datetime, sheet_id: UUID) -> Done | Refused:
    """Stop it; what was brought in stays, and it goes on where it was. Refused: MOVED. Raises NotVisible."""
    row = _locked(by, sheet_id)
    if row.state == STOPPED:
        return Done(row_id=row.pk)
    if row.state != RUNNING:
        return Refused(codes=("MOVED",))
    row.state = STOPPED
    row.save(update_fields=["state"])
    record(by=by, at=at, action="exchange.sheet_stopped", object_id=row.pk)
    return Done(row_id=row.pk)


@transaction.atomic
def drop(*, by: Viewer, at: datetime, sheet_id: UUID) -> Done | Refused:
    """Let the file go; what was brought in stays. Refused: MOVED (it is being brought in). Raises NotVisible."""
    row = _locked(by, sheet_id)
    if row.state == RUNNING:
        return Refused(codes=("MOVED",))
    if row.sealed is not None:
        row.sealed, row.state = None, row.state if row.state == DONE else OVER
        row.save(update_fields=["sealed", "state"])
        record(by=by, at=at, action="exchange.sheet_dropped", object_id=row.pk)
    return Done(row_id=row.pk)


def _locked(by: Viewer, sheet_id: UUID) -> Sheet:
    sheet_of(viewer=by, sheet_id=sheet_id)
    return Sheet.objects.select_for_update().get(pk=sheet_id)


def _ring() -> Keyring:
    return Keyring(home=settings.CARELOOM_HOME)
