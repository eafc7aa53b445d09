"""What lasts: the sustainability plan with its three R's, money and its end, what to keep and who keeps it, and what is known.

Source: R-066, R-088, R-213, R-218.
"""

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
from careloom.commons.forms.inventory_lasting import FundForm, KeepForm, LessonForm, SustainForm
from careloom.commons.presenters import inventory as shown
from careloom.commons.presenters import inventory_lasting as lasts
from careloom.commons.views.inventory import needs_of
from careloom.commons.views.parts import asked, load, page_view, posted, reads
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.inventory import actions, queries
from careloom.inventory.queries import Lasting
from careloom.partnership.queries import Rooms

A_PAGE = 20


@require_safe
@reads
def plan(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """The three R's in one view, open from the day on which the collaborative began."""
    viewer, rooms = viewer_of(request), load(request, collaborative_id)
    found = queries.lasting(viewer=viewer, collaborative_id=collaborative_id)
    gaps = queries.gaps(viewer=viewer, collaborative_id=collaborative_id, needs=needs_of(request, collaborative_id).facts)
    months, _may = queries.reaches(viewer=viewer, collaborative_id=collaborative_id)
    context = lasts.three(rooms, found, gaps=gaps, months=months, today=clock.today(agency_of(request).zone))
    context["page_of"] = Paginator(context["funds"], A_PAGE).get_page(request.GET.get("page"))
    for part in context["parts"]:
        part["keeps"] = Paginator(part["keeps"], A_PAGE).get_page(request.GET.get(part["code"]))
    return render(request, "commons/inventory_lasting.html", {**context, **shown.around(found.standing, "inventory_lasting")})


@page_view
@reads
def write(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Write the sustainability plan."""
    rooms, found = _open(request, collaborative_id)
    row, today = found.plan, clock.today(agency_of(request).zone)
    names = ("relationships", "resources", "results", "scale_up", "reach_goal", "reach_by", "review_on")
    start: dict[str, Any] = {name: getattr(row, name) for name in names} | {"version": row.row_version} if row else {}
    start = start or {"review_on": today + timedelta(days=182)}
    form = SustainForm(request.POST or None, initial=start)
    response = posted(
        request, form,
        lambda: actions.put_sustain(
            by=viewer_of(request), at=clock.now(), collaborative_id=collaborative_id, facts=form.facts, version=form.cleaned_data["version"],
            request_key=form.cleaned_data["request_key"],
        ),
        leads_to=lambda done: ("inventory_lasting", {"collaborative_id": collaborative_id}),
    )  # fmt: skip
    lede = _("Written while you plan, not when a grant ends.")
    return response or asked(request, form, rooms=rooms, title=_("What must last"), lede=lede, back=_back(collaborative_id))


@page_view
@reads
def fund(request: HttpRequest, collaborative_id: UUID, fund_id: UUID | None = None) -> HttpResponse:
    """Money with its end, new or changed."""
    rooms, found = _open(request, collaborative_id)
    row = next((one for one in found.funds if one.pk == fund_id), None)
    if fund_id is not None and row is None:
        raise NotVisible
    names = ("name", "payer", "pays_for", "partner_id", "dollars", "until", "after", "after_words")
    start = {name: getattr(row, name) for name in names} | {"version": row.row_version} if row else {}
    form = FundForm(request.POST or None, initial=start, partners=_partners(rooms))
    response = posted(
        request, form,
        lambda: actions.put_fund(
            by=viewer_of(request), at=clock.now(), collaborative_id=collaborative_id, facts=form.facts,
            request_key=form.cleaned_data["request_key"], fund_id=fund_id, version=form.cleaned_data["version"],
        ),
        leads_to=lambda done: ("inventory_lasting", {"collaborative_id": collaborative_id}),
    )  # fmt: skip
    return response or asked(request, form, rooms=rooms, title=row.name if row else _("Money"), back=_back(collaborative_id))


@page_view
@reads
def keep(request: HttpRequest, collaborative_id: UUID, keep_id: UUID | None = None) -> HttpResponse:
    """What becomes of a change, new or changed."""
    rooms, found = _open(request, collaborative_id)
    row = next((one for one in found.keeps if one.pk == keep_id), None)
    if keep_id is not None and row is None:
        raise NotVisible
    names = ("name", "kind", "stay", "why", "partner_id", "keeper", "written_at", "look_on")
    start: dict[str, Any] = {name: getattr(row, name) for name in names} | {"version": row.row_version} if row else {}
    start = start or {"name": request.GET.get("name", ""), "stay": "UNDECIDED"}
    form = KeepForm(request.POST or None, initial=start, partners=_partners(rooms))
    response = posted(
        request, form,
        lambda: actions.put_keep(
            by=viewer_of(request), at=clock.now(), collaborative_id=collaborative_id, facts=form.facts,
            request_key=form.cleaned_data["request_key"], keep_id=keep_id, version=form.cleaned_data["version"],
        ),
        leads_to=lambda done: ("inventory_lasting", {"collaborative_id": collaborative_id}),
    )  # fmt: skip
    return response or asked(request, form, rooms=rooms, title=row.name if row else _("A change to keep or to let go"), back=_back(collaborative_id))


@require_safe
@reads
def known(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """What the collaborative knows: decisions, lessons, and how things are done."""
    rooms = load(request, collaborative_id)
    rows, may_write = queries.lessons(viewer=viewer_of(request), collaborative_id=collaborative_id)
    kind = request.GET.get("kind", "")
    page = Paginator(rows.filter(kind=kind) if kind else rows, A_PAGE).get_page(request.GET.get("page"))
    context = {"lines": [lasts.lesson_line(row) for row in page.object_list], "page_of": page, "may_write": may_write, "kinds": lasts.kinds(kind)}
    return render(request, "commons/inventory_known.html", {**context, **shown.around(rooms.standing, "inventory_lasting")})


@page_view
@reads
def lesson(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Add to what is known."""
    rooms, _found = _open(request, collaborative_id)
    form = LessonForm(request.POST or None, initial={"on": clock.today(agency_of(request).zone)})
    response = posted(
        request, form,
        lambda: actions.write_lesson(
            by=viewer_of(request), at=clock.now(), collaborative_id=collaborative_id, facts=form.facts, request_key=form.cleaned_data["request_key"]
        ),
        leads_to=lambda done: ("inventory_known", {"collaborative_id": collaborative_id}),
    )  # fmt: skip
    back = reverse("commons:inventory_known", args=[collaborative_id])
    return response or asked(request, form, rooms=rooms, title=_("What we know now"), back=back)


def _open(request: HttpRequest, collaborative_id: UUID) -> tuple[Rooms, Lasting]:
    """The collaborative and its plan for somebody who may write it. Raises NotVisible."""
    rooms = load(request, collaborative_id)
    found = queries.lasting(viewer=viewer_of(request), collaborative_id=collaborative_id)
    if not found.may_write:
        raise NotVisible
    return rooms, found


def _partners(rooms: Rooms) -> list[tuple[UUID, str]]:
    return [(row.pk, row.name) for row in rooms.partners]


def _back(collaborative_id: UUID) -> str:
    return reverse("commons:inventory_lasting", args=[collaborative_id])
