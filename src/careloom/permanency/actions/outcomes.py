"""How a row of a case is written: one turn at a time, once for each form, in an open case of the own agency, with its audit row."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import F
from django.urls import reverse

from careloom.agencies.days import end_of
from careloom.agencies.models import Agency
from careloom.consents.turns import take_turn
from careloom.infra.access import NotVisible, Viewer, require
from careloom.infra.answers import Done, Refused, Stale
from careloom.infra.audit.actions import record
from careloom.permanency.models import Case
from careloom.permanency.models.case import OPEN
from careloom.permanency.models.row import PLAN, RECORD, CaseRow
from careloom.permanency.terms import keeps_cases
from careloom.work.actions import meet_obligation, open_obligation

WRITE = "CASE_WRITE"
T = TypeVar("T", bound=CaseRow)


def writer(by: Viewer) -> Viewer:
    """Somebody who writes cases in an agency that keeps them. Raises NotVisible for anybody else: no hospital's supervisor opens a case."""
    require(by)
    if not by.can(WRITE) or by.holder_id is None or by.worker_id is None or not keeps_cases(agency_of(by)):
        raise NotVisible
    return by


def agency_of(by: Viewer) -> Agency:
    """The agency in which a worker acts."""
    found: Agency = Agency.objects.get(pk=by.holder_id)
    return found


def the_case(*, by: Viewer, case_id: UUID) -> Case:
    """A case of the agency of `by`, with its turn taken. Raises NotVisible where it is hidden or absent."""
    writer(by)
    take_turn([f"{by.holder_id}:case:{case_id}"])
    row: Case | None = Case.objects.filter(pk=case_id, holder_id=by.holder_id).first()
    if row is None:
        raise NotVisible
    return row


def the_row(model: type[T], *, by: Viewer, row_id: UUID) -> T:
    """A row of a case of the agency of `by`, with the case's turn taken. Raises NotVisible where it is hidden or absent."""
    writer(by)
    row: T | None = model.objects.filter(pk=row_id, holder_id=by.holder_id).first()
    if row is None:
        raise NotVisible
    take_turn([f"{by.holder_id}:case:{row.case_id}"])
    return model.objects.get(pk=row_id)  # type: ignore[no-any-return]


def known(model: Any, *, by: Viewer, request_key: str) -> Done | None:
    """What an earlier click on the same form made."""
    found = model._default_manager.filter(holder_id=by.holder_id, request_key=request_key).values_list("pk", flat=True).first()
    return Done(row_id=found) if found else None


def closed(case: Case) -> Refused | None:
    """A refusal where the case is over."""
    return None if case.state == OPEN else Refused(codes=("CLOSED",))


def refused(**tests: bool) -> Refused | None:
    """What is missing or wrong, by its code; None where nothing is."""
    codes = tuple(code for code, is_wrong in tests.items() if is_wrong)
    return Refused(codes=codes) if codes else None


def put(
    model: type[T], *, case: Case, by: Viewer, at: datetime, request_key: str, action: str, shared: bool = False, child_id: UUID | None = None,
    detail: dict[str, object] | None = None, **values: Any,
) -> T:  # fmt: skip
    """Write one row of a case and its audit row. `shared` files it as a part of what the parent reads."""
    row = model(
        holder_id=case.holder_id, identity_id=case.identity_id, category=PLAN if shared else RECORD, case_id=case.pk, child_id=child_id, at=at,
        worker_id=by.worker_id, request_key=request_key, **values,
    )  # fmt: skip
    row.save()
    record(by=by, at=at, action=f"permanency.{action}", identity_id=case.identity_id, object_id=row.pk, detail=detail or {})
    return row


def change(row: Any, *, by: Viewer, at: datetime, row_version: int | None, action: str, **values: Any) -> Done | Stale:
    """Write new values of a row; Stale where somebody changed it since it was read (`row_version` None: it was read in this turn, which is held)."""
    if row_version is not None and row.row_version != row_version:
        return Stale(current=row)
    # A Tribe and a provider answer in a row of the case's agency without its turn, so the version is asked in the statement too.
    if not type(row).objects.filter(pk=row.pk, row_version=row.row_version).update(row_version=F("row_version") + 1, **values):
        return Stale(current=type(row).objects.get(pk=row.pk))
    record(by=by, at=at, action=f"permanency.{action}", identity_id=row.identity_id, object_id=row.pk)
    return Done(row_id=row.pk)


def owe(
    *, by: Viewer, at: datetime, case: Case, kind: str, about: UUID, due: date | None, agency: Agency, key: str = "", promised: bool = True,
    facts: dict[str, object] | None = None,
) -> None:  # fmt: skip
    """Have the agency of the case owe something by a legal day, with the worker of the case."""
    open_obligation(
        by=by, at=at, holder_id=case.holder_id, kind=kind, family_id=case.identity_id, identity_id=case.identity_id,
        link=reverse("permanency:family", args=[case.identity_id]), request_key=key or f"{kind.lower()}:{about}", worker_id=case.worker_id,
        due_at=end_of(due, agency=agency) if due else None, promised=promised, about_id=about, about_kind="CASE", facts=facts, category=RECORD,
    )  # fmt: skip


def met(*, by: Viewer, at: datetime, about: UUID, kind: str) -> None:
    """What was owed about a row is done."""
    meet_obligation(by=by, at=at, about_id=about, kind=kind)
