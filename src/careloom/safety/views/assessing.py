"""The parts of an assessment, each on a page of its own that saves as one types."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from careloom.agencies.gate import needs
from careloom.agencies.queries import agencies_by_id
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.access.accounting import account
from careloom.infra.ui.components import SaveState
from careloom.safety import actions, queries, words
from careloom.safety.actions.drafting import mark_of
from careloom.safety.addresses import KINDS
from careloom.safety.forms.assessing import AdultForm, ChildForm, FactorsForm, PartForm, PersonForm
from careloom.safety.progress import progress_of
from careloom.safety.views.page import Page, load
from careloom.treatment.presenters.lines import line_of

writes = needs(Permission.SAFETY_WRITE)


@require_http_methods(["GET", "HEAD", "POST"])
@writes
def person(request: HttpRequest, assessment_id: UUID, person_kind: str = "", assessed_id: UUID | None = None) -> HttpResponse:
    """Add a child or an adult, or say more about one: above all, the day on which she or he was seen face to face."""
    page = load(request, assessment_id, place="safety:person", writing=True)
    known = next((one for one in page.whole.people if one.pk == assessed_id), None)
    if assessed_id is not None and known is None:
        raise NotVisible
    kind = known.kind if known else KINDS[person_kind]
    form = PersonForm(request.POST or None, kind=kind, person=known)
    if request.method == "POST" and form.is_valid():
        done = actions.put_person(
            by=viewer_of(request), at=clock.now(), assessment_id=assessment_id, person=form.told(), request_key=form.cleaned_data["request_key"],
            person_id=assessed_id,
        )  # fmt: skip
        if isinstance(done, actions.Done):
            messages.success(request, _("Kept."))
            return redirect("safety:assessment", assessment_id=assessment_id)
        form.refuse(done.codes)
    context = {"page": page, "form": form, "person": known, "kind": kind}
    return render(request, "safety/person.html", context, status=422 if form.errors else 200)


@require_POST
@writes
def take_out(request: HttpRequest, assessment_id: UUID, assessed_id: UUID) -> HttpResponse:
    """Take somebody out who does not belong in it."""
    load(request, assessment_id, place="safety:take_out", writing=True)
    done = actions.take_out_person(by=viewer_of(request), at=clock.now(), assessment_id=assessment_id, person_id=assessed_id)
    if isinstance(done, actions.Refused):
        messages.warning(request, words.gap(done.codes[0]))
    return redirect("safety:assessment", assessment_id=assessment_id)


@require_http_methods(["GET", "HEAD", "POST"])
@writes
def part(request: HttpRequest, assessment_id: UUID, assessed_id: UUID) -> HttpResponse:
    """Part A of a child or part B of an adult."""
    page = load(request, assessment_id, place="safety:part", writing=True)
    known = next((one for one in page.whole.people if one.pk == assessed_id), None)
    if known is None:
        raise NotVisible
    found = page.whole.of(known.pk)
    make, items = (ChildForm, page.instrument.domains) if known.kind == "CHILD" else (AdultForm, page.instrument.capacities)
    form: PartForm = make(request.POST or None, items=items, found=found, mark=mark_of(found.values()))
    return _saved(request, page, form, person_id=known.pk, context={"person": known, "is_child": known.kind == "CHILD"})


@require_http_methods(["GET", "HEAD", "POST"])
@writes
def factors(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Part C, with treatment progress beside it as far as she lets the reader see it (R-167)."""
    page = load(request, assessment_id, place="safety:factors", writing=True)
    viewer, own = viewer_of(request), agency_of(request)
    progress = progress_of(viewer=viewer, identity_id=page.whole.row.identity_id)
    rows = [row for line in progress for row in line.rows]
    account(viewer=viewer, place="safety:factors", rows=rows, at=clock.now())
    agencies, today = agencies_by_id(ids={row.holder_id for row in rows}), clock.today(own.zone)
    found = page.whole.of(None)
    form = FactorsForm(
        request.POST or None, items=page.instrument.factors, found=found, mark=mark_of(found.values()), children=page.whole.children,
        adults=page.whole.adults,
    )  # fmt: skip
    lines = [line_of(line, own=own, agencies=agencies, today=today) for line in progress]
    return _saved(request, page, form, person_id=None, context={"progress": lines})


def _saved(request: HttpRequest, page: Page, form: PartForm, *, person_id: UUID | None, context: dict[str, Any]) -> HttpResponse:
    """Show the part, or save what was sent: as one types (JSON), or with the button. What a colleague wrote meanwhile is shown beside."""
    status, quiet, theirs = 200, request.headers.get("X-Autosave") == "1", None
    if request.method == "POST" and form.is_valid():
        done = actions.put_findings(
            by=viewer_of(request), at=clock.now(), assessment_id=page.whole.row.pk, person_id=person_id, told=form.told(),
            mark=form.cleaned_data["version"],
        )  # fmt: skip
        if isinstance(done, actions.Done):
            return _kept(request, page, person_id=person_id) if quiet else _back(request, page)
        if isinstance(done, actions.Refused):
            messages.warning(request, words.gap(done.codes[0]))
            return JsonResponse({"errors": list(done.codes)}, status=422) if quiet else redirect("safety:assessment", assessment_id=page.whole.row.pk)
        if quiet:
            return JsonResponse({"url": request.path}, status=409)
        status, theirs = 409, done.current
        # What is sent next is sent knowing what the colleague wrote.
        sent: Any = request.POST.copy()
        sent["version"] = mark_of(theirs)
        form.data = sent
    elif request.method == "POST":
        status = 422
        if quiet:
            return JsonResponse({"errors": list(form.errors)}, status=422)
    shown = {
        "page": page, "form": form, "theirs": [_theirs(row, page) for row in theirs or ()], "is_stale": theirs is not None,
        "saved": SaveState(words=_("Saves as you type"), form_id="part"), **context,
    }  # fmt: skip
    return render(request, "safety/part.html" if person_id else "safety/factors.html", shown, status=status)


def _theirs(row: Any, page: Page) -> tuple[str, str]:
    items = {item.id: item for item in (*page.instrument.domains, *page.instrument.capacities, *page.instrument.factors)}
    item = items[row.item]
    labels = {**dict(item.options), **{code: str(text) for code, text in {**words.CAPACITIES, **words.ANSWERS}.items()}}
    said = ", ".join(labels.get(code, code) for code in [*row.picked, *([row.answer] if row.answer else [])])
    return item.text, ". ".join(part for part in (said, row.evidence) if part)


def _kept(request: HttpRequest, page: Page, *, person_id: UUID | None) -> HttpResponse:
    now = queries.get_assessment(viewer=viewer_of(request), assessment_id=page.whole.row.pk).of(person_id)
    at = date_format(clock.now().astimezone(clock.zone(agency_of(request).zone)), "g:i A")
    return JsonResponse({"at": at, "version": mark_of(now.values())})


def _back(request: HttpRequest, page: Page) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect(reverse("safety:assessment", args=[page.whole.row.pk]))
