"""The register of court orders: the list, a new paper, what it opened, its end and its scan (R-107). Confidential: only who keeps the papers."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies.family_tabs import family_tabs
from careloom.agencies.gate import needs
from careloom.agencies.models import Agency
from careloom.agencies.roles import Permission
from careloom.consents.actions import Recorded, Stale, end_order, record_order
from careloom.consents.court import PAPERS, paper_of
from careloom.consents.forms.orders import EndOrderForm, OrderForm
from careloom.consents.pages.orders import kept_subject, one_order, order_scan, orders_page
from careloom.consents.presenters import orders as shown
from careloom.consents.views.family import number_of
from careloom.consents.views.one import as_scan
from careloom.infra import clock
from careloom.infra.access import NotVisible

keeps = needs(Permission.FAMILY_READ, Permission.PAPERS_KEEP)


@require_safe
@keeps
def orders(request: HttpRequest) -> HttpResponse:
    """The orders that this agency keeps, newest first."""
    page = orders_page(viewer=request.viewer, at=clock.now(), page=number_of(request))
    return render(request, "consents/orders.html", {"page": page, "lines": shown.lines(page), "nav": "families"})


@require_safe
@keeps
def of_family(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """The orders about one family that this agency keeps."""
    page = orders_page(viewer=request.viewer, at=clock.now(), page=number_of(request), identity_id=identity_id)
    # The other pages of a family whose record her role does not open would only say that there is none.
    tabs = family_tabs(viewer=request.viewer, identity_id=identity_id, here="consents") if page.subject and page.subject.mother else None
    context = {"page": page, "lines": shown.lines(page), "subject": page.subject, "tabs": tabs, "nav": "families"}
    return render(request, "consents/orders.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@keeps
def new(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """Write down a court's paper: first what kind it is, then what it says. A paper that does not qualify is kept too, and says why."""
    subject = kept_subject(viewer=request.viewer, identity_id=identity_id, place="consents:order_new", at=clock.now())
    wanted = request.GET.get("kind", "")
    paper = paper_of(wanted)
    if paper is None:
        if wanted:
            raise NotVisible
        return render(request, "consents/order_kind.html", {"subject": subject, "papers": PAPERS, "nav": "families"})
    people = [(str(identity_id), subject.name or _("The mother")), *subject.infant_choices]
    agencies = sorted(Agency.objects.filter(active=True).exclude(pk=request.viewer.holder_id), key=lambda agency: agency.name_outside)
    start: dict[str, Any] = {"request_key": str(uuid4()), "subjects": [str(identity_id)], "purposes": [paper.purposes[0]]}
    form = OrderForm(
        request.POST or None, request.FILES or None, paper=paper, people=people, agencies=agencies, today=clock.today(), initial=start
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        answer = record_order(
            by=request.viewer, at=clock.now(), draft=form.draft, request_key=form.cleaned_data["request_key"], scan=form.upload
        )  # fmt: skip
        if isinstance(answer, Recorded):
            messages.success(request, _("Written down. What it opened stands below.") if answer.grants else _("Written down. It opens nothing now."))
            return redirect("consents:order", answer.order.pk)
        form.add_error(None, _("This could not be written down as it is. Compare it with the paper once more."))
    context = {"subject": subject, "form": form, "paper": paper, "nav": "families"}
    return render(request, "consents/order_new.html", context, status=422 if form.errors else 200)


@require_safe
@keeps
def order(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """What one paper says, what it opened for whom until when, or exactly what it lacks."""
    page = one_order(viewer=request.viewer, order_id=order_id, at=clock.now())
    is_live = page.row.ended_at is None and not page.has_run_out
    context = {
        "page": page, "row": page.row, "status": shown.mark(page), "facts": shown.facts(page), "opened": shown.opened(page), "is_live": is_live,
        "missing": shown.missing(page), "shut": shown.shut(page) if is_live else [], "unheld": shown.unheld(page) if is_live else "",
        "by_hand": shown.by_hand(page), "compels": shown.compels(page), "given": shown.given(page), "name": _name(page), "nav": "families",
    }  # fmt: skip
    return render(request, "consents/order.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@keeps
def end(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """The order no longer holds: what it opened ends at once. A colleague's change in between is shown and nothing is done."""
    at = clock.now()
    page = one_order(viewer=request.viewer, order_id=order_id, at=at, place="consents:order_end")
    form = EndOrderForm(request.POST or None, initial={"row_version": page.row.row_version})
    conflict = False
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        done = end_order(by=request.viewer, at=at, order_id=order_id, because=clean["because"], row_version=clean["row_version"])
        conflict = isinstance(done, Stale)
        if not conflict:
            messages.success(request, _("Ended. Nobody reads anything because of it from now on."))
            return redirect("consents:order", order_id)
        page = one_order(viewer=request.viewer, order_id=order_id, at=at, place="consents:order_end")
        form = EndOrderForm(initial={"row_version": page.row.row_version, "because": clean["because"]})
    context = {
        "page": page, "row": page.row, "form": form, "opened": shown.opened(page), "conflict": conflict, "facts": shown.facts(page),
        "name": _name(page), "nav": "families",
    }  # fmt: skip
    return render(request, "consents/order_end.html", context, status=409 if conflict else 422 if form.errors else 200)


@require_safe
@keeps
def scan(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """The scan of the paper, as a file to keep: never shown inside a page."""
    return as_scan(order_scan(viewer=request.viewer, order_id=order_id, at=clock.now()))


def _name(page: Any) -> str:
    mother = page.people.get(page.row.identity_id)
    return (mother.preferred_name or mother.given_name) if mother else ""
