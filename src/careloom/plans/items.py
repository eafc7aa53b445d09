"""Turns the rows of a plan into the items that a version keeps and the difference compares. Words for people are made by presenters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from careloom.kernel.plan import Item, ItemKind
from careloom.plans.models import (
    CareTeamMember,
    Goal,
    MeetingNote,
    Need,
    NeedStep,
    PlanInfant,
    PlanRow,
    PlanVersionEntry,
    Referral,
    SectionCheck,
    SectionText,
    Strength,
)

MODELS: dict[ItemKind, type[PlanRow]] = {
    ItemKind.TEAM: CareTeamMember,
    ItemKind.INFANT: PlanInfant,
    ItemKind.STRENGTH: Strength,
    ItemKind.GOAL: Goal,
    ItemKind.NEED: Need,
    ItemKind.STEP: NeedStep,
    ItemKind.REFERRAL: Referral,
    ItemKind.TEXT: SectionText,
    ItemKind.CHECK: SectionCheck,
    ItemKind.MINUTE: MeetingNote,
}
FIELDS: dict[ItemKind, tuple[str, ...]] = {
    ItemKind.TEAM: ("name", "role"),
    ItemKind.INFANT: (),
    ItemKind.STRENGTH: ("text", "whose"),
    ItemKind.GOAL: ("words", "about", "theme", "measured_by", "target_on", "state"),
    ItemKind.NEED: (
        "title", "code", "for_whom", "priority", "her_choice", "her_words", "existing_service", "result", "result_reason",
    ),
    ItemKind.STEP: ("step", "value", "reason", "words"),
    ItemKind.REFERRAL: ("organization", "service_name", "service_type", "frequency", "length", "place", "method", "state", "outcome"),
    ItemKind.TEXT: ("text",),
    ItemKind.CHECK: ("state", "note"),
    ItemKind.MINUTE: ("words", "kind", "who", "due_on"),
}  # fmt: skip
_KIND_OF = {model: kind for kind, model in MODELS.items()}


def item_of(row: PlanRow) -> Item:
    """A row as an item."""
    kind = _KIND_OF[type(row)]
    return Item(
        kind=kind,
        id=row.identity_id if kind is ItemKind.INFANT else row.pk,
        body=body_of(row),
        supersedes=getattr(row, "supersedes_id", None),
        of=getattr(row, "need_id", None) if kind is ItemKind.STEP else None,
        at=_instant(row.at) if isinstance(row, NeedStep) else "",
        hers=row.provenance == "self_reported",
    )


def body_of(row: PlanRow) -> dict[str, str]:
    """The readable fields of a row, as text; an unset field is an empty text."""
    kind = _KIND_OF[type(row)]
    body = {name: _text(getattr(row, name)) for name in FIELDS[kind]}
    return body | _EXTRA.get(kind, _nothing)(row)


def entry_of(row: PlanRow, **fields: Any) -> PlanVersionEntry:
    """The entry that keeps a row as it stands now, with the row's own holder, identity, category and provenance."""
    item = item_of(row)
    kept = {"supersedes": item.supersedes, "of": item.of, "at": item.at or None}
    return PlanVersionEntry(
        holder_id=row.holder_id,
        identity_id=row.identity_id,
        category=row.category,
        provenance=row.provenance,
        item_kind=item.kind.value,
        item_id=row.pk,
        body=dict(item.body) | {f"_{name}": str(value) for name, value in kept.items() if value is not None},
        **fields,
    )


def kept_item(entry: PlanVersionEntry) -> Item:
    """An entry of a version as the item that it was."""
    body = {name: value for name, value in entry.body.items() if not name.startswith("_")}
    kind = ItemKind(entry.item_kind)
    return Item(
        kind=kind,
        id=entry.identity_id if kind is ItemKind.INFANT else entry.item_id,
        body=body,
        supersedes=_uuid(entry.body.get("_supersedes")),
        of=_uuid(entry.body.get("_of")),
        at=entry.body.get("_at", ""),
        hers=entry.provenance == "self_reported",
    )


def items_of(rows: Iterable[PlanRow]) -> tuple[Item, ...]:
    """Rows as items, in their order."""
    return tuple(item_of(row) for row in rows)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _uuid(text: str | None) -> UUID | None:
    return UUID(text) if text else None


def _team(row: Any) -> dict[str, str]:
    return {"leads": "YES" if row.leads and row.ends_at is None else "", "ended": "YES" if row.ends_at else ""}


def _infant(row: Any) -> dict[str, str]:
    return {"infant": str(row.identity_id), "ended": "YES" if row.ended_at else ""}


def _nothing(row: Any) -> dict[str, str]:
    return {}


def _asked(row: Any) -> dict[str, str]:
    # What was asked, by its code: presenters say it in the reader's language.
    return {"asks": f"{row.section}.{row.code}"}


def _thing(row: Any) -> dict[str, str]:
    return {"what": f"{row.section}.{row.code}"}


_EXTRA: dict[ItemKind, Callable[[Any], dict[str, str]]] = {
    ItemKind.TEAM: _team, ItemKind.INFANT: _infant, ItemKind.TEXT: _asked, ItemKind.CHECK: _thing,
}  # fmt: skip
