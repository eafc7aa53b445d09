"""Today, and its small actions: done, undo, take it, hand it over."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careloom.agencies.gate import needs
from careloom.agencies.queries import workers_of
from careloom.agencies.roles import Permission
from careloom.desk.forms import ColleagueForm
from careloom.desk.pages import today_page
from careloom.desk.presenters import today as words
from careloom.desk.views.parts import uuid_or_none
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.ui.paging import page_number
from careloom.work import actions
from careloom.work.queries import open_one


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The root leads to Today, or for who opens no family (a coordinator, a state lead, a steward) to where her work is."""
    viewer = request.viewer
    if viewer.can(Permission.FAMILY_READ):
        return redirect("desk:today")
    if viewer.can(Permission.PARTNERSHIP) and not viewer.can(Permission.COUNTS_EXACT):
        return redirect("commons:home")
    return redirect("outcomes:home" if viewer.can(Permission.COUNTS_READ) else "directory:search" if viewer.can("DIRECTORY_READ") else "agencies:me")


@require_safe
@needs(Permission.FAMILY_READ)
def today(request: HttpRequest) -> HttpResponse:
    """The worker's day; htmx asks for the lists alone."""
    page = today_page(
        viewer=request.viewer, membership=request.membership, at=clock.now(), page=page_number(request), whole_agency=_all(request),
        done_id=uuid_or_none(request.GET.get("done")),
    )  # fmt: skip
    context = {
        "page": page, "greeting": words.greeting(page), "sentence": words.sentence(page), "sections": words.sections(page),
        "receipt": words.receipt(page), "day": words.day_lines(page), "good": words.good_news(page), "caseload": words.caseload_words(page),
        "below": words.late_below(page), "nav": "today",
    }  # fmt: skip
    response = render(request, "desk/parts/work.html" if request.htmx else "desk/today.html", context)
    response["Vary"] = "HX-Request"
    return response


@require_POST
@needs(Permission.FAMILY_READ)
def done(request: HttpRequest, obligation_id: UUID) -> HttpResponse:
    """Mark as done what only had to be read; its receipt takes its place."""
    row = open_one(viewer=request.viewer, obligation_id=obligation_id)
    if row is None or not words.words_of(row.kind).read:
        raise NotVisible
    if row.worker_id is None:
        actions.take(by=request.viewer, at=clock.now(), obligation_id=row.pk)
    actions.meet_obligation(by=request.viewer, at=clock.now(), request_key=row.request_key)
    return _back(request, done=str(row.pk))


@require_POST
@needs(Permission.FAMILY_READ)
def undo(request: HttpRequest, obligation_id: UUID) -> HttpResponse:
    """Open again what was marked as done within the last hour."""
    if not actions.undo_meeting(by=request.viewer, at=clock.now(), obligation_id=obligation_id):
        raise NotVisible
    return _back(request)


@require_POST
@needs(Permission.FAMILY_READ)
def take(request: HttpRequest, obligation_id: UUID) -> HttpResponse:
    """Take what is nobody's yet."""
    if not actions.take(by=request.viewer, at=clock.now(), obligation_id=obligation_id):
        raise NotVisible
    return _back(request)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.FAMILY_READ, Permission.ASSIGN_WORK)
def hand_over(request: HttpRequest, obligation_id: UUID) -> HttpResponse:
    """Give an open duty to a colleague."""
    row = open_one(viewer=request.viewer, obligation_id=obligation_id)
    if row is None:
        raise NotVisible
    form = ColleagueForm(request.POST or None, members=workers_of(agency_id=row.holder_id, at=clock.now()))
    if request.method == "POST" and form.is_valid():
        if not actions.hand_over(by=request.viewer, at=clock.now(), obligation_id=row.pk, worker_id=form.cleaned_data["worker"]):
            raise NotVisible
        return redirect(f"{reverse('desk:today')}?all=1")
    context = {"form": form, "title": _("Hand this over"), "what": str(words.words_of(row.kind).before), "nav": "today"}
    return render(request, "desk/hand_over.html", context, status=422 if form.errors else 200)


def _back(request: HttpRequest, **given: str) -> HttpResponse:
    if request.GET.get("all"):
        given["all"] = "1"
    return redirect(f"{reverse('desk:today')}{'?' if given else ''}{urlencode(given)}")


def _all(request: HttpRequest) -> bool:
    return request.GET.get("all") == "1"
