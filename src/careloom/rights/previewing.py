"""What stands beside a record goes wherever the record goes: into previews, releases and copies. Registered with `consents.preview` in config.

Source: 45 CFR 164.526(c)(1), (d)(4), (d)(5).
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from careloom.consents.preview import PreviewRow
from careloom.infra.access import Viewer
from careloom.rights import words
from careloom.rights.models import StandsBeside
from careloom.rights.models.beside import DISAGREEMENT
from careloom.rights.queries import beside_record


def preview_rows(*, viewer: Viewer, identity_ids: Iterable[UUID]) -> list[PreviewRow]:
    """Corrections and statements beside the parts of records that `viewer` sees, newest first. One query."""
    return [_row(row) for row in beside_record(viewer=viewer, identity_ids=identity_ids)]


def _row(row: StandsBeside) -> PreviewRow:
    text = f"{words.code(row.kind, among=words.BESIDE)}: {row.text}"
    return PreviewRow(record=row, heap="BESIDE", text=text, hers=row.kind == DISAGREEMENT)
