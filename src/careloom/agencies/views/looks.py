"""The access log on screen and as a file, for the privacy officer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies import looks as log
from careloom.agencies import queries
from careloom.agencies.forms import LogFileForm, LooksForm
from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.infra import clock
from careloom.infra.access.accounting import account_log_file
from careloom.infra.audit import filing
from careloom.infra.audit.actions import record
from careloom.infra.audit.sealing import seal


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


@needs(Permission.ACCESS_LOG_READ)
@require_http_methods(["GET", "HEAD", "POST"])
def log_file(request: HttpRequest) -> HttpResponseBase:
    """The agency's looks, disclosures and changes of a period as a file for an auditor; that it was made is logged first."""
    zone = clock.zone(request.membership.agency.zone)
    at = clock.now()
    today = at.astimezone(zone).date()
    last_month = today.replace(day=1) - timedelta(days=1)
    start = {"since": last_month.replace(day=1), "until": last_month}
    form = LogFileForm(request.POST or None, initial=start, today=today)
    if request.method != "POST" or not form.is_valid():
        return render(request, "agencies/log_file.html", {"form": form}, status=422 if form.errors else 200)
    since, until = form.cleaned_data["since"], form.cleaned_data["until"]
    account_log_file(viewer=request.viewer, place="agencies:log_file", at=at)
    period: dict[str, object] = {"since": since.isoformat(), "until": until.isoformat()}
    record(by=request.viewer, at=at, action="agencies.log_file_made", detail=period)
    pieces = _pieces(
        request, since=datetime.combine(since, time(), tzinfo=zone), until=datetime.combine(until + timedelta(days=1), time(), tzinfo=zone), at=at
    )
    response = StreamingHttpResponse(pieces, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="careloom-log-{since:%Y-%m-%d}-{until:%Y-%m-%d}.zip"'
    return response


def _pieces(request: HttpRequest, *, since: datetime, until: datetime, at: datetime) -> Iterator[bytes]:
    """Runs after the request's own transaction: what it wrote is sealed too, and each page is read in a transaction of its own."""
    seal(at=at, patience=2)
    name = request.membership.agency.name
    yield from filing.write(
        viewer=request.viewer, agency=name, since=since, until=until, at=at, names=partial(log.names_of, own_id=request.viewer.holder_id)
    )
