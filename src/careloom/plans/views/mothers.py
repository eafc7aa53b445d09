"""Somebody whom no record names yet: who she is, and then the plan that she begins."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.infra import clock
from careloom.people.views.entry import alike_lines_of
from careloom.plans.forms.mothers import MotherForm
from careloom.plans.screens import met_already, mother_met


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.FAMILY_READ, Permission.PLAN_WRITE)
def new(request: HttpRequest) -> HttpResponse:
    """Write her down, on one's own caseload. Whoever may be her already is shown first."""
    form = MotherForm(request.POST or None, initial={"county": agency_of(request).county})
    lines = []
    if request.method == "POST" and form.is_valid():
        viewer, key = viewer_of(request), form.cleaned_data["request_key"]
        # A second click on one form finds what the first one made, and not "somebody like her".
        known = met_already(viewer=viewer, key=key)
        lines = [] if known else alike_lines_of(request, form.facts, place="plans:new")
        if not lines:
            return redirect("plans:start", identity_id=known or mother_met(by=viewer, at=clock.now(), facts=form.facts, key=key))
    return render(request, "plans/new.html", {"form": form, "lines": lines, "nav": "families"}, status=422 if form.errors else 200)
