"""Reads of people. Each takes `viewer`; row security decides which rows there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from careloom.infra.access import Viewer, require
from careloom.people.actions import search_key
from careloom.people.models import FamilyMember, PersonRecord

PAGE = 25


@dataclass(frozen=True, kw_only=True)
class Found:
    """A page of people found by name, in order."""

    people: tuple[PersonRecord, ...]
    page: int
    has_more: bool


def records_of(*, viewer: Viewer, identity_ids: Iterable[UUID]) -> list[PersonRecord]:
    """All records of these identities that `viewer` may see, her own agency's first. One query."""
    rows = PersonRecord.objects.seen_by(viewer).filter(identity_id__any_of=set(identity_ids))
    return sorted(rows, key=lambda r: (r.holder_id != viewer.holder_id, r.made_at))


def names_of(*, viewer: Viewer, identity_ids: Iterable[UUID]) -> dict[UUID, PersonRecord]:
    """One visible record for each identity (the viewer's own agency's first). One query."""
    chosen: dict[UUID, PersonRecord] = {}
    for row in records_of(viewer=viewer, identity_ids=identity_ids):
        chosen.setdefault(row.identity_id, row)
    return chosen


def with_infants(*, viewer: Viewer, identity_ids: Iterable[UUID]) -> list[PersonRecord]:
    """All visible records of these people and of the infants of those who are mothers, the viewer's own agency's first. One query."""
    ids = set(identity_ids)
    about = Q(identity_id__any_of=ids) | Q(mother_identity_id__any_of=ids, role="INFANT")
    return sorted(PersonRecord.objects.seen_by(viewer).filter(about), key=lambda r: (r.holder_id != viewer.holder_id, r.made_at))


def infants_of(*, viewer: Viewer, mother_ids: Iterable[UUID]) -> list[PersonRecord]:
    """The infants of these mothers that `viewer` may see. One query."""
    infants = PersonRecord.objects.seen_by(viewer).filter(mother_identity_id__any_of=set(mother_ids), role="INFANT")
    return list(infants.order_by("birth_date", "made_at"))


def numbered(*, viewer: Viewer, number: str) -> QuerySet[PersonRecord]:
    """The records of the viewer's own agency that carry this number of its chart, or this id of the system that they came from."""
    own = PersonRecord.objects.seen_by(viewer).filter(holder_id=viewer.holder_id)
    return own.filter(Q(record_number=number) | Q(source_id=number)) if number else own.none()


def family_of(*, viewer: Viewer, identity_id: UUID) -> list[FamilyMember]:
    """The family as the mother defines it, as far as `viewer` may see. One query."""
    return list(FamilyMember.objects.seen_by(viewer).filter(identity_id=identity_id, ended_at=None).order_by("at", "name"))


def search(*, viewer: Viewer, text: str, page: int = 1) -> Found:
    """People whose name holds `text` and whom `viewer` may see, 25 a page. Two queries, whether or not anybody matches.

    Runs through `people_search`, which carries the grant test itself: a pattern is not leakproof, so plain row security would scan.
    """
    require(viewer)
    wanted = search_key(text)
    categories = None if viewer.categories is None else sorted(viewer.categories)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM people_search(%s, %s, %s, %s)", [_escaped(wanted), categories, PAGE + 1, (page - 1) * PAGE])
        ids = [row[0] for row in cursor.fetchall()] if wanted else []
    rows = {row.pk: row for row in PersonRecord.objects.filter(pk__any_of=ids)}
    people = [rows[i] for i in ids if i in rows]
    # Somebody of whom several records are shown is one person on the page.
    shown = {person.identity_id: person for person in reversed(people[:PAGE])}
    return Found(people=tuple(reversed(shown.values())), page=page, has_more=len(people) > PAGE)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
