"""The pages on telling a system of changes: its address, what was told, a new secret. For the administrators of its agency."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.fhir.clients import queries
from careloom.fhir.door import base_of
from careloom.fhir.hooks import actions
from careloom.fhir.hooks.forms import HookForm
from careloom.fhir.hooks.models import Delivery
from careloom.fhir.hooks.queries import hook_of, told
from careloom.fhir.hooks.words import EVENTS, GAPS, WHY
from careloom.infra import clock
from careloom.infra.answers import Refused

A_PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Line:
    """One telling in words; `again` is its id where it was given up."""

    what: str
    row: Delivery
    how: str
    again: str = ""


@needs(Permission.AGENCY_ADMIN)
@require_safe
def hook(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Where the system is told, of what, and what was told."""
    client = queries.client_of(viewer=request.viewer, client_id=client_id)
    found = hook_of(client)
    if found is None:
        return redirect("systems:hook_address", client_id=client_id)
    page = Paginator(told(found), A_PAGE).get_page(request.GET.get("page"))
    words = [EVENTS[name] for name in found.events]
    return render(
        request, "fhir/hook.html", {"client": client, "hook": found, "events": words, "page": page, "lines": [line_of(row) for row in page]}
    )


def line_of(row: Delivery) -> Line:
    """A telling as the page says it."""
    why = WHY.get(row.answer) or (_("It answered %(status)s.") % {"status": row.answer} if row.answer else "")
    if row.sent_at is not None:
        return Line(what=EVENTS[row.event], row=row, how=_("Taken"))
    if row.dead_at is not None:
        return Line(what=EVENTS[row.event], row=row, how=f"{_('Given up.')} {why}", again=str(row.pk))
    return Line(what=EVENTS[row.event], row=row, how=f"{_('Waits for its next try.')} {why}" if row.tries else _("Waits to be sent"))


@needs(Permission.AGENCY_ADMIN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Name the address, or another one. The secret is shown on the page that follows, this once."""
    client = queries.client_of(viewer=request.viewer, client_id=client_id)
    found = hook_of(client)
    initial: dict[str, Any] = {"request_key": uuid4().hex} | ({"url": found.url, "events": found.events} if found else {})
    form = HookForm(request.POST or None, initial=initial, client=client)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        done = actions.tell(
            client_id=client.pk, url=clean["url"], events=clean["events"], base=base_of(request), by=request.viewer, at=clock.now(),
            request_key=clean["request_key"],
        )  # fmt: skip
        if not isinstance(done, Refused):
            return _secret(request, client_id, done)
        for code in done.codes:
            form.add_error("events" if code == "EVENTS" else None if code == "ENDED" else "url", GAPS[code])
    return render(request, "fhir/hook_address.html", {"client": client, "form": form, "hook": found})


@needs(Permission.AGENCY_ADMIN)
@never_cache
@require_POST
def secret(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Make a new secret and show it this once."""
    return _secret(request, client_id, actions.rotate(client_id=client_id, by=request.viewer, at=clock.now()))


def _secret(request: HttpRequest, client_id: UUID, made: actions.Made) -> HttpResponse:
    if not made.secret:
        return redirect("systems:hook", client_id=client_id)
    return render(request, "fhir/hook_secret.html", {"client": made.hook.client, "hook": made.hook, "secret": made.secret})


@needs(Permission.AGENCY_ADMIN)
@require_POST
def do(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Pause, go on, end, or send again what was given up."""
    by, at, what = request.viewer, clock.now(), request.POST.get("what", "")
    if what == "pause":
        actions.pause(client_id=client_id, by=by, at=at)
        messages.success(request, _("Paused. What changes now waits."))
    elif what == "go_on":
        actions.go_on(client_id=client_id, by=by, at=at)
        messages.success(request, _("It is told again, within a minute."))
    elif what == "end":
        actions.end(client_id=client_id, by=by, at=at)
        messages.success(request, _("It is told nothing more."))
        return redirect("systems:system", client_id=client_id)
    elif what == "again":
        actions.send_again(client_id=client_id, delivery_id=_id(request.POST.get("which", "")), by=by, at=at)
        messages.success(request, _("It is sent again, within a minute."))
    else:
        raise Http404
    return redirect("systems:hook", client_id=client_id)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
