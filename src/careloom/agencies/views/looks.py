"""The access log on screen, for the privacy officer."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careloom.agencies import looks as log
from careloom.agencies import queries
from careloom.agencies.forms import LooksForm
from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.infra import clock


@needs(Permission.ACCESS_LOG_READ)
@require_safe
def looks(request: HttpRequest) -> HttpResponse:
    """Who looked at what in this agency, and who was shown nothing."""
    viewer = request.viewer
    members = queries.workers_of(agency_id=viewer.holder_id, at=clock.now())
    form = LooksForm(request.GET, members=members)
    clean = form.cleaned_data if form.is_valid() else {}
    number = request.GET.get("page", "1")
    page = log.looks(
        viewer=viewer,
        zone=clock.zone(request.membership.agency.zone),
        others=clean.get("who") == "others",
        worker_id=UUID(clean["worker"]) if clean.get("worker") else None,
        day=clean.get("day"),
        missed=bool(clean.get("missed")),
        number=int(number) if number.isdecimal() and len(number) < 6 else 1,
    )
    query = request.GET.copy()
    query.pop("page", None)
    return render(request, "agencies/looks.html", {"form": form, "looks": page, "query": query.urlencode()})
