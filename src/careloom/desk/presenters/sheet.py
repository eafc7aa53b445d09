"""Today on paper, in words: times, what is due, and how to reach each family."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from careloom.desk.pages.sheet import SheetPage
from careloom.desk.presenters.head import reach_words
from careloom.desk.presenters.today import day_lines, sections
from careloom.infra.ui.components import WorkItem


@dataclass(frozen=True, kw_only=True)
class SheetLine:
    """One line of the sheet: when, what, whom, and a box to tick."""

    when: str
    what: str
    family: str
    note: str


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How one family may be reached; `number` is empty where nobody may call or text."""

    family: str
    number: str
    how: str
    care: str


def day(page: SheetPage) -> list[SheetLine]:
    """The appointments, in order of time."""
    lines = day_lines(page.today)
    return [SheetLine(when=one.shown, what=one.what, family=one.family.label if one.family else "", note=one.note) for one in lines]


def duties(page: SheetPage) -> list[SheetLine]:
    """What needs her now and this week, in the order of Today."""
    items = [item for section in sections(page.today) if section.key in {"now", "week"} for item in section.items]
    return [_duty(item) for item in items if isinstance(item, WorkItem)]


def reaches(page: SheetPage) -> list[Reach]:
    """How each family on the sheet may be reached, by name."""
    found = [_reach(page, identity_id) for identity_id in page.people]
    return sorted((one for one in found if one.family), key=lambda one: one.family)


def _duty(item: WorkItem) -> SheetLine:
    family = item.family.label if item.family else ""
    return SheetLine(
        when=item.due, what=f"{item.before} {family}{item.glue + item.after if item.after else ''}".strip(), family=family, note=item.why
    )


def _reach(page: SheetPage, identity_id: UUID) -> Reach:
    ways, person = page.ways[identity_id], page.people[identity_id]
    how, care = reach_words(ways)
    number = ways.number(person.phone)
    return Reach(family=page.today.names.get(identity_id, ""), number=number or _("no number"), how=how, care=care)
