"""The facilitator's sheet as a paper, and official items from a file."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careloom.agencies.signed_in import viewer_of
from careloom.commons.documents.surveys import render_sheet
from careloom.commons.forms.surveys import ItemsForm
from careloom.commons.views.parts import asked, load, page_view, reads
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.answers import Done, Refused, Stale
from careloom.infra.documents.handing import document
from careloom.surveys import actions, queries
from careloom.surveys.instruments import MOST_BYTES
from careloom.surveys.words import FILE_WRONG


@require_safe
@reads
def sheet(request: HttpRequest, collaborative_id: UUID, round_id: UUID) -> HttpResponse:
    """Five agreements, five divergences, what to ask each other, and the draft of principles, as PDF."""
    viewer = viewer_of(request)
    row, standing = queries.round_of(viewer=viewer, collaborative_id=collaborative_id, round_id=round_id)
    if row.state == "OPEN" or row.answers is None:
        raise NotVisible
    content = render_sheet(queries.results_of(viewer=viewer, row=row), collaborative=standing.collaborative.name)
    return document(content, name=f"facilitator-sheet-{row.kind.lower()}-{row.opened_on:%Y-%m}")


@page_view
@reads
def items(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Import an official set of items; what is wrong in the file is told with its place."""
    rooms = load(request, collaborative_id)
    if not rooms.standing.runs:
        raise NotVisible
    form = ItemsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        done = actions.import_items(
            by=viewer_of(request), at=clock.now(), collaborative_id=collaborative_id, kind=told["kind"], title=told["title"], version=told["number"],
            licence=told["licence"], name=told["file"].name, content=told["file"].read(MOST_BYTES + 1), request_key=told["request_key"],
        )  # fmt: skip
        if isinstance(done, Done):
            messages.success(request, _("Imported. Choose it when you ask."))
            return redirect("commons:surveys", collaborative_id=collaborative_id)
        if isinstance(done, Refused):
            form.refuse(done.codes)
        elif not isinstance(done, Stale):
            for wrong in done[:20]:
                form.add_error("file", f"{wrong.where}: {FILE_WRONG[wrong.code]}")
    lede = _("Wording that belongs to others does not come with Careloom. Where you may use it, import it here.")
    back = reverse("commons:surveys", args=[collaborative_id])
    return asked(request, form, rooms=rooms, title=_("Import official items"), lede=lede, back=back, save=_("Import"))
