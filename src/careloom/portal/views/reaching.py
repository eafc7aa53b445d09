"""How she wants to be reached: her own answer, which holds for everybody who may read her words (R-128)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careloom.infra import clock
from careloom.messages.actions import note_unsafe, put_safe_contact
from careloom.messages.queries import own_rules
from careloom.messages.views.contact import initial_of
from careloom.portal.door import hers
from careloom.portal.forms import ReachForm
from careloom.portal.views.hers import her_of


@hers
@require_http_methods(["GET", "HEAD", "POST"])
def reach(request: HttpRequest) -> HttpResponse:
    """She says how, when, and whether somebody near her may see or hear it."""
    her, at = her_of(request), clock.now()
    rules, danger = own_rules(viewer=her.viewer, identity_id=her.identity_id)
    form = ReachForm(request.POST or None, initial=initial_of(rules, danger))
    if request.method == "POST" and form.is_valid():
        put_safe_contact(by=her.viewer, at=at, identity_id=her.identity_id, rules=form.rules())
        note_unsafe(by=her.viewer, at=at, identity_id=her.identity_id, unsafe=form.cleaned_data["unsafe"])
        messages.success(request, _("Saved. It counts from now on."))
        return redirect("portal:home")
    return render(request, "portal/reach.html", {"form": form}, status=422 if form.errors else 200)
