"""Goals of other records that a treatment provider is asked about. Apps above register how theirs are read (`on_goals`, joined in config).

Source: R-163 (a case-plan goal is realistic, measurable and checked with the provider).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from careloom.infra.access import Viewer
from careloom.infra.access.records import FamilyRecord


@dataclass(frozen=True, kw_only=True)
class GoalAsked:
    """A goal as `viewer` reads it: PLAN or CASE, its row, its words, how it is measured, by when."""

    kind: str
    record: FamilyRecord
    words: str
    measured_by: str = ""
    target_on: date | None = None


class GoalReader(Protocol):
    """Reads the open goals of a person that `viewer` sees."""

    def __call__(self, *, viewer: Viewer, identity_id: UUID) -> Iterable[GoalAsked]: ...


_readers: list[GoalReader] = []


def on_goals(reader: GoalReader) -> None:
    """Have `reader` asked for goals. Joined in config."""
    if reader not in _readers:
        _readers.append(reader)


def goals_of(*, viewer: Viewer, identity_id: UUID) -> list[GoalAsked]:
    """Every open goal of a person that `viewer` sees, of every kind. One query a kind."""
    return [goal for reader in _readers for goal in reader(viewer=viewer, identity_id=identity_id)]
