"""Agreements: the list with what waits, what comes next, one of them, its position, and the difference between two versions."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.agreements.queries import Whole, agreement_of, agreements_of, definitions_of, due
from careloom.commons.presenters import agreements as shown
from careloom.commons.presenters.agreements_path import steps
from careloom.commons.presenters.agreements_position import position_context
from careloom.commons.presenters.agreements_versions import version_context
from careloom.commons.views.parts import load, reads
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.ui.paging import page_number
from careloom.partnership.queries import Rooms

WAITS = 12


def find(request: HttpRequest, collaborative_id: UUID, agreement_id: UUID) -> tuple[Rooms, Whole]:
    """An agreement of a page, with its collaborative. Raises NotVisible."""
    rooms = load(request, collaborative_id)
    return rooms, agreement_of(viewer=viewer_of(request), collaborative_id=collaborative_id, agreement_id=agreement_id)


def run(request: HttpRequest, collaborative_id: UUID, agreement_id: UUID) -> tuple[Rooms, Whole]:
    """An agreement that the reader may write in. Raises NotVisible."""
    rooms, whole = find(request, collaborative_id, agreement_id)
    if not rooms.standing.runs:
        raise NotVisible
    return rooms, whole


@require_safe
@reads
def listed(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """What waits, and the agreements on a line of time and as a list."""
    rooms, viewer = load(request, collaborative_id), viewer_of(request)
    found = agreements_of(viewer=viewer, collaborative_id=collaborative_id, page=page_number(request))
    waits = due(viewer=viewer, collaborative_id=collaborative_id)
    context = shown.list_context(rooms, found, waits, today=clock.today(agency_of(request).zone))
    context["waits_page"] = Paginator(context["waits"], WAITS).get_page(request.GET.get("waits"))
    return render(request, "commons/agreements.html", {**context, "nav": "partnership"})


@require_safe
@reads
def path(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """What comes next: the steps from the inventory to the annual report, each with its state and where to go."""
    rooms, viewer = load(request, collaborative_id), viewer_of(request)
    defined = bool(definitions_of(viewer=viewer, collaborative_id=collaborative_id))
    context = {"rooms": rooms, "row": rooms.standing.collaborative, "nav": "partnership"}
    return render(request, "commons/agreements_next.html", context | steps(rooms, viewer=viewer, defined=defined))


@require_safe
@reads
def one(request: HttpRequest, collaborative_id: UUID, agreement_id: UUID) -> HttpResponse:
    """One agreement: where it stands, what is missing, its clauses, and what follows from it."""
    rooms, whole = find(request, collaborative_id, agreement_id)
    context = shown.one_context(rooms, whole, today=clock.today(agency_of(request).zone))
    return render(request, "commons/agreement.html", {**context, "nav": "partnership"})


@require_safe
@reads
def position(request: HttpRequest, collaborative_id: UUID, agreement_id: UUID) -> HttpResponse:
    """The integration position as the agreement has it; with what is asked in the address, whether a family is one for whom it is."""
    rooms, whole = find(request, collaborative_id, agreement_id)
    if whole.row.kind != "WORKING":
        raise NotVisible
    context = position_context(rooms, whole, known=request.GET.getlist("known"), asked="asked" in request.GET)
    return render(request, "commons/agreement_position.html", {**context, "nav": "partnership"})


@require_safe
@reads
def version(request: HttpRequest, collaborative_id: UUID, agreement_id: UUID, number: str) -> HttpResponse:
    """A version that was executed, with what it changed; "now" is the text as it stands against the version in force."""
    rooms, whole = find(request, collaborative_id, agreement_id)
    context = version_context(rooms, whole, number=number)
    return render(request, "commons/agreement_version.html", {**context, "nav": "partnership"})
