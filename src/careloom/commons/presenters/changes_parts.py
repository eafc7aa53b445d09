"""The parts of a page of changes: sections with lines, tables and pictures. One template draws them all."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format

TONES = {
    "DRAFT": "", "CONSULT": "move", "ISSUED": "move", "ACKNOWLEDGED": "done", "IN_USE": "done", "REPLACED": "", "RETIRED": "", "PROPOSED": "wait",
    "APPROVED": "done", "RETURNED": "wait", "DECLINED": "late", "IN_EFFECT": "done", "RUNNING": "move", "EVALUATED": "wait", "ADOPT": "done",
    "ADAPT": "move", "ABANDON": "late", "SENT": "wait", "READ": "move", "ANSWERED": "done", "CLOSED": "",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Way:
    """A link, or with `post` a button that does it at once at the version that was read."""

    words: Any
    url: str
    about: str = ""
    post: bool = False
    version: int = 0
    first: bool = False


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing: its words, how it stands, what is told of it, and what one may do."""

    head: str
    url: str = ""
    status: Any = ""
    tone: str = ""
    quiet: str = ""
    parts: tuple[tuple[Any, Any], ...] = ()
    tags: tuple[Any, ...] = ()
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table with its caption; the first cell of a row is its heading."""

    heads: tuple[Any, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of a page."""

    id: str
    head: Any
    lines: tuple[Line, ...] = ()
    empty: Any = ""
    text: str = ""
    note: Any = ""
    picture: Any = None
    table: Table | None = None
    ways: tuple[Way, ...] = field(default_factory=tuple)


def told(*parts: tuple[Any, Any]) -> tuple[tuple[Any, Any], ...]:
    """The parts that say something; a day in the words of the reader."""
    return tuple((label, date_format(text) if isinstance(text, date) else text) for label, text in parts if text not in ("", None))
