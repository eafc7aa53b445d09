"""Reads of keeping. Each takes `viewer`; row security decides which rows there are."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from careloom.infra.access import NotVisible, Viewer
from careloom.keeping.models import Hold
from careloom.people.models import PersonRecord
from careloom.people.queries import names_of, search


@dataclass(frozen=True, kw_only=True)
class Family:
    """A family that the agency has records of: the mother's identity, and the record of the agency by which it was found."""

    identity_id: UUID
    found: PersonRecord


def holds_of(*, viewer: Viewer) -> QuerySet[Hold]:
    """The holds of the viewer's agency, the newest first."""
    return Hold.objects.seen_by(viewer).filter(holder_id=viewer.holder_id).order_by("-placed_at", "pk")


def get_hold(*, viewer: Viewer, hold_id: UUID) -> Hold:
    """One hold of the viewer's agency. Raises NotVisible."""
    row: Hold | None = Hold.objects.seen_by(viewer).filter(pk=hold_id, holder_id=viewer.holder_id).first()
    if row is None:
        raise NotVisible
    return row


def own_names(*, viewer: Viewer, identity_ids: set[UUID]) -> dict[UUID, PersonRecord]:
    """The record by which the viewer's agency knows each of these people. One query."""
    return {identity: row for identity, row in names_of(viewer=viewer, identity_ids=identity_ids).items() if row.holder_id == viewer.holder_id}


def families_named(*, viewer: Viewer, text: str) -> list[Family]:
    """Families of whom the viewer's own agency has a record whose name holds `text`, at most a page; a child leads to the mother."""
    chosen: dict[UUID, Family] = {}
    for row in search(viewer=viewer, text=text).people:
        if row.holder_id == viewer.holder_id:
            mother = row.mother_identity_id or row.identity_id
            chosen.setdefault(mother, Family(identity_id=mother, found=row))
    return list(chosen.values())
