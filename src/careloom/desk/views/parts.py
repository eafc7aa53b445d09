"""What views of the desk read from an address."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest


def page_number(request: HttpRequest) -> int:
    """The page asked for; the first for anything else."""
    text = request.GET.get("page", "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 6 else 1


def uuid_or_none(text: str | None) -> UUID | None:
    """The id in a query, or None."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
