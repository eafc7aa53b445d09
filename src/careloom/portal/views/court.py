"""Papers of a judge about her."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careloom.infra import clock
from careloom.portal.court import papers_about
from careloom.portal.door import hers
from careloom.portal.presenters import local
from careloom.portal.views.hers import her_of


@hers
@require_safe
def court(request: HttpRequest) -> HttpResponse:
    """Each paper that a court made or that asks for her records, newest first, in plain words."""
    her, asked = her_of(request), request.GET.get("page", "1")
    number = int(asked) if asked.isdecimal() and 0 < int(asked) < 10_000 else 1
    found = papers_about(viewer=her.viewer, identity_id=her.identity_id, at=clock.now(), page=number)
    rows = [(row, local(row.ended_on).date() if row.ended_on else None, ", ".join(row.to)) for row in found.rows]
    return render(request, "portal/court.html", {"rows": rows, "found": found, "before": number - 1, "after": number + 1})
