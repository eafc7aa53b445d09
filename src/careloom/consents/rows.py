"""Forms, segments and people as plain rows: a row costs a tenth of a model, and a numbered one can be remembered (`flows.shape`)."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from careloom.consents.models import Consent
from careloom.infra.access.models import Segment
from careloom.people.models import PersonPrincipal


class SegmentRow(NamedTuple):
    """That a holder has something of one category, with one provenance, about an identity (`infra.access.Segment`)."""

    holder_id: UUID
    identity_id: UUID
    category: str
    provenance: str


class PersonRow(NamedTuple):
    """A person as a reader (`people.PersonPrincipal`)."""

    pk: UUID
    identity_id: UUID
    subject_ids: tuple[UUID, ...]
    kind: str
    made_at: datetime


class ConsentRow(NamedTuple):
    """A signed form (`consents.Consent`): all that a grant follows from. `said` is `statements` as JSON."""

    pk: UUID
    identity_id: UUID
    holder_id: UUID
    subject_ids: tuple[UUID, ...]
    discloser_ids: tuple[UUID, ...]
    recipient_ids: tuple[UUID, ...]
    signed_at: datetime | None
    recipient_names: tuple[str, ...]
    kind: str
    recipient_class: str
    information: tuple[str, ...]
    purposes: tuple[str, ...]
    signed_on: date | None
    expires_on: date | None
    expiry_event: str
    event_on: date | None
    signer: str
    signature_method: str
    revoked_at: datetime | None
    said: str

    @property
    def statements(self) -> dict[str, Any]:
        """The statements and terms on the form."""
        return _read(self.said)


Form = Consent | ConsentRow
Held = Segment | SegmentRow
Person = PersonPrincipal | PersonRow


@lru_cache(maxsize=64)
def _read(said: str) -> dict[str, Any]:
    known = msgspec.json.decode(said)
    return known if isinstance(known, dict) else {}


def row_of(consent: Consent) -> ConsentRow:
    """One form as a row."""
    values = [getattr(consent, name) for name in ConsentRow._fields[:-1]]
    return ConsentRow._make([*(tuple(v) if type(v) is list else v for v in values), msgspec.json.encode(consent.statements).decode()])


def segment_rows(rows: QuerySet[Segment]) -> list[SegmentRow]:
    """These segments as rows."""
    return list(map(SegmentRow._make, rows.values_list(*SegmentRow._fields)))


def person_rows(rows: QuerySet[PersonPrincipal]) -> list[PersonRow]:
    """These principals as rows."""
    return [PersonRow(pk, identity, tuple(subjects), kind, made) for pk, identity, subjects, kind, made in rows.values_list(*PersonRow._fields)]


def consent_rows(rows: QuerySet[Consent]) -> list[ConsentRow]:
    """These forms as rows."""
    columns = (*ConsentRow._fields[:-1], Cast("statements", TextField()))
    return [ConsentRow._make(tuple(v) if type(v) is list else v for v in row) for row in rows.values_list(*columns)]
