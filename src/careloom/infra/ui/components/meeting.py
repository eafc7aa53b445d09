"""Meeting mode: the agenda and what was agreed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal


@dataclass(frozen=True, kw_only=True)
class AgendaItem:
    """One point of the agenda."""

    label: str
    note: str = ""
    state: Literal["done", "now", "next"] = "next"
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Agenda:
    """The points in order, the current one marked."""

    items: tuple[AgendaItem, ...]
    template: ClassVar[str] = "ui/components/agenda.html"


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """Who does what by when; ``her`` when she does it."""

    what: str
    who: str
    when: str
    her: bool = False


@dataclass(frozen=True, kw_only=True)
class Agreements:
    """What the meeting agreed."""

    rows: tuple[Agreement, ...]
    template: ClassVar[str] = "ui/components/agreements.html"
