"""Files for the state system: what is new leaves once, and a file that left can be had again, the same to the byte (R-197)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from careloom.consents.turns import take_turn
from careloom.infra.access import NotVisible, Viewer, require
from careloom.infra.answers import Done, Refused
from careloom.infra.audit.actions import record
from careloom.infra.packs import current_pack
from careloom.position.lines import prepare, unsent
from careloom.position.models import Sent, StateFile
from careloom.position.queries import enters


@dataclass(frozen=True, kw_only=True)
class Again:
    """A file as it left: the file, its lines in order, and its bytes."""

    file: StateFile
    rows: list[Sent]

    @property
    def content(self) -> bytes:
        """CSV with a byte order mark, lines ended by CR LF (RFC 4180)."""
        return as_csv([self.file.head, *(row.cells for row in self.rows)])


@transaction.atomic
def make_file(*, by: Viewer, at: datetime, request_key: str) -> Done | Refused:
    """Make a file of what the state was not given yet and would take, a thousand lines at most. The same form again is the same file.

    What the state would refuse stays behind for the next file. Refused codes: NOT_ALLOWED, NOTHING (no line is new and whole).
    """
    require(by)
    if not enters(viewer=by, at=at) or by.holder_id is None or by.worker_id is None:
        return Refused(codes=("NOT_ALLOWED",))
    take_turn([f"position:file:{by.holder_id}"])
    known = StateFile.objects.filter(agency_id=by.holder_id, request_key=request_key).first()
    if known is not None:
        return Done(row_id=known.pk)
    whole = [one for one in prepare(viewer=by, at=at, rows=unsent(viewer=by)).lines if not one.line.faults]
    if not whole:
        return Refused(codes=("NOTHING",))
    head = [column.name for column in current_pack().following.position.columns]
    file = StateFile.objects.create(agency_id=by.holder_id, worker_id=by.worker_id, made_at=at, head=head, lines=len(whole), request_key=request_key)
    for number, one in enumerate(whole, start=1):
        row = Sent(
            holder_id=by.holder_id, identity_id=one.row.identity_id, category=one.row.category, file_id=file.pk, contact_id=one.row.pk,
            corrects_id=one.corrects_id, worker_id=one.row.worker_id, line=number, cells=list(one.line.cells), made_at=at,
        )  # fmt: skip
        row.save()
        record(by=by, at=at, action="position.sent", identity_id=row.identity_id, object_id=row.contact_id)
    return Done(row_id=file.pk)


def files_of(*, viewer: Viewer) -> QuerySet[StateFile]:
    """Files that the worker made (a supervisor's agency's), newest first."""
    rows = StateFile.objects.filter(agency_id=viewer.holder_id)
    return (rows if viewer.whole_agency else rows.filter(worker_id=viewer.worker_id)).order_by("-made_at", "pk")


def file_again(*, viewer: Viewer, file_id: UUID) -> Again:
    """A file that left, as it left. Raises NotVisible, also where the reader no longer works with everybody in it: a part would be another file."""
    require(viewer)
    file = files_of(viewer=viewer).filter(pk=file_id).first()
    rows = list(Sent.objects.seen_by(viewer).filter(file_id=file_id, holder_id=viewer.holder_id).order_by("line"))
    if file is None or len(rows) != file.lines:
        raise NotVisible
    return Again(file=file, rows=rows)


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as a CSV file. Its cells are guarded already (kernel.state_entry)."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")
