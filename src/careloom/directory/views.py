"""Screens of the directory: search, one service, and the room of an agency's own service."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.directory import actions, asking, presenters, queries
from careloom.directory.forms import CapacityForm, QuestionsForm, SearchForm
from careloom.directory.models import Service
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.answers import Done, Stale


@require_safe
@needs(Permission.DIRECTORY_READ)
def search(request: HttpRequest) -> HttpResponse:
    """The search page; htmx asks for the list alone."""
    form = SearchForm(request.GET or None, languages=queries.languages_offered())
    form.is_valid()
    number = request.GET.get("page", "1")
    page = queries.search_services(**form.criteria, page=int(number) if number.isdigit() else 1)
    context = {"form": form, "page": page, "cards": presenters.cards(page), "may_import": _viewer(request).can(Permission.DIRECTORY_EDIT)}
    template = "directory/results.html" if request.headers.get("HX-Request") else "directory/search.html"
    response = render(request, template, context)
    response["Vary"] = "HX-Request"
    return response


@require_safe
@needs(Permission.DIRECTORY_READ)
def service(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """One service."""
    found = _service(service_id)
    return render(request, "directory/service.html", _page(request, found))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.DIRECTORY_READ)
def capacity(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """Say how much room an own service has."""
    found = _service(service_id)
    if not _may_say_room(request, found):
        raise NotVisible
    room = next(iter(found.capacities.all()), None)
    start = {"available": room.available, "maximum": room.maximum} if room else {}
    form = CapacityForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        answer = actions.update_capacity(service_id=service_id, by=_viewer(request), at=clock.now(), **form.cleaned_data)
        if answer is actions.CapacityAnswer.SAVED:
            messages.success(request, _("Saved. Everyone who looks for this service sees it now."))
            return redirect("directory:service", service_id=service_id)
        form.add_error(None, _("It was not saved. Ask the directory steward to change it."))
    context = {**_page(request, found), "form": form}
    return render(request, "directory/capacity.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.DIRECTORY_READ)
def questions(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """Ask a provider what one should know before a referral, and keep what it answers (R-130)."""
    found, viewer, at = _service(service_id), _viewer(request), clock.now()
    if not asking.may_ask(viewer=viewer, service=found):
        raise NotVisible
    kept = asking.answers_of(service_id=service_id)
    start = {"on": clock.today(), "seen": found.answers.count()}
    form = QuestionsForm(request.POST or None, answered=kept, initial=start)
    beside: list[tuple[str, str, str]] = []
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        done = asking.keep_answers(
            by=viewer, at=at, service=found, given=form.given, spoke_with=clean["spoke_with"], on=clean["on"], seen=clean["seen"]
        )
        if isinstance(done, Done):
            messages.success(request, _("Saved. Everyone who looks for this service reads it."))
            return redirect("directory:service", service_id=service_id)
        if isinstance(done, Stale):
            form.add_error(None, _("Somebody wrote answers down meanwhile. They stand beside yours. Save again to keep yours."))
            beside = presenters.answer_lines(done.current)
            form.data = form.data.copy()
            form.data["seen"] = str(found.answers.count())
        else:
            form.refuse(done.codes)
    context = {**_page(request, found), "form": form, "beside": beside}
    return render(request, "directory/questions.html", context, status=422 if form.errors else 200)


def _viewer(request: HttpRequest) -> Any:
    return request.viewer  # type: ignore[attr-defined]


def _service(service_id: UUID) -> Service:
    found = queries.service_by_id(service_id=service_id)
    if found is None:
        raise NotVisible
    return found


def _may_say_room(request: HttpRequest, found: Service) -> bool:
    viewer = _viewer(request)
    return found.active and ((found.agency_id is not None and found.agency_id == viewer.holder_id) or actions.may_edit(viewer))


def _page(request: HttpRequest, found: Service) -> dict[str, Any]:
    return {
        "service": found,
        "facts": presenters.service_facts(found),
        "room": presenters.room_status(found),
        "rooms": [(c, presenters.said_on(c.updated_at)) for c in found.capacities.all()],
        "hours": [presenters.hours(s) for s in found.schedules.all()],
        "needs": presenters.need_labels(found),
        "features": presenters.feature_labels(found),
        "places": [j.location for j in found.at_locations.all() if j.active],
        "may_say_room": _may_say_room(request, found),
        "answers": presenters.answer_lines(asking.answers_of(service_id=found.pk)),
        "may_ask": asking.may_ask(viewer=_viewer(request), service=found),
    }
