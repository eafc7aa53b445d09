"""Treatment progress as an input to the safety factors: what the worker may read of it, each with its source and date (R-167).

INVARIANT: it is read as the worker who looks, so a consent opens it and nothing else; nothing of it is copied into the assessment by itself, and
what is not shared and what does not exist leave the same page. Apps that hold such facts are joined in config/subscriptions.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from careloom.infra.access import Viewer


@dataclass(frozen=True, kw_only=True)
class Progress:
    """One line: what is known, of which day, from which holder, and the row that says so (for the accounting)."""

    words: str
    on: date | None
    holder_id: UUID
    row: Any


Reader = Callable[..., Iterable[Progress]]
_readers: list[Reader] = []


def on_progress(reader: Reader) -> None:
    """Have `reader(viewer=, identity_id=)` asked for lines of progress. Done once, in config/subscriptions."""
    if reader not in _readers:
        _readers.append(reader)


def progress_of(*, viewer: Viewer, identity_id: UUID) -> list[Progress]:
    """Every line that `viewer` may read, newest first."""
    found = [line for reader in _readers for line in reader(viewer=viewer, identity_id=identity_id)]
    return sorted(found, key=lambda line: line.on or date.min, reverse=True)
