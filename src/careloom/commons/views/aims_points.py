"""The two purposes of a program (R-194), and data points that go to the Department on a schedule (R-201)."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careloom.agencies.signed_in import viewer_of
from careloom.aims import actions, queries
from careloom.aims.facts import PurposeFacts, ScheduleFacts
from careloom.aims.queries import Reported
from careloom.aims.words import PURPOSES
from careloom.commons.forms.aims_numbers import PurposeForm, ScheduleForm, SentForm
from careloom.commons.presenters import aims_points as shown
from careloom.commons.presenters.knowledge_lists import link
from careloom.commons.views.aims import aims_page
from careloom.commons.views.changes_parts import acting, allowed, form_page, key, partners, today, version
from careloom.commons.views.parts import load, page_view, reads
from careloom.infra.access import NotVisible
from careloom.outcomes.queries import snapshots, stands_now

#: Where nobody said yet by what a purpose is tracked.
USUAL = {"TREATMENT": ["ENGAGED", "KEPT90", "KEPT180"], "TOGETHER": ["TOGETHER", "RH12"]}


@require_safe
@reads
def program(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Both purposes with their figures."""
    rooms, viewer = load(request, collaborative_id), viewer_of(request)
    found, may = queries.purposes_for(viewer=viewer, collaborative_id=collaborative_id)
    goals, _may = queries.aims_for(viewer=viewer, collaborative_id=collaborative_id)
    now = stands_now(viewer=viewer, codes=[code for row in found.values() for code in row.indicators])
    lede = _("What the program is for, and whether it gets there.")
    blocks = shown.purpose_blocks(found, now, goals, may=may, pk=collaborative_id)
    return aims_page(request, rooms, "program", title=_("The program’s two purposes"), lede=lede, blocks=blocks)


@page_view
@reads
def purpose(request: HttpRequest, collaborative_id: UUID, code: str) -> HttpResponse:
    """Say by what a purpose is tracked."""
    rooms, which = load(request, collaborative_id), code.upper()
    found, may = queries.purposes_for(viewer=viewer_of(request), collaborative_id=collaborative_id)
    allowed(may and which in PURPOSES)
    row = found.get(which)
    start: dict[str, Any] = {"indicators": USUAL[which]}
    if row is not None:
        start = {one.name: getattr(row, one.name) for one in fields(PurposeFacts)} | {"version": row.row_version}
    form = PurposeForm(request.POST or None, initial=start, rows={"partner_id": partners(rooms)})
    return form_page(
        request, form,
        lambda: actions.put_purpose(
            **acting(request), collaborative_id=collaborative_id, request_key=key(form), version=version(form),
            facts=PurposeFacts(code=which, **form.told | {"indicators": tuple(form.told["indicators"])}),
        ),
        rooms=rooms, title=str(PURPOSES[which]), back=("program", {"collaborative_id": collaborative_id}),
    )  # fmt: skip


@require_safe
@reads
def listed(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """What is due to whom, and what went."""
    rooms = load(request, collaborative_id)
    found, may = queries.schedules_for(viewer=viewer_of(request), collaborative_id=collaborative_id, today=today(request))
    new = (link(_("Set a schedule"), "points_new", collaborative_id, kind="solid", icon="add"),) if may else ()
    lede = _("Figures that go to the Department on their day, and from which snapshot they came.")
    if not found:
        lede += " " + _("No schedule is set yet.")
    return aims_page(request, rooms, "points", title=_("Data points"), lede=lede, blocks=shown.point_blocks(found, may=may), buttons=new)


@page_view
@reads
def edit(request: HttpRequest, collaborative_id: UUID, schedule_id: UUID | None = None) -> HttpResponse:
    """Set a schedule, or change it."""
    rooms = load(request, collaborative_id)
    found, may = queries.schedules_for(viewer=viewer_of(request), collaborative_id=collaborative_id, today=today(request))
    allowed(may)
    row = _one(found, schedule_id).row if schedule_id else None
    start: dict[str, Any] = {"first": date(today(request).year, 1, 1), "days": 30}
    if row is not None:
        start = {one.name: getattr(row, one.name) for one in fields(ScheduleFacts)} | {"version": row.row_version}
    form = ScheduleForm(request.POST or None, initial=start, rows={"partner_id": partners(rooms)})
    return form_page(
        request, form,
        lambda: actions.put_schedule(
            **acting(request), collaborative_id=collaborative_id, facts=form.facts, request_key=key(form), schedule_id=row.pk if row else None,
            version=version(form),
        ),
        rooms=rooms, title=_("Change the schedule") if row else _("Set a schedule"), back=("points", {"collaborative_id": collaborative_id}),
    )  # fmt: skip


@page_view
@reads
def send(request: HttpRequest, collaborative_id: UUID, schedule_id: UUID) -> HttpResponse:
    """Keep that the figures of a period went."""
    rooms, viewer, day = load(request, collaborative_id), viewer_of(request), today(request)
    found, _may = queries.schedules_for(viewer=viewer, collaborative_id=collaborative_id, today=day)
    one = _one(found, schedule_id)
    allowed(one.may_send and bool(one.periods))
    waits = (*one.open, *(period for period in one.periods if period not in one.open))
    periods = [(period.starts_on.isoformat(), shown.period_words(period.starts_on, period.ends_on)) for period in waits]
    named = [(row.pk, shown.snapshot_words(row)) for row in snapshots(viewer=viewer)]
    form = SentForm(request.POST or None, initial={"on": day, "snapshot_id": named[0][0] if named else None}, periods=periods, snapshots=named)
    return form_page(
        request, form, lambda: actions.send(**acting(request), schedule_id=schedule_id, facts=form.sent, request_key=key(form)),
        rooms=rooms, title=_("It went: %(name)s") % {"name": one.row.name}, back=("points", {"collaborative_id": collaborative_id}),
    )  # fmt: skip


def _one(found: tuple[Reported, ...], schedule_id: UUID) -> Reported:
    row = next((one for one in found if one.row.pk == schedule_id), None)
    if row is None:
        raise NotVisible
    return row
