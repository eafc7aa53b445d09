"""Proposals to oversight, and the trace from law to practice."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careloom.changes import actions
from careloom.changes.models import Proposal
from careloom.changes.queries import one_row, rows, trace_of
from careloom.changes.rights import leads_any, leads_tier
from careloom.changes.words import KINDS, STATES
from careloom.commons.forms.changes import DecisionForm, EffectForm, ProposalForm, RestsForm
from careloom.commons.presenters.changes_parts import TONES, Section, Way
from careloom.commons.presenters.changes_policy import proposal_line, proposal_sections, trace_sections
from careloom.commons.views.changes_parts import (
    NotVisible,
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
from careloom.kernel.partnership.changes import ChangeKind, Node, may_rest


@require_safe
@reads
def listed(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Every proposal."""
    found, standing = rows(Proposal, viewer=reader(request), collaborative_id=collaborative_id, page=page_number(request))
    lines = tuple(proposal_line(row) for row in found.rows)  # type: ignore[arg-type]
    empty = _("None yet. The core team drafts changes of policy, and oversight decides.")
    new = Way(words=_("Draft a proposal"), url=reverse("commons:proposal_new", args=[collaborative_id]), first=True)
    return page(
        request, standing, room="proposals", title=_("Proposals"), lede=_("Changes of policy, procedure and practice, and what oversight decided."),
        sections=[Section(id="list", head=_("Proposals"), lines=lines, empty=empty)], ways=(new,) if leads_any(standing) else (), found=found,
    )  # fmt: skip


@require_safe
@reads
def one(request: HttpRequest, collaborative_id: UUID, proposal_id: UUID) -> HttpResponse:
    """One proposal."""
    row, standing = one_row(Proposal, viewer=reader(request), collaborative_id=collaborative_id, row_id=proposal_id)
    return page(
        request, standing, room="proposals", title=row.title, sections=proposal_sections(row, standing), status=STATES[row.state],
        tone=TONES[row.state], up=(_("Proposals"), reverse("commons:proposals", args=[collaborative_id])),
    )  # fmt: skip


@page_view
@reads
def new(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Draft a proposal."""
    return _form(request, collaborative_id, None)


@page_view
@reads
def edit(request: HttpRequest, collaborative_id: UUID, proposal_id: UUID) -> HttpResponse:
    """Change a draft or one that was returned."""
    row, _standing = one_row(Proposal, viewer=reader(request), collaborative_id=collaborative_id, row_id=proposal_id)
    return _form(request, collaborative_id, row)


@act_at_once
@reads
def propose(request: HttpRequest, collaborative_id: UUID, proposal_id: UUID) -> HttpResponse:
    """Propose it to oversight."""
    row, standing = one_row(Proposal, viewer=reader(request), collaborative_id=collaborative_id, row_id=proposal_id)
    allowed(standing.leads(row.body_id))
    return at_once(
        request, lambda number: actions.move_proposal(**acting(request), proposal_id=row.pk, to="PROPOSED", version=number),
        rooms=load(request, collaborative_id), back=_at(row), title=_("Propose it to oversight"), said=_("Proposed."),
    )  # fmt: skip


@page_view
@reads
def decide(request: HttpRequest, collaborative_id: UUID, proposal_id: UUID) -> HttpResponse:
    """Approve, return or decline it."""
    row, standing = one_row(Proposal, viewer=reader(request), collaborative_id=collaborative_id, row_id=proposal_id)
    allowed(leads_tier(standing, Tier.OVERSIGHT))
    form = DecisionForm(request.POST or None, initial={"version": row.row_version})
    return form_page(
        request, form,
        lambda: actions.move_proposal(
            **acting(request), proposal_id=row.pk, to=form.told["to"], words=form.told["words"], version=version(form)
        ),
        rooms=load(request, collaborative_id), title=row.title, lede=row.new, save=_("Decide"), said=_("Decided."), back=_at(row),
    )  # fmt: skip


@page_view
@reads
def effect(request: HttpRequest, collaborative_id: UUID, proposal_id: UUID) -> HttpResponse:
    """Say since when it applies."""
    row, standing = one_row(Proposal, viewer=reader(request), collaborative_id=collaborative_id, row_id=proposal_id)
    allowed(standing.leads(row.body_id))
    form = EffectForm(request.POST or None, initial={"version": row.row_version, "effective_on": today(request)})
    return form_page(
        request, form,
        lambda: actions.move_proposal(
            **acting(request), proposal_id=row.pk, to="IN_EFFECT", effective_on=form.told["effective_on"], version=version(form)
        ),
        rooms=load(request, collaborative_id), title=row.title, back=_at(row),
    )  # fmt: skip


def _form(request: HttpRequest, collaborative_id: UUID, row: Proposal | None) -> HttpResponse:
    rooms = load(request, collaborative_id)
    allowed(rooms.standing.leads(row.body_id) if row else leads_any(rooms.standing))
    names = ("title", "kind", "body_id", "now", "new", "why", "marks")
    mine = bodies(rooms, mine=True)
    core = next((pk for pk, _name in mine if pk in {one.pk for one in rooms.bodies if one.tier == Tier.CORE}), None)
    start = {name: getattr(row, name) for name in names} | {"version": row.row_version} if row else {"body_id": core}
    form = ProposalForm(request.POST or None, initial=start, bodies=mine)
    return form_page(
        request, form,
        lambda: actions.put_proposal(
            **acting(request), collaborative_id=collaborative_id, facts=form.facts, request_key=key(form), proposal_id=row.pk if row else None,
            version=version(form),
        ),
        rooms=rooms, title=row.title if row else _("Draft a proposal"),
        back=_at(row) if row else ("proposals", {"collaborative_id": collaborative_id}),
        to=lambda done: ("proposal", {"collaborative_id": collaborative_id, "proposal_id": done.row_id}),
    )  # fmt: skip


def _at(row: Proposal) -> tuple[str, dict[str, UUID]]:
    return "proposal", {"collaborative_id": row.collaborative_id, "proposal_id": row.pk}


@require_safe
@reads
def trace(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """From law to practice, as a picture and a table."""
    found = trace_of(viewer=reader(request), collaborative_id=collaborative_id)
    lede = _("Which law, policy and protocol each practice comes from, and what rests on nothing yet.")
    return page(request, found.standing, room="trace", title=_("From law to practice"), lede=lede, sections=trace_sections(found))


@page_view
@reads
def link(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Say what something puts into practice; `?of=PILOT:id` says what."""
    rooms = load(request, collaborative_id)
    found = trace_of(viewer=reader(request), collaborative_id=collaborative_id)
    kind, _colon, pk = request.GET.get("of", "").partition(":")
    node = next((one for one in found.nodes if (one.kind.value, one.key) == (kind, pk)), None)
    if node is None or node.kind is ChangeKind.LAW or not leads_any(rooms.standing):
        raise NotVisible
    above = [one for level in ChangeKind if may_rest(node.kind, level) for one in found.of(level)]
    uppers = [(_code(one), f"{KINDS[one.kind]}: {found.nodes[one]}") for one in above]
    form = RestsForm(request.POST or None, initial={"uppers": [_code(upper) for lower, upper in found.links if lower == node]}, uppers=uppers)

    def act() -> object:
        chosen = tuple(_pair(code) for code in form.told["uppers"])
        return actions.rest(
            **acting(request), collaborative_id=collaborative_id, lower=(node.kind, UUID(node.key)), uppers=chosen, request_key=key(form)
        )

    return form_page(
        request, form, act, rooms=rooms, title=found.nodes[node], lede=_("What does it put into practice?"),  # type: ignore[arg-type]
        back=("trace", {"collaborative_id": collaborative_id}),
    )  # fmt: skip


def _code(node: Node) -> str:
    return f"{node.kind.value}:{node.key}"


def _pair(code: str) -> tuple[ChangeKind, UUID]:
    kind, _colon, pk = code.partition(":")
    return ChangeKind(kind), UUID(pk)
