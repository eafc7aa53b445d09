"""Knowing each other: the first page and the registers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.commons.forms.knowledge import EntryForm
from careloom.commons.presenters import knowledge_lists as shown
from careloom.commons.presenters.blocks import Block
from careloom.commons.views.parts import asked, load, page_view, posted, reads
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.answers import Done
from careloom.infra.ui.components import Link
from careloom.knowledge import actions, queries
from careloom.knowledge.registers import Asks, Kind, Register
from careloom.partnership.queries import Rooms

A_PAGE = 25


def today_of(request: HttpRequest) -> Any:
    """Today where the reader's agency is."""
    return clock.today(agency_of(request).zone)


def page(
    request: HttpRequest, rooms: Rooms, *, title: str, blocks: list[Block], lede: str = "", buttons: tuple[Link, ...] = (),
    above: tuple[str, str] | None = None, at_home: bool = False,
) -> HttpResponse:  # fmt: skip
    """A page of these rooms."""
    context = {"rooms": rooms, "title": title, "lede": lede, "blocks": blocks, "buttons": buttons, "above": above, "at_home": at_home}
    return render(request, "commons/knowledge_page.html", {**context, "nav": "partnership"})


@require_safe
@reads
def home(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """What asks for somebody, and the pages under their headings."""
    rooms = load(request, collaborative_id)
    flags = queries.flags(viewer=viewer_of(request), collaborative_id=collaborative_id, today=today_of(request))
    lines = shown.flag_lines(flags, pk=collaborative_id)
    first = Block(key="flags", head=_("What asks for somebody"), lines=lines, empty=_("Nothing now."))
    lede = _("Who we are to each other, what our words mean, and what we learn from one another.")
    return page(request, rooms, title=_("Knowing each other"), lede=lede, blocks=[first, *shown.shelves(collaborative_id)], at_home=True)


@require_safe
@reads
def listed(request: HttpRequest, collaborative_id: UUID, code: str) -> HttpResponse:
    """One register, in pages, narrowed as the address asks."""
    rooms, register = load(request, collaborative_id), queries.register_of(code)
    asked_for = {name: request.GET[name] for name in register.filters if request.GET.get(name)}
    rows = queries.entries(viewer=viewer_of(request), collaborative_id=collaborative_id, code=code, narrowed=asked_for)
    found = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    known = lambda name: _known(request, rooms, register, name)  # noqa: E731
    narrow = shown.narrowing(register, pk=collaborative_id, asked=asked_for, known=known)
    add = shown.link(register.add, "list_new", collaborative_id, code, kind="solid", icon="add")
    return page(
        request, rooms, title=str(register.title), lede=str(register.lede),
        blocks=[shown.list_block(register, found, standing=rooms.standing, narrow=narrow, head="")],
        buttons=(add,) if queries.may_add(rooms.standing, register) else (),
    )  # fmt: skip


@page_view
@reads
def new(request: HttpRequest, collaborative_id: UUID, code: str) -> HttpResponse:
    """Add a line to a register."""
    rooms, register = load(request, collaborative_id), queries.register_of(code)
    if not queries.may_add(rooms.standing, register):
        raise NotVisible
    return _entry(request, rooms, register, None)


@page_view
@reads
def edit(request: HttpRequest, collaborative_id: UUID, code: str, entry_id: UUID) -> HttpResponse:
    """Change a line of a register."""
    rooms, register = load(request, collaborative_id), queries.register_of(code)
    row = queries.entry(viewer=viewer_of(request), collaborative_id=collaborative_id, code=code, entry_id=entry_id)
    if not queries.may_write(rooms.standing, register, row=row):
        raise NotVisible
    return _entry(request, rooms, register, row)


@require_POST
@reads
def out(request: HttpRequest, collaborative_id: UUID, code: str, entry_id: UUID) -> HttpResponse:
    """Take a line out of a register."""
    load(request, collaborative_id)
    queries.register_of(code)
    done = actions.take_out(by=viewer_of(request), at=clock.now(), collaborative_id=collaborative_id, code=code, entry_id=entry_id)
    if not isinstance(done, Done):
        raise NotVisible
    messages.success(request, _("Taken out."))
    return redirect("commons:list", collaborative_id=collaborative_id, code=code)


def _entry(request: HttpRequest, rooms: Rooms, register: Register, row: Any) -> HttpResponse:
    collaborative_id = rooms.standing.collaborative.pk
    form = EntryForm(request.POST or None, register=register, standing=rooms.standing, initial=_start(request, register, row))
    response = posted(
        request, form,
        lambda: actions.put_entry(
            by=viewer_of(request), at=clock.now(), collaborative_id=collaborative_id, code=register.code, told=form.told,
            request_key=form.cleaned_data["request_key"], entry_id=row.pk if row else None, version=form.cleaned_data["version"],
        ),
        leads_to=lambda done: ("list", {"collaborative_id": collaborative_id, "code": register.code}),
    )  # fmt: skip
    title = str(register.add) if row is None else _("%(title)s: change") % {"title": register.title}
    back = reverse("commons:list", args=[collaborative_id, register.code])
    return response or asked(request, form, rooms=rooms, title=title, lede=str(register.lede), back=back)


def _start(request: HttpRequest, register: Register, row: Any) -> dict[str, Any]:
    if row is None:
        start = {ask.name: today_of(request) for ask in register.asks if ask.kind is Kind.DAY}
        return start | {ask.name: "OPEN" for ask in register.asks if ask.name == "state" and "OPEN" in (ask.options or {})}
    values = {ask.name: getattr(row, f"{ask.name}_id" if ask.kind is Kind.ROW else ask.name) for ask in register.asks}
    return values | {"version": row.row_version}


def _known(request: HttpRequest, rooms: Rooms, register: Register, name: str) -> list[tuple[str, str]]:
    ask: Asks | None = register.field(name)
    if ask is None:
        return []
    if ask.kind is Kind.ROW:
        return [(str(pk), text) for pk, text in queries.choices_of(rooms.standing, ask.of)][:30]
    if ask.options:
        return [(code, str(text)) for code, text in ask.options.items()]
    pk = rooms.standing.collaborative.pk
    return [(text, text) for text in queries.values_in(viewer=viewer_of(request), collaborative_id=pk, code=register.code, name=name)][:30]
