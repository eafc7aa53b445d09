"""Between visits: how things are, and the things for her baby."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careloom.infra import clock
from careloom.plans.actions import say_between, say_things
from careloom.portal import between as pages
from careloom.portal.between_forms import BetweenForm, ThingsForm
from careloom.portal.door import hers
from careloom.portal.views.hers import her_of, thank


@hers
@require_http_methods(["GET", "HEAD", "POST"])
def between(request: HttpRequest) -> HttpResponse:
    """A few questions that she may answer, in her words if she likes, and what she answered before."""
    her, at = her_of(request), clock.now()
    page = pages.between(her=her, at=at)
    form = BetweenForm(request.POST if request.method == "POST" else None, questions=page.questions)
    if request.method == "POST" and page.plan is not None and form.is_valid():
        clean = form.cleaned_data
        done = say_between(
            by=her.viewer, at=at, plan_id=page.plan.pk, answers=form.answers, words=clean["words"], request_key=clean["request_key"]
        )  # fmt: skip
        thank(request, done, _("Thank you. Your team reads it."))
        return redirect("portal:home")
    return render(request, "portal/between.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@hers
@require_http_methods(["GET", "HEAD", "POST"])
def things(request: HttpRequest) -> HttpResponse:
    """What she has and what she needs for her baby. Her team finds what she needs."""
    her, at = her_of(request), clock.now()
    page = pages.things(her=her, at=at)
    form = ThingsForm(request.POST if request.method == "POST" else None, things=page.names, known=page.known)
    if request.method == "POST" and page.plan is not None and form.is_valid():
        done = say_things(by=her.viewer, at=at, plan_id=page.plan.pk, said=form.said)
        thank(request, done, _("Saved. Your team sees what you need."))
        return redirect("portal:things")
    return render(request, "portal/things.html", {"page": page, "form": form}, status=422 if form.errors else 200)
