"""How long this agency's logs are kept, and what falls due: for its privacy officers. Nothing is deleted from here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careloom.agencies import words
from careloom.agencies.falling_due import falling_due
from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.infra import clock
from careloom.kernel.agency_kinds import AgencyKind


@needs(Permission.ACCESS_LOG_READ)
@require_safe
def keeping(request: HttpRequest) -> HttpResponse:
    """The schedule for this agency, with the day of the oldest line of each log and when it falls due."""
    agency = request.membership.agency
    found = falling_due(viewer=request.viewer, kind=AgencyKind(agency.kind), zone=agency.zone, today=clock.today(agency.zone))
    rows = [{"due": one, "name": words.LOGS[one.rule.code], "years": one.rule.months // 12, "odd": one.rule.months % 12} for one in found]
    return render(request, "agencies/keeping.html", {"rows": rows})
