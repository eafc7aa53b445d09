"""What another agency would see if a draft were signed, read by the real kernel in its own scope and rolled back.

Apps above register readers of their rows (`on_preview`, joined in config). INVARIANT: only rows that the previewer sees too are shown; the
others of the recipient, or of other holders, stay unsaid.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from careloom.agencies.models import Agency
from careloom.consents.actions import Draft, preview
from careloom.infra.access import PrincipalKind, Viewer, acting_as
from careloom.infra.access.records import FamilyRecord
from careloom.kernel.agency_kinds import AgencyKind
from careloom.people.models import FamilyMember
from careloom.people.queries import records_of


@dataclass(frozen=True, kw_only=True)
class PreviewRow:
    """One row as a preview shows it: the heap it belongs to and a short text. `hers`: it is in her own words."""

    record: FamilyRecord
    heap: Any
    text: str
    hers: bool = False


class PreviewReader(Protocol):
    """Reads the rows of some identities that `viewer` sees."""

    def __call__(self, *, viewer: Viewer, identity_ids: Iterable[UUID]) -> list[PreviewRow]: ...


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Somebody who would read: an agency, or one of her own people on a page of their own. `purpose` is what it opens families for."""

    id: UUID
    name: str
    purpose: str
    kind: PrincipalKind = PrincipalKind.AGENCY

    @property
    def viewer(self) -> Viewer:
        """A reader with nobody's caseload: it sees what was granted and none of the agency's own rows."""
        return Viewer(principal_id=self.id, kind=self.kind, purpose=self.purpose, holder_id=self.id, whole_agency=self.kind is PrincipalKind.PERSON)


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What a recipient sees already, its own record with it, and what it would see as well. Both as far as the previewer sees it too."""

    already: tuple[PreviewRow, ...]
    new: tuple[PreviewRow, ...]


_readers: list[PreviewReader] = []


def on_preview(reader: PreviewReader) -> None:
    """Have `reader` asked in each preview. Joined in config."""
    if reader not in _readers:
        _readers.append(reader)


def agency_reader(agency: Agency) -> Reader:
    """An agency as a reader."""
    return Reader(id=agency.pk, name=agency.name_outside, purpose=AgencyKind(agency.kind).purpose)


def person_reader(*, principal_id: UUID, name: str) -> Reader:
    """One of her own people as a reader of what she shares with them."""
    return Reader(id=principal_id, name=name, purpose="care_coordination", kind=PrincipalKind.PERSON)


def rows_seen(*, viewer: Viewer, identity_ids: Iterable[UUID]) -> list[PreviewRow]:
    """Every row of these identities that `viewer` sees, by all readers."""
    ids = tuple(identity_ids)
    return [row for reader in (_people, *_readers) for row in reader(viewer=viewer, identity_ids=ids)]


def seen_with(*, by: Viewer, at: datetime, draft: Draft, reader: Reader) -> Seen:
    """What `reader` sees and would see with `draft`, as far as `by` sees it too. Leaves nothing behind."""
    as_reader = reader.viewer
    known = {row.record.pk: row for row in rows_seen(viewer=by, identity_ids=draft.subject_ids)}
    with acting_as(as_reader):
        before = {row.record.pk for row in rows_seen(viewer=as_reader, identity_ids=draft.subject_ids)}
    # What it wrote itself it has, also where this reader of it carries no family.
    before |= {pk for pk, row in known.items() if row.record.holder_id == reader.id}
    after = preview(
        by=by, at=at, draft=draft, reader=as_reader,
        read=lambda: {row.record.pk for row in rows_seen(viewer=as_reader, identity_ids=draft.subject_ids)},
    )  # fmt: skip
    return Seen(already=tuple(row for pk, row in known.items() if pk in before), new=tuple(row for pk, row in known.items() if pk in after - before))


def _people(*, viewer: Viewer, identity_ids: Iterable[UUID]) -> list[PreviewRow]:
    ids = tuple(identity_ids)
    members = FamilyMember.objects.seen_by(viewer).filter(identity_id__in=ids, ended_at=None).order_by("name")
    people = records_of(viewer=viewer, identity_ids=ids)
    found = [PreviewRow(record=row, heap="NAMES", text=f"{row.given_name} {row.family_name}".strip()) for row in people]
    return [row for row in found if row.text] + [PreviewRow(record=row, heap="FAMILY", text=row.name) for row in members]
