"""Unit costs and savings against a stated comparison (R-098)."""

from __future__ import annotations

import csv
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careloom.agencies.signed_in import viewer_of
from careloom.aims import actions, queries
from careloom.aims.facts import CostFacts
from careloom.aims.words import UNITS
from careloom.commons.forms.aims_numbers import CostForm, SavingForm
from careloom.commons.presenters import aims_numbers as shown
from careloom.commons.presenters.knowledge_lists import link
from careloom.commons.views.aims import above, aims_page
from careloom.commons.views.changes_parts import acting, allowed, form_page, key, today, version
from careloom.commons.views.parts import load, page_view, reads
from careloom.kernel.indicators.savings import Part
from careloom.outcomes.queries import stands_now


@require_safe
@reads
def listed(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """What was worked out, and from which costs."""
    rooms, viewer = load(request, collaborative_id), viewer_of(request)
    found, may = queries.savings_for(viewer=viewer, collaborative_id=collaborative_id)
    costs, _may = queries.costs_for(viewer=viewer, collaborative_id=collaborative_id)
    now = stands_now(viewer=viewer, codes=shown.FIGURES)
    new = (link(_("Work out a saving"), "saving_new", collaborative_id, kind="solid", icon="add"),) if may else ()
    lede = _("A saving is told against a stated comparison, as a range, with every step.")
    blocks = shown.list_blocks(found, costs, now, may=may, pk=collaborative_id)
    return aims_page(request, rooms, "savings", title=_("Savings"), lede=lede, blocks=blocks, buttons=new)


@require_safe
@reads
def one(request: HttpRequest, collaborative_id: UUID, saving_id: UUID) -> HttpResponse:
    """One calculation, to be read and printed."""
    rooms = load(request, collaborative_id)
    found, may = queries.saving_of(viewer=viewer_of(request), collaborative_id=collaborative_id, saving_id=saving_id)
    return aims_page(request, rooms, "savings", above=above(collaborative_id, "savings"), **shown.one_page(found, may=may))


@require_safe
@reads
def steps(request: HttpRequest, collaborative_id: UUID, saving_id: UUID) -> HttpResponse:
    """Every step of a calculation as CSV."""
    load(request, collaborative_id)
    found, _may = queries.saving_of(viewer=viewer_of(request), collaborative_id=collaborative_id, saving_id=saving_id)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="savings-{found.row.on.isoformat()}.csv"'
    csv.writer(response).writerows(shown.csv_rows(found))
    return response


@page_view
@reads
def new(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Work out a saving."""
    rooms = load(request, collaborative_id)
    _costs, may = queries.costs_for(viewer=viewer_of(request), collaborative_id=collaborative_id)
    allowed(may)
    form = SavingForm(request.POST or None, initial={"on": today(request)})
    where = {"collaborative_id": collaborative_id}
    return form_page(
        request, form,
        lambda: actions.keep_saving(**acting(request), collaborative_id=collaborative_id, facts=form.saving, request_key=key(form)),
        rooms=rooms, title=_("Work out a saving"),
        lede=_("Count what families with help had, and what the comparison had. Leave out what you do not know."), save=_("Work it out"),
        back=("savings", where), to=lambda done: ("saving", where | {"saving_id": done.row_id}),
    )  # fmt: skip


@page_view
@reads
def cost(request: HttpRequest, collaborative_id: UUID, part: str) -> HttpResponse:
    """Say what a unit costs here."""
    rooms, code = load(request, collaborative_id), part.upper().replace("-", "_")
    costs, may = queries.costs_for(viewer=viewer_of(request), collaborative_id=collaborative_id)
    allowed(may and code in set(Part))
    row: Any = costs.get(Part(code))
    day: date = today(request)
    start: dict[str, Any] = {"year": day.year, "version": 0}
    if row is not None:
        start = {name: getattr(row, name) for name in ("value", "low", "high", "year", "status", "source")}
        start["version"] = getattr(row, "row_version", 0)  # what the pack says has no version
    form = CostForm(request.POST or None, initial=start)
    return form_page(
        request, form,
        lambda: actions.put_cost(
            **acting(request), collaborative_id=collaborative_id, facts=CostFacts(code=code, **form.told), request_key=key(form),
            version=version(form),
        ),
        rooms=rooms, title=str(UNITS[code]), back=("savings", {"collaborative_id": collaborative_id}),
    )  # fmt: skip
