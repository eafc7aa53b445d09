"""Today and the portal's home: what somebody must do, the day, and what she wants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from careloom.infra.ui.components.page import EmptyState, Link, Status, Tone


@dataclass(frozen=True, kw_only=True)
class WorkItem:
    """A thing to do: "Call [Marisol] about housing", why, when due, and one action.

    ``before``, ``family`` and ``after`` make the title, verb first. ``notes`` are short facts: since when,
    who was told, what happens next. ``first`` makes it the headline of Today.
    """

    before: str
    family: Link | None = None
    after: str = ""
    why: str = ""
    status: Status | None = None
    due: str = ""
    notes: tuple[str, ...] = ()
    action: Link | None = None
    first: bool = False
    anchor: str = ""
    template: ClassVar[str] = "ui/components/work_item.html"

    @property
    def glue(self) -> str:
        """What stands between the family's name and the rest: nothing before a mark, else a space."""
        return "" if self.after[:1] in "?.,:;’'" else " "


@dataclass(frozen=True, kw_only=True)
class Done:
    """The one-line receipt that takes the place of a finished item, with Undo when it can be undone."""

    words: str
    undo: Link | None = None
    template: ClassVar[str] = "ui/components/done.html"


@dataclass(frozen=True, kw_only=True)
class WorkSection:
    """A heading, a count in words, and its items; an empty section says so and names a next step."""

    key: str
    title: str
    count: str
    items: tuple[WorkItem | Done, ...]
    empty: EmptyState | None = None
    template: ClassVar[str] = "ui/components/work_section.html"


@dataclass(frozen=True, kw_only=True)
class DayEntry:
    """One line of the day: ``at`` is ISO time for machines, ``shown`` for people."""

    at: str
    shown: str
    what: str
    note: str = ""
    link: Link | None = None


@dataclass(frozen=True, kw_only=True)
class Day:
    """Appointments in order of time."""

    entries: tuple[DayEntry, ...]
    template: ClassVar[str] = "ui/components/day.html"


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """The next visit, large, on the phone page."""

    title: str
    day: str
    hour: str
    what: str
    actions: tuple[Link, ...] = ()
    template: ClassVar[str] = "ui/components/appointment.html"


@dataclass(frozen=True, kw_only=True)
class Want:
    """Something she wants and how it stands, in her terms."""

    icon: str
    head: str
    text: str
    tone: Tone = ""


@dataclass(frozen=True, kw_only=True)
class Wants:
    """What she wants, one line each."""

    items: tuple[Want, ...]
    template: ClassVar[str] = "ui/components/wants.html"
