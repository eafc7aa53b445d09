"""The service array: what the directory lists and what partners add, and the five points of intervention (R-014, R-225)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.commons.forms.inventory import EndForm, OfferForm
from careloom.commons.presenters import inventory as shown
from careloom.commons.presenters import inventory_array as arrayed
from careloom.commons.views.parts import asked, load, page_view, posted, reads
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.inventory import actions, queries
from careloom.inventory.models import Offer
from careloom.inventory.places import places_of
from careloom.partnership.queries import Rooms

A_PAGE = 25


@require_safe
@reads
def services(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Every service by place, population, payer and room."""
    array = queries.array_of(viewer=viewer_of(request), collaborative_id=collaborative_id)
    wanted = {name: request.GET.get(name, "") for name in ("place", "population", "payer", "point", "by")}
    found = arrayed.lines(array, asked=wanted)
    choices = [{**one, "chosen": wanted[one["name"]]} for one in arrayed.choices(array)]
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    may_add = array.standing.runs or bool(array.standing.partner_ids)
    context = {"lines": page.object_list, "page_of": page, "n": len(found), "choices": choices, "may_add": may_add}
    return render(request, "commons/inventory_services.html", {**context, **shown.around(array.standing, "inventory_services")})


@require_safe
@reads
def points(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """The five points of intervention with the services at each, the empty ones too."""
    array = queries.array_of(viewer=viewer_of(request), collaborative_id=collaborative_id)
    return render(request, "commons/inventory_points.html", {"points": arrayed.points(array), **shown.around(array.standing, "inventory_points")})


@page_view
@reads
def new(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Add a service of a partner."""
    rooms = load(request, collaborative_id)
    if not (rooms.standing.runs or rooms.standing.partner_ids):
        raise NotVisible
    return _page(request, rooms, None)


@page_view
@reads
def edit(request: HttpRequest, collaborative_id: UUID, offer_id: UUID) -> HttpResponse:
    """What is known of a service that a partner added."""
    rooms = load(request, collaborative_id)
    return _page(request, rooms, _offer(request, rooms, offer_id))


@page_view
@reads
def end(request: HttpRequest, collaborative_id: UUID, offer_id: UUID) -> HttpResponse:
    """A service is no longer given."""
    rooms = load(request, collaborative_id)
    row = _offer(request, rooms, offer_id)
    form = EndForm(request.POST or None, initial={"on": clock.today(agency_of(request).zone)})
    response = posted(
        request, form, lambda: actions.end_offer(by=viewer_of(request), at=clock.now(), offer_id=row.pk, on=form.cleaned_data["on"]),
        leads_to=lambda done: ("inventory_services", {"collaborative_id": collaborative_id}),
    )  # fmt: skip
    title, back = _("%(name)s ends") % {"name": row.name}, reverse("commons:inventory_offer", args=[collaborative_id, row.pk])
    return response or asked(request, form, rooms=rooms, title=title, back=back)


def _offer(request: HttpRequest, rooms: Rooms, offer_id: UUID) -> Offer:
    """A service that the reader may change. Raises NotVisible."""
    row, standing = queries.offer_of(viewer=viewer_of(request), offer_id=offer_id)
    if row.collaborative_id != rooms.standing.collaborative.pk or not standing.speaks_for(row.partner_id):
        raise NotVisible
    return row


def _page(request: HttpRequest, rooms: Rooms, row: Offer | None) -> HttpResponse:
    standing, collaborative_id = rooms.standing, rooms.standing.collaborative.pk
    names = ("partner_id", "name", "needs", "populations", "places", "payers", "points", "unit", "most", "room", "notes")
    start: dict[str, Any] = {name: getattr(row, name) for name in names} | {"version": row.row_version} if row else {}
    start |= {"said_on": clock.today(agency_of(request).zone)}
    partners = [(one.pk, one.name) for one in rooms.partners if (one.pk == row.partner_id if row else standing.speaks_for(one.pk))]
    form = OfferForm(request.POST or None, initial=start, partners=partners, places=places_of(standing.collaborative))
    response = posted(
        request, form,
        lambda: actions.put_offer(
            by=viewer_of(request), at=clock.now(), collaborative_id=collaborative_id, partner_id=form.cleaned_data["partner_id"], facts=form.facts,
            request_key=form.cleaned_data["request_key"], offer_id=row.pk if row else None, version=form.cleaned_data["version"],
        ),
        leads_to=lambda done: ("inventory_services", {"collaborative_id": collaborative_id}),
    )  # fmt: skip
    back = reverse("commons:inventory_services", args=[collaborative_id])
    lede = _("What the directory lists is here already. Add what it does not have.") if row is None else ""
    return response or asked(request, form, rooms=rooms, title=row.name if row else _("A new service"), lede=lede, back=back)
