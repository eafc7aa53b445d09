"""She reads what each agency wrote in her plan, signs it or writes her view beside it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.people.queries import names_of
from careloom.plans.actions import sign_hers
from careloom.plans.actions.results import Reason, Refused
from careloom.portal import pages
from careloom.portal.door import hers
from careloom.portal.forms import SignForm
from careloom.portal.signing import seen, sign_page
from careloom.portal.views.hers import her_of


@hers
@require_safe
def parts(request: HttpRequest) -> HttpResponse:
    """The parts of her plan in which somebody wrote, those that wait for her first."""
    page = sign_page(her=her_of(request), at=clock.now(), place="my:parts")
    return render(request, "portal/sign.html", {"sections": sorted(page.sections, key=lambda one: not one.waits), "plan": page.plan})


@hers
@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, section: str) -> HttpResponse:
    """One part: who wrote what, what changed since she signed, her views, and a place for her name where all of it is shown."""
    her, at = her_of(request), clock.now()
    alone = section if request.GET.get("alone") == "1" else ""
    page = sign_page(her=her, at=at, place="my:part", alone=alone)
    found = page.section(section)
    if page.plan is None or found is None:
        raise NotVisible
    name = pages.name_of(names_of(viewer=her.viewer, identity_ids=[her.identity_id]).get(her.identity_id))
    start = {"name": name, "seen": seen(plan=page.plan, section=section)}
    form = SignForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and found.private:
        raise NotVisible
    if request.method == "POST" and form.is_valid():
        done = sign_hers(by=her.viewer, at=at, plan_id=page.plan.pk, section=section, **form.cleaned_data)
        if not isinstance(done, Refused):
            messages.success(request, _("You signed it. Your team sees that."))
            return redirect("portal:parts")
        form = SignForm(initial=start)
        if Reason.CHANGED_MEANWHILE in done.reasons:
            messages.info(request, _("Someone wrote here while you were reading. Please read it again before you sign."))
        else:
            messages.info(request, _("Your plan is closed now. Call your team if you want to change it."))
    return render(request, "portal/sign_part.html", {"page": found, "form": form, "may_sign": page.may_sign}, status=422 if form.errors else 200)
