"""What comes before the first family: a worker's own page, and the agency's list for its administrators."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies.gate import comes_first, needs
from careloom.agencies.roles import Permission
from careloom.agencies.views.session import safe_next
from careloom.conduct import actions, queries, words
from careloom.conduct.forms import AcceptForm, DemandForm, NoteForm
from careloom.conduct.models import TRAINING, Demand
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.answers import Refused

A_PAGE = 50


@comes_first
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """What her agency asks of her first, the code to read and accept, and what she has done."""
    today = clock.today(request.membership.agency.zone)
    form = AcceptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = actions.accept(
            demand_id=form.cleaned_data["demand"], membership_id=request.membership.pk, today=today, by=request.viewer, at=clock.now()
        )
        if isinstance(done, Refused):
            messages.error(request, words.GAPS[done.codes[0]])
            return redirect("conduct:mine")
        messages.success(request, _("Kept, with today’s date."))
        return redirect(safe_next(request))
    found = queries.standing_of(membership=request.membership, today=today)
    context = {
        "open": [one for one in found if not one.is_done], "done": [one for one in found if one.is_done], "form": form, "next": safe_next(request),
        "kinds": words.KINDS, "today": today,
    }  # fmt: skip
    return render(request, "conduct/mine.html", context, status=422 if form.errors else 200)


@comes_first
@needs(Permission.AGENCY_ADMIN)
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Everything that this agency asks or asked."""
    at, today = clock.now(), clock.today(request.membership.agency.zone)
    page = Paginator(queries.of_agency(viewer=request.viewer), A_PAGE).get_page(request.GET.get("page"))
    rows = [
        {"demand": row, "kind": words.KINDS[row.kind], "counts": None if row.ended_at else queries.count_done(demand=row, today=today, at=at)}
        for row in page
    ]
    return render(request, "conduct/asked.html", {"page": page, "rows": rows})


@comes_first
@needs(Permission.AGENCY_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask something new of everyone here."""
    return _asking(request, None)


@comes_first
@needs(Permission.AGENCY_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def anew(request: HttpRequest, demand_id: UUID) -> HttpResponse:
    """Write one anew: everybody does it again from the chosen day on, and until then the old one holds no more."""
    row = queries.one_of(viewer=request.viewer, demand_id=demand_id)
    if row.ended_at is not None and request.method != "POST":
        raise NotVisible
    return _asking(request, row)


@comes_first
@needs(Permission.AGENCY_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, demand_id: UUID) -> HttpResponse:
    """One of them with everyone who works here; a training is noted here."""
    row = queries.one_of(viewer=request.viewer, demand_id=demand_id)
    at, today = clock.now(), clock.today(request.membership.agency.zone)
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        done = actions.note(demand_id=row.pk, membership_id=clean["membership"], done_on=clean["done_on"], today=today, by=request.viewer, at=at)
        if not isinstance(done, Refused):
            messages.success(request, _("Noted."))
            return redirect("conduct:one", demand_id=row.pk)
        _tell(form, done)
    page = Paginator(queries.workers(demand=row, at=at), A_PAGE).get_page(request.GET.get("page"))
    rows = [{"m": m, "is_done": m.done_on is not None and (m.until is None or m.until >= today)} for m in page]  # type: ignore[attr-defined]
    context = {
        "demand": row, "kind": words.KINDS[row.kind], "is_training": row.kind == TRAINING, "page": page, "rows": rows, "today": today, "form": form,
        "problems": [problem for problems in form.errors.values() for problem in problems] if form.is_bound else [],
    }  # fmt: skip
    return render(request, "conduct/one.html", context, status=422 if form.errors else 200)


@comes_first
@needs(Permission.AGENCY_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, demand_id: UUID) -> HttpResponse:
    """Ask it no longer, after a page that says what follows."""
    row = queries.one_of(viewer=request.viewer, demand_id=demand_id)
    if request.method == "POST":
        done = actions.end(demand_id=row.pk, by=request.viewer, at=clock.now())
        if isinstance(done, Refused):
            messages.error(request, words.GAPS[done.codes[0]])
        else:
            messages.success(request, _("It is asked no longer."))
        return redirect("conduct:asked")
    return render(request, "conduct/end.html", {"demand": row})


def _asking(request: HttpRequest, old: Demand | None) -> HttpResponse:
    today = clock.today(request.membership.agency.zone)
    start: dict[str, Any] = {"request_key": uuid4().hex, "starts_on": today}
    if old is not None:
        start |= {"kind": old.kind, "title": old.title, "words": old.words, "months": old.months}
    form = DemandForm(request.POST or None, initial=start)
    if old is not None:
        form.fields["kind"].disabled, form.fields["kind"].widget = True, forms.HiddenInput()
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        done = actions.ask(
            kind=clean["kind"], title=clean["title"], words=clean["words"], months=clean["months"], starts_on=clean["starts_on"],
            instead_of=old.pk if old else None, today=today, by=request.viewer, at=clock.now(), request_key=clean["request_key"],
        )  # fmt: skip
        if not isinstance(done, Refused):
            messages.success(request, _("It is asked of everyone who works here."))
            return redirect("conduct:one", demand_id=done.row_id)
        _tell(form, done)
    return render(request, "conduct/ask.html", {"form": form, "old": old}, status=422 if form.errors else 200)


def _tell(form: forms.Form, refused: Refused) -> None:
    for code in refused.codes:
        field = words.FIELDS.get(code)
        form.add_error(field if field in form.fields else None, words.GAPS[code])
