"""A look in an emergency: the reason, the few hours, what is open, and the end. Source: 42 CFR 2.51; workflows 6.16."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careloom.agencies.gate import needs
from careloom.agencies.queries import agencies_by_id
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.consents.actions import EmergencyDraft, Opened, close_emergency
from careloom.consents.actions.emergency import HOURS
from careloom.consents.models import EmergencyOpening
from careloom.consents.presenters.words import agency_name
from careloom.disclosures import actions, words
from careloom.disclosures.actions.emergency import bedside
from careloom.disclosures.content import EMERGENCY, lines_of
from careloom.disclosures.forms.emergency import FindForm, OpenForm
from careloom.disclosures.views.parts import moment
from careloom.health.words import mark
from careloom.infra import clock
from careloom.infra.access import NotVisible, acting_as
from careloom.infra.access.accounting import account
from careloom.people.queries import names_of

treats = needs(Permission.EMERGENCY_OPEN)
FOUND, KEPT = "emergency_found", "emergency_openings"
PURPOSE = "emergency_treatment"


@require_http_methods(["GET", "HEAD", "POST"])
@treats
def find(request: HttpRequest) -> HttpResponse:
    """Find a patient in the facility's own registration, and go on with what is open."""
    viewer, at = viewer_of(request), clock.now()
    form, found = FindForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        found = actions.registered(
            by=viewer, at=at, given_name=told["given_name"], family_name=told["family_name"], born_on=told["born_on"], number=told["number"]
        )  # fmt: skip
        # Her page opens in this session because she was named whole here; an address alone opens nothing.
        _keep(request, FOUND, [row.identity_id for row in found])
    openings = [(row, moment(row.closes_at, agency=agency_of(request))) for row in actions.openings_now(by=viewer, at=at)]
    context = {"form": form, "found": found, "openings": openings, "hours": HOURS}
    return render(request, "disclosures/emergency_find.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@treats
def start(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """The reason, before anything is shown."""
    viewer = viewer_of(request)
    visible = names_of(viewer=viewer, identity_ids=[identity_id]).get(identity_id)
    if (visible is None or visible.holder_id != viewer.holder_id) and str(identity_id) not in request.session.get(FOUND, []):
        raise NotVisible
    patient = actions.own_patient(by=viewer, identity_id=identity_id)
    account(viewer=viewer, place="disclosures:start", rows=[patient], at=clock.now())
    form = OpenForm(request.POST or None, initial={"facility": agency_of(request).name})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        draft = EmergencyDraft(
            identity_id=identity_id, facility=told["facility"], nature=told["nature"], why_no_consent=told["why_no_consent"]
        )  # fmt: skip
        done = actions.open_for_patient(by=viewer, at=clock.now(), draft=draft, request_key=told["request_key"])
        if isinstance(done, Opened):
            _keep(request, KEPT, [done.opening.pk])
            return redirect("disclosures:look", opening_id=done.opening.pk)
        form.refuse(done.codes)
    context = {"form": form, "patient": patient, "hours": HOURS}
    return render(request, "disclosures/emergency_start.html", context, status=422 if form.errors else 200)


@require_safe
@treats
def look(request: HttpRequest, opening_id: UUID) -> HttpResponse:
    """What is open of this one patient, for the few hours, to this one worker. The kernel and its grants decide what that is."""
    viewer, at = viewer_of(request), clock.now()
    row = _opening(request, opening_id)
    context: dict[str, Any] = {"row": row, "left": _left(row, at=at), "until": moment(row.closes_at, agency=agency_of(request))}
    if not _is_open(row, at=at):
        return render(request, "disclosures/emergency_closed.html", context)
    reads = viewer.for_purpose(PURPOSE)
    with acting_as(reads):
        lines = lines_of(viewer=reads, identity_id=row.identity_id, heaps=EMERGENCY)
        account(viewer=reads, place="disclosures:look", rows=[line.record for line in lines], at=at)
    agencies = agencies_by_id(ids={line.record.holder_id for line in lines})
    own = viewer.holder_id
    context["parts"] = [
        {
            "name": capfirst(words.parts([category])),
            "lines": [(line.day, line.text, agency_name(agencies.get(line.record.holder_id), own_id=own) if line.record.holder_id in agencies
                       else _("In her own words"), mark(line.record)) for line in group],
        }
        for category, group in ((key, list(rows)) for key, rows in groupby(lines, key=lambda line: line.record.category))
    ]  # fmt: skip
    return render(request, "disclosures/emergency_look.html", context)


@require_safe
@treats
def left(request: HttpRequest, opening_id: UUID) -> HttpResponse:
    """How long it is open still; the page asks each half minute."""
    row, at = _opening(request, opening_id), clock.now()
    answer = render(request, "disclosures/parts/left.html", {"row": row, "left": _left(row, at=at)})
    if not _is_open(row, at=at):
        # The page goes away from the screen when its time is over.
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
@treats
def close(request: HttpRequest, opening_id: UUID) -> HttpResponse:
    """Close it before its time."""
    viewer = viewer_of(request)
    row, near = _opening(request, opening_id), bedside(viewer)
    with acting_as(near):
        closed = close_emergency(by=near, at=clock.now(), opening_id=row.pk)
    messages.success(request, _("Closed. Nothing of it is open now.") if closed else _("It was closed already."))
    return redirect("disclosures:emergency")


@require_POST
@treats
def go_on(request: HttpRequest, opening_id: UUID) -> HttpResponse:
    """Go on with an opening of one's own in another session."""
    mine = {row.pk for row in actions.openings_now(by=viewer_of(request), at=clock.now())}
    if opening_id not in mine:
        raise NotVisible
    _keep(request, KEPT, [opening_id])
    return redirect("disclosures:look", opening_id=opening_id)


def _opening(request: HttpRequest, opening_id: UUID) -> EmergencyOpening:
    found: EmergencyOpening = actions.opening_of(by=viewer_of(request), opening_id=opening_id, kept=request.session.get(KEPT, []))
    return found


def _keep(request: HttpRequest, name: str, ids: list[UUID]) -> None:
    kept = [*request.session.get(name, []), *(str(one) for one in ids)]
    request.session[name] = list(dict.fromkeys(kept))[-20:]


def _is_open(row: EmergencyOpening, *, at: datetime) -> bool:
    return row.closed_at is None and at < row.closes_at


def _left(row: EmergencyOpening, *, at: datetime) -> str:
    if not _is_open(row, at=at):
        return _("It is closed.")
    minutes = max(1, int((row.closes_at - at).total_seconds() // 60))
    hours, rest = divmod(minutes, 60)
    parts = [ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}] if hours else []
    parts += [ngettext("%(n)s minute", "%(n)s minutes", rest) % {"n": rest}] if rest or not hours else []
    return _("Open for %(time)s more.") % {"time": " ".join(parts)}
