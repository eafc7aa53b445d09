"""What the agency joined, and taking it back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies.gate import needs
from careloom.agencies.queries import agencies_by_id
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.infra import clock
from careloom.infra.access.accounting import account
from careloom.infra.answers import Done
from careloom.infra.ui.paging import page_number
from careloom.people import forms, presenters, words
from careloom.people.matching import answering, looking
from careloom.people.queries import names_of, records_of

says = needs(Permission.FAMILY_READ, Permission.IDENTITY_JOIN)


@require_safe
@says
def joins(request: HttpRequest) -> HttpResponse:
    """What the agency joined, the newest first."""
    viewer = viewer_of(request)
    found = looking.joins_of(viewer=viewer, page=page_number(request))
    names = names_of(viewer=viewer, identity_ids=[row.identity_id for row in found.rows])  # type: ignore[attr-defined]
    account(viewer=viewer, place="people:joins", rows=names.values(), at=clock.now())
    lines = presenters.join_lines(found.rows, names=names, own=agency_of(request))
    return render(request, "people/joins.html", {"found": found, "lines": lines, "nav": "families"})


@require_http_methods(["GET", "HEAD", "POST"])
@says
def join(request: HttpRequest, join_id: UUID) -> HttpResponse:
    """One join: the records that it brought together, and a form that takes it back."""
    viewer, own = viewer_of(request), agency_of(request)
    row = looking.get_join(viewer=viewer, join_id=join_id)
    form = forms.UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = answering.take_back(by=viewer, at=clock.now(), join_id=join_id, because=form.cleaned_data["because"])
        if isinstance(done, Done):
            messages.success(request, _("Taken back. Each record is as it was before."))
            return redirect("people:join", join_id=join_id)
        form.refuse(done.codes)
    records = records_of(viewer=viewer, identity_ids=[row.identity_id, row.gone_id])
    account(viewer=viewer, place="people:join", rows=records, at=clock.now())
    agencies = agencies_by_id(ids={record.holder_id for record in records})
    name = presenters.full_name(records[0] if records else None)
    context = {
        "row": row, "form": form, "mark": presenters.join_mark(row), "name": name, "nav": "families",
        "records": [(presenters.full_name(r), presenters.kept_by(r, agencies=agencies, own=own)) for r in records],
        "because": words.JOINED_BECAUSE.get(row.because, row.because), "undone_because": words.UNDO_BECAUSE.get(row.undone_because, ""),
    }  # fmt: skip
    return render(request, "people/join.html", context, status=422 if form.errors else 200)
