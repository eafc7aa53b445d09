"""A family's Treatment page: what the reader may see of it, and each sort as a list of its own."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from careloom.agencies.days import today_of
from careloom.agencies.family_tabs import family_tabs
from careloom.agencies.gate import needs
from careloom.agencies.queries import agencies_by_id
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.consents.pages.subject import subject_of
from careloom.infra import clock
from careloom.infra.access.accounting import account
from careloom.infra.ui.paging import page_number
from careloom.treatment import actions, presenters, words
from careloom.treatment.codes import Sort
from careloom.treatment.pages import treatment_page
from careloom.treatment.queries import entries_of
from careloom.treatment.sorts import may_write


@require_safe
@needs(Permission.FAMILY_READ, Permission.TREATMENT_READ)
def family(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """What a worker reads of somebody's treatment; where nothing is open to her, the page that everybody gets."""
    viewer = viewer_of(request)
    page = treatment_page(viewer=viewer, own=agency_of(request), identity_id=identity_id, at=clock.now())
    context = presenters.shown(page) | {"tabs": family_tabs(viewer=viewer, identity_id=identity_id, here="treatment")}
    return render(request, "treatment/family.html", context)


@require_safe
@needs(Permission.FAMILY_READ, Permission.TREATMENT_READ)
def every(request: HttpRequest, identity_id: UUID, sort: Sort) -> HttpResponse:
    """Every entry of one sort, a page at a time, with what the reader's own agency took back."""
    viewer, own, at, place = viewer_of(request), agency_of(request), clock.now(), "treatment:every"
    subject = subject_of(viewer=viewer, identity_id=identity_id, place=place, at=at)
    found = entries_of(viewer=viewer, identity_id=identity_id, sort=sort, page=page_number(request), taken_back=True)
    rows = [row for entry in found.rows for row in entry.rows]  # type: ignore[attr-defined]
    account(viewer=viewer, place=place, rows=rows, at=at)
    agencies, writes = agencies_by_id(ids={row.holder_id for row in rows}), may_write(sort, by=viewer, agency=own)
    today = today_of(own, at=at)
    lines = [
        presenters.line_of(entry, own=own, agencies=agencies, today=today, may_change=writes)  # type: ignore[arg-type]
        for entry in found.rows
    ]
    context = {
        "subject": subject, "title": words.code(sort, among=words.SORTS), "note": words.LEDES[sort], "found": found, "lines": lines, "sort": sort,
        "may_add": writes and sort is not Sort.GOAL_CHECK, "add": words.code(sort, among=words.ADDS), "nav": "families",
    }  # fmt: skip
    return render(request, "treatment/every.html", context)


@require_POST
@needs(Permission.FAMILY_READ, Permission.PLAN_WRITE)
def plan_check_ins(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """Plan the check-ins after a birth."""
    viewer, at = viewer_of(request), clock.now()
    subject_of(viewer=viewer, identity_id=identity_id, place="treatment:plan_check_ins", at=at)
    try:
        born_on = date.fromisoformat(request.POST.get("born_on", ""))
    except ValueError:
        born_on = None
    known = born_on is not None and born_on.year in clock.YEARS
    done = actions.plan_check_ins(by=viewer, at=at, identity_id=identity_id, born_on=born_on) if born_on and known else None
    if isinstance(done, actions.Done):
        messages.success(request, _("The check-ins are planned. Each stands on your list of today when its day comes."))
    else:
        messages.error(request, _("Nothing was planned. Choose a birth within the last six months."))
    return redirect("treatment:family", identity_id=identity_id)
