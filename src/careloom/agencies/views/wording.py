"""Which words an agency could say better, for whoever leads training. Numbers only: nobody's text, and nobody's name."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of
from careloom.infra import clock
from careloom.infra.wording.counting import counted

MONTHS = 12


@require_safe
@needs(Permission.ASSIGN_WORK)
def said(request: HttpRequest) -> HttpResponse:
    """How often each word stayed as it was in the last twelve months."""
    own = agency_of(request)
    today = clock.today(own.zone)
    months = today.year * 12 + today.month - 1 - (MONTHS - 1)
    since = today.replace(year=months // 12, month=months % 12 + 1, day=1)
    rows = counted(agency_id=own.pk, since=since, language=(get_language() or "en")[:2])
    return render(request, "agencies/said.html", {"rows": rows, "since": since})
