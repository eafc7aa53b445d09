"""Where one comes in: the collaboratives one has a part in, one of them as a whole, who is missing, and what it is for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.commons.forms.structure import CollaborativeForm, VisionForm
from careloom.commons.owed import bring
from careloom.commons.presenters import home as now
from careloom.commons.presenters import missing as who_misses
from careloom.commons.presenters import rooms as shown
from careloom.commons.views.parts import asked, load, page_view, posted, reads
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.partnership import actions
from careloom.partnership.actions.adopting import may_adopt_vision
from careloom.partnership.standing import collaboratives_of


@require_safe
@reads
def home(request: HttpRequest) -> HttpResponse:
    """The collaboratives of the reader; with one only, that one."""
    viewer = viewer_of(request)
    rows = collaboratives_of(viewer=viewer)
    if len(rows) == 1 and "all" not in request.GET:
        return redirect("commons:rooms", collaborative_id=rows[0].pk)
    context = {"cards": shown.cards(rows), "may_begin": viewer.can(Permission.PARTNERSHIP), "nav": "partnership"}
    return render(request, "commons/home.html", context)


@require_safe
@reads
def mine(request: HttpRequest) -> HttpResponse:
    """What the reader owes in her rooms, what is late first, and what came back to her."""
    found = bring(viewer_of(request), clock.now())
    return render(request, "commons/mine.html", {**shown.mine_context(found, today=clock.today(agency_of(request).zone)), "nav": "partnership"})


@page_view
@needs(Permission.PARTNERSHIP)
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a collaborative."""
    form = CollaborativeForm(request.POST or None, initial={"starts_on": clock.today(agency_of(request).zone)})
    response = posted(
        request, form,
        lambda: actions.begin(by=viewer_of(request), at=clock.now(), facts=form.facts, request_key=form.cleaned_data["request_key"]),
        leads_to=lambda done: ("rooms", {"collaborative_id": done.row_id}), said=_("Begun. Now say who takes part."),
    )  # fmt: skip
    lede = _("Agencies, Tribes and families of one place who write plans of safe care together.")
    return response or asked(request, form, rooms=None, title=_("Begin a collaborative"), lede=lede, back=reverse("commons:home"), save=_("Begin"))


@require_safe
@reads
def rooms(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """One collaborative: its tiers, who is at the table and who is missing."""
    found, today = load(request, collaborative_id), clock.today(agency_of(request).zone)
    about: dict[str, Any] = {"viewer": viewer_of(request), "collaborative_id": collaborative_id}
    context = shown.whole(found, today=today, chips=now.held(**about, today=today)) | now.come(**about)
    context |= now.meets(**about, today=today, at=clock.now()) | now.papers(viewer=viewer_of(request), standing=found.standing)
    context |= now.waits(**about)
    asks = now.asks_her(viewer=viewer_of(request), standing=found.standing) + now.asks(**about, today=today)
    return render(request, "commons/rooms.html", {**context, "asks": asks, "adopts": may_adopt_vision(found.standing), "nav": "partnership"})


@require_safe
@reads
def missing(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Who is missing, as tables: kinds of partner by tier, agencies by level, services, and single seats to look at."""
    found = load(request, collaborative_id)
    return render(request, "commons/missing.html", {**who_misses.tables(found), "nav": "partnership"})


@page_view
@reads
def vision(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Mission, vision, principles and equity: as adopted, and the next version."""
    found = load(request, collaborative_id)
    if not may_adopt_vision(found.standing):
        raise NotVisible  # the collaborative's page shows what was adopted, whole
    old, today = found.vision, clock.today(agency_of(request).zone)
    start = {name: getattr(old, name) for name in ("mission", "vision", "principles", "equity")} if old else {}
    start |= {"version": old.version if old else 0, "adopted_on": today, "review_on": today + timedelta(days=365)}
    form = VisionForm(request.POST or None, initial=start)
    response = posted(
        request, form,
        lambda: actions.adopt_vision(
            by=viewer_of(request), at=clock.now(), collaborative_id=collaborative_id, facts=form.facts, after=form.cleaned_data["version"],
            request_key=form.cleaned_data["request_key"],
        ),
        leads_to=lambda done: ("rooms", {"collaborative_id": collaborative_id}), said=_("Adopted."),
    )  # fmt: skip
    back = reverse("commons:rooms", args=[collaborative_id])
    return response or asked(request, form, rooms=found, title=_("What we are for"), back=back, save=_("Adopt this version"))
