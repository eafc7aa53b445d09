"""Registers as they stand: their lines, narrowed, and who may write in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from careloom.infra.access import NotVisible, Viewer
from careloom.knowledge.registers import REGISTERS, Asks, Kind, Register, Writer
from careloom.partnership.models import Partner
from careloom.partnership.standing import Standing, standing_of


def may_write(standing: Standing, register: Register, *, row: Any = None, partner_id: Any = None) -> bool:
    """Whether somebody may add a line (for `partner_id`), or change the line `row`: who leads, the partner for itself, or who wrote it."""
    if standing.runs or standing.officer_of:
        return True
    if register.writer is Writer.LEADER:
        return False
    if register.writer is Writer.PARTNER:
        about = row.partner_id if row is not None else partner_id
        return about in standing.partner_ids
    return row is None or (row.made_by is not None and row.made_by == standing.worker_id)


def may_add(standing: Standing, register: Register) -> bool:
    """Whether somebody may add some line to a register."""
    partner_id = next(iter(standing.partner_ids), None)
    return may_write(standing, register, partner_id=partner_id)


def register_of(code: str) -> Register:
    """A register by its code. Raises NotVisible."""
    if code not in REGISTERS:
        raise NotVisible
    return REGISTERS[code]


def entries(*, viewer: Viewer, collaborative_id: UUID, code: str, narrowed: Mapping[str, str] | None = None) -> QuerySet[Any]:
    """The lines that stand in a register, in its order, where `narrowed` says so only those with these values. Raises NotVisible."""
    standing_of(viewer=viewer, collaborative_id=collaborative_id)
    register = register_of(code)
    rows = register.model.objects.filter(collaborative_id=collaborative_id, left_on=None)
    for name, value in (narrowed or {}).items():
        ask = register.field(name)
        if ask is None or name not in register.filters or not value:
            continue
        if ask.kind in (Kind.TAGS, Kind.MANY):
            rows = rows.filter(**{f"{name}__contains": [value]})
        elif ask.kind is Kind.ROW:
            rows = rows.filter(**{f"{name}_id": _uuid(value)})
        elif ask.kind is Kind.YEAR:
            rows = rows.filter(**{name: int(value)}) if value.isdecimal() and len(value) == 4 else rows.none()
        else:
            rows = rows.filter(**{name: value})
    linked = [ask.name for ask in register.asks if ask.kind is Kind.ROW]
    return rows.select_related(*linked).order_by(*register.order, "pk") if linked else rows.order_by(*register.order, "pk")


def entry(*, viewer: Viewer, collaborative_id: UUID, code: str, entry_id: UUID) -> Any:
    """One line that stands. Raises NotVisible."""
    row = entries(viewer=viewer, collaborative_id=collaborative_id, code=code).filter(pk=entry_id).first()
    if row is None:
        raise NotVisible
    return row


def values_in(*, viewer: Viewer, collaborative_id: UUID, code: str, name: str) -> list[str]:
    """The tags or years that stand in a register, for narrowing it."""
    found = entries(viewer=viewer, collaborative_id=collaborative_id, code=code).order_by().values_list(name, flat=True)[:2000]
    flat = [one for value in found for one in (value if isinstance(value, list) else [value])]
    return sorted({str(one) for one in flat})


def choices_of(standing: Standing, model: Any) -> list[tuple[UUID, str]]:
    """The rows of this collaborative that a field may name, by their words."""
    name = "title" if any(one.name == "title" for one in model._meta.get_fields()) and model is not Partner else "name"
    rows = model.objects.filter(collaborative_id=standing.collaborative.pk, left_on=None)
    return list(rows.order_by(name).values_list("pk", name)[:500])


def choices_for(standing: Standing, register: Register, ask: Asks) -> list[tuple[UUID, str]]:
    """The rows that a form of a register offers: of partners only those for which the reader may write."""
    rows = choices_of(standing, ask.of)
    return [one for one in rows if may_write(standing, register, partner_id=one[0])] if ask.name == "partner" else rows


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
