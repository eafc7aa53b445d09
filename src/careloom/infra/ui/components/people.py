"""The care team, and who sees what in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from careloom.infra.ui.components.page import Link, Status


@dataclass(frozen=True, kw_only=True)
class PersonRow:
    """A person on the team: name before role; ``phone`` as shown, or ``aside`` such as "Through Marisol"."""

    name: str
    role: str
    status: Status | None = None
    phone: str = ""
    aside: str = ""
    her: bool = False

    @property
    def tel(self) -> str:
        """The digits of the phone for a link."""
        return "".join(c for c in self.phone if c.isdigit() or c == "+")


@dataclass(frozen=True, kw_only=True)
class People:
    """The care team."""

    rows: tuple[PersonRow, ...]
    template: ClassVar[str] = "ui/components/people.html"


@dataclass(frozen=True, kw_only=True)
class SeesCell:
    """What one agency sees of one category: ``yes``, ``part`` or ``none``, in words."""

    words: str
    kind: Literal["yes", "part", "none", "plain"] = "plain"


@dataclass(frozen=True, kw_only=True)
class SeesRow:
    """One agency's line."""

    agency: str
    cells: tuple[SeesCell, ...]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class SeesTable:
    """Who sees what, until when, and when they last looked. ``columns`` starts with the agency."""

    label: str
    columns: tuple[str, ...]
    rows: tuple[SeesRow, ...]
    note: str = ""
    template: ClassVar[str] = "ui/components/sees.html"


@dataclass(frozen=True, kw_only=True)
class WhoRow:
    """A line of the portal: a person to call (``call_url``), or an agency she can stop (``action``)."""

    name: str
    note: str
    call_url: str = ""
    call_label: str = ""
    action: Link | None = None


@dataclass(frozen=True, kw_only=True)
class WhoList:
    """The portal's team, or who can see her information."""

    rows: tuple[WhoRow, ...]
    template: ClassVar[str] = "ui/components/who.html"

    @property
    def stops(self) -> bool:
        """True when the rows carry actions and not calls."""
        return any(row.action for row in self.rows)
