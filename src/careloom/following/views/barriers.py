"""Barriers: one press makes a draft of an unmet need, and the partnership reads what is alike, without a family in it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import viewer_of
from careloom.following import actions, presenters, queries
from careloom.following.forms import BarrierForm
from careloom.infra import clock
from careloom.infra.answers import Done
from careloom.kernel.suppression import publish_count
from careloom.plans.models import Need
from careloom.plans.views.frame import frame_of, row_of
from careloom.work.escalating import late_total


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.FAMILY_READ, Permission.PLAN_WRITE)
def pass_on(request: HttpRequest, need_id: UUID) -> HttpResponse:
    """Pass an unmet need on as a barrier."""
    need = row_of(Need, request, need_id)
    frame = frame_of(request, need.plan_id, place="barrier", rows=(need,))
    form = BarrierForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = actions.pass_on(by=viewer_of(request), at=clock.now(), need_id=need_id, words=form.cleaned_data["words"])
        if isinstance(done, Done):
            messages.success(request, _("Passed on. Nothing in it leads back to her."))
            return redirect("following:plan", plan_id=need.plan_id)
        form.refuse(done.codes)
    context = {"frame": frame, "plan": frame.plan, "form": form, "title": _("Pass it on as a barrier"), "nav": "families", "save": _("Pass it on")}
    context["lede"] = _("The partnership hears what kind of service is missing in which county, and why. It hears nothing of the family.")
    return render(request, "following/form.html", context, status=422 if form.errors else 200)


@require_safe
@needs(Permission.PARTNERSHIP)
def barriers(request: HttpRequest) -> HttpResponse:
    """What stands in the way of families, and how much is late, as numbers without names."""
    late = publish_count(count=late_total(on=clock.today()))
    lines = presenters.barrier_lines(queries.barriers(viewer=viewer_of(request)))
    return render(request, "following/barriers.html", {"lines": lines, "late": late.shown, "nav": "partnership"})
