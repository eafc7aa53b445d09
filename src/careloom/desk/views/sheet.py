"""Today on paper."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.desk.pages.sheet import sheet_page
from careloom.desk.presenters import sheet as words
from careloom.infra import clock


@require_safe
@needs(Permission.FAMILY_READ)
def sheet(request: HttpRequest) -> HttpResponse:
    """One sheet for a day without a connection: her appointments, what is due, and how each family may be reached."""
    page = sheet_page(viewer=request.viewer, membership=request.membership, at=clock.now())
    context = {"page": page.today, "day": words.day(page), "duties": words.duties(page), "reaches": words.reaches(page), "nav": "today"}
    return render(request, "desk/sheet.html", context)
