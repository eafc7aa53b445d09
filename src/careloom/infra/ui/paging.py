"""One page of a list: which one an address asks for, and its rows."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest

PAGE = 25


@dataclass(frozen=True, kw_only=True)
class Some:
    """One page of a list."""

    rows: tuple[object, ...]
    page: int
    has_more: bool


def some(rows: QuerySet, *, page: int, a_page: int = PAGE) -> Some:  # type: ignore[type-arg]
    """One page of an ordered queryset. One query."""
    start = (max(page, 1) - 1) * a_page
    found = list(rows[start : start + a_page + 1])
    return Some(rows=tuple(found[:a_page]), page=max(page, 1), has_more=len(found) > a_page)


def page_number(request: HttpRequest, name: str = "page") -> int:
    """A page number from the address; 1 for anything else."""
    text = request.GET.get(name, "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 6 else 1
