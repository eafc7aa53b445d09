"""Reads of keeping. Each takes `viewer`; row security decides which rows there are."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from careloom.infra.access import NotVisible, System, Viewer, acting_as, system
from careloom.keeping.models import Expunging, Hold
from careloom.people.models import PersonRecord
from careloom.people.queries import names_of, search


@dataclass(frozen=True, kw_only=True)
class Family:
    """A family that the agency has records of: the mother's identity, and her record at the agency, or the child's by which it was found."""

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
    """Families of whom the viewer's own agency has a record whose name holds `text`, at most a page; a child leads to the mother and her name."""
    chosen: dict[UUID, Family] = {}
    for row in search(viewer=viewer, text=text).people:
        if row.holder_id == viewer.holder_id:
            mother = row.mother_identity_id or row.identity_id
            chosen.setdefault(mother, Family(identity_id=mother, found=row))
    mothers = own_names(viewer=viewer, identity_ids=set(chosen))
    return [Family(identity_id=one, found=mothers.get(one, family.found)) for one, family in chosen.items()]


def expungings_of(*, viewer: Viewer) -> QuerySet[Expunging]:
    """What the viewer's agency expunged or means to, the newest first."""
    return Expunging.objects.seen_by(viewer).filter(holder_id=viewer.holder_id).order_by("-proposed_at", "pk")


def get_expunging(*, viewer: Viewer, expunging_id: UUID) -> Expunging:
    """One of the viewer's agency. Raises NotVisible.

    An administrator opens no family record and may be the second person: it is read as the agency's own job. The page shows her no name.
    """
    with acting_as(system(System.JOB, holder_id=viewer.holder_id)):
        row: Expunging | None = Expunging.objects.filter(pk=expunging_id, holder_id=viewer.holder_id).first()
    if row is None:
        raise NotVisible
    return row


def waiting_for_administrator(*, viewer: Viewer) -> list[Expunging]:
    """The proposals of the viewer's agency that nobody confirmed yet, at most 50; the page keeps those to which she may be the second person."""
    with acting_as(system(System.JOB, holder_id=viewer.holder_id)):
        return list(Expunging.objects.filter(holder_id=viewer.holder_id, state="PROPOSED").order_by("proposed_at", "pk")[:50])
