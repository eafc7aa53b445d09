"""Expunging a family's records of the agency: the list, a proposal, and the second person's look."""

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
from careloom.infra.access import NotVisible
from careloom.infra.access.accounting import account
from careloom.infra.answers import Refused
from careloom.keeping import actions, presenters, queries, words
from careloom.keeping.forms import ExpungeForm
from careloom.keeping.models import PROPOSED, Expunging
from careloom.keeping.views.finding import seek

A_PAGE = 25


@require_safe
@needs(Permission.EXPUNGE_CONFIRM)
def every(request: HttpRequest) -> HttpResponse:
    """Every proposal of the agency for its officers; for an administrator those that wait for her, because there is no second officer."""
    viewer, at = viewer_of(request), clock.now()
    officer = viewer.can(Permission.RECORDS_KEEP)
    waiting = [] if officer else [one for one in queries.waiting_for_administrator(viewer=viewer) if actions.may_confirm(by=viewer, row=one, at=at)]
    page = Paginator(queries.expungings_of(viewer=viewer) if officer else waiting, A_PAGE).get_page(request.GET.get("page"))
    known = queries.own_names(viewer=viewer, identity_ids={row.identity_id for row in page}) if officer else {}
    account(viewer=viewer, place="keeping:expungings", rows=known.values(), at=at)
    lines = [
        {"row": row, "name": presenters.family_name(known[row.identity_id]) if row.identity_id in known else "", "state": words.STATES[row.state]}
        for row in page
    ]
    return render(request, "keeping/expungings.html", {"page": page, "lines": lines, "officer": officer})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RECORDS_KEEP)
def propose(request: HttpRequest) -> HttpResponse:
    """Propose it, for a family that is looked for by name."""
    viewer, at = viewer_of(request), clock.now()
    sought = seek(request, viewer=viewer, place="keeping:propose", field="family", at=at)
    form = ExpungeForm(sought.posted, families=sought.families, initial={"request_key": uuid4().hex, "family": sought.only})
    if sought.posted is not None and form.is_valid():
        told = form.cleaned_data
        done = actions.propose(
            by=viewer, at=at, family=UUID(told["family"]), ground=told["ground"], authority=told["authority"], reason=told["reason"],
            request_key=told["request_key"],
        )  # fmt: skip
        if not isinstance(done, Refused):
            messages.success(request, _("Proposed. Another person of your agency must confirm it."))
            return redirect("keeping:expunging", expunging_id=done.row_id)
        for code in done.codes:
            form.add_error(words.EXPUNGE_FIELDS.get(code), words.GAPS[code])
    context = {"form": form, "sought": sought}
    return render(request, "keeping/propose.html", context, status=422 if form.errors or sought.asked.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EXPUNGE_CONFIRM)
def one(request: HttpRequest, expunging_id: UUID) -> HttpResponse:
    """One of them, with what goes; another person confirms it here, and who proposed it or another officer takes it back."""
    viewer, at = viewer_of(request), clock.now()
    officer = viewer.can(Permission.RECORDS_KEEP)
    row = queries.get_expunging(viewer=viewer, expunging_id=expunging_id)
    second = actions.may_confirm(by=viewer, row=row, at=at)
    if not officer and not second:
        raise NotVisible
    if request.method == "POST":
        return _posted(request, row)
    known = queries.own_names(viewer=viewer, identity_ids={row.identity_id}) if officer else {}
    account(viewer=viewer, place="keeping:expunging", rows=known.values(), at=at)
    workers = {one.worker_id: one.worker.name for one in members(agency_id=agency_of(request).pk).select_related("worker")}
    context = {
        "row": row, "state": words.STATES[row.state], "ground": words.GROUNDS[row.ground], "officer": officer, "second": second,
        "waits": row.state == PROPOSED, "lines": presenters.count_lines(row.gone or row.counts), "proposed_by": workers.get(row.proposed_by, ""),
        "confirmed_by": workers.get(row.confirmed_by, "") if row.confirmed_by else "", "told": len(row.told),
        "name": presenters.family_name(known[row.identity_id]) if row.identity_id in known else "",
    }  # fmt: skip
    return render(request, "keeping/expunging.html", context)


def _posted(request: HttpRequest, row: Expunging) -> HttpResponse:
    act = actions.take_back if request.POST.get("do") == "take-back" else actions.confirm if request.POST.get("do") == "confirm" else None
    if act is None:
        messages.warning(request, _("Nothing was changed. Use a button of this page."))
        return redirect("keeping:expunging", expunging_id=row.pk)
    done = act(by=viewer_of(request), at=clock.now(), expunging_id=row.pk)
    if isinstance(done, Refused):
        messages.warning(request, words.GAPS[done.codes[0]])
        return redirect("keeping:expunging", expunging_id=row.pk)
    messages.success(request, _("Confirmed. It goes within minutes.") if act is actions.confirm else _("Taken back. Nothing goes."))
    return redirect("keeping:expungings")
