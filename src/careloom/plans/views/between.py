"""What she answered on her own page between visits, as her team reads it."""

from __future__ import annotations

from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.infra import clock
from careloom.infra.access.accounting import account
from careloom.plans.presenters.between import between_lines
from careloom.plans.queries.sections import between_visits
from careloom.plans.views.frame import frame_of


@require_safe
@needs(Permission.FAMILY_READ)
def between(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Her answers and words, newest first. Nothing here is a score."""
    frame = frame_of(request, plan_id, place="plans:between")
    rows = between_visits(viewer=viewer_of(request), plan_id=plan_id)
    account(viewer=viewer_of(request), place="plans:between", rows=rows, at=clock.now())
    lines = between_lines(rows, pack=frame.plan.pack, zone=ZoneInfo(agency_of(request).zone))
    lede = _("She answers when she likes. Nothing here is a score, and no answer reports anybody.")
    context = {"frame": frame, "plan": frame.plan, "nav": "families", "lines": lines, "title": _("Between visits"), "lede": lede}
    return render(request, "plans/between.html", context)
