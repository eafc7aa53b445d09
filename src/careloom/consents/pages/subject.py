"""Whose consents these are: the mother and her babies as the reader sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.apps import apps
from django.utils.translation import gettext as _

from careloom.infra.access import NotVisible, Viewer
from careloom.infra.access.accounting import account
from careloom.people.models import PersonRecord
from careloom.people.queries import with_infants


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A mother, by the record of her that the reader sees first, with her infants."""

    identity_id: UUID
    mother: PersonRecord | None
    infants: tuple[PersonRecord, ...]

    @property
    def name(self) -> str:
        """What she is called."""
        return (self.mother.preferred_name or self.mother.given_name) if self.mother else ""

    @property
    def full_name(self) -> str:
        """Her name as it stands on a form."""
        parts = (self.mother.given_name or self.mother.preferred_name, self.mother.family_name) if self.mother else ()
        return " ".join(part for part in parts if part)

    @property
    def infant_choices(self) -> list[tuple[str, str]]:
        """Her infants for a form."""
        return [(str(row.identity_id), row.preferred_name or row.given_name or _("Her baby")) for row in self.infants]

    @property
    def identity_ids(self) -> tuple[UUID, ...]:
        """Hers and theirs."""
        return (self.identity_id, *(row.identity_id for row in self.infants))


def subject_of(*, viewer: Viewer, identity_id: UUID, place: str, at: datetime) -> Subject:
    """The mother with the infants that `viewer` sees, accounted for on `place`. Two queries.

    Raises NotVisible when the reader sees neither a record nor a plan of hers: hidden and absent are one answer, after the same two queries.
    """
    people = with_infants(viewer=viewer, identity_ids=[identity_id])
    plans = apps.get_model("plans", "PlanOfSafeCare").objects.seen_by(viewer).filter(identity_id=identity_id)
    has_plan = plans.exists()
    chosen: dict[UUID, PersonRecord] = {}
    for row in people:
        chosen.setdefault(row.identity_id, row)
    mother = chosen.pop(identity_id, None)
    if (mother is None and not has_plan) or (mother is not None and mother.role == "INFANT"):
        raise NotVisible
    account(viewer=viewer, place=place, rows=people, at=at)
    infants = sorted((row for row in chosen.values() if row.role == "INFANT"), key=lambda row: (str(row.birth_date or ""), row.given_name))
    return Subject(identity_id=identity_id, mother=mother, infants=tuple(infants))
