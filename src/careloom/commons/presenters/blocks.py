"""Parts of which the pages of knowing each other are made: lines, tables and pictures with a heading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django.core.paginator import Page

from careloom.infra.ui.components import Link, Status


@dataclass(frozen=True, kw_only=True)
class Line:
    """A thing in a list: its head, what is said of it, its states, and what can be done."""

    head: str
    url: str = ""
    notes: tuple[str, ...] = ()
    states: tuple[Status, ...] = ()
    links: tuple[Link, ...] = ()
    away: Link | None = None  # a link to another site


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table: columns, and rows of a head (with its address, or "") and cells."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[Any, ...]], ...]
    text: bool = False  # cells hold sentences
    marks: tuple[tuple[Status, ...], ...] = ()  # states under the heads, row by row; none where there are none

    @property
    def lines(self) -> Iterator[tuple[str, str, tuple[Any, ...], tuple[Status, ...]]]:
        """Every row with its states."""
        for (head, url, cells), states in zip_longest(self.rows, self.marks, fillvalue=()):
            yield head, url, cells, states


@dataclass(frozen=True, kw_only=True)
class Block:
    """A section of a page."""

    key: str
    head: str
    lede: str = ""
    lines: tuple[Line, ...] = ()
    table: Table | None = None
    picture: Any = None
    text: str = ""
    empty: str = ""
    buttons: tuple[Link, ...] = ()
    pager: Page[Any] | None = None
    half: bool = False  # stands beside another on a wide page
    narrow: tuple[tuple[str, str, bool], ...] = ()  # words, address, whether it is the one shown
