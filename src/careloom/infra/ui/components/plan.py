"""The plan read as a page: threads and knots, her words, facts, and prefilled fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from careloom.infra.ui.components.page import Link

KnotState = Literal["ok", "her", "move", "wait", "late", "done", "next", "end", "span"]


@dataclass(frozen=True, kw_only=True)
class Knot:
    """One step of a thread. Filled: a fact. Ringed (``wait late move``): someone is waited for. ``next``: not yet.

    ``quote`` is her own words. ``end`` ends a thread in calm ("No"); ``span`` is the sentence after it.
    """

    state: KnotState
    head: str
    text: str = ""
    quote: str = ""
    url: str = ""

    @property
    def classes(self) -> str:
        """The knot's classes; an ended thread is her choice."""
        return "cl-knot--her cl-knot--end" if self.state == "end" else f"cl-knot--{self.state}"


@dataclass(frozen=True, kw_only=True)
class Thread:
    """A need from naming to resolved."""

    need: str
    sub: str
    knots: tuple[Knot, ...]
    url: str = ""
    anchor: str = ""
    template: ClassVar[str] = "ui/components/thread.html"


@dataclass(frozen=True, kw_only=True)
class Threads:
    """Several threads under one key; ``columns`` names the need and the five steps."""

    threads: tuple[Thread, ...]
    columns: tuple[str, str, str, str, str, str]
    template: ClassVar[str] = "ui/components/threads.html"


@dataclass(frozen=True, kw_only=True)
class Voice:
    """Her words, in heather and serif, with who and when beneath."""

    words: str
    footer: str = ""
    link: Link | None = None
    lang: str = ""
    small: bool = False
    template: ClassVar[str] = "ui/components/voice.html"


@dataclass(frozen=True, kw_only=True)
class Said:
    """What she was told, in ink, with who said it."""

    words: str
    by: str = ""
    lang: str = ""
    template: ClassVar[str] = "ui/components/said.html"


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A label, a value, and a quieter second line."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Up to five facts under a page head."""

    items: tuple[Fact, ...]
    template: ClassVar[str] = "ui/components/facts.html"


@dataclass(frozen=True, kw_only=True)
class RecordField:
    """A value that came from a record, with its Change link."""

    number: int | None
    label: str
    value: str
    source: str = ""
    change_url: str = ""
    template: ClassVar[str] = "ui/components/record_field.html"


@dataclass(frozen=True, kw_only=True)
class RecordFields:
    """Prefilled values under each other."""

    rows: tuple[RecordField, ...]
    template: ClassVar[str] = "ui/components/record_fields.html"
