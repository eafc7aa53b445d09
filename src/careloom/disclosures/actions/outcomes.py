"""What an action answers. A refusal is a value with its reasons, not an exception."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from careloom.infra.access import NotVisible, Viewer, require


@dataclass(frozen=True, kw_only=True)
class Refused:
    """Nothing was written: codes of what is missing, for a form to say in words."""

    codes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Stale:
    """Somebody changed it since it was read; `current` is how it stands."""

    current: Any


@dataclass(frozen=True, kw_only=True)
class Done:
    """It was done, now or by an earlier click on the same form."""

    row_id: UUID


def require_keeper(by: Viewer) -> None:
    """Check that `by` is in scope and keeps papers. Raises NotVisible."""
    require(by)
    if not by.can("PAPERS_KEEP"):
        raise NotVisible


def said(text: str, *, most: int) -> str:
    """A text as it is kept: without spaces around it, no longer than its column."""
    return " ".join(text.split())[:most]
