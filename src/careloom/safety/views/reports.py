"""Reports about the children of a family: written down, looked at with their versions, corrected, and brought in from the state's system."""

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
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.access.accounting import account
from careloom.kernel.agency_kinds import AgencyKind
from careloom.safety import actions, bringing_in, queries, report_presenters
from careloom.safety.actions.meeting import infants_in
from careloom.safety.actions.reporting import own_report
from careloom.safety.forms.reporting import ReportForm, ReportsFileForm
from careloom.safety.models import ReportOnChild
from careloom.safety.views.page import may

_pages = require_http_methods(["GET", "HEAD", "POST"])


@_pages
@needs(Permission.SAFETY_WRITE)
def new(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """A worker of child welfare writes a report about a child down; what a hospital sent is filled in."""
    viewer, own, at = viewer_of(request), agency_of(request), clock.now()
    if own.kind != AgencyKind.CPS_AGENCY:
        raise NotVisible
    about = queries.about(viewer=viewer, identity_id=identity_id)
    account(viewer=viewer, place="safety:new_report", rows=about.rows, at=at)
    sent = queries.report_sent(viewer=viewer, identity_id=identity_id)
    initial = {"received_on": sent.received_at.astimezone(clock.zone(own.zone)).date(), "source": "MEDICAL"} if sent else {}
    told_of = [(child, name) for name, child in infants_in(sent) if child is not None] if sent else []
    form = ReportForm(
        request.POST or None, children=report_presenters.children_of(about) or told_of, initial=initial, received_id=sent.pk if sent else None
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        done = actions.keep_report(by=viewer, at=at, identity_id=identity_id, told=form.told(), request_key=form.cleaned_data["request_key"])
        if isinstance(done, actions.Done):
            messages.success(request, _("The report is kept. Only your agency reads it."))
            return redirect("safety:report", report_id=done.row_id)
        form.refuse(done.codes)
    return render(request, "safety/report_form.html", {"about": about, "form": form}, status=422 if form.errors else 200)


@require_safe
@needs(Permission.SAFETY_READ)
def one(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """A report about a child as it stands, with the versions before it."""
    viewer, own = viewer_of(request), agency_of(request)
    row, about = _of(request, report_id, place="safety:report")
    versions = queries.report_versions(viewer=viewer, row=row)
    context = {
        "about": about, "row": row, "groups": report_presenters.facts(row), "child": report_presenters.child_name(about, row),
        "versions": report_presenters.versions(versions, own=own), "newest": row.replaced_by_id is None,
        "may_write": may(viewer, own, Permission.SAFETY_WRITE) and row.replaced_by_id is None,
    }  # fmt: skip
    return render(request, "safety/report.html", context)


@_pages
@needs(Permission.SAFETY_WRITE)
def correct(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """How a report stands now: its screening, its disposition, or what was written wrong. The version before is kept."""
    viewer, at = viewer_of(request), clock.now()
    row, about = _of(request, report_id, place="safety:correct_report")
    form = ReportForm(request.POST or None, row=row)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = actions.correct_report(
            by=viewer, at=at, report_id=report_id, told=form.told(), reason=given["reason"], request_key=given["request_key"]
        )
        if isinstance(done, actions.Done):
            messages.success(request, _("Kept. The version before stays beside it."))
            return redirect("safety:report", report_id=done.row_id)
        form.refuse(done.codes)
    context = {"about": about, "form": form, "row": row, "child": report_presenters.child_name(about, row)}
    return render(request, "safety/report_form.html", context, status=422 if form.errors else 200)


@_pages
@needs(Permission.SAFETY_APPROVE)
def bring_in(request: HttpRequest) -> HttpResponse:
    """A supervisor brings reports in from the state's own system: looks first at what the file would do, then says yes."""
    if agency_of(request).kind != AgencyKind.CPS_AGENCY:
        raise NotVisible
    form = ReportsFileForm(request.POST or None, request.FILES or None)
    found: bringing_in.BroughtIn | None = None
    if request.method == "POST" and form.is_valid():
        only_look = request.POST.get("does") != "bring"
        answer = bringing_in.bring_in(by=viewer_of(request), at=clock.now(), data=form.cleaned_data["file"].read(), only_look=only_look)
        if isinstance(answer, bringing_in.BroughtIn):
            found = answer
        else:
            form.add_error("file", report_presenters.file_gap(answer.codes[0]))
    context = {"form": form, "found": found, "said": report_presenters.brought_in(found), "columns": report_presenters.columns()}
    return render(request, "safety/reports_from_file.html", context, status=422 if form.errors or (found and found.wrong) else 200)


def _of(request: HttpRequest, report_id: UUID, *, place: str) -> tuple[ReportOnChild, queries.About]:
    viewer = viewer_of(request)
    row = own_report(by=viewer, report_id=report_id)
    about = queries.about(viewer=viewer, identity_id=row.identity_id)
    rows: list[Any] = [row, *about.rows]
    account(viewer=viewer, place=place, rows=rows, at=clock.now())
    return row, about
