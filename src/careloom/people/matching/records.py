"""Person records as they are compared. A child's record is compared with what is known of her mother beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from careloom.people.matching.model import nicknames
from careloom.people.matching.traits import Told, Traits, traits_of
from careloom.people.models import PersonRecord


def told_of(row: PersonRecord) -> Told:
    """What a record says of a person."""
    return Told(
        key=str(row.pk), role=row.role, given_name=row.given_name or row.preferred_name, family_name=row.family_name,
        birth_date=row.birth_date.isoformat() if row.birth_date else "", sex=row.sex, address=row.address, phone=row.phone,
    )  # fmt: skip


def traits_of_records(rows: Iterable[PersonRecord], *, mothers: Mapping[tuple[UUID, UUID], PersonRecord]) -> list[Traits]:
    """Records as they are compared. `mothers` by (holder, identity): the same holder's record of the mother, as the reader sees it."""
    roots = nicknames()
    found = []
    for row in rows:
        hers = mothers.get((row.holder_id, row.mother_identity_id)) if row.mother_identity_id else None
        found.append(traits_of(told_of(row), mother=told_of(hers) if hers else None, roots=roots))
    return found


def mothers_of(rows: Iterable[PersonRecord]) -> dict[tuple[UUID, UUID], PersonRecord]:
    """The mothers' records of these infants, as far as the viewer in scope sees them. One query, also for none."""
    ids = {row.mother_identity_id for row in rows if row.mother_identity_id}
    found = PersonRecord.objects.filter(identity_id__any_of=ids, role="MOTHER").order_by("made_at")
    return {(row.holder_id, row.identity_id): row for row in found}
