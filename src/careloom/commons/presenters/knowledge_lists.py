"""The registers and the first page of knowing each other, in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careloom.commons.presenters.blocks import Block, Line
from careloom.infra.ui.components import Link, Status
from careloom.knowledge import words
from careloom.knowledge.queries import Flags, may_write
from careloom.knowledge.registers import REGISTERS, Asks, Kind, Register
from careloom.partnership.models import Partner
from careloom.partnership.standing import Standing

#: What stands on the first page: a heading, and the pages under it with what each is for.
SHELVES: tuple[tuple[Any, tuple[tuple[str, str], ...]], ...] = (
    (_("Who we are"), (("profiles", ""), ("list", "contacts"), ("roles", ""), ("words", ""))),
    (_("Learning from each other"), (("training", ""), ("list", "requests"), ("guides", ""), ("list", "transfer"), ("list", "library"))),
    (_("Bringing people in"), (("onboarding", ""), ("start", ""), ("champions", ""), ("table", ""), ("diversity", ""))),
    (_("Working fairly"), (("equity", ""), ("related", ""), ("disputes", ""))),
)


def link(text: Any, name: str, *args: Any, kind: Any = "", icon: str = "", hidden: str = "", query: str = "") -> Link:
    """A link to a page of the rooms."""
    return Link(label=str(text), url=reverse(f"commons:{name}", args=args) + query, kind=kind, icon=icon, hidden=hidden)


def day(value: Any) -> str:
    """A day in words."""
    return date_format(value, "F j, Y")


def flag_lines(flags: Flags, *, pk: UUID) -> tuple[Line, ...]:
    """What asks for somebody."""
    late, found = Status(words=_("Late"), tone="late"), []
    for seat in flags.onboarding_late[:5]:
        words_ = _("%(name)s has been a member for more than 30 days, and the onboarding is not complete.") % {"name": seat.name}
        found.append(Line(head=words_, states=(late,), links=(link(_("Open the checklist"), "tasks", pk, "onboarding", seat.pk, hidden=seat.name),)))
    more = len(flags.onboarding_late) - 5
    if more > 0:
        text = ngettext("Onboarding is late for one more.", "Onboarding is late for %(n)s more.", more) % {"n": more}
        found.append(Line(head=text, links=(link(_("See all"), "onboarding", pk),)))
    asks = {
        "NONE": _("There is no champion yet. Who could be one?"),
        "DUE": _("Who are our champions now? A year has passed."),
        "LEFT": _("A champion left. Who are our champions now?"),
    }
    if flags.champions:
        found.append(Line(head=asks[flags.champions], links=(link(_("Look at the champions"), "champions", pk),)))
    if flags.table_due:
        found.append(Line(head=_("Who should be at the table? It is time to look."), links=(link(_("Look at the table"), "table", pk),)))
    if flags.equity_due:
        names = get_text_list([row.name for row in flags.equity_due[:3]] + ([_("others")] if len(flags.equity_due) > 3 else []), _("and"))
        text = _("No equity policy review this year: %(names)s.") % {"names": names}
        found.append(Line(head=text, links=(link(_("See the reviews"), "equity", pk),)))
    if flags.doubles:
        text = ngettext("The same is done twice for the same families.", "%(n)s things are done twice for the same families.", flags.doubles)
        found.append(Line(head=text % {"n": flags.doubles}, links=(link(_("See what is double"), "related", pk),)))
    for task in flags.tasks_late[:5]:
        head = task.words or str(words.ITEMS.get(f"{task.task_list}.{task.code}", ""))
        where = link(words.TASK_LISTS[task.task_list], "tasks", pk, task.task_list, task.about)
        found.append(Line(head=head, notes=(_("It was due on %(day)s.") % {"day": day(task.due_on)},), states=(late,), links=(where,)))
    return tuple(found)


def shelves(pk: UUID) -> list[Block]:
    """The pages under their headings."""
    said: dict[str, tuple[Any, Any]] = {
        "profiles": (_("Agency profiles"), _("How each of us works, what binds us, what we have and lack; side by side.")),
        "roles": (_("Who does what"), _("Each step from screening to report, and who does it, answers for it, is asked or told.")),
        "words": (_("Our words"), _("One word, several meanings: side by side, and what we agreed on.")),
        "training": (_("Training"), _("What there is, who took it, and who taught whom.")),
        "guides": (_("Talks"), _("Eight guides to talk by, and a reflection on stigma.")),
        "onboarding": (_("Onboarding"), _("The first thirty days of every new member.")),
        "start": (_("How we start"), _("Tasks for a new partnership and for one that widens, and kick-offs with sites.")),
        "champions": (_("Champions and outreach"), _("Who carries this work, what is planned, what was handed out.")),
        "table": (_("Who should be at the table"), _("Who speaks for families, and every look at it.")),
        "diversity": (_("The table and its community"), _("Members beside the families served, with small numbers hidden.")),
        "equity": (_("Equity policy reviews"), _("Each partner's look at its own policies, once a year.")),
        "related": (_("Related bodies"), _("Others in this field, where we touch, and what is done twice.")),
        "disputes": (_("When we disagree"), _("How we settle it. A dispute is known only to those who are named in it.")),
    }
    blocks = []
    for place, (head, pages) in enumerate(SHELVES):
        lines = []
        for name, code in pages:
            title, lede = (REGISTERS[code].title, REGISTERS[code].lede) if code else said[name]
            url = reverse("commons:list" if code else f"commons:{name}", args=[pk, code] if code else [pk])
            lines.append(Line(head=str(title), url=url, notes=(str(lede),)))
        blocks.append(Block(key=f"shelf{place}", head=str(head), lines=tuple(lines), half=True))
    return blocks


def list_block(register: Register, page: Page[Any], *, standing: Standing, narrow: tuple[tuple[str, str, bool], ...] = (), head: str = "") -> Block:
    """One page of a register."""
    lines = tuple(_line(register, row, standing=standing) for row in page)
    return Block(
        key=register.code, head=head or str(register.title), lines=lines, empty=str(register.empty), pager=page, narrow=narrow,
        lede=str(register.lede) if head else "",
    )  # fmt: skip


def narrowing(register: Register, *, pk: UUID, asked: dict[str, str], known: Callable[[str], list[tuple[str, str]]]) -> tuple[Any, ...]:
    """The ways to narrow a register: `known` gives codes with words for a field. One at a time."""
    base = reverse("commons:list", args=[pk, register.code])
    ways: list[tuple[str, str, bool]] = []
    for name in register.filters:
        ways += [(text, f"{base}?{urlencode({name: code})}", asked.get(name) == code) for code, text in known(name)]
    return ((_("All"), base, not any(here for _1, _2, here in ways)), *ways) if ways else ()


def shown(ask: Asks, row: Any) -> str:
    """A value in words; "" where there is none."""
    value = getattr(row, ask.name)
    if ask.kind is Kind.ROW:
        return (value.name if hasattr(value, "name") else value.title) if value is not None else ""
    if ask.kind is Kind.ONE:
        return str((ask.options or {}).get(value, value))
    if ask.kind is Kind.MANY:
        return ", ".join(str((ask.options or {}).get(code, code)) for code in value)
    if ask.kind is Kind.TAGS:
        return ", ".join(value)
    if ask.kind in (Kind.DAY, Kind.COMING):
        return day(value) if value else ""
    if ask.kind is Kind.PERCENT:
        return _("%(n)s percent") % {"n": number_format(value, 1)}
    if ask.kind is Kind.HOURS:
        return ngettext("%(n)s hour", "%(n)s hours", float(value)) % {"n": number_format(float(value).__round__(1))}
    return str(value) if value not in (None, "") else ""


def _line(register: Register, row: Any, *, standing: Standing) -> Line:
    first, rest = register.asks[0], register.asks[1:]
    states = [Status(words=str(ask.label), tone="move") for ask in rest if ask.kind is Kind.YES and getattr(row, ask.name)]
    notes, facts, away = [], [], None
    for ask in rest:
        text = "" if ask.kind is Kind.YES or (ask.name == "people" and first.kind is Kind.ROW) else shown(ask, row)
        if ask.kind is Kind.LINK and text:
            away = Link(label=_("Open it"), url=text, hidden=shown(first, row))
        elif text and ask.kind is Kind.ROW and ask.of is Partner:
            notes.insert(0, text)
        elif text and ask.kind is Kind.LONG:
            notes.append(text)
        elif text:
            facts.append(f"{str(ask.label).rstrip('?')}: {text}")
    notes += [" · ".join(facts)] if facts else []
    links: tuple[Link, ...] = ()
    if may_write(standing, register, row=row):
        pk, hidden = row.collaborative_id, shown(first, row)
        out = Link(label=_("Take it out"), url=reverse("commons:list_out", args=[pk, register.code, row.pk]), post=True, hidden=hidden)
        links = (link(_("Change"), "list_edit", pk, register.code, row.pk, hidden=hidden), out)
    head = ngettext("%(n)s person", "%(n)s people", row.people) % {"n": row.people} if first.kind is Kind.ROW and hasattr(row, "people") else ""
    return Line(head=shown(first, row) + (f": {head}" if head else ""), notes=tuple(notes), states=tuple(states), links=links, away=away)
