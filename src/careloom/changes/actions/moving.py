"""What the actions of changes do alike: a step of a row that stands at a version."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale
from careloom.infra.audit.actions import record

LONG = 8000


def moved(
    row: Any, *, codes: tuple[str, ...], values: Mapping[str, Any], version: int, by: Viewer, at: datetime, action: str
) -> Done | Refused | Stale:
    """Set `values` on a row that was read at `version`. The same step once more answers as it did the first time."""
    if row.row_version == version + 1 and all(getattr(row, name) == value for name, value in values.items()):
        return Done(row_id=row.pk)
    if row.row_version != version:
        return Stale(current=row)
    if codes:
        return Refused(codes=codes)
    for name, value in values.items():
        setattr(row, name, value)
    row.row_version += 1
    row.save(update_fields=[*values, "row_version"])
    record(by=by, at=at, action=f"changes.{action}", object_id=row.pk)
    return Done(row_id=row.pk)


def long(text: str) -> str:
    """A text of several lines as it is kept."""
    return text.strip()[:LONG]
