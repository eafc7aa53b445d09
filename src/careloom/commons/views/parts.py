"""What the views of the rooms do alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import viewer_of
from careloom.commons.forms.keyed import Room
from careloom.infra.access import NotVisible
from careloom.infra.answers import Done, Refused, Stale
from careloom.partnership.models import Body
from careloom.partnership.queries import Rooms, rooms_of

page_view = require_http_methods(["GET", "HEAD", "POST"])
reads = needs(Permission.PARTNERSHIP_READ)


def load(request: HttpRequest, collaborative_id: UUID) -> Rooms:
    """The collaborative of a page. Raises NotVisible."""
    return rooms_of(viewer=viewer_of(request), collaborative_id=collaborative_id)


def body_in(rooms: Rooms, body_id: UUID) -> Body:
    """A body of it. Raises NotVisible."""
    found = next((row for row in rooms.bodies if row.pk == body_id), None)
    if found is None:
        raise NotVisible
    return found


def posted(
    request: HttpRequest,
    form: Room,
    act: Callable[[], Done | Refused | Stale],
    *,
    leads_to: Callable[[Done], tuple[str, dict[str, Any]]],
    said: str = "",
) -> HttpResponse | None:
    """Do what a sent form asks for. The way on after it was done; None where the page stands again with what is wrong at its fields."""
    if request.method != "POST" or not form.is_valid():
        return None
    done = act()
    if isinstance(done, Done):
        messages.success(request, said or _("Kept."))
        name, where = leads_to(done)
        return redirect(f"commons:{name}", **where)
    if isinstance(done, Stale):
        form.add_error(
            None, _("Somebody changed this meanwhile. Your words are still here. Open it again beside this page and compare before you save.")
        )
    else:
        form.refuse(done.codes)
    return None


def asked(request: HttpRequest, form: Room, *, rooms: Rooms | None, title: str, back: str, lede: str = "", save: str = "") -> HttpResponse:
    """The page of one form."""
    context = {
        "form": form, "rooms": rooms, "title": title, "lede": lede, "back": back, "save": save or _("Keep it"), "nav": "partnership",
    }  # fmt: skip
    return render(request, "commons/form.html", context, status=422 if form.errors else 200)
