"""Shared outcomes, looks at them, what comes first in a year, and what each agency wants (R-082, R-083, R-089, R-091)."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careloom.agencies.signed_in import viewer_of
from careloom.aims import actions, queries
from careloom.aims.facts import AimFacts
from careloom.aims.models import Proposal
from careloom.commons.forms.aims import AimForm, DesireForm, EndForm, FirstForm, LookForm
from careloom.commons.presenters import aims as shown
from careloom.commons.presenters.knowledge_lists import link
from careloom.commons.presenters.noted import before_noting
from careloom.commons.views.changes_parts import acting, allowed, bodies, form_page, key, partners, today, version
from careloom.commons.views.parts import load, page_view, reads
from careloom.infra.access import NotVisible
from careloom.meetings.queries import decisions_about
from careloom.outcomes.queries import stands_now
from careloom.partnership.queries import Rooms
from careloom.partnership.rights import steers

LOOK_AGAIN = timedelta(days=91)
BACK = {"aim": "aims", "desire": "aims_agencies", "saving": "savings", "schedule": "points"}


def aims_page(request: HttpRequest, rooms: Rooms, here: str, **context: Any) -> HttpResponse:
    """A page of the aims; one with a page above it shows the way there and no tabs."""
    around = shown.around(rooms.standing, here)
    return render(request, "commons/aims_page.html", around | ({"tabs": None} if context.get("above") else {}) | context)


def plain(value: Any) -> str:
    """A number as one types it."""
    return "" if value is None else f"{value.normalize():f}"


@require_safe
@reads
def listed(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Goals, baselines and results together (R-091)."""
    rooms, viewer = load(request, collaborative_id), viewer_of(request)
    goals, may = queries.aims_for(viewer=viewer, collaborative_id=collaborative_id)
    now = stands_now(viewer=viewer, codes=[one.aim.indicator for one in goals])
    add = (link(_("Add an outcome"), "aim_new", collaborative_id, kind="solid", icon="add"),) if may else ()
    blocks = [shown.goals_block(goals, now, today=today(request))]
    lede = _("What we want for families together, how we know, and whether we get there.")
    return aims_page(request, rooms, "aims", title=_("Aims"), lede=lede, blocks=blocks, buttons=add)


@require_safe
@reads
def one(request: HttpRequest, collaborative_id: UUID, aim_id: UUID) -> HttpResponse:
    """One aim with everything that stands beside it."""
    rooms, viewer = load(request, collaborative_id), viewer_of(request)
    goal, may = queries.aim_of(viewer=viewer, collaborative_id=collaborative_id, aim_id=aim_id)
    now = stands_now(viewer=viewer, codes=[goal.aim.indicator]).get(goal.aim.indicator)
    context = shown.one_aim(goal, now, may=may, leads=_leads_oversight(rooms), today=today(request))
    context["blocks"] += shown.met_block(decisions_about(viewer=viewer, collaborative_id=collaborative_id, about_id=aim_id))
    return aims_page(request, rooms, "aims", above=above(collaborative_id, "aims"), **context)


@page_view
@reads
def edit(request: HttpRequest, collaborative_id: UUID, aim_id: UUID | None = None) -> HttpResponse:
    """Agree on an outcome, or change it."""
    rooms = load(request, collaborative_id)
    allowed(steers(rooms.standing))
    row = queries.aim_of(viewer=viewer_of(request), collaborative_id=collaborative_id, aim_id=aim_id)[0].aim if aim_id else None
    allowed(row is None or row.ends_on is None)
    day = today(request)
    start: dict[str, Any] = {"agreed_on": day, "review_on": day + LOOK_AGAIN, "proposal_id": request.GET.get("proposal", "")}
    if row is not None:
        start = {one.name: getattr(row, one.name) for one in fields(AimFacts)} | {"version": row.row_version}
        start |= {"baseline": plain(row.baseline), "target": plain(row.target)}
    proposed = Proposal.objects.filter(collaborative_id=collaborative_id).exclude(state="NOT_ADOPTED").order_by("name").values_list("pk", "name")
    choices = {"proposal_id": list(proposed[:200]), "owner_id": partners(rooms), "body_id": bodies(rooms)}
    form = AimForm(request.POST or None, initial=start, rows=choices)
    where = {"collaborative_id": collaborative_id}
    back = ("aim", where | {"aim_id": row.pk}) if row else ("aims", where)
    own = any(body.pk in rooms.standing.officer_of for body in rooms.bodies)
    lede = (
        "" if own else _("You hold no office here. What you write down shows as not final until an officer confirms it or the minutes are approved.")
    )
    return form_page(
        request, form,
        lambda: actions.put_aim(
            **acting(request), collaborative_id=collaborative_id, facts=form.facts, request_key=key(form), aim_id=row.pk if row else None,
            version=version(form),
        ),
        rooms=rooms, title=_("Change the outcome") if row else _("Add an outcome"), lede=lede, back=back,
        to=lambda done: ("aim", where | {"aim_id": done.row_id}),
    )  # fmt: skip


@page_view
@reads
def look(request: HttpRequest, collaborative_id: UUID, aim_id: UUID) -> HttpResponse:
    """Keep what was seen."""
    rooms, viewer = load(request, collaborative_id), viewer_of(request)
    goal, may = queries.aim_of(viewer=viewer, collaborative_id=collaborative_id, aim_id=aim_id)
    allowed(may and goal.aim.ends_on is None)
    day = today(request)
    now = stands_now(viewer=viewer, codes=[goal.aim.indicator]).get(goal.aim.indicator)
    form = LookForm(request.POST or None, initial={"on": day, "next_on": day + LOOK_AGAIN})
    lede = _("The newest figure: %(now)s") % {"now": shown.now_words(now)} if now else ""
    return form_page(
        request, form, lambda: actions.look_at(**acting(request), aim_id=aim_id, facts=form.facts, request_key=key(form)),
        rooms=rooms, title=_("Look at: %(aim)s") % {"aim": goal.aim.outcome}, lede=lede,
        back=("aim", {"collaborative_id": collaborative_id, "aim_id": aim_id}),
    )  # fmt: skip


@page_view
@reads
def first(request: HttpRequest, collaborative_id: UUID, aim_id: UUID) -> HttpResponse:
    """Oversight puts an aim first for a year."""
    rooms = load(request, collaborative_id)
    goal, _may = queries.aim_of(viewer=viewer_of(request), collaborative_id=collaborative_id, aim_id=aim_id)
    allowed(_leads_oversight(rooms) and goal.aim.ends_on is None)
    form = FirstForm(request.POST or None, initial={"year": today(request).year}, rows={"body_id": bodies(rooms, "OVERSIGHT", mine=True)})
    lede = next((before_noting(rooms.standing, body) for body in rooms.bodies if body.tier == "OVERSIGHT" and rooms.standing.leads(body.pk)), "")
    return form_page(
        request, form, lambda: actions.put_first(**acting(request), aim_id=aim_id, facts=form.facts, request_key=key(form)),
        rooms=rooms, title=_("Put it first: %(aim)s") % {"aim": goal.aim.outcome}, lede=lede,
        back=("aim", {"collaborative_id": collaborative_id, "aim_id": aim_id}),
    )  # fmt: skip


@require_safe
@reads
def agencies(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """What each agency wants beside the shared outcomes (R-083)."""
    rooms = load(request, collaborative_id)
    found = queries.crosswalk(viewer=viewer_of(request), collaborative_id=collaborative_id)
    lede = _("Each agency says in its own words what it wants for families. Here one sees where that meets.")
    return aims_page(request, rooms, "aims_agencies", title=_("What agencies want"), lede=lede, blocks=shown.crosswalk_blocks(found))


@page_view
@reads
def desire(request: HttpRequest, collaborative_id: UUID, desire_id: UUID | None = None) -> HttpResponse:
    """An agency says what it wants."""
    rooms, viewer = load(request, collaborative_id), viewer_of(request)
    standing = rooms.standing
    allowed(standing.runs or bool(standing.partner_ids))
    row = queries.desire_of(viewer=viewer, collaborative_id=collaborative_id, desire_id=desire_id) if desire_id else None
    mine = [(pk, name) for pk, name in partners(rooms) if standing.speaks_for(pk)]
    goals, _may = queries.aims_for(viewer=viewer, collaborative_id=collaborative_id)
    start = {name: getattr(row, name) for name in ("partner_id", "words", "measured_by", "aims")} | {"version": row.row_version} if row else {}
    form = DesireForm(request.POST or None, initial=start, rows={"partner_id": mine}, shared=[(one.aim.pk, one.aim.outcome) for one in goals])
    return form_page(
        request, form,
        lambda: actions.put_desire(
            **acting(request), collaborative_id=collaborative_id, facts=form.facts, request_key=key(form), desire_id=row.pk if row else None,
            version=version(form),
        ),
        rooms=rooms, title=_("What we want for families"), back=("aims_agencies", {"collaborative_id": collaborative_id}),
    )  # fmt: skip


@page_view
@reads
def end(request: HttpRequest, collaborative_id: UUID, which: str, row_id: UUID) -> HttpResponse:
    """Say on which day something ended."""
    rooms = load(request, collaborative_id)
    row = actions.ends_here(viewer=viewer_of(request), collaborative_id=collaborative_id, which=which, row_id=row_id)
    if row is None:
        raise NotVisible
    form = EndForm(request.POST or None, initial={"on": today(request), "version": row.row_version})
    return form_page(
        request, form,
        lambda: actions.end_row(
            **acting(request), collaborative_id=collaborative_id, which=which, row_id=row_id, on=form.cleaned_data["on"], version=version(form)
        ),
        rooms=rooms, title=_("It ends"), lede=_("It stays in what was, and counts no more."), save=_("End it"),
        back=(BACK[which], {"collaborative_id": collaborative_id}),
    )  # fmt: skip


def above(collaborative_id: UUID, name: str) -> tuple[str, str]:
    """The page above: its words and its address."""
    label = dict(shown.PAGES)[name]
    return str(label), link("", name, collaborative_id).url


def _leads_oversight(rooms: Rooms) -> bool:
    return bool(bodies(rooms, "OVERSIGHT", mine=True))
