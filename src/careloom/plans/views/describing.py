"""How a planned service is given."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.infra import clock
from careloom.plans.forms.together import DescribeForm
from careloom.plans.models import Referral
from careloom.plans.referrals.actions.describe import describe_service
from careloom.plans.views.frame import answered, frame_of, row_of, screen

FIELDS = ("service_type", "frequency", "length", "place", "method", "row_version")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.FAMILY_READ, Permission.PLAN_WRITE)
def describe(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Type, length, frequency, place and method of one planned service (R-120)."""
    row = row_of(Referral, request, referral_id)
    frame = frame_of(request, row.plan_id, place="described", rows=(row,))
    form = DescribeForm(request.POST or None, initial={name: getattr(row, name) for name in FIELDS})
    if request.method == "POST" and form.is_valid():
        result = describe_service(by=request.viewer, at=clock.now(), referral_id=referral_id, **form.cleaned_data)  # type: ignore[attr-defined]
        if response := answered(request, frame, form, result):
            return response if response.status_code == 409 else redirect("plans:referrals:page", referral_id)
    lede = _("What kind of help, how often, for how long, where and how. Then everybody knows what was planned.")
    return screen(request, frame, form, title=_("How the service is given"), lede=lede, save=_("Keep it"))
