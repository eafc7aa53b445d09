"""Why the reader sees what another holder has of a family."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careloom.agencies.family_tabs import family_tabs
from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.consents.pages.why import why_page
from careloom.consents.presenters import why as shown
from careloom.infra import clock


@require_safe
@needs(Permission.FAMILY_READ)
def why(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """Each holder whose facts of this family the reader sees now, on what that rests, and until when."""
    page = why_page(viewer=request.viewer, identity_id=identity_id, at=clock.now())
    context = {
        "page": page,
        "subject": page.subject,
        "rows": shown.rows(page),
        "tabs": family_tabs(viewer=request.viewer, identity_id=identity_id, here="consents"),
        "nav": "families",
    }
    return render(request, "consents/why.html", context)
