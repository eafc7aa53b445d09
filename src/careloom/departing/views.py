"""The pages under /agency/leaving/: ask, confirm, watch, stop, download. For administrators and privacy officers of the agency."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.departing import actions, queries
from careloom.departing.forms import AskForm
from careloom.departing.models import ASKED, READY, STOPPED, WAITING, WRITING, Departure
from careloom.departing.words import GAPS, STATES
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.answers import Done, Refused
from careloom.infra.backups.recovery import Recipient
from careloom.infra.ui.paging import PAGE, page_number

_DONE: Final = {
    "confirm": gettext_lazy("Confirmed. It is written in the background."), "decline": gettext_lazy("It is not confirmed. Nothing was written."),
    "stop": gettext_lazy("Stopped. What was written of it is removed."), "go_on": gettext_lazy("It is written anew, as of now."),
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """Every export that was asked for, and a form that asks for one."""
    viewer = viewer_of(request)
    rows = queries.departures_of(viewer=viewer)
    form = AskForm(request.POST or None)
    if request.method == "POST":
        if not queries.may_ask(viewer):
            raise NotVisible
        if form.is_valid():
            clean = form.cleaned_data
            done = actions.ask(
                by=viewer, at=clock.now(), receiver=clean["receiver"], recipient=clean["recipient"], request_key=clean["request_key"]
            )  # fmt: skip
            if isinstance(done, Done):
                messages.success(request, _("Asked for. Tell another administrator or the privacy officer to confirm it."))
                return redirect("departing:one", departure_id=done.row_id)
            form.refuse(done.codes)
    page = Paginator(rows, PAGE).get_page(page_number(request))
    lines = [(row, STATES[_state(row)]) for row in page.object_list]
    context = {
        "form": form,
        "page": page,
        "lines": lines,
        "may_ask": queries.may_ask(viewer),
        "days": actions.LASTS.days,
        "zone": agency_of(request).zone,
    }
    return render(request, "departing/home.html", context, status=422 if form.errors else 200)


@require_safe
def one(request: HttpRequest, departure_id: UUID) -> HttpResponse:
    """One export: how it stands, and what the reader may do now."""
    row = queries.departure_of(viewer=viewer_of(request), departure_id=departure_id)
    return render(request, "departing/one.html", _shown(request, row))


@require_POST
def decide(request: HttpRequest, departure_id: UUID) -> HttpResponse:
    """Confirm, decline, stop or go on."""
    by, at, does = viewer_of(request), clock.now(), request.POST.get("does", "")
    done: Done | Refused
    if does in ("confirm", "decline"):
        done = actions.answer(by=by, at=at, departure_id=departure_id, confirms=does == "confirm")
    elif does in ("stop", "go_on"):
        done = (actions.stop if does == "stop" else actions.go_on)(by=by, at=at, departure_id=departure_id)
    else:
        raise NotVisible
    if isinstance(done, Refused):
        messages.error(request, str(GAPS[done.codes[0]]))
    else:
        messages.success(request, str(_DONE[does]))
    return redirect("departing:one", departure_id=departure_id)


@require_safe
def download(request: HttpRequest, departure_id: UUID) -> HttpResponseBase:
    """The sealed file, for who asked and who confirmed. Each download is on record before the first byte."""
    viewer = viewer_of(request)
    row = actions.take(by=viewer, at=clock.now(), departure_id=departure_id)
    response = StreamingHttpResponse(queries.pieces_of(viewer=viewer, departure=row), content_type="application/octet-stream")
    response["Content-Length"] = str(row.sealed)
    # The name tells nobody who looks over a shoulder whose it is.
    response["Content-Disposition"] = f'attachment; filename="careloom-{row.finished_at:%Y-%m-%d}.sealed"'
    return response


def _shown(request: HttpRequest, row: Departure) -> dict[str, Any]:
    viewer, state, names = viewer_of(request), _state(row), queries.names_of(row)
    own, both = viewer.worker_id == row.asked_by, viewer.worker_id in (row.asked_by, row.answered_by)
    return {
        "row": row, "words": STATES[state], "state": state, "key_name": Recipient(bytes.fromhex(row.recipient)).name, "zone": agency_of(request).zone,
        "asked_by": names.get(row.asked_by, ""), "answered_by": names.get(row.answered_by, "") if row.answered_by else "",
        "may": {
            "confirm": state == ASKED and not own, "decline": state == ASKED, "stop": both and state in (WAITING, WRITING),
            "go_on": both and state == STOPPED, "download": both and state == READY,
        },
        "moves": state in (WAITING, WRITING), "waits": state == ASKED, "percent": round(100 * row.kinds / row.of_kinds) if row.of_kinds else 0,
    }  # fmt: skip


def _state(row: Departure) -> str:
    """How it stands now: the job that ends what is over may not have come yet."""
    return "OVER" if row.state in (ASKED, STOPPED, READY) and row.ends_at <= clock.now() else row.state
