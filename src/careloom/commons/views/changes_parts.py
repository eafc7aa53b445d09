"""What the views of changes do alike: the page with its ways to the other rooms of change, and forms that lead back to one of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.commons.forms.changes import ChangeForm
from careloom.commons.presenters.changes_parts import Section, Way
from careloom.commons.views.parts import asked, load, posted
from careloom.infra import clock
from careloom.infra.access import NotVisible, Viewer
from careloom.infra.answers import Done, Refused, Stale
from careloom.partnership.models import Body
from careloom.partnership.queries import Rooms
from careloom.partnership.standing import Standing

ROOMS: tuple[tuple[Any, str], ...] = (
    (gettext_lazy("Guidance"), "changes"), (gettext_lazy("Proposals"), "proposals"), (gettext_lazy("Pilots"), "pilots"),
    (gettext_lazy("From law to practice"), "trace"), (gettext_lazy("Practices"), "changed_practices"), (gettext_lazy("Strategies"), "strategies"),
    (gettext_lazy("Library"), "library"), (gettext_lazy("Law and definition"), "law"), (gettext_lazy("Six questions"), "questions"),
    (gettext_lazy("Stories and lessons"), "stories"), (gettext_lazy("Help asked for"), "help"), (gettext_lazy("Priorities"), "courses"),
)  # fmt: skip

Answer = Done | Refused | Stale
act_at_once = require_POST


def page(
    request: HttpRequest, standing: Standing, *, room: str, title: Any, sections: list[Section], lede: Any = "", ways: tuple[Way, ...] = (),
    **more: Any,
) -> HttpResponse:  # fmt: skip
    """A page of one of the rooms of change."""
    row = standing.collaborative
    ways_to = [(words, reverse(f"commons:{name}", args=[row.pk]), name == room) for words, name in ROOMS]
    context = {
        "row": row, "title": title, "lede": lede, "sections": sections, "ways": ways, "nav_changes": ways_to, "nav": "partnership", **more,
    }  # fmt: skip
    return render(request, "commons/changes_page.html", context)


def allowed(yes: bool) -> None:
    """Show nothing to who may not. Raises NotVisible."""
    if not yes:
        raise NotVisible


def form_page(
    request: HttpRequest, form: ChangeForm, act: Callable[[], Answer], *, rooms: Rooms, title: str, back: tuple[str, dict[str, Any]],
    to: Callable[[Done], tuple[str, dict[str, Any]]] | None = None, lede: str = "", save: str = "", said: str = "",
) -> HttpResponse:  # fmt: skip
    """A form that does one thing and leads to `to`, else to where one came from."""
    response = posted(request, form, act, leads_to=to or (lambda _done: back), said=said)
    return response or asked(request, form, rooms=rooms, title=title, lede=lede, back=reverse(f"commons:{back[0]}", kwargs=back[1]), save=save)


def at_once(
    request: HttpRequest, act: Callable[[int], Answer], *, rooms: Rooms, back: tuple[str, dict[str, Any]], title: str, said: str = ""
) -> HttpResponse:
    """A button that does one thing at the version that was read. What is refused shows with the button once more."""
    form = ChangeForm(request.POST)
    form.fields["request_key"].required = False  # a button carries the version that was read: pressed twice, the second finds it done
    response = posted(request, form, lambda: act(form.cleaned_data["version"]), leads_to=lambda _done: back, said=said)
    return response or asked(request, form, rooms=rooms, title=title, back=reverse(f"commons:{back[0]}", kwargs=back[1]), save=title)


def acting(request: HttpRequest) -> dict[str, Any]:
    """Who acts, and when."""
    return {"by": viewer_of(request), "at": clock.now()}


def key(form: ChangeForm) -> str:
    """The key of a form that was sent."""
    return str(form.cleaned_data["request_key"])


def version(form: ChangeForm) -> int:
    """The version that a form read."""
    return int(form.cleaned_data["version"])


def bodies(rooms: Rooms, *tiers: str, mine: bool = False) -> list[tuple[UUID, str]]:
    """Bodies for a choice: of some tiers, and only those that the reader may write for."""
    rows: tuple[Body, ...] = rooms.bodies
    return [(one.pk, one.name) for one in rows if (not tiers or one.tier in tiers) and (not mine or rooms.standing.leads(one.pk))]


def partners(rooms: Rooms) -> list[tuple[UUID, str]]:
    """Partners for a choice."""
    return [(one.pk, one.name) for one in rooms.partners]


def today(request: HttpRequest) -> Any:
    """Today where the reader's agency is."""
    return clock.today(agency_of(request).zone)


def reader(request: HttpRequest) -> Viewer:
    """Who reads."""
    return viewer_of(request)


__all__ = [
    "ROOMS", "NotVisible", "_", "act_at_once", "acting", "allowed", "at_once", "bodies", "form_page", "key", "load", "page", "partners",
    "reader", "today", "version",
]  # fmt: skip
