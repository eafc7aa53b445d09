"""The files for the state system: what would be refused, made once, had again; and the plans beside them (R-197)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careloom.agencies.queries import workers_of
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.infra import clock
from careloom.infra.access.accounting import account
from careloom.infra.answers import Done
from careloom.infra.documents.handing import document
from careloom.infra.ui.paging import page_number, some
from careloom.kernel.state_entry import guarded
from careloom.position import presenters, queries
from careloom.position.forms import FileForm
from careloom.position.lines import A_FILE, prepare, unsent
from careloom.position.plan_facts import plan_rows
from careloom.position.state_files import as_csv, file_again, files_of, make_file
from careloom.position.views import around, form_view, only_enterers, reads


@form_view
@reads
def check(request: HttpRequest) -> HttpResponse:
    """A dry run: what the next file would hold, and line by line what the state system would refuse; with POST the file is made."""
    only_enterers(request)
    viewer, at, zone = viewer_of(request), clock.now(), clock.zone(agency_of(request).zone)
    form = FileForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = make_file(by=viewer, at=at, request_key=form.cleaned_data["request_key"])
        if isinstance(done, Done):
            messages.success(request, _("The file is made. Take it below."))
            return redirect("position:files")
        form.refuse(done.codes)
    rows = unsent(viewer=viewer)
    found = prepare(viewer=viewer, at=at, rows=rows)
    account(viewer=viewer, place="position:entry_file", rows=found.read, at=at)
    refused = []
    for number, one in enumerate(found.lines, start=1):
        if one.line.faults:
            person = found.people.get(one.row.identity_id)
            name = (person.preferred_name or person.given_name) if person else _("a family")
            what, when, _said = presenters.contact_words(one.row, zone=zone)
            refused.append((number, one.row, name, f"{what}, {when}", [presenters.fault_words(fault) for fault in one.line.faults]))
    context = {
        "form": form, "refused": refused, "whole": len(found.lines) - len(refused), "corrections": sum(bool(one.corrects_id) for one in found.lines),
        "is_full": len(found.lines) == A_FILE, **around(request),
    }  # fmt: skip
    return render(request, "position/check.html", context, status=422 if form.errors else 200)


@require_safe
@reads
def made(request: HttpRequest) -> HttpResponse:
    """The files that were made, newest first."""
    only_enterers(request)
    viewer, own = viewer_of(request), agency_of(request)
    found = some(files_of(viewer=viewer), page=page_number(request))
    rows: list[Any] = list(found.rows)
    workers, zone = {m.worker_id: m.worker.name for m in workers_of(agency_id=own.pk, at=clock.now())}, clock.zone(own.zone)
    files = [(row, date_format(row.made_at.astimezone(zone), "M j, Y, g:i a"), workers.get(row.worker_id, "")) for row in rows]
    return render(request, "position/files.html", {"files": files, "page": found, **around(request)})


@require_safe
@reads
def again(request: HttpRequest, state_file_id: UUID) -> HttpResponse:
    """A file that was made, as it was made."""
    only_enterers(request)
    viewer = viewer_of(request)
    found = file_again(viewer=viewer, file_id=state_file_id)
    account(viewer=viewer, place="position:file", rows=found.rows, at=clock.now())
    return document(found.content, media_type="text/csv", name="contacts")


@require_safe
@reads
def plans(request: HttpRequest) -> HttpResponse:
    """The plans of the families whose contacts are to be entered, as far as the reader may see them, as a file. Nothing of it is kept."""
    only_enterers(request)
    viewer, at = viewer_of(request), clock.now()
    found = prepare(viewer=viewer, at=at, rows=queries.to_enter(viewer=viewer, entered=False))
    head, rows, read = plan_rows(viewer=viewer, people=found.people)
    account(viewer=viewer, place="position:entry_plans", rows=[*found.people.values(), *read], at=at)
    return document(as_csv([head, *([guarded(cell) for cell in row] for row in rows)]), media_type="text/csv", name="plans")
