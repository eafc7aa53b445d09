"""Choosing the reason for looking."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careloom.agencies import reasons
from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.agencies.views.session import safe_next
from careloom.infra import clock
from careloom.infra.audit.actions import record
from careloom.infra.ui.context import address
from careloom.kernel.agency_kinds import AgencyKind


@needs(Permission.FAMILY_READ)
@require_http_methods(["GET", "HEAD", "POST"])
def reason(request: HttpRequest) -> HttpResponse:
    """For what she looks now: the usual reason, or one that an order or an agreement gave to this agency."""
    usual = AgencyKind(request.membership.agency.kind).purpose
    if request.method == "POST":
        wanted = request.POST.get("reason", "")
        if not reasons.choose(wanted, viewer=request.viewer, usual=usual, session=request.session):
            messages.error(request, _("Choose one of the reasons on this page."))
            return redirect("agencies:reason")
        record(by=request.viewer, at=clock.now(), action="agencies.reason_chosen", detail={"purpose": wanted})
        # A family that was open for one reason may be shut for another, so the choice leads to the list.
        families = address(names=("desk:families",), path="/families/")
        return redirect(safe_next(request) if wanted == usual else families or "/")
    choices = [(word, reasons.WORDS[word], word == request.viewer.purpose) for word in reasons.offered(viewer=request.viewer, usual=usual)]
    return render(request, "agencies/reason.html", {"choices": choices, "next": safe_next(request), "nav": "families"})
