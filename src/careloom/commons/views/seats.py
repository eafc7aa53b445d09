"""Members' seats: give one, change it, leave it, and say again that taking part matters."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from careloom.agencies.queries import workers_of
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.commons.forms.keyed import Room
from careloom.commons.forms.seats import CommitForm, LeaveForm, SeatForm
from careloom.commons.views.parts import asked, body_in, load, page_view, posted, reads
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.partnership import actions
from careloom.partnership.models import Body, Seat
from careloom.partnership.queries import Rooms


@page_view
@reads
def new(request: HttpRequest, collaborative_id: UUID, body_id: UUID) -> HttpResponse:
    """Give a seat to a member."""
    rooms = load(request, collaborative_id)
    body = body_in(rooms, body_id)
    if not rooms.standing.leads(body.pk):
        raise NotVisible
    return _page(request, rooms, body, None)


@page_view
@reads
def edit(request: HttpRequest, collaborative_id: UUID, seat_id: UUID) -> HttpResponse:
    """What is known of a member: by who leads the body, and what she brings and needs by herself."""
    rooms = load(request, collaborative_id)
    row = _seat(request, rooms, seat_id)
    return _page(request, rooms, body_in(rooms, row.body_id), row)


@page_view
@reads
def leave(request: HttpRequest, collaborative_id: UUID, seat_id: UUID) -> HttpResponse:
    """End a seat."""
    rooms = load(request, collaborative_id)
    row = _seat(request, rooms, seat_id)
    form = LeaveForm(request.POST or None, initial={"on": clock.today(agency_of(request).zone)})
    response = posted(
        request, form, lambda: actions.leave_seat(by=viewer_of(request), at=clock.now(), seat_id=row.pk, on=form.cleaned_data["on"]),
        leads_to=lambda done: ("body", {"collaborative_id": collaborative_id, "body_id": row.body_id}),
    )  # fmt: skip
    title, lede = _("%(name)s leaves") % {"name": row.name}, _("The seat stays in the history, and shows as empty.")
    return response or _asked(request, form, rooms, row, title=title, lede=lede)


@page_view
@reads
def commit(request: HttpRequest, collaborative_id: UUID, seat_id: UUID) -> HttpResponse:
    """Her commitment in her words; each year once more."""
    rooms = load(request, collaborative_id)
    row = _seat(request, rooms, seat_id)
    if row.worker_id != viewer_of(request).worker_id:
        raise NotVisible
    form = CommitForm(request.POST or None, initial={"words": row.commitment})
    response = posted(
        request, form, lambda: actions.commit_again(by=viewer_of(request), at=clock.now(), seat_id=row.pk, words=form.cleaned_data["words"]),
        leads_to=lambda done: ("body", {"collaborative_id": collaborative_id, "body_id": row.body_id}),
        said=_("Thank you. You will be asked again in a year."),
    )  # fmt: skip
    return response or _asked(request, form, rooms, row, title=_("Why you take part"), lede="")


def _seat(request: HttpRequest, rooms: Rooms, seat_id: UUID) -> Seat:
    """A seat that the reader may write in. Raises NotVisible."""
    row = next((one for one in rooms.seats if one.pk == seat_id), None)
    if row is None or not (rooms.standing.leads(row.body_id) or row.worker_id == viewer_of(request).worker_id):
        raise NotVisible
    return row


def _asked(request: HttpRequest, form: Room, rooms: Rooms, row: Seat, *, title: str, lede: str) -> HttpResponse:
    back = reverse("commons:body", args=[rooms.standing.collaborative.pk, row.body_id])
    return asked(request, form, rooms=rooms, title=title, lede=lede, back=back)


def _page(request: HttpRequest, rooms: Rooms, body: Body, row: Seat | None) -> HttpResponse:
    collaborative_id, at = rooms.standing.collaborative.pk, clock.now()
    leads = rooms.standing.leads(body.pk)
    agencies = {one.agency_id: one.name for one in rooms.partners if one.agency_id}
    workers = [(m.worker_id, f"{m.worker.name}, {name}") for pk, name in agencies.items() for m in workers_of(agency_id=pk, at=at)] if leads else []
    form = SeatForm(
        request.POST or None, initial=_start(request, row), partners=[(one.pk, one.name) for one in rooms.partners],
        workers=list(dict(workers).items()), leads=leads,
    )  # fmt: skip
    response = posted(
        request, form,
        lambda: actions.put_seat(
            by=viewer_of(request), at=at, body_id=body.pk, facts=form.facts(row=row), request_key=form.cleaned_data["request_key"],
            seat_id=row.pk if row else None, version=form.cleaned_data["version"],
        ),
        leads_to=lambda done: ("body", {"collaborative_id": collaborative_id, "body_id": body.pk}),
    )  # fmt: skip
    title = row.name if row else _("A new member of %(body)s") % {"body": body.name}
    return response or asked(request, form, rooms=rooms, title=title, back=reverse("commons:body", args=[collaborative_id, body.pk]))


def _start(request: HttpRequest, row: Seat | None) -> dict[str, Any]:
    if row is None:
        return {"starts_on": clock.today(agency_of(request).zone), "office": "MEMBER"}
    return {name: getattr(row, name) for name in SeatForm.base_fields if hasattr(row, name) and name != "request_key"} | {"version": row.row_version}
