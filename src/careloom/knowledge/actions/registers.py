"""Lines of registers: added, changed, taken out. Source: R-021, R-034, R-039, R-042, R-060, R-061, R-078, R-113, R-127, R-138, R-212."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.audit.actions import record
from careloom.knowledge.actions.gate import gate_again
from careloom.knowledge.models import Course
from careloom.knowledge.queries.lists import may_write
from careloom.knowledge.registers import REGISTERS, Asks, Kind
from careloom.partnership.actions.keeping import listed, put, row_of, today, wrong
from careloom.partnership.standing import Standing, standing_of

FIRST_YEAR, MOST_PEOPLE = 1950, 100_000


@transaction.atomic
def put_entry(
    *, by: Viewer, at: datetime, collaborative_id: UUID, code: str, told: Mapping[str, Any], request_key: str = "", entry_id: UUID | None = None,
    version: int = 0,
) -> Done | Refused | Stale:  # fmt: skip
    """Add a line to the register `code`, or change it as it stood at `version`. `told`: field name -> value, rows by id.

    A partner's line is written by the partner or by who leads. Refused codes: NOT_ALLOWED, and the field's name in capitals. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    register = REGISTERS.get(code)
    row = row_of(register.model, standing, entry_id) if register else None
    if register is None or (entry_id is not None and row is None):
        return Refused(codes=("NOT_ALLOWED",))
    partner_id = told.get("partner") if register.field("partner") else None
    if not may_write(standing, register, partner_id=partner_id) or (row is not None and not may_write(standing, register, row=row)):
        return Refused(codes=("NOT_ALLOWED",))
    values: dict[str, Any] = {}
    wrongs: dict[str, bool] = {}
    for ask in register.asks:
        name, value, right = _kept(ask, told.get(ask.name), standing=standing, at=at)
        values[name], wrongs[ask.name.upper()] = value, not right
    done = put(register.model, row, codes=wrong(wrongs), values=values, version=version, standing=standing, by=by, at=at, request_key=request_key)
    if isinstance(done, Done) and register.model is Course:
        gate_again(standing.collaborative, by=by, at=at)
    return done


@transaction.atomic
def take_out(*, by: Viewer, at: datetime, collaborative_id: UUID, code: str, entry_id: UUID) -> Done | Refused:
    """Take a line out of a register today; its row stays. Refused codes: NOT_ALLOWED. Raises NotVisible."""
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    register = REGISTERS.get(code)
    row = register.model.objects.select_for_update().filter(pk=entry_id, collaborative_id=collaborative_id).first() if register else None
    if register is None or row is None or not may_write(standing, register, row=row):
        return Refused(codes=("NOT_ALLOWED",))
    if row.left_on is None:
        row.left_on, row.row_version = today(at), row.row_version + 1
        row.save(update_fields=["left_on", "row_version"])
        record(by=by, at=at, action=f"knowledge.{register.model._meta.model_name}_taken_out", object_id=row.pk)
        if register.model is Course:
            gate_again(standing.collaborative, by=by, at=at)
    return Done(row_id=row.pk)


def _kept(ask: Asks, value: Any, *, standing: Standing, at: datetime) -> tuple[str, Any, bool]:
    """The column, the value as it is kept, and whether it is right."""
    empty = value is None or value in ("", (), [])
    if ask.kind is Kind.ROW:
        row = row_of(ask.of, standing, value or None)
        return f"{ask.name}_id", row.pk if row else None, row is not None if value else not ask.required
    if ask.kind is Kind.YES:
        return ask.name, bool(value), True
    if ask.kind is Kind.TAGS:
        return ask.name, listed(value or ()), True
    if ask.kind is Kind.MANY:
        codes = [code for code in ask.options or {} if code in (value or ())]
        return ask.name, codes, len(codes) == len(set(value or ())) and bool(codes or not ask.required)
    if ask.kind is Kind.ONE:
        return ask.name, value or "", value in (ask.options or {})
    if ask.kind in (Kind.TEXT, Kind.LONG, Kind.LINK, Kind.MAIL):
        text = said(str(value or ""), most=ask.most)
        safe = ask.kind is not Kind.LINK or not text or text.startswith(("https://", "http://"))
        return ask.name, text, safe and bool(text or not ask.required)
    return ask.name, value, (not ask.required) if empty else _in_range(ask, value, at=at)


def _in_range(ask: Asks, value: Any, *, at: datetime) -> bool:
    if ask.kind is Kind.DAY:
        return isinstance(value, date) and value <= today(at)
    if ask.kind is Kind.COMING:
        return isinstance(value, date)
    if ask.kind is Kind.YEAR:
        return FIRST_YEAR <= int(value) <= today(at).year
    most = {Kind.HOURS: 999, Kind.PERCENT: 100}.get(ask.kind, MOST_PEOPLE)
    return 0 <= Decimal(value) <= most
