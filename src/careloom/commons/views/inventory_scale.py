"""The seven promising strategies; scope, scale and reach over months (R-132, R-056, R-065)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.aims.queries import aims_for
from careloom.commons.forms.inventory_lasting import PromisingForm, ReachForm
from careloom.commons.presenters import inventory as shown
from careloom.commons.presenters import inventory_lasting as lasts
from careloom.commons.presenters.aims import now_words
from careloom.commons.views.parts import asked, load, page_view, posted, reads
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.packs import current_pack
from careloom.inventory import actions, queries
from careloom.inventory.words import PROMISING
from careloom.kernel.partnership.lasting import Strategy
from careloom.outcomes.needs import families_served
from careloom.outcomes.queries import stands_now

#: The indicator that counts the same over the whole extract.
REACH = "REACH"


@require_safe
@reads
def promising(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Which of the seven strategies are in place, with what shows it."""
    rooms = load(request, collaborative_id)
    found, may = queries.promising(viewer=viewer_of(request), collaborative_id=collaborative_id)
    there = sum(row is not None and row.here == "YES" for row in found.values())
    context = {"lines": lasts.seven(found, may=may, pk=collaborative_id), "there": there}
    return render(request, "commons/inventory_promising.html", {**context, **shown.around(rooms.standing, "inventory_promising")})


@page_view
@reads
def look(request: HttpRequest, collaborative_id: UUID, strategy: str) -> HttpResponse:
    """Say how far one of the seven is in place."""
    rooms, code = load(request, collaborative_id), strategy.upper()
    found, may = queries.promising(viewer=viewer_of(request), collaborative_id=collaborative_id)
    if not may or code not in set(Strategy):
        raise NotVisible
    row, today = found[Strategy(code)], clock.today(agency_of(request).zone)
    start: dict[str, Any] = {"here": row.here, "evidence": row.evidence, "since": row.since, "version": row.row_version} if row else {}
    form = PromisingForm(request.POST or None, initial=start | {"looked_on": today})
    response = posted(
        request, form,
        lambda: actions.put_promising(
            by=viewer_of(request), at=clock.now(), collaborative_id=collaborative_id, facts=form.facts(code=code),
            version=form.cleaned_data["version"], request_key=form.cleaned_data["request_key"],
        ),
        leads_to=lambda done: ("inventory_promising", {"collaborative_id": collaborative_id}),
    )  # fmt: skip
    back = reverse("commons:inventory_promising", args=[collaborative_id])
    return response or asked(request, form, rooms=rooms, title=str(PROMISING[code]), back=back)


@require_safe
@reads
def scale(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """How many kinds of help there are, how many families they reach, and how that grows."""
    rooms = load(request, collaborative_id)
    months, may = queries.reaches(viewer=viewer_of(request), collaborative_id=collaborative_id)
    plan = queries.lasting(viewer=viewer_of(request), collaborative_id=collaborative_id).plan
    aims = [one.aim for one in aims_for(viewer=viewer_of(request), collaborative_id=collaborative_id)[0] if one.aim.indicator == REACH]
    now = stands_now(viewer=viewer_of(request), codes=[REACH]).get(REACH)
    today = clock.today(agency_of(request).zone)
    context = {
        **lasts.growth(months), "may_write": may, "plan": plan, "pace": lasts.pace(months, plan, today=today), "aims": aims,
        "counted": now_words(now) if now else "",
    }  # fmt: skip
    return render(request, "commons/inventory_scale.html", {**context, **shown.around(rooms.standing, "inventory_scale")})


@page_view
@reads
def count(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Keep scope and scale of a month. What Careloom counts is filled in; where it is hidden, somebody may say what she counted."""
    rooms, pack = load(request, collaborative_id), current_pack()
    _months, may = queries.reaches(viewer=viewer_of(request), collaborative_id=collaborative_id)
    if not may:
        raise NotVisible
    month = _last_month(clock.today(agency_of(request).zone))
    served = families_served(
        viewer=viewer_of(request), collaborative_id=collaborative_id, month=month, zone=pack.manifest.zone, settings=pack.suppression
    )
    array = queries.array_of(viewer=viewer_of(request), collaborative_id=collaborative_id)
    start = {"month": month, "families": served.value, "source": _("Families with a plan in Careloom") if served.value is not None else ""}
    form = ReachForm(request.POST or None, initial=start)
    response = posted(
        request, form,
        lambda: actions.put_reach(
            by=viewer_of(request), at=clock.now(), collaborative_id=collaborative_id, request_key=form.cleaned_data["request_key"],
            facts=form.facts(kinds=array.kinds, services=len(array.lines)),
        ),
        leads_to=lambda done: ("inventory_scale", {"collaborative_id": collaborative_id}),
    )  # fmt: skip
    lede = _("Today there are %(services)s services for %(kinds)s kinds of need.") % {"services": len(array.lines), "kinds": array.kinds}
    back = reverse("commons:inventory_scale", args=[collaborative_id])
    return response or asked(request, form, rooms=rooms, title=_("Count a month"), lede=lede, back=back)


def _last_month(today: date) -> date:
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)
