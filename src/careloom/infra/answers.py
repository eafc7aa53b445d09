"""What an action answers. A refusal is a value with its reasons, not an exception."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Refused:
    """Nothing was written: codes of what is missing or wrong, for a form to say in words."""

    codes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Stale:
    """Somebody changed it since it was read; `current` is how it stands. Nothing was written."""

    current: Any


@dataclass(frozen=True, kw_only=True)
class Done:
    """It was done, now or by an earlier click on the same form."""

    row_id: UUID


def said(text: str, *, most: int) -> str:
    """A text as it is kept: without spaces around it, no longer than its column."""
    return " ".join(text.split())[:most]
