"""Reads of federal files: the state's office sees its own; child welfare sees what is wrong in records that it can mend."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q

from careloom.agencies.roles import Permission
from careloom.federal.layouts import Layout, layouts
from careloom.federal.models import FederalFault, FederalFile
from careloom.infra.access import NotVisible, Viewer
from careloom.permanency.models import Removal
from careloom.safety.models import ReportOnChild

MOST = 100


@dataclass(frozen=True, kw_only=True)
class ToMend:
    """Something wrong in a record of the reader's own agency, and where it is mended."""

    fault: FederalFault
    identity_id: UUID


def files_of(*, viewer: Viewer) -> list[FederalFile]:
    """The files of the reader's office, newest first. One query."""
    return list(FederalFile.objects.filter(holder_id=viewer.holder_id).order_by("-asked_at")[:MOST])


def get_file(*, viewer: Viewer, file_id: UUID) -> FederalFile:
    """One file of the reader's office. Raises NotVisible."""
    row: FederalFile | None = FederalFile.objects.filter(pk=file_id, holder_id=viewer.holder_id).first()
    if row is None or not viewer.can(Permission.FEDERAL_FILES):
        raise NotVisible
    return row


def layout_of(file: FederalFile) -> Layout | None:
    """The layout that a file was written in; None where it has changed since."""
    layout = layouts(pack=settings.CARELOOM_PACK).get(file.layout)
    return layout if layout is not None and layout.digest == file.layout_digest else None


def faults_by_field(*, file: FederalFile) -> list[tuple[str, str, bool, int]]:
    """What is wrong, by field and code, most first: field, code, whether it is an error, records. One query."""
    rows = (
        FederalFault.objects.filter(file=file).values_list("field", "code", "is_error").annotate(n=Count("pk")).order_by("-is_error", "-n", "field")
    )
    return [(field, code, is_error, n) for field, code, is_error, n in rows]


def faults_of(*, file: FederalFile, field: str = "") -> Iterator[FederalFault]:
    """Every fault of a file in the order of its records, or those of one field."""
    rows = FederalFault.objects.filter(file=file)
    yield from (rows.filter(field=field) if field else rows).order_by("record", "field", "pk").iterator(chunk_size=1000)


def to_mend(*, viewer: Viewer) -> list[ToMend]:
    """What is wrong in records of the reader's agency that she may see, from the newest file of each period. Three queries.

    INVARIANT: a fault is shown where its record is visible to the reader, so it tells nobody of a family that she does not work with.
    """
    reports = ReportOnChild.objects.seen_by(viewer).filter(holder_id=viewer.holder_id, replaced_by_id=None)
    removals = Removal.objects.seen_by(viewer).filter(holder_id=viewer.holder_id)
    mine = FederalFault.objects.filter(holder_id=viewer.holder_id, stands=True)
    found = mine.filter(Q(row_id__in=reports.values("pk")) | Q(row_id__in=removals.values("pk"))).order_by("-is_error", "record", "field")[:MOST]
    ids = {fault.row_id for fault in found}
    families = dict(reports.filter(pk__in=ids).values_list("pk", "identity_id")) | dict(removals.filter(pk__in=ids).values_list("pk", "identity_id"))
    return [ToMend(fault=fault, identity_id=families[fault.row_id]) for fault in found]
