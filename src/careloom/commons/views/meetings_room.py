"""The room: one point at a time, notes kept as one types, who is there, decisions and promises; good on a screen that all look at."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.barriers.models import Barrier
from careloom.barriers.queries import answered_by
from careloom.commons.forms.meetings import AttendanceForm, NotesForm
from careloom.commons.forms.meetings_outcomes import BarrierDecisionForm, DecisionForm, PromiseForm
from careloom.commons.presenters.meetings_room import room_context
from careloom.commons.views.meetings import sat
from careloom.commons.views.parts import asked, load, page_view, posted, reads
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.answers import Done, Stale
from careloom.kernel.partnership import Tier
from careloom.kernel.partnership.barrier import Deed, State, allows
from careloom.meetings import actions
from careloom.meetings.models import AgendaItem
from careloom.meetings.queries import Sitting
from careloom.partnership.queries import Rooms


@page_view
@reads
def room(request: HttpRequest, collaborative_id: UUID, meeting_id: UUID) -> HttpResponse:
    """The meeting while it goes on, and its minutes while they are still written."""
    found = sat(request, collaborative_id, meeting_id)
    if not found.open:
        if request.method == "POST" and not found.may_write:
            raise NotVisible
        return redirect("commons:meeting", collaborative_id=collaborative_id, meeting_id=meeting_id)
    if request.method == "POST" and not found.may_write:
        raise NotVisible
    rooms = load(request, collaborative_id)
    current = _current(request, found)
    forms = _forms(request, rooms, found, current)
    if request.method == "POST":
        response = _posted(request, found, forms, current)
        if response is not None:
            return response
    broken = any(form.errors for form in forms.values())
    context = room_context(found, current=current, today=clock.today(agency_of(request).zone)) | {"forms": forms, "nav": "partnership"}
    return render(request, "commons/meetings_room.html", context, status=422 if broken else 200)


@page_view
@reads
def attendance(request: HttpRequest, collaborative_id: UUID, meeting_id: UUID) -> HttpResponse:
    """Who is there and how."""
    found = sat(request, collaborative_id, meeting_id)
    if not found.may_write or not found.open:
        raise NotVisible
    form = AttendanceForm(
        request.POST or None, seats=found.seats, there=found.there, initial={"mode": found.meeting.mode, "guests": found.meeting.guests}
    )
    response = posted(
        request, form,
        lambda: actions.take_attendance(
            by=viewer_of(request), at=clock.now(), meeting_id=meeting_id, there=form.there, mode=form.cleaned_data["mode"],
            guests=form.cleaned_data["guests"], read=form.read,
        ),
        leads_to=lambda done: ("meeting_room", {"collaborative_id": collaborative_id, "meeting_id": meeting_id}),
    )  # fmt: skip
    back = reverse("commons:meeting_room", args=[collaborative_id, meeting_id])
    return response or asked(request, form, rooms=load(request, collaborative_id), title=_("Who is there"), back=back)


def _current(request: HttpRequest, found: Sitting) -> AgendaItem | None:
    wanted = request.GET.get("point", "")
    asked_for = next((item for item in found.items if str(item.pk) == wanted), None)
    return asked_for or next((item for item in found.items if not item.talked), None) or (found.items[0] if found.items else None)


def _forms(request: HttpRequest, rooms: Rooms, found: Sitting, current: AgendaItem | None) -> dict[str, Any]:
    does = request.POST.get("does", "") if request.method == "POST" else ""
    told = lambda name: request.POST if does == name else None  # noqa: E731
    charter = rooms.charters.get(found.meeting.body_id)
    families = current.for_families if current else ""
    start = {"item_id": current.pk, "notes": current.notes, "talked": True, "version": current.row_version} if current else {}
    votes = charter is not None and charter.rule == "VOTE"
    decide: Any = DecisionForm(told("decide"), initial={"for_families": families}, votes=votes)
    if current and (barrier := _waits(request, found, current)) is not None:
        teams = [(body.pk, body.name) for body in rooms.bodies if body.tier != Tier.OVERSIGHT]
        first = {"for_families": families or barrier.plain, "version": barrier.row_version}
        decide = BarrierDecisionForm(told("decide"), initial=first, votes=votes, bodies=teams)
    return {
        "notes": NotesForm(told("notes"), initial=start),
        "decide": decide,
        "promise": PromiseForm(told("promise"), initial={"for_families": families}, seats=rooms.seats),
    }


def _posted(request: HttpRequest, found: Sitting, forms: dict[str, Any], current: AgendaItem | None) -> HttpResponse | None:
    does, quiet = request.POST.get("does", ""), request.headers.get("X-Autosave") == "1"
    form = forms.get(does)
    if form is None:
        raise NotVisible
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422) if quiet else None
    told: dict[str, Any] = {"by": viewer_of(request), "at": clock.now()}
    here = reverse("commons:meeting_room", args=[found.meeting.collaborative_id, found.meeting.pk])
    done: Any
    if does == "notes":
        item = next((one for one in found.items if one.pk == form.cleaned_data["item_id"]), None)
        if item is None:
            raise NotVisible
        here = f"{here}?point={item.pk}"
        done = actions.write_notes(
            **told, item_id=item.pk, notes=form.cleaned_data["notes"], talked=form.cleaned_data["talked"], version=form.cleaned_data["version"]
        )
        if quiet:
            return _kept(done, item_id=item.pk, here=here)
    elif does == "decide":
        here = f"{here}?point={current.pk}" if current else here
        told |= {"body_id": found.meeting.body_id, "meeting_id": found.meeting.pk, "item_id": current.pk if current else None}
        told |= {"facts": form.facts, "request_key": form.cleaned_data["request_key"]}
        if isinstance(form, BarrierDecisionForm) and form.cleaned_data["decision"] and current and current.about_id:
            done = actions.decide_barrier(**told, outcome=form.outcome, barrier_id=current.about_id, version=form.cleaned_data["version"])
        else:
            done = actions.decide(**told)
    else:
        here = f"{here}?point={current.pk}" if current else here
        done = actions.promise(
            **told, body_id=found.meeting.body_id, meeting_id=found.meeting.pk, facts=form.facts, request_key=form.cleaned_data["request_key"]
        )
    if isinstance(done, Done):
        messages.success(request, _("Kept."))
        return redirect(here)
    if isinstance(done, Stale) and does == "decide":
        form.add_error(None, _("Somebody moved the barrier meanwhile. Look at it, then decide again."))
        return None
    if isinstance(done, Stale):
        form.stale = done.current
        form.add_error(None, _("Somebody else wrote here meanwhile. Both texts are below: put them together and keep them."))
        form.data = form.data.copy()
        form.data["version"] = str(done.current.row_version)
        return None
    form.refuse(done.codes)
    return None


def _waits(request: HttpRequest, found: Sitting, current: AgendaItem) -> Barrier | None:
    """The barrier of a point, where it waits for a decision of this body and the reader is one of its officers."""
    if current.about_kind != "barriers.barrier" or not found.standing.leads(found.meeting.body_id):
        return None
    pk = found.meeting.collaborative_id
    row = answered_by(viewer=viewer_of(request), collaborative_id=pk, barrier_id=current.about_id)
    return row if row and row.body_id == found.meeting.body_id and allows(State(row.state), Deed.DECIDE) else None


def _kept(done: Any, *, item_id: UUID, here: str) -> HttpResponse:
    """What the script that saves as one types is told."""
    if isinstance(done, Stale):
        return JsonResponse({"url": here}, status=409)
    if not isinstance(done, Done):
        return JsonResponse({"errors": list(done.codes)}, status=422)
    row = AgendaItem.objects.get(pk=item_id)
    at = row.noted_at or clock.now()
    return JsonResponse({"at": date_format(at.astimezone(clock.zone()), "g:i A"), "version": str(row.row_version)})
