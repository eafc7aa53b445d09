"""What the views of the rooms do alike."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
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
from careloom.partnership.standing import seat_that_waits

page_view = require_http_methods(["GET", "HEAD", "POST"])


def reads(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page for who may read rooms. A member whose training comes first is led to it from whatever is not hers yet (P12)."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotVisible:
            seat = seat_that_waits(viewer=viewer_of(request), collaborative_id=kwargs["collaborative_id"]) if "collaborative_id" in kwargs else None
            if seat is None:
                raise
            messages.info(request, _("First comes the training below. With it you take part."))
            return redirect("commons:tasks", collaborative_id=seat.collaborative_id, task_list="onboarding", about=seat.pk)

    return needs(Permission.PARTNERSHIP_READ)(shown)


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
        form.meet(done.current)
    else:
        form.refuse(done.codes)
    return None


def asked(request: HttpRequest, form: Room, *, rooms: Rooms | None, title: str, back: str, lede: str = "", save: str = "") -> HttpResponse:
    """The page of one form."""
    context = {
        "form": form, "rooms": rooms, "title": title, "lede": lede, "back": back, "save": save or _("Keep it"), "nav": "partnership",
    }  # fmt: skip
    return render(request, "commons/form.html", context, status=422 if form.errors else 200)
