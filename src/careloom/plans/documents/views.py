"""A reader's copy of the plan as a file."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.infra import clock
from careloom.infra.access import Viewer
from careloom.plans.documents import render_plan

LANGUAGES = {"en", "es"}


@require_safe
@needs(Permission.FAMILY_READ)
def plan_pdf(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """The plan as an accessible PDF in `?lang=en` or `es`, on one page with `?short=1`, since the version in `?since=` where one is named (R-207)."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    language = request.GET.get("lang", "en")
    since = request.GET.get("since", "")
    paper = render_plan(
        viewer=viewer,
        plan_id=plan_id,
        language=language if language in LANGUAGES else "en",
        at=clock.now(),
        since_version=int(since) if since.isdecimal() and len(since) < 6 else None,
        short=request.GET.get("short") == "1",
    )
    response = HttpResponse(paper, content_type="application/pdf")
    # A neutral name: the file lies in a download folder that others may open.
    response["Content-Disposition"] = f'attachment; filename="family-plan-{language}.pdf"'
    response["Cache-Control"] = "no-store"
    return response
