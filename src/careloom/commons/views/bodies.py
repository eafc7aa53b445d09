"""Committees, teams and groups: one of them with its members and its charter."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.commons.forms.structure import BodyForm, CharterForm
from careloom.commons.presenters.bodies import body_context
from careloom.commons.views.parts import asked, body_in, load, page_view, posted, reads
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.answers import Done
from careloom.partnership import actions
from careloom.partnership.models import Body
from careloom.partnership.queries import Rooms, not_final


@require_safe
@reads
def body(request: HttpRequest, collaborative_id: UUID, body_id: UUID) -> HttpResponse:
    """One body: who sits in it, who is missing, how it decides."""
    rooms = load(request, collaborative_id)
    context = body_context(rooms, body_in(rooms, body_id), viewer=viewer_of(request), today=clock.today(agency_of(request).zone))
    return render(request, "commons/body.html", {**context, "nav": "partnership"})


@require_POST
@reads
def confirm(request: HttpRequest, collaborative_id: UUID, body_id: UUID) -> HttpResponse:
    """Make final what somebody without an office wrote down for a body."""
    rooms, viewer = load(request, collaborative_id), viewer_of(request)
    body_in(rooms, body_id)
    waits = not_final(viewer=viewer, collaborative_id=collaborative_id, body_id=body_id)
    row = next((one for one in waits if str(one.pk) == request.POST.get("noted_id")), None)
    if row is not None:
        done = actions.confirm(by=viewer, at=clock.now(), noted_id=row.pk)
        if not isinstance(done, Done):
            raise NotVisible
    messages.success(request, _("Confirmed."))
    return redirect("commons:body", collaborative_id=collaborative_id, body_id=body_id)


@page_view
@reads
def new(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Add a body."""
    rooms = load(request, collaborative_id)
    if not rooms.standing.runs:
        raise NotVisible
    return _page(request, rooms, None)


@page_view
@reads
def edit(request: HttpRequest, collaborative_id: UUID, body_id: UUID) -> HttpResponse:
    """Change what is known of a body."""
    rooms = load(request, collaborative_id)
    row = body_in(rooms, body_id)
    if not rooms.standing.leads(row.pk):
        raise NotVisible
    return _page(request, rooms, row)


@page_view
@reads
def charter(request: HttpRequest, collaborative_id: UUID, body_id: UUID) -> HttpResponse:
    """The next version of a charter."""
    rooms = load(request, collaborative_id)
    row = body_in(rooms, body_id)
    if not rooms.standing.leads(row.pk):
        raise NotVisible
    old = rooms.charters.get(row.pk)
    names = ("processes", "roles", "protocols", "rule", "rule_words", "disputes")
    start = {name: getattr(old, name) for name in names} if old else {}
    start |= {"version": old.version if old else 0, "adopted_on": clock.today(agency_of(request).zone)}
    form = CharterForm(request.POST or None, initial=start)
    response = posted(
        request, form,
        lambda: actions.adopt_charter(
            by=viewer_of(request), at=clock.now(), body_id=row.pk, facts=form.facts, after=form.cleaned_data["version"],
            request_key=form.cleaned_data["request_key"],
        ),
        leads_to=lambda done: ("body", {"collaborative_id": collaborative_id, "body_id": row.pk}), said=_("Adopted."),
    )  # fmt: skip
    title = _("Charter of %(name)s") % {"name": row.name}
    back = reverse("commons:body", args=[collaborative_id, row.pk])
    return response or asked(request, form, rooms=rooms, title=title, back=back, save=_("Adopt this version"))


def _page(request: HttpRequest, rooms: Rooms, row: Body | None) -> HttpResponse:
    collaborative_id = rooms.standing.collaborative.pk
    names = ("name", "tier", "stood_before", "focus", "lead_id", "convened_by", "reports_to", "not_needed", "starts_on")
    start = {name: getattr(row, name) for name in names} | {"version": row.row_version, "quorum": row.quorum or None} if row else {}
    start = start or {"starts_on": clock.today(agency_of(request).zone), "tier": request.GET.get("tier", "")}
    form = BodyForm(request.POST or None, initial=start, partners=[(one.pk, one.name) for one in rooms.partners])
    response = posted(
        request, form,
        lambda: actions.put_body(
            by=viewer_of(request), at=clock.now(), collaborative_id=collaborative_id, facts=form.facts,
            request_key=form.cleaned_data["request_key"], body_id=row.pk if row else None, version=form.cleaned_data["version"],
        ),
        leads_to=lambda done: ("body", {"collaborative_id": collaborative_id, "body_id": done.row_id}),
    )  # fmt: skip
    title = row.name if row else _("A new committee, team or group")
    return response or asked(request, form, rooms=rooms, title=title, back=reverse("commons:rooms", args=[collaborative_id]))
