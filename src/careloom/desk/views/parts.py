"""What views of the desk read from an address."""

from __future__ import annotations

from uuid import UUID


def uuid_or_none(text: str | None) -> UUID | None:
    """The id in a query, or None."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
