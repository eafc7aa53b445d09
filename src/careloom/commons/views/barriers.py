"""Barriers up, answers down: the register, one journey, raising, the queue of oversight, and the two-way channel."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.barriers import actions, queries
from careloom.barriers.queries import Asks
from careloom.barriers.queries.registers import silent_before
from careloom.commons.forms.barriers import BarrierForm, PostingForm
from careloom.commons.presenters import barriers as shown
from careloom.commons.presenters.barriers_journey import journey_context
from careloom.commons.views.parts import asked, load, page_view, posted, reads
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.ui.paging import page_number
from careloom.kernel.partnership import Tier
from careloom.meetings.queries import decisions_about

NAV = {"nav": "partnership"}


@require_safe
@reads
def register(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """The register, narrowed by tier, state, county, kind and what is late."""
    today = clock.today(agency_of(request).zone)
    given = {name: request.GET.get(name, "")[:80] for name in ("tier", "state", "county", "kind")}
    asks = Asks(**given, late="late" in request.GET, mine="mine" in request.GET, silent="silent" in request.GET)
    found = queries.register_of(viewer=viewer_of(request), collaborative_id=collaborative_id, asks=asks, page=page_number(request), today=today)
    context = {**shown.register_context(found, asks=asks, today=today), "filters": shown.filters_of(asks, counties=found.counties)}
    return render(request, "commons/barriers_register.html", {**context, **_pages(request), **NAV})


@require_safe
@reads
def journey(request: HttpRequest, collaborative_id: UUID, barrier_id: UUID) -> HttpResponse:
    """One barrier's whole way on one page."""
    today = clock.today(agency_of(request).zone)
    found = queries.journey_of(viewer=viewer_of(request), collaborative_id=collaborative_id, barrier_id=barrier_id, today=today)
    decisions = decisions_about(viewer=viewer_of(request), collaborative_id=collaborative_id, about_id=barrier_id)
    return render(request, "commons/barriers_journey.html", {**journey_context(found, decisions=decisions, today=today), **NAV})


@page_view
@reads
def new(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Raise a barrier or send an idea up: any member and any worker of a partner."""
    rooms = load(request, collaborative_id)
    ours = [(row.pk, row.name) for row in rooms.partners if rooms.standing.speaks_for(row.pk)]
    start = {"kind": request.GET.get("kind", "CHALLENGE"), "words": request.GET.get("words", "")[:300]}
    form = BarrierForm(request.POST or None, initial=start, places=rooms.standing.collaborative.places, partners=ours)
    response = posted(
        request, form,
        lambda: actions.raise_barrier(
            by=viewer_of(request), at=clock.now(), collaborative_id=collaborative_id, facts=form.facts, request_key=form.cleaned_data["request_key"]
        ),
        leads_to=lambda done: ("barrier", {"collaborative_id": collaborative_id, "barrier_id": done.row_id}),
        said=_("Sent up. You hear what becomes of it."),
    )  # fmt: skip
    lede = _("Somebody looks at it within five working days, and you hear what becomes of it.")
    back = reverse("commons:barriers", args=[collaborative_id])
    return response or asked(request, form, rooms=rooms, title=_("Say what stands in the way"), lede=lede, back=back, save=_("Send it up"))


@require_safe
@reads
def queue(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """What waits for oversight to decide, and what it decided lately (R-005)."""
    today = clock.today(agency_of(request).zone)
    standing, found, families, decided = queries.queue_of(
        viewer=viewer_of(request), collaborative_id=collaborative_id, today=today, page=page_number(request)
    )
    rows: tuple[Any, ...] = found.rows
    decides = {row.pk for row in rows if standing.leads(row.body_id)}
    decide_url = lambda row: reverse("commons:barrier_decide", args=[collaborative_id, row.pk])  # noqa: E731
    pairs = zip(rows, shown.lines_of(rows, families=families, today=today), strict=True)
    lines = [
        {"line": line, "from": row.came_from, "decide": decide_url(row) if row.pk in decides else ""} for row, line in pairs
    ]  # fmt: skip
    context = {"row": standing.collaborative, "lines": lines, "found": found, "decided": shown.decided_lines(decided), **_pages(request)}
    return render(request, "commons/barriers_queue.html", {**context, **NAV})


@require_safe
@reads
def channel(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """What goes up, each with its answer or how long it waits, and what comes down (R-016)."""
    today = clock.today(agency_of(request).zone)
    standing, ups, downs = queries.channel_of(viewer=viewer_of(request), collaborative_id=collaborative_id, page=page_number(request), today=today)
    rooms = load(request, collaborative_id)
    context = {
        "row": standing.collaborative, "ups": shown.up_lines(ups.rows, silent_before=silent_before(today)), "downs": shown.down_lines(downs.rows),
        "found": ups if ups.has_more or not downs.has_more else downs, "posts": any(standing.leads(body.pk) for body in rooms.bodies if _posts(body)),
        "days": (today - silent_before(today)).days, **_pages(request),
    }  # fmt: skip
    return render(request, "commons/barriers_channel.html", {**context, **NAV})


@page_view
@reads
def post_down(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Post support or guidance to the teams below."""
    rooms = load(request, collaborative_id)
    mine = [(body.pk, body.name) for body in rooms.bodies if _posts(body) and rooms.standing.leads(body.pk)]
    if not mine:
        raise NotVisible
    below = [(body.pk, body.name) for body in rooms.bodies if body.tier != Tier.OVERSIGHT]
    barriers = queries.open_for(viewer=viewer_of(request), collaborative_id=collaborative_id)
    form = PostingForm(request.POST or None, bodies=mine, below=below, barriers=[(row.pk, shown.title_of(row)) for row in barriers])
    response = posted(
        request, form,
        lambda: actions.post_down(
            by=viewer_of(request), at=clock.now(), collaborative_id=collaborative_id, facts=form.facts, request_key=form.cleaned_data["request_key"]
        ),
        leads_to=lambda done: ("barrier_channel", {"collaborative_id": collaborative_id}), said=_("Posted."),
    )  # fmt: skip
    back = reverse("commons:barrier_channel", args=[collaborative_id])
    return response or asked(request, form, rooms=rooms, title=_("Post support or guidance"), back=back, save=_("Post it"))


def _posts(body: Any) -> bool:
    return body.tier in (Tier.OVERSIGHT, Tier.CORE)


def _pages(request: HttpRequest) -> dict[str, Any]:
    """The filters of the address without the page, for its links."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return {"query": kept.urlencode()}
