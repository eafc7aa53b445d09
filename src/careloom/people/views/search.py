"""The search over everybody: start it, see how far it is, stop it, let it go on."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import viewer_of
from careloom.infra import clock
from careloom.infra.answers import Refused
from careloom.infra.ui.components import Status
from careloom.people import forms, words
from careloom.people.matching import searching
from careloom.people.models import MatchSearch
from careloom.people.models.matching import DONE, QUEUED, RUNNING, STOPPED

MOST_SHOWN = 10
TONES = {QUEUED: "wait", RUNNING: "move", STOPPED: "", DONE: "done"}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.FAMILY_READ, Permission.IDENTITY_JOIN)
def search(request: HttpRequest) -> HttpResponse:
    """How far the searches are. INVARIANT: steps only, no count: how many records there are elsewhere is nobody's here."""
    viewer, at = viewer_of(request), clock.now()
    rows = list(MatchSearch.objects.order_by("-asked_at")[:MOST_SHOWN])
    last = rows[0] if rows else None
    form = forms.SearchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        match request.POST.get("do"):
            case "stop" if last:
                done = searching.stop_search(by=viewer, at=at, search_id=last.pk)
            case "resume" if last:
                done = searching.resume_search(by=viewer, at=at, search_id=last.pk)
            case _other:
                done = searching.start_search(by=viewer, at=at, request_key=form.cleaned_data["request_key"])
        if not isinstance(done, Refused):
            messages.success(request, _("Kept. This page shows how far it is; the work goes on without it."))
            return redirect("people:search")
        form.refuse(done.codes)
    lines = [(row, Status(words=str(words.SEARCHES[row.state]), tone=TONES[row.state])) for row in rows]  # type: ignore[arg-type]
    context = {"form": form, "lines": lines, "last": last, "is_on": last is not None and last.state in {QUEUED, RUNNING}, "nav": "families"}
    return render(request, "people/search.html", context, status=422 if form.errors else 200)
