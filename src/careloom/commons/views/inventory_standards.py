"""Standards of quality for each delivery system, and whether they were met at the last check (R-013)."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.commons.forms.inventory import CheckForm, StandardForm
from careloom.commons.presenters import inventory as shown
from careloom.commons.presenters.inventory_quality import systems
from careloom.commons.views.parts import asked, load, page_view, posted, reads
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.inventory import actions, queries
from careloom.inventory.models import Standard
from careloom.inventory.rights import works
from careloom.partnership.queries import Rooms

A_PAGE = 25


@require_safe
@reads
def listed(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """The standards by delivery system, with what the last checks found."""
    found = queries.quality(viewer=viewer_of(request), collaborative_id=collaborative_id, today=clock.today(agency_of(request).zone))
    page = Paginator([one for _sector, rows in found.systems for one in rows], A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "commons/inventory_standards.html",
        {**systems(found, shown=page), "page_of": page, **shown.around(found.standing, "inventory_standards")},
    )


@page_view
@reads
def new(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Set a standard."""
    rooms = load(request, collaborative_id)
    return _page(request, rooms, None)


@page_view
@reads
def edit(request: HttpRequest, collaborative_id: UUID, standard_id: UUID) -> HttpResponse:
    """Change a standard."""
    rooms = load(request, collaborative_id)
    return _page(request, rooms, _standard(request, rooms, standard_id))


@page_view
@reads
def check(request: HttpRequest, collaborative_id: UUID, standard_id: UUID) -> HttpResponse:
    """Say what a check found at a partner."""
    rooms = load(request, collaborative_id)
    row = _standard(request, rooms, standard_id)
    standing = rooms.standing
    partners = [
        (one.pk, one.name) for one in rooms.partners if row.system in one.sectors and (works(standing) or standing.speaks_for(one.pk))
    ]  # fmt: skip
    if not partners:
        raise NotVisible
    start = {"on": clock.today(agency_of(request).zone), "partner_id": partners[0][0] if len(partners) == 1 else ""}
    form = CheckForm(request.POST or None, initial=start, partners=partners)
    response = posted(
        request, form,
        lambda: actions.check_standard(
            by=viewer_of(request), at=clock.now(), standard_id=row.pk, facts=form.facts, request_key=form.cleaned_data["request_key"]
        ),
        leads_to=lambda done: ("inventory_standards", {"collaborative_id": collaborative_id}),
    )  # fmt: skip
    back = reverse("commons:inventory_standards", args=[collaborative_id])
    return response or asked(request, form, rooms=rooms, title=_("What a check found"), lede=row.name, back=back)


def _standard(request: HttpRequest, rooms: Rooms, standard_id: UUID) -> Standard:
    row, _standing = queries.standard_of(viewer=viewer_of(request), standard_id=standard_id)
    if row.collaborative_id != rooms.standing.collaborative.pk:
        raise NotVisible
    return row


def _page(request: HttpRequest, rooms: Rooms, row: Standard | None) -> HttpResponse:
    if not works(rooms.standing):
        raise NotVisible
    collaborative_id = rooms.standing.collaborative.pk
    names = ("system", "name", "source", "how", "every_months")
    start = {name: getattr(row, name) for name in names} | {"version": row.row_version} if row else {"system": request.GET.get("system", "")}
    form = StandardForm(request.POST or None, initial=start if row else {**start, "every_months": 12})
    response = posted(
        request, form,
        lambda: actions.put_standard(
            by=viewer_of(request), at=clock.now(), collaborative_id=collaborative_id, facts=form.facts,
            request_key=form.cleaned_data["request_key"], standard_id=row.pk if row else None, version=form.cleaned_data["version"],
        ),
        leads_to=lambda done: ("inventory_standards", {"collaborative_id": collaborative_id}),
    )  # fmt: skip
    back = reverse("commons:inventory_standards", args=[collaborative_id])
    return response or asked(request, form, rooms=rooms, title=row.name if row else _("A new standard"), back=back)
