"""The partners of a collaborative."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careloom.agencies.models import Agency
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.commons.forms.structure import PartnerForm
from careloom.commons.presenters.rooms import partner_lines
from careloom.commons.views.parts import asked, load, page_view, posted, reads
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.partnership import actions
from careloom.partnership.models import Partner
from careloom.partnership.queries import Rooms

A_PAGE = 25


@require_safe
@reads
def listed(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Every partner with its kinds and how many of it sit where."""
    rooms = load(request, collaborative_id)
    page = Paginator(partner_lines(rooms), A_PAGE).get_page(request.GET.get("page"))
    context = {"rooms": rooms, "page_of": page, "lines": page.object_list, "may_add": rooms.standing.runs, "nav": "partnership"}
    return render(request, "commons/partners.html", context)


@page_view
@reads
def new(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Add a partner."""
    rooms = load(request, collaborative_id)
    if not rooms.standing.runs:
        raise NotVisible
    return _page(request, rooms, None)


@page_view
@reads
def edit(request: HttpRequest, collaborative_id: UUID, partner_id: UUID) -> HttpResponse:
    """What is known of a partner, by who runs the collaborative or by the partner itself."""
    rooms = load(request, collaborative_id)
    row = next((one for one in rooms.partners if one.pk == partner_id), None)
    if row is None or not rooms.standing.speaks_for(row.pk):
        raise NotVisible
    return _page(request, rooms, row)


def _page(request: HttpRequest, rooms: Rooms, row: Partner | None) -> HttpResponse:
    today, collaborative_id = clock.today(agency_of(request).zone), rooms.standing.collaborative.pk
    names = ("name", "agency_id", "sectors", "kinds", "streams", "brings", "joined_on")
    start = (
        {name: getattr(row, name) for name in names} | {"version": row.row_version}
        if row
        else {"joined_on": today, "kinds": request.GET.getlist("kind")}
    )
    agencies = list(Agency.objects.filter(active=True).order_by("name").values_list("pk", "name")[:500]) if rooms.standing.runs else []
    form = PartnerForm(request.POST or None, initial=start, agencies=agencies, runs=rooms.standing.runs)
    response = posted(
        request, form,
        lambda: actions.put_partner(
            by=viewer_of(request), at=clock.now(), collaborative_id=collaborative_id, facts=form.facts(joined_on=row.joined_on if row else today),
            request_key=form.cleaned_data["request_key"], partner_id=row.pk if row else None, version=form.cleaned_data["version"],
        ),
        leads_to=lambda done: ("partners", {"collaborative_id": collaborative_id}),
    )  # fmt: skip
    title = row.name if row else _("A new partner")
    return response or asked(request, form, rooms=rooms, title=title, back=reverse("commons:partners", args=[collaborative_id]))
