"""One meeting: its page, its agenda, its steps from the agenda to the approved minutes, and its papers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.commons.forms.meetings import AgendaForm, ItemForm
from careloom.commons.papers import meetings as papers
from careloom.commons.presenters import meetings as shown
from careloom.commons.views.meetings import sat
from careloom.commons.views.parts import asked, load, page_view, posted, reads
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.answers import Done, Refused
from careloom.infra.documents.handing import document
from careloom.meetings import actions
from careloom.meetings.words import REFUSALS

STEPS: dict[str, Callable[..., Done | Refused]] = {
    "build": actions.build_agenda, "publish": actions.publish_agenda, "begin": actions.begin_meeting, "end": actions.end_meeting,
    "send": actions.send_minutes,
}  # fmt: skip
LEADS_TO = {"build": "agenda", "begin": "meeting_room"}


@require_safe
@reads
def meeting(request: HttpRequest, collaborative_id: UUID, meeting_id: UUID) -> HttpResponse:
    """One meeting: its agenda before it, its minutes after it, and the next step for who leads it."""
    found = sat(request, collaborative_id, meeting_id)
    context = shown.one(found, today=clock.today(agency_of(request).zone))
    return render(request, "commons/meetings_one.html", {**context, "nav": "partnership"})


@page_view
@reads
def agenda(request: HttpRequest, collaborative_id: UUID, meeting_id: UUID) -> HttpResponse:
    """All points at once: order, minutes, who, and what each changes for families."""
    found = sat(request, collaborative_id, meeting_id)
    if not found.may_write or found.meeting.state not in ("SCHEDULED", "AGENDA_PUBLISHED"):
        raise NotVisible
    form = AgendaForm(request.POST or None, items=found.items)
    response = posted(
        request, form, lambda: actions.keep_agenda(by=viewer_of(request), at=clock.now(), meeting_id=meeting_id, lines=form.lines),
        leads_to=lambda done: ("meeting", {"collaborative_id": collaborative_id, "meeting_id": meeting_id}),
    )  # fmt: skip
    if response is not None:
        return response
    context = shown.one(found, today=clock.today(agency_of(request).zone)) | {"form": form, "lines": form.rows(), "nav": "partnership"}
    return render(request, "commons/meetings_agenda.html", context, status=422 if form.errors else 200)


@page_view
@reads
def item(request: HttpRequest, collaborative_id: UUID, meeting_id: UUID) -> HttpResponse:
    """A point of one's own; any member of the body may bring one."""
    found = sat(request, collaborative_id, meeting_id)
    if not (found.may_bring or (found.may_write and found.meeting.state == "RUNNING")):
        raise NotVisible
    form = ItemForm(request.POST or None)
    to = "meeting_room" if found.meeting.state == "RUNNING" else "meeting"
    response = posted(
        request, form,
        lambda: actions.add_item(
            by=viewer_of(request), at=clock.now(), meeting_id=meeting_id, facts=form.facts, request_key=form.cleaned_data["request_key"]
        ),
        leads_to=lambda done: (to, {"collaborative_id": collaborative_id, "meeting_id": meeting_id}),
    )  # fmt: skip
    back = reverse(f"commons:{to}", args=[collaborative_id, meeting_id])
    return response or asked(request, form, rooms=load(request, collaborative_id), title=_("A point for the agenda"), back=back)


@require_POST
@reads
def step(request: HttpRequest, collaborative_id: UUID, meeting_id: UUID) -> HttpResponse:
    """The next step of a meeting: build and publish the agenda, begin, end, send the minutes round, approve those of an earlier one."""
    found = sat(request, collaborative_id, meeting_id)
    does, told = request.POST.get("does", ""), {"by": viewer_of(request), "at": clock.now()}
    done: Any
    if does == "approve" and (about := _earlier(request, found)) is not None:
        done = actions.approve_minutes(**told, meeting_id=about, in_meeting_id=meeting_id)
    elif does in STEPS:
        done = STEPS[does](**told, meeting_id=meeting_id)
    else:
        raise NotVisible
    if isinstance(done, Refused):
        if "NOT_ALLOWED" in done.codes:
            raise NotVisible
        for code in done.codes:
            messages.warning(request, str(REFUSALS[code]))
    to = LEADS_TO.get(does, "meeting") if isinstance(done, Done) else "meeting"
    if does == "approve" or (does == "end" and isinstance(done, Refused)):
        to = "meeting_room"
    return redirect(f"commons:{to}", collaborative_id=collaborative_id, meeting_id=meeting_id)


@require_safe
@reads
def agenda_paper(request: HttpRequest, collaborative_id: UUID, meeting_id: UUID) -> HttpResponse:
    """The agenda as PDF."""
    return document(papers.agenda_paper(sat(request, collaborative_id, meeting_id), at=clock.now()), name="agenda")


@require_safe
@reads
def minutes_paper(request: HttpRequest, collaborative_id: UUID, meeting_id: UUID) -> HttpResponse:
    """The minutes as PDF, once the meeting was held."""
    found = sat(request, collaborative_id, meeting_id)
    if found.meeting.ended_at is None:
        raise NotVisible
    return document(papers.minutes_paper(found, at=clock.now()), name="minutes")


def _earlier(request: HttpRequest, found: Any) -> UUID | None:
    """The meeting whose minutes are to be approved: one that a point of this agenda names."""
    text = request.POST.get("about", "")
    return next((pk for pk in found.approves if str(pk) == text), None)
