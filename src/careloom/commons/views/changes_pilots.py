"""Pilots: proposed, approved, run in cycles, observed, evaluated, decided."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careloom.barriers.queries import answered_by
from careloom.changes import actions
from careloom.changes.models import Cycle, Pilot
from careloom.changes.queries import guidance_list, one_row, pilot_of, rows
from careloom.changes.rights import leads_any, leads_tier
from careloom.changes.words import STATES
from careloom.commons.forms.changes import WordsForm
from careloom.commons.forms.changes_pilots import CycleEndForm, CycleForm, ObservationForm, OutcomeForm, PilotForm
from careloom.commons.presenters.barriers import answers_section, beside_first
from careloom.commons.presenters.changes_parts import TONES, Section, Way
from careloom.commons.presenters.changes_policy import pilot_line, pilot_sections
from careloom.commons.views.changes_parts import (
    act_at_once,
    acting,
    allowed,
    at_once,
    bodies,
    form_page,
    key,
    load,
    page,
    reader,
    today,
    version,
)
from careloom.commons.views.parts import page_view, reads
from careloom.infra.ui.paging import page_number
from careloom.kernel.partnership import Tier


@require_safe
@reads
def listed(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Every pilot."""
    found, standing = rows(Pilot, viewer=reader(request), collaborative_id=collaborative_id, page=page_number(request))
    lines = tuple(pilot_line(row) for row in found.rows)  # type: ignore[arg-type]
    empty = _("None yet. A work group tries a change at some sites before everybody works this way.")
    new = Way(words=_("Propose a pilot"), url=reverse("commons:pilot_new", args=[collaborative_id]), first=True)
    return page(
        request, standing, room="pilots", title=_("Pilots"), lede=_("What is tried at some sites, by which measure, and what became of it."),
        sections=[Section(id="list", head=_("Pilots"), lines=lines, empty=empty)], ways=(new,) if leads_any(standing) else (), found=found,
    )  # fmt: skip


@require_safe
@reads
def one(request: HttpRequest, collaborative_id: UUID, pilot_id: UUID) -> HttpResponse:
    """One pilot."""
    found = pilot_of(viewer=reader(request), collaborative_id=collaborative_id, pilot_id=pilot_id)
    barrier = answered_by(viewer=reader(request), collaborative_id=collaborative_id, barrier_id=found.pilot.barrier_id)
    return page(
        request, found.standing, room="pilots", title=found.pilot.title,
        sections=beside_first(pilot_sections(found), answers_section(barrier)), status=STATES[found.pilot.state],
        tone=TONES[found.pilot.state], up=(_("Pilots"), reverse("commons:pilots", args=[collaborative_id])),
    )  # fmt: skip


@page_view
@reads
def new(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Propose a pilot."""
    rooms = load(request, collaborative_id)
    allowed(leads_any(rooms.standing))
    form = PilotForm(request.POST or None, initial={"starts_on": today(request), "higher": "1"}, bodies=bodies(rooms, mine=True))
    return form_page(
        request, form,
        lambda: actions.propose_pilot(**acting(request), collaborative_id=collaborative_id, facts=form.facts, request_key=key(form)),
        rooms=rooms, title=_("Propose a pilot"), back=("pilots", {"collaborative_id": collaborative_id}), said=_("Proposed."),
        to=lambda done: ("pilot", {"collaborative_id": collaborative_id, "pilot_id": done.row_id}),
    )  # fmt: skip


@act_at_once
@reads
def approve(request: HttpRequest, collaborative_id: UUID, pilot_id: UUID) -> HttpResponse:
    """Approve its sites, its measure and how it was before."""
    found = pilot_of(viewer=reader(request), collaborative_id=collaborative_id, pilot_id=pilot_id)
    allowed(leads_tier(found.standing, Tier.CORE, Tier.OVERSIGHT))
    return _step(request, found.pilot, to="APPROVED", title=_("Approve it"))


@act_at_once
@reads
def start(request: HttpRequest, collaborative_id: UUID, pilot_id: UUID) -> HttpResponse:
    """Start it, or start it again after it was adapted."""
    return _step(request, _mine(request, collaborative_id, pilot_id), to="RUNNING", title=_("Start it"))


@page_view
@reads
def cycle_new(request: HttpRequest, collaborative_id: UUID, pilot_id: UUID) -> HttpResponse:
    """Begin a cycle."""
    row = _mine(request, collaborative_id, pilot_id)
    form = CycleForm(request.POST or None, initial={"starts_on": today(request)})
    return form_page(
        request, form,
        lambda: actions.open_cycle(
            **acting(request), pilot_id=row.pk, plan=form.told["plan"], starts_on=form.told["starts_on"], request_key=key(form)
        ),
        rooms=load(request, collaborative_id), title=_("Begin a cycle"), lede=row.title, back=_at(row),
    )  # fmt: skip


@page_view
@reads
def cycle(request: HttpRequest, collaborative_id: UUID, cycle_id: UUID) -> HttpResponse:
    """Close a cycle."""
    row, standing = one_row(Cycle, viewer=reader(request), collaborative_id=collaborative_id, row_id=cycle_id)
    allowed(standing.leads(row.pilot.body_id))
    start = {"did": row.did, "studied": row.studied, "acts": row.acts, "version": row.row_version}
    form = CycleEndForm(request.POST or None, initial=start)
    return form_page(
        request, form, lambda: actions.close_cycle(**acting(request), cycle_id=row.pk, version=version(form), **form.told),
        rooms=load(request, collaborative_id), title=_("Cycle %(n)s") % {"n": row.number}, lede=row.plan, save=_("Close this cycle"),
        back=_at(row.pilot),
    )  # fmt: skip


@page_view
@reads
def observe(request: HttpRequest, collaborative_id: UUID, pilot_id: UUID) -> HttpResponse:
    """Write down a month of a site."""
    row = _mine(request, collaborative_id, pilot_id)
    sites = [(one.pk, one.name) for one in row.sites.order_by("compares", "name")]
    form = ObservationForm(request.POST or None, initial={"month": today(request)}, sites=sites, shares=row.unit == "SHARE")
    return form_page(
        request, form, lambda: actions.observe(**acting(request), request_key=key(form), **form.told), rooms=load(request, collaborative_id),
        title=_("Write down a month"), lede=row.measure, back=_at(row),
    )  # fmt: skip


@page_view
@reads
def evaluate(request: HttpRequest, collaborative_id: UUID, pilot_id: UUID) -> HttpResponse:
    """Say what the evaluation found."""
    row = _mine(request, collaborative_id, pilot_id)
    form = WordsForm(request.POST or None, initial={"version": row.row_version}, label=_("What did the evaluation find?"))
    form.AT = {"RESULT": "words", "OPEN_CYCLE": "words", "NO_OBSERVATION": "words"}
    return form_page(
        request, form,
        lambda: actions.move_pilot(**acting(request), pilot_id=row.pk, to="EVALUATED", result=form.told["words"], version=version(form)),
        rooms=load(request, collaborative_id), title=_("Evaluate it"), lede=row.title, back=_at(row),
    )  # fmt: skip


@page_view
@reads
def decide(request: HttpRequest, collaborative_id: UUID, pilot_id: UUID) -> HttpResponse:
    """Decide what becomes of it."""
    found = pilot_of(viewer=reader(request), collaborative_id=collaborative_id, pilot_id=pilot_id)
    allowed(leads_tier(found.standing, Tier.CORE, Tier.OVERSIGHT))
    row = found.pilot
    guidance = guidance_list(viewer=reader(request), collaborative_id=collaborative_id)
    form = OutcomeForm(
        request.POST or None, initial={"version": row.row_version}, guidance=[(one.guidance.pk, one.guidance.title) for one in guidance]
    )
    return form_page(
        request, form,
        lambda: actions.decide_pilot(**acting(request), pilot_id=row.pk, version=version(form), request_key=key(form), **form.told),
        rooms=load(request, collaborative_id), title=row.title, lede=row.result, save=_("Decide"), said=_("Decided."), back=_at(row),
    )  # fmt: skip


def _step(request: HttpRequest, row: Pilot, *, to: str, title: str) -> HttpResponse:
    return at_once(
        request, lambda number: actions.move_pilot(**acting(request), pilot_id=row.pk, to=to, version=number),
        rooms=load(request, row.collaborative_id), back=_at(row), title=title,
    )  # fmt: skip


def _mine(request: HttpRequest, collaborative_id: UUID, pilot_id: UUID) -> Pilot:
    """A pilot that the reader's body runs. Raises NotVisible."""
    row, standing = one_row(Pilot, viewer=reader(request), collaborative_id=collaborative_id, row_id=pilot_id)
    allowed(standing.leads(row.body_id))
    return row  # type: ignore[no-any-return]


def _at(row: Pilot) -> tuple[str, dict[str, UUID]]:
    return "pilot", {"collaborative_id": row.collaborative_id, "pilot_id": row.pk}
