"""What meetings came to: decisions with what was said against them, and promises with how they go on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.commons.forms.meetings_outcomes import DissentForm, GoOnForm
from careloom.commons.presenters import meetings_outcomes as shown
from careloom.commons.presenters.meetings import promise_line
from careloom.commons.presenters.noted import lines_of
from careloom.commons.views.parts import load, page_view, posted, reads
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.ui.paging import page_number, some
from careloom.meetings import actions
from careloom.meetings.holding import OPEN, writes_for
from careloom.meetings.models import ActionItem, Decision
from careloom.meetings.queries import Promised, decision_of, decisions_of, promise_of, promises_of, told_of
from careloom.partnership.queries import not_final, noted_about

WHICH = ("OWED", "DONE", "ALL")


@require_safe
@reads
def decisions(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Everything that was decided, the newest first."""
    rooms = load(request, collaborative_id)
    page = some(decisions_of(viewer=viewer_of(request), collaborative_id=collaborative_id), page=page_number(request))
    rows = [row for row in page.rows if isinstance(row, Decision)]
    noted = noted_about(row.pk for row in rows)
    lines = [shown.decision_line(row, noted=noted.get(row.pk)) for row in rows]
    return render(request, "commons/meetings_decisions.html", {"rooms": rooms, "page": page, "lines": lines, "nav": "partnership"})


@page_view
@reads
def decision(request: HttpRequest, collaborative_id: UUID, decision_id: UUID) -> HttpResponse:
    """One decision: how it was made, what it changes for families, and what was said against it."""
    row, standing = decision_of(viewer=viewer_of(request), decision_id=decision_id)
    if row.collaborative_id != collaborative_id:
        raise NotVisible
    rooms = load(request, collaborative_id)
    may = (writes_for(standing, row.meeting) and row.meeting.state in OPEN) if row.meeting else standing.leads(row.body_id)
    if request.method == "POST" and not may:
        raise NotVisible
    seats = [seat for seat in rooms.seats if seat.body_id == row.body_id]
    form = DissentForm(request.POST or None, seats=seats)
    response = posted(
        request, form,
        lambda: actions.put_dissent(
            by=viewer_of(request), at=clock.now(), decision_id=row.pk, facts=form.facts, request_key=form.cleaned_data["request_key"]
        ),
        leads_to=lambda done: ("decision", {"collaborative_id": collaborative_id, "decision_id": row.pk}),
    )  # fmt: skip
    if response is not None:
        return response
    line = shown.decision_line(row, noted=noted_about([row.pk]).get(row.pk))
    waits = lines_of(
        (one for one in not_final(viewer=viewer_of(request), collaborative_id=collaborative_id, body_id=row.body_id) if row.pk in one.about),
        standing=standing,
    )
    context = {"rooms": rooms, "line": line, "waits": waits, "form": form if may else None, "nav": "partnership"}
    return render(request, "commons/meetings_decision.html", context, status=422 if form.errors else 200)


@require_safe
@reads
def promises(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Everything that was promised: what is owed, what was done, or all."""
    rooms = load(request, collaborative_id)
    which = request.GET.get("which", WHICH[0])
    which = which if which in WHICH else WHICH[0]
    today = clock.today(agency_of(request).zone)
    page = some(promises_of(viewer=viewer_of(request), collaborative_id=collaborative_id, which=which), page=page_number(request))
    rows = [row for row in page.rows if isinstance(row, ActionItem)]
    here = reverse("commons:promises", args=[collaborative_id])
    tabs = ((_("Still owed"), "OWED"), (_("Done"), "DONE"), (_("All"), "ALL"))
    context = {
        "rooms": rooms, "page": page, "rest": f"&which={which}", "nav": "partnership",
        "lines": [promise_line(Promised(row=row, told=told_of(row, on=today)), today=today) for row in rows],
        "tabs": shown.tabs_of([(words, f"{here}?which={code}", code == which) for words, code in tabs]),
    }  # fmt: skip
    return render(request, "commons/meetings_promises.html", context)


@page_view
@reads
def promise(request: HttpRequest, collaborative_id: UUID, action_id: UUID) -> HttpResponse:
    """One promise: whose, by when, how it went on; and how it stands now, for its owner and for who leads the body."""
    found = promise_of(viewer=viewer_of(request), action_id=action_id, at=clock.now())
    if found.row.collaborative_id != collaborative_id or (request.method == "POST" and not found.moves):
        raise NotVisible
    rooms = load(request, collaborative_id)
    form: Any = GoOnForm(request.POST or None, moves=found.moves, initial={"version": found.row.row_version})
    response = posted(
        request, form,
        lambda: actions.go_on(
            by=viewer_of(request), at=clock.now(), action_id=action_id, state=form.cleaned_data["state"], words=form.cleaned_data["words"],
            version=form.cleaned_data["version"], request_key=form.cleaned_data["request_key"],
        ),
        leads_to=lambda done: ("promise", {"collaborative_id": collaborative_id, "action_id": action_id}),
    )  # fmt: skip
    if response is not None:
        return response
    context = shown.promise_page(found, today=clock.today(agency_of(request).zone)) | {"rooms": rooms, "nav": "partnership"}
    context["form"] = form if found.moves else None
    return render(request, "commons/meetings_promise.html", context, status=422 if form.errors else 200)
