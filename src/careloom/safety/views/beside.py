"""What stands beside the assessment: what she was told, a plan of safe care that is ensured, and earlier involvement with its reason."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careloom.agencies.gate import needs
from careloom.agencies.models import Worker
from careloom.agencies.queries import agencies_by_id
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.access.accounting import account
from careloom.infra.ui.paging import page_number
from careloom.kernel.agency_kinds import AgencyKind
from careloom.safety import actions, presenters, queries
from careloom.safety.actions.taking_back import line_beside
from careloom.safety.forms.assessing import TakeBackForm
from careloom.safety.forms.planning import EnsureForm, HistoryForm, LookForm, ToldForm
from careloom.safety.profile import profile_of
from careloom.safety.views.page import may

_pages = require_http_methods(["GET", "HEAD", "POST"])


def _about(request: HttpRequest, identity_id: UUID, *, place: str, child_welfare: bool) -> queries.About:
    if child_welfare and agency_of(request).kind != AgencyKind.CPS_AGENCY:
        raise NotVisible
    about = queries.about(viewer=viewer_of(request), identity_id=identity_id)
    account(viewer=viewer_of(request), place=place, rows=about.rows, at=clock.now())
    return about


@_pages
@needs(Permission.SAFETY_WRITE)
def told(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """The talking points of a first visit, and which of them she was told, when (R-115)."""
    viewer, own = viewer_of(request), agency_of(request)
    about = _about(request, identity_id, place="safety:told", child_welfare=True)
    profile, spanish = profile_of(pack=own.pack), request.GET.get("in") == "es"
    form = ToldForm(request.POST or None, points=profile.points, spanish=spanish, initial={"told_on": clock.today(own.zone)})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = actions.note_told(
            by=viewer, at=clock.now(), identity_id=identity_id, points=tuple(given["points"]), told_on=given["told_on"], how=given["how"],
            asked=given["asked"], request_key=given["request_key"],
        )  # fmt: skip
        if isinstance(done, actions.Done):
            messages.success(request, _("Kept: what she was told, and when."))
            return redirect("safety:family", identity_id=identity_id)
        form.refuse(done.codes)
    context = {"about": about, "form": form, "spanish": spanish, "reviewed": profile.reviewed_by}
    return render(request, "safety/told.html", context, status=422 if form.errors else 200)


@_pages
@needs(Permission.SAFETY_WRITE)
def ensure(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """A plan of safe care is completed or ensured (R-153)."""
    viewer, own = viewer_of(request), agency_of(request)
    about = _about(request, identity_id, place="safety:ensure", child_welfare=True)
    form = EnsureForm(request.POST or None, initial={"on": clock.today(own.zone)})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = actions.ensure_plan(
            by=viewer, at=clock.now(), identity_id=identity_id, how=given["how"], words=given["words"], on=given["on"],
            request_key=given["request_key"],
        )  # fmt: skip
        if isinstance(done, actions.Done):
            messages.success(request, _("Kept. It opens no case."))
            return redirect("safety:family", identity_id=identity_id)
        form.refuse(done.codes)
    return render(request, "safety/ensure.html", {"about": about, "form": form}, status=422 if form.errors else 200)


@_pages
@needs(Permission.FAMILY_READ)
def earlier(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """Earlier involvement as a summary, after the reader said why; the reason is kept and she sees it (R-109).

    Without a reason nothing of it is read. What may not be shown and what does not exist leave the same page.
    """
    viewer, own, at = viewer_of(request), agency_of(request), clock.now()
    about = _about(request, identity_id, place="safety:earlier", child_welfare=False)
    form, rows, asked = LookForm(request.POST or None), [], False
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = actions.ask_history(
            by=viewer, at=at, identity_id=identity_id, reason=given["reason"], words=given["words"], request_key=given["request_key"]
        )
        if isinstance(done, actions.Done):
            asked, rows = True, queries.history_of(viewer=viewer, identity_id=identity_id)
            account(viewer=viewer, place="safety:earlier", rows=rows, at=at)
        else:
            form.refuse(done.codes)
    looks = queries.looks_of(viewer=viewer, identity_ids=[identity_id], page=page_number(request))
    names = {worker.pk: worker.name for worker in Worker.objects.filter(pk__in={row.worker_id for row in looks.rows})}  # type: ignore[attr-defined]
    context = {
        "about": about, "form": form, "asked": asked, "found": looks,
        "lines": presenters.history_lines(rows, agencies=agencies_by_id(ids={row.holder_id for row in rows}), own=own),
        "looks": presenters.look_lines(looks.rows, own=own, names=names), "may_write": may(viewer, own, Permission.SAFETY_WRITE),  # type: ignore[arg-type]
    }  # fmt: skip
    return render(request, "safety/earlier.html", context, status=422 if form.errors else 200)


@_pages
@needs(Permission.SAFETY_WRITE)
def note_earlier(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """Child welfare writes down earlier involvement: dates, type and outcome, and no story."""
    viewer, own = viewer_of(request), agency_of(request)
    about = _about(request, identity_id, place="safety:note_earlier", child_welfare=True)
    form = HistoryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = actions.note_history(
            by=viewer, at=clock.now(), identity_id=identity_id, from_on=given["from_on"], to_on=given["to_on"], kind=given["kind"],
            outcome=given["outcome"], request_key=given["request_key"],
        )  # fmt: skip
        if isinstance(done, actions.Done):
            messages.success(request, _("Kept as a summary. It is an input of no decision."))
            return redirect("safety:earlier", identity_id=identity_id)
        form.refuse(done.codes)
    context = {"about": about, "form": form, "profile": profile_of(pack=own.pack)}
    return render(request, "safety/note_earlier.html", context, status=422 if form.errors else 200)


@_pages
@needs(Permission.SAFETY_WRITE)
def take_back(request: HttpRequest, beside_id: UUID) -> HttpResponse:
    """Take back a line of earlier involvement, of what she was told or of a plan that is ensured, with the reason."""
    viewer, at, place = viewer_of(request), clock.now(), "safety:take_back"
    row = line_beside(by=viewer, row_id=beside_id)
    account(viewer=viewer, place=place, rows=[row], at=at)
    about, form = _about(request, row.identity_id, place=place, child_welfare=True), TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = actions.take_back(by=viewer, at=at, row_id=beside_id, because=form.cleaned_data["reason"])
        if isinstance(done, actions.Done):
            messages.success(request, _("Taken back. Nobody reads it from now on."))
            return redirect("safety:family", identity_id=row.identity_id)
        form.refuse(done.codes)
    return render(request, "safety/take_back.html", {"about": about, "form": form}, status=422 if form.errors else 200)
