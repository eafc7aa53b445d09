"""Gaps between what families need and what there is, and the changes that answer them (R-014, R-037, R-038)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.commons.forms.inventory import StepForm, StrategyForm
from careloom.commons.presenters import inventory as shown
from careloom.commons.views.parts import asked, load, page_view, posted, reads
from careloom.directory.needs import catalogue
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.packs import current_pack
from careloom.inventory import actions, queries
from careloom.inventory.actions.strategies import OVER
from careloom.inventory.places import places_of
from careloom.inventory.rights import works
from careloom.inventory.words import PROGRESS
from careloom.outcomes.needs import Needs, needs_by_county

A_PAGE = 25


def needs_of(request: HttpRequest, collaborative_id: UUID) -> Needs:
    """What families of a collaborative need, as it may be shown. Raises NotVisible."""
    pack = current_pack()
    return needs_by_county(
        viewer=viewer_of(request), collaborative_id=collaborative_id, at=clock.now(), zone=pack.manifest.zone, settings=pack.suppression
    )


@require_safe
@reads
def gaps(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Needs against services: the map, the table, critical missing partners, and what is given twice."""
    needs = needs_of(request, collaborative_id)
    found = queries.gaps(viewer=viewer_of(request), collaborative_id=collaborative_id, needs=needs.facts)
    need = request.GET.get("need", "")
    context = shown.gap_page(found, needs, need=need if need in catalogue().needs else "")
    page = Paginator(context["lines"], A_PAGE).get_page(request.GET.get("page"))
    return render(request, "commons/inventory.html", {**context, **shown.around(found.array.standing, "inventory"), "page_of": page})


@require_safe
@reads
def changes(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Every change that answers a gap, with owner, day and state."""
    rows, standing = queries.strategies(viewer=viewer_of(request), collaborative_id=collaborative_id)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    today = clock.today(agency_of(request).zone)
    context = {"lines": [shown.change_line(row, today=today) for row in page.object_list], "page_of": page, "may_write": works(standing)}
    return render(request, "commons/inventory_changes.html", {**context, **shown.around(standing, "inventory_changes")})


@page_view
@reads
def begin(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Answer a gap in one of four ways."""
    rooms = load(request, collaborative_id)
    if not works(rooms.standing):
        raise NotVisible
    start: dict[str, Any] = {"need": request.GET.get("need", ""), "place": request.GET.get("place", "")}
    start |= {"way": request.GET.get("way", ""), "due_on": clock.today(agency_of(request).zone) + timedelta(days=180)}
    partners = [(row.pk, row.name) for row in rooms.partners]
    places = places_of(rooms.standing.collaborative)
    form = StrategyForm(request.POST or None, initial=start, partners=partners, places=places)
    response = posted(
        request, form,
        lambda: actions.begin_strategy(
            by=viewer_of(request), at=clock.now(), collaborative_id=collaborative_id, facts=form.facts, request_key=form.cleaned_data["request_key"]
        ),
        leads_to=lambda done: ("inventory_change", {"collaborative_id": collaborative_id, "strategy_id": done.row_id}),
    )  # fmt: skip
    lede = _("A change that somebody owns, with a day.")
    back = reverse("commons:inventory", args=[collaborative_id])
    return response or asked(request, form, rooms=rooms, title=_("Answer a gap"), lede=lede, back=back, save=_("Begin it"))


@page_view
@reads
def change(request: HttpRequest, collaborative_id: UUID, strategy_id: UUID) -> HttpResponse:
    """One change with everything that happened, and where it stands now."""
    row, standing = queries.strategy_of(viewer=viewer_of(request), strategy_id=strategy_id)
    if row.collaborative_id != collaborative_id:
        raise NotVisible
    may = (works(standing) or standing.speaks_for(row.partner_id)) and row.progress not in OVER
    if request.method == "POST" and not may:
        raise NotVisible
    form = StepForm(request.POST or None, initial={"version": row.row_version})
    response = posted(
        request, form,
        lambda: actions.step_strategy(
            by=viewer_of(request), at=clock.now(), strategy_id=row.pk, progress=form.cleaned_data["progress"], words=form.cleaned_data["words"],
            version=form.cleaned_data["version"], request_key=form.cleaned_data["request_key"],
        ),
        leads_to=lambda done: ("inventory_change", {"collaborative_id": collaborative_id, "strategy_id": row.pk}),
    )  # fmt: skip
    if response:
        return response
    steps = sorted(row.steps.all(), key=lambda step: (step.on, step.made_at), reverse=True)
    context = {
        "change": row, "line": shown.change_line(row, today=clock.today(agency_of(request).zone)), "form": form if may else None,
        "steps": [{"on": step.on, "progress": PROGRESS[step.progress], "words": step.words} for step in steps],
        **shown.around(standing, "inventory_changes"),
    }  # fmt: skip
    return render(request, "commons/inventory_change.html", context, status=422 if form.errors else 200)
