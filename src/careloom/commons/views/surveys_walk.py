"""Walks through the system: steps, where families are lost, and what comes of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.commons.forms.surveys_looking import StepForm, WalkForm
from careloom.commons.presenters import surveys_walk as shown
from careloom.commons.presenters.surveys import follow_lines
from careloom.commons.views.parts import asked, load, page_view, posted, reads
from careloom.infra import clock
from careloom.infra.access import NotVisible, Viewer
from careloom.infra.answers import Refused
from careloom.infra.packs import current_pack
from careloom.outcomes import queries as outcomes
from careloom.outcomes.queries.numbers import published_steps
from careloom.partnership.queries import Rooms
from careloom.surveys import actions, queries
from careloom.surveys.models import Walk, WalkStep


@require_safe
@reads
def listed(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Every walk so far."""
    rows, standing = queries.walks_of(viewer=viewer_of(request), collaborative_id=collaborative_id)
    page = Paginator(rows, 20).get_page(request.GET.get("page"))
    context = {"head": standing.collaborative, "page": page, "works": actions.works_here(standing), "nav": "partnership"}
    return render(request, "commons/surveys_walks.html", context)


@require_safe
@reads
def walk(request: HttpRequest, collaborative_id: UUID, walk_id: UUID) -> HttpResponse:
    """One walk: its steps as a picture and as a table, by group where it may be, and what is done about it."""
    viewer = viewer_of(request)
    row, steps, standing = queries.walk_of(viewer=viewer, collaborative_id=collaborative_id, walk_id=walk_id)
    follow = queries.follow_ups_of(viewer=viewer, collaborative_id=collaborative_id, about_id=row.pk)
    context = {
        "head": standing.collaborative, "row": row, "works": actions.works_here(standing), "nav": "partnership",
        "follow": follow_lines(follow, today=clock.today(agency_of(request).zone)), **shown.walked(row, steps, state=_counts(viewer, row, steps)),
    }  # fmt: skip
    return render(request, "commons/surveys_walk.html", context)


@page_view
@reads
def new(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Begin a walk."""
    return _walk_page(request, load(request, collaborative_id), None)


@page_view
@reads
def edit(request: HttpRequest, collaborative_id: UUID, walk_id: UUID) -> HttpResponse:
    """Change a walk, with its root cause and how the way should be."""
    row, _steps, _standing = queries.walk_of(viewer=viewer_of(request), collaborative_id=collaborative_id, walk_id=walk_id)
    return _walk_page(request, load(request, collaborative_id), row)


@page_view
@reads
def step_new(request: HttpRequest, collaborative_id: UUID, walk_id: UUID) -> HttpResponse:
    """Add a step."""
    row, steps, _standing = queries.walk_of(viewer=viewer_of(request), collaborative_id=collaborative_id, walk_id=walk_id)
    return _step_page(request, load(request, collaborative_id), row, None, place=len(steps) + 1)


@page_view
@reads
def step(request: HttpRequest, collaborative_id: UUID, walk_id: UUID, step_id: UUID) -> HttpResponse:
    """Change a step."""
    row, steps, _standing = queries.walk_of(viewer=viewer_of(request), collaborative_id=collaborative_id, walk_id=walk_id)
    found = next((one for one in steps if one.pk == step_id), None)
    if found is None:
        raise NotVisible
    return _step_page(request, load(request, collaborative_id), row, found, place=found.place)


@require_POST
@reads
def drop(request: HttpRequest, collaborative_id: UUID, walk_id: UUID, step_id: UUID) -> HttpResponse:
    """Take a step out."""
    _row, steps, _standing = queries.walk_of(viewer=viewer_of(request), collaborative_id=collaborative_id, walk_id=walk_id)
    if step_id not in {one.pk for one in steps} or isinstance(actions.drop_step(by=viewer_of(request), at=clock.now(), step_id=step_id), Refused):
        raise NotVisible
    return redirect("commons:walk", collaborative_id=collaborative_id, walk_id=walk_id)


def _counts(viewer: Viewer, row: Walk, steps: list[WalkStep]) -> dict[str, int | None]:
    """What the state counts in the walk's year, as it may be published; None where it is hidden or the reader reads no counts."""
    if row.year is None or not any(one.source for one in steps) or not viewer.can(Permission.COUNTS_READ):
        return {}
    counted = published_steps(viewer=viewer, year=row.year)
    if counted is not None:
        return counted
    # A year that no protected snapshot holds yet is counted as the federal three are.
    pack = current_pack()
    three = outcomes.federal_three(viewer=viewer, year=row.year, state=pack.manifest.jurisdiction)
    published = outcomes.publish(three, settings=pack.suppression)
    return {
        "IDENTIFIED": published.identified.value, "WITH_PLAN": published.with_plan.value, "WITH_REFERRAL": published.with_referral.value,
    }  # fmt: skip


def _walk_page(request: HttpRequest, rooms: Rooms, row: Walk | None) -> HttpResponse:
    if not actions.works_here(rooms.standing):
        raise NotVisible
    pk = rooms.standing.collaborative.pk
    names = ("title", "scope", "sponsor_id", "walked_on", "year", "root_cause", "to_be", "next_on")
    start: dict[str, Any] = {name: getattr(row, name) for name in names} if row else {"walked_on": clock.today(agency_of(request).zone)}
    start |= {"version": row.row_version, "groups": ", ".join(row.groups)} if row else {}
    form = WalkForm(request.POST or None, initial=start, partners=[(one.pk, one.name) for one in rooms.partners])
    response = posted(
        request, form,
        lambda: actions.put_walk(
            by=viewer_of(request), at=clock.now(), collaborative_id=pk, facts=form.facts, request_key=form.cleaned_data["request_key"],
            walk_id=row.pk if row else None, version=form.cleaned_data["version"],
        ),
        leads_to=lambda done: ("walk", {"collaborative_id": pk, "walk_id": done.row_id}),
    )  # fmt: skip
    lede = _(
        "Go the way that a family goes, with families and staff of all partners. Write down each step, who waits where, and who does not arrive."
    )
    back = reverse("commons:walk", args=[pk, row.pk]) if row else reverse("commons:walks", args=[pk])
    return response or asked(request, form, rooms=rooms, title=row.title if row else _("A new walk"), lede=lede, back=back)


def _step_page(request: HttpRequest, rooms: Rooms, row: Walk, found: WalkStep | None, *, place: int) -> HttpResponse:
    if not actions.works_here(rooms.standing):
        raise NotVisible
    pk = rooms.standing.collaborative.pk
    names = ("name", "place", "source", "count", "who", "passed", "days", "works", "barrier", "barrier_kind", "by_group")
    start: dict[str, Any] = {name: getattr(found, name) for name in names} | {"version": found.row_version} if found else {"place": place}
    form = StepForm(request.POST or None, initial=start, groups=row.groups)
    response = posted(
        request, form,
        lambda: actions.put_step(
            by=viewer_of(request), at=clock.now(), walk_id=row.pk, facts=form.facts, request_key=form.cleaned_data["request_key"],
            step_id=found.pk if found else None, version=form.cleaned_data["version"],
        ),
        leads_to=lambda done: ("walk", {"collaborative_id": pk, "walk_id": row.pk}),
    )  # fmt: skip
    return response or asked(
        request, form, rooms=rooms, title=found.name if found else _("A new step"), lede=row.title, back=reverse("commons:walk", args=[pk, row.pk])
    )
