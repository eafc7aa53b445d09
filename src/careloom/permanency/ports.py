"""What this app asks of others without importing them: joined in config/subscriptions.py.

The safety assessments of a family (R-171), and the episodes of treatment that a viewer may read (the recovery clock).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from careloom.infra.access import Viewer
from careloom.infra.access.records import FamilyRecord


@dataclass(frozen=True, kw_only=True)
class Assessed:
    """A safety assessment that was completed and approved: which children it found unsafe. `record` is accounted where it is shown."""

    id: UUID
    completed_on: date
    unsafe_child_ids: frozenset[UUID]
    record: FamilyRecord | None = None


@dataclass(frozen=True, kw_only=True)
class Treated:
    """An episode of her treatment that the viewer may read, with its dates and nothing else."""

    starts_on: date
    ends_on: date | None = None
    record: FamilyRecord | None = None


AssessmentReader = Callable[..., Iterable[Assessed]]
TreatmentReader = Callable[..., Iterable[Treated]]
_assessments: list[AssessmentReader] = []
_treatments: list[TreatmentReader] = []


def on_unsafe(reader: AssessmentReader) -> None:
    """Have `reader(viewer=, identity_id=)` asked for completed assessments. Joined in config."""
    if reader not in _assessments:
        _assessments.append(reader)


def on_treated(reader: TreatmentReader) -> None:
    """Have `reader(viewer=, identity_id=)` asked for episodes of treatment. Joined in config."""
    if reader not in _treatments:
        _treatments.append(reader)


def assessments_of(*, viewer: Viewer, identity_id: UUID) -> list[Assessed]:
    """The completed assessments of a family that `viewer` sees, newest first."""
    found = [one for reader in _assessments for one in reader(viewer=viewer, identity_id=identity_id)]
    return sorted(found, key=lambda one: (one.completed_on, str(one.id)), reverse=True)


def treatments_of(*, viewer: Viewer, identity_id: UUID) -> list[Treated]:
    """The episodes of her treatment that `viewer` sees, oldest first."""
    found = [one for reader in _treatments for one in reader(viewer=viewer, identity_id=identity_id)]
    return sorted(found, key=lambda one: one.starts_on)
