"""Legal holds of an agency, for its privacy officers: the list, a new one, and lifting one."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies.gate import needs
from careloom.agencies.queries import members
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.infra import clock
from careloom.infra.access.accounting import account
from careloom.infra.answers import Refused
from careloom.keeping import actions, presenters, queries, words
from careloom.keeping.forms import WHOLE, HoldForm, LiftForm
from careloom.keeping.views.finding import seek

A_PAGE = 25
keeps = needs(Permission.RECORDS_KEEP)


@require_safe
@keeps
def holds(request: HttpRequest) -> HttpResponse:
    """Every hold of the agency, those that stand and those that ended."""
    viewer, at = viewer_of(request), clock.now()
    page = Paginator(queries.holds_of(viewer=viewer), A_PAGE).get_page(request.GET.get("page"))
    rows = list(page)
    known = queries.own_names(viewer=viewer, identity_ids={row.identity_id for row in rows if not row.whole})
    account(viewer=viewer, place="keeping:holds", rows=known.values(), at=at)
    workers = {one.worker_id: one.worker.name for one in members(agency_id=agency_of(request).pk).select_related("worker")}
    lines = presenters.hold_lines(rows, known=known, workers=workers, at=at)
    return render(request, "keeping/holds.html", {"page": page, "lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@keeps
def place(request: HttpRequest) -> HttpResponse:
    """Place a hold on everything, or on a family that is looked for by name."""
    viewer, agency, at = viewer_of(request), agency_of(request), clock.now()
    sought = seek(request, viewer=viewer, place="keeping:place", field="scope", at=at)
    form = HoldForm(sought.posted, families=sought.families, initial={"request_key": uuid4().hex, "scope": sought.only})
    if sought.posted is not None and form.is_valid():
        told = form.cleaned_data
        done = actions.place(
            by=viewer, at=at, family=None if told["scope"] == WHOLE else UUID(told["scope"]), reason=told["reason"], last_on=told["last_on"],
            today=clock.today(agency.zone), zone=agency.zone, request_key=told["request_key"],
        )  # fmt: skip
        if not isinstance(done, Refused):
            messages.success(request, _("The hold stands. Nothing of these records is destroyed until it ends."))
            return redirect("keeping:holds")
        for code in done.codes:
            form.add_error(words.FIELDS.get(code), words.GAPS[code])
    context = {"form": form, "sought": sought}
    return render(request, "keeping/place.html", context, status=422 if form.errors or sought.asked.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@keeps
def lift(request: HttpRequest, hold_id: UUID) -> HttpResponse:
    """Lift a hold, with the reason."""
    viewer, at = viewer_of(request), clock.now()
    row = queries.get_hold(viewer=viewer, hold_id=hold_id)
    form = LiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = actions.lift(by=viewer, at=at, hold_id=row.pk, because=form.cleaned_data["because"])
        if not isinstance(done, Refused):
            messages.success(request, _("The hold is lifted."))
            return redirect("keeping:holds")
        for code in done.codes:
            form.add_error("because" if code == "NO_REASON" else None, words.GAPS[code])
    known = queries.own_names(viewer=viewer, identity_ids=set() if row.whole else {row.identity_id})
    account(viewer=viewer, place="keeping:lift", rows=known.values(), at=at)
    line = presenters.hold_lines([row], known=known, workers={}, at=at)[0]
    return render(request, "keeping/lift.html", {"line": line, "form": form}, status=422 if form.errors else 200)
