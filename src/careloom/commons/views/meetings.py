"""When bodies meet: all of them, one with its year and its leaders in turn, its series, and single meetings."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.commons.forms.meetings import CancelForm, MeetingForm, SeriesForm
from careloom.commons.presenters import meetings as shown
from careloom.commons.presenters.calendar_file import calendar_file
from careloom.commons.views.parts import asked, body_in, load, page_view, posted, reads
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.documents.handing import document
from careloom.infra.ui.paging import page_number, some
from careloom.meetings import actions
from careloom.meetings.models import Meeting, Series
from careloom.meetings.queries import Sitting, ahead_of, calendar_of, coming_up, meetings_of, mine, sitting_of
from careloom.partnership.models import Body
from careloom.partnership.queries import Rooms


def sat(request: HttpRequest, collaborative_id: UUID, meeting_id: UUID) -> Sitting:
    """The meeting of a page. Raises NotVisible."""
    found = sitting_of(viewer=viewer_of(request), meeting_id=meeting_id)
    if found.meeting.collaborative_id != collaborative_id:
        raise NotVisible
    return found


@require_safe
@reads
def home(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Every body with its year, what comes up, and what the reader promised."""
    viewer, at = viewer_of(request), clock.now()
    found = calendar_of(viewer=viewer, collaborative_id=collaborative_id, at=at)
    coming = coming_up(viewer=viewer, collaborative_id=collaborative_id, at=at, most=6)
    own = mine(viewer=viewer, collaborative_id=collaborative_id, at=at, most=10)
    context = shown.overview(found, coming=coming, mine=own, today=clock.today(agency_of(request).zone))
    return render(request, "commons/meetings.html", {**context, "nav": "partnership"})


@require_safe
@reads
def of_body(request: HttpRequest, collaborative_id: UUID, body_id: UUID) -> HttpResponse:
    """One body: its series, who leads in turn, and all its meetings."""
    viewer, at = viewer_of(request), clock.now()
    found = calendar_of(viewer=viewer, collaborative_id=collaborative_id, at=at)
    body_in(found.rooms, body_id)
    year = found.by_body[body_id]
    ahead = ahead_of(viewer=viewer, body_id=body_id, at=at, most=12)
    page = some(meetings_of(viewer=viewer, body_id=body_id).filter(starts_at__lt=at), page=page_number(request))
    context = {
        "row": found.rooms.standing.collaborative, "body": year.body, "year": shown.year_of(year, rooms=found.rooms), "series": year.series,
        "turns": shown.turns_of(year.series, rooms=found.rooms) if year.series else [], "ahead": [shown.line_of(one) for one in ahead],
        "page": page, "past": [shown.line_of(one) for one in page.rows if isinstance(one, Meeting)], "nav": "partnership",
    }  # fmt: skip
    return render(request, "commons/meetings_body.html", context)


@page_view
@reads
def series(request: HttpRequest, collaborative_id: UUID, body_id: UUID) -> HttpResponse:
    """When a body meets and who leads in turn."""
    rooms, body = _led(request, collaborative_id, body_id)
    row = Series.objects.filter(body_id=body.pk, ends_on=None).first()
    today = clock.today(agency_of(request).zone)
    names = ("week", "weekday", "hour", "every_months", "minutes", "mode", "place", "link", "dial_in", "rotation")
    start: dict[str, Any] = {"starts_on": today}
    if row is not None:
        start = {name: getattr(row, name) for name in names} | {"version": row.row_version}
    # The list stands in the order of the rotation, so that keeping it keeps the order.
    order = {pk: place for place, pk in enumerate(row.rotation)} if row else {}
    seats = sorted(rooms.seats_in(body), key=lambda seat: order.get(seat.pk, len(order)))
    form = SeriesForm(request.POST or None, initial=start, seats=seats, new=row is None)
    response = posted(
        request, form,
        lambda: actions.put_series(
            by=viewer_of(request), at=clock.now(), body_id=body.pk, facts=form.facts(starts_on=row.starts_on if row else today),
            request_key=form.cleaned_data["request_key"], version=form.cleaned_data["version"],
        ),
        leads_to=lambda done: ("body_meetings", {"collaborative_id": collaborative_id, "body_id": body.pk}),
        said=_("Kept. The meetings of the next twelve months are made."),
    )  # fmt: skip
    title = _("When %(body)s meets") % {"body": body.name}
    return response or asked(request, form, rooms=rooms, title=title, back=_body_url(body))


@page_view
@reads
def new(request: HttpRequest, collaborative_id: UUID, body_id: UUID) -> HttpResponse:
    """Call a meeting beside the series."""
    rooms, body = _led(request, collaborative_id, body_id)
    start = {"on": clock.today(agency_of(request).zone), "minutes": 60, "mode": "VIRTUAL"}
    form = MeetingForm(request.POST or None, initial=start, seats=rooms.seats_in(body))
    response = posted(
        request, form,
        lambda: actions.put_meeting(
            by=viewer_of(request), at=clock.now(), body_id=body.pk, facts=form.facts, request_key=form.cleaned_data["request_key"]
        ),
        leads_to=lambda done: ("meeting", {"collaborative_id": collaborative_id, "meeting_id": done.row_id}),
    )  # fmt: skip
    return response or asked(request, form, rooms=rooms, title=_("One more meeting"), back=_body_url(body))


@page_view
@reads
def edit(request: HttpRequest, collaborative_id: UUID, meeting_id: UUID) -> HttpResponse:
    """Another time, place or leader for one meeting."""
    found = _writing(request, collaborative_id, meeting_id)
    row, rooms = found.meeting, load(request, collaborative_id)
    local = row.starts_at.astimezone(clock.zone())
    names = ("minutes", "mode", "place", "link", "dial_in", "leader_id")
    start = {name: getattr(row, name) for name in names} | {"on": local.date(), "hour": local.time(), "version": row.row_version}
    form = MeetingForm(request.POST or None, initial=start, seats=[seat for seat in found.seats if seat.left_on is None])
    response = posted(
        request, form,
        lambda: actions.put_meeting(
            by=viewer_of(request), at=clock.now(), meeting_id=row.pk, facts=form.facts, version=form.cleaned_data["version"],
            request_key=form.cleaned_data["request_key"],
        ),
        leads_to=lambda done: ("meeting", {"collaborative_id": collaborative_id, "meeting_id": row.pk}),
    )  # fmt: skip
    return response or asked(request, form, rooms=rooms, title=_("This meeting alone"), back=_meeting_url(row))


@page_view
@reads
def cancel(request: HttpRequest, collaborative_id: UUID, meeting_id: UUID) -> HttpResponse:
    """A meeting does not take place."""
    found = _writing(request, collaborative_id, meeting_id)
    form = CancelForm(request.POST or None)
    response = posted(
        request, form,
        lambda: actions.cancel_meeting(by=viewer_of(request), at=clock.now(), meeting_id=meeting_id, reason=form.cleaned_data["reason"]),
        leads_to=lambda done: ("meeting", {"collaborative_id": collaborative_id, "meeting_id": meeting_id}), said=_("Cancelled."),
    )  # fmt: skip
    rooms, title = load(request, collaborative_id), _("It does not take place")
    return response or asked(
        request, form, rooms=rooms, title=title, lede=shown.when(found.meeting.starts_at), back=_meeting_url(found.meeting), save=_("Cancel it")
    )


@require_safe
@reads
def body_calendar(request: HttpRequest, collaborative_id: UUID, body_id: UUID) -> HttpResponse:
    """The planned meetings of a body as a file for a calendar."""
    body = body_in(load(request, collaborative_id), body_id)
    rows = ahead_of(viewer=viewer_of(request), body_id=body_id, at=clock.now())
    return _file(calendar_file(rows, name=body.name, at=clock.now()), name="meetings")


@require_safe
@reads
def meeting_calendar(request: HttpRequest, collaborative_id: UUID, meeting_id: UUID) -> HttpResponse:
    """One meeting as a file for a calendar."""
    row = sat(request, collaborative_id, meeting_id).meeting
    return _file(calendar_file([row], name=row.body.name, at=clock.now()), name="meeting")


def _file(content: bytes, *, name: str) -> HttpResponse:
    return document(content, media_type="text/calendar", name=name)


def _led(request: HttpRequest, collaborative_id: UUID, body_id: UUID) -> tuple[Rooms, Body]:
    """A body for which the reader writes. Raises NotVisible."""
    rooms = load(request, collaborative_id)
    body = body_in(rooms, body_id)
    if not rooms.standing.leads(body.pk):
        raise NotVisible
    return rooms, body


def _writing(request: HttpRequest, collaborative_id: UUID, meeting_id: UUID) -> Sitting:
    """A planned meeting for which the reader writes. Raises NotVisible."""
    found = sat(request, collaborative_id, meeting_id)
    if not found.may_write or found.meeting.state not in ("SCHEDULED", "AGENDA_PUBLISHED"):
        raise NotVisible
    return found


def _body_url(body: Body) -> str:
    return reverse("commons:body_meetings", args=[body.collaborative_id, body.pk])


def _meeting_url(row: Meeting) -> str:
    return reverse("commons:meeting", args=[row.collaborative_id, row.pk])
