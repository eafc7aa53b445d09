"""What follows: each need of a plan on its line, with its owner, its next day and what holds it up."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies.family_tabs import family_tabs
from careloom.agencies.gate import needs
from careloom.agencies.queries import workers_of
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.following import presenters
from careloom.following.actions import put_next
from careloom.following.forms import NextForm
from careloom.following.hearing import heard_of
from careloom.following.queries import follows_of
from careloom.infra import clock
from careloom.infra.access.accounting import account
from careloom.infra.answers import Done, Stale
from careloom.plans.models import OPEN_STATES, Need
from careloom.plans.queries import PlanParts
from careloom.plans.views.frame import frame_of, row_of


def known_names(request: HttpRequest, parts: PlanParts) -> dict[UUID, str]:
    """Names of workers whom the reader may know: those of her own agency, and those on the care team as she sees it."""
    ours = {m.worker_id: m.worker.name for m in workers_of(agency_id=agency_of(request).pk, at=clock.now())}
    return {row.worker_id: row.name for row in parts.team if row.worker_id} | ours


@require_safe
@needs(Permission.FAMILY_READ)
def plan(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """The page of a plan's needs."""
    viewer, at = viewer_of(request), clock.now()
    frame = frame_of(request, plan_id, place="follows")
    follows = follows_of(viewer=viewer, plan_id=plan_id, at=at)
    account(viewer=viewer, place="following:plan", rows=follows.parts.rows(), at=at)
    may_write = viewer.can(Permission.PLAN_WRITE) and frame.plan.status in OPEN_STATES
    names, today = known_names(request, follows.parts), at.astimezone(frame.zone).date()
    heard = heard_of(viewer=viewer, plans=[follows.parts.plan])
    context = {
        "frame": frame, "plan": frame.plan, "summary": presenters.summary(follows), "may_write": may_write, "nav": "families",
        "lines": presenters.lines(follows, names=names, own=viewer.holder_id, may_write=may_write, today=today, heard=heard),
        "tabs": family_tabs(viewer=viewer, identity_id=frame.plan.identity_id, here="plan"),
    }  # fmt: skip
    return render(request, "following/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.FAMILY_READ, Permission.PLAN_WRITE)
def next_step(request: HttpRequest, need_id: UUID) -> HttpResponse:
    """Say who owns a need and when it is looked at next."""
    need, at = row_of(Need, request, need_id), clock.now()
    frame = frame_of(request, need.plan_id, place="follows_next", rows=(need,))
    members = workers_of(agency_id=agency_of(request).pk, at=at)
    owner = need.owner_worker_id or viewer_of(request).worker_id
    start = {"owner": str(owner), "next_on": need.next_on, "row_version": need.row_version}
    form = NextForm(request.POST or None, members=members, initial=start)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        done = put_next(
            by=viewer_of(request), at=at, need_id=need_id, owner_id=clean["owner"], next_on=clean["next_on"], row_version=clean["row_version"]
        )
        if isinstance(done, Done):
            messages.success(request, _("Saved."))
            return redirect("following:plan", plan_id=need.plan_id)
        if isinstance(done, Stale):
            stands = presenters.day_words(done.current.next_on, today=at.astimezone(frame.zone).date())
            form.add_error("next_on", _("A colleague changed it meanwhile: %(day)s. Save again to keep yours.") % {"day": stands})
            form.data = form.data.copy()
            form.data["row_version"] = str(done.current.row_version)
        else:
            form.refuse(done.codes)
    context = {"frame": frame, "plan": frame.plan, "form": form, "title": need.title, "nav": "families"}
    context["lede"] = _("Each open need has one owner and a next day, so that nothing is lost without somebody knowing.")
    return render(request, "following/form.html", context, status=422 if form.errors else 200)
