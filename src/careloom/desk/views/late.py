"""What is late with a supervisor's colleagues, and a worker's own wishes: her daily mail, quiet hours and time off."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies.gate import needs
from careloom.agencies.queries import workers_of
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.desk.forms import WishesForm
from careloom.desk.pages.today import late_page
from careloom.desk.presenters import today as words
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.answers import Refused, Stale
from careloom.infra.ui.paging import page_number
from careloom.work.standing_in import choose, setting_of


@require_safe
@needs(Permission.FAMILY_READ, Permission.ASSIGN_WORK)
def late(request: HttpRequest) -> HttpResponse:
    """What was told to this supervisor, or with ?all=1 to any supervisor of the agency."""
    everybody = request.GET.get("all") == "1"
    membership = request.membership  # type: ignore[attr-defined]
    page = late_page(viewer=viewer_of(request), membership=membership, at=clock.now(), page=page_number(request), everybody=everybody)
    items = [words.item_of(row, page=page, heap="now") for row in page.now]
    context = {"page": page, "items": items, "everybody": everybody, "query": "all=1" if everybody else "", "nav": "today"}
    return render(request, "desk/late.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.FAMILY_READ)
def wishes(request: HttpRequest) -> HttpResponse:
    """Her own mail, quiet hours and time off; who stands in sees her families for those days and no longer."""
    viewer, at = viewer_of(request), clock.now()
    if viewer.worker_id is None:
        raise NotVisible
    row = setting_of(agency_id=agency_of(request).pk, worker_id=viewer.worker_id)
    colleagues = [m for m in workers_of(agency_id=agency_of(request).pk, at=at) if m.worker_id != viewer.worker_id]
    form = WishesForm(request.POST or None, colleagues=colleagues, initial=WishesForm.start(row))
    if request.method == "POST" and form.is_valid():
        done = choose(by=viewer, at=at, wishes=form.wishes, row_version=form.cleaned_data["row_version"])
        if isinstance(done, Stale):
            form.add_error(None, _("You changed this somewhere else meanwhile. Look at it again and save."))
            form.data = form.data.copy()
            form.data["row_version"] = str(done.current.row_version)
        elif isinstance(done, Refused):
            form.refuse(done.codes)
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:wishes")
    return render(request, "desk/wishes.html", {"form": form, "nav": "today"}, status=422 if form.errors else 200)
