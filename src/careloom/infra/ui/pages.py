"""Paged lists: which links the pager shows, with every other query parameter kept."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page
from django.http import QueryDict


def pager_links(*, page: Page, query: QueryDict | None, param: str = "page") -> dict[str, Any]:
    """Template values for a pager: ``previous``, ``next``, ``numbers`` as (number, url) with (0, "") for a gap."""
    count = page.paginator.num_pages

    def url(number: int) -> str:
        kept = query.copy() if query is not None else QueryDict(mutable=True)
        kept[param] = str(number)
        return "?" + kept.urlencode()

    return {
        "pages": count,
        "first": page.start_index(),
        "last": page.end_index(),
        "total": page.paginator.count,
        "previous": url(page.number - 1) if page.has_previous() else "",
        "next": url(page.number + 1) if page.has_next() else "",
        "numbers": [(n, "" if n in (0, page.number) else url(n)) for n in shown_numbers(current=page.number, count=count)],
    }


def shown_numbers(*, current: int, count: int) -> list[int]:
    """First, last and the neighbours of the current page; 0 stands for a gap of two or more pages."""
    wanted = sorted({1, count, *range(max(1, current - 1), min(count, current + 1) + 1)})
    out: list[int] = []
    for number in wanted:
        if out and number - out[-1] == 2:
            out.append(number - 1)
        elif out and number - out[-1] > 2:
            out.append(0)
        out.append(number)
    return out
