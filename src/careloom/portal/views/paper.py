"""Her own copy of the plan, to keep or to print."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.plans.documents import render_plan
from careloom.portal import pages
from careloom.portal.door import hers
from careloom.portal.presenters import language
from careloom.portal.views.hers import her_of


@hers
@require_safe
def plan_paper(request: HttpRequest) -> HttpResponse:
    """All fourteen sections as she may read them, in the language of her page, as an accessible PDF under a neutral name."""
    her = her_of(request)
    found = pages.plan_of(her=her)
    if found is None:
        raise NotVisible
    paper = render_plan(viewer=her.viewer, plan_id=found.plan.pk, language=language(), at=clock.now())
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="family-plan-{language()}.pdf"'
    response["Cache-Control"] = "no-store"
    return response
