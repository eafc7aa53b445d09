"""Better measures: proposed, tested on four points, decided by a committee (R-084)."""

from __future__ import annotations

from dataclasses import fields
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careloom.agencies.signed_in import viewer_of
from careloom.aims import actions, queries
from careloom.aims.facts import ProposalFacts, QualityFacts
from careloom.aims.words import FACET_ASKS, FACETS
from careloom.commons.forms.aims import MeasureForm, QualityForm, RulingForm
from careloom.commons.presenters import aims_measures as shown
from careloom.commons.presenters.aims import met_block
from careloom.commons.presenters.knowledge_lists import link
from careloom.commons.views.aims import above, aims_page
from careloom.commons.views.changes_parts import acting, allowed, bodies, form_page, key, today, version
from careloom.commons.views.parts import load, page_view, reads
from careloom.kernel.indicators.quality import Facet
from careloom.meetings.queries import decisions_about
from careloom.partnership.rights import steers, works


@require_safe
@reads
def listed(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """What was proposed, and where it stands."""
    rooms, viewer = load(request, collaborative_id), viewer_of(request)
    found, may = queries.proposals_for(viewer=viewer, collaborative_id=collaborative_id)
    for_pack = queries.accepted_for_pack(viewer=viewer) if viewer.can("COUNTS_EXACT") else ()
    new = (link(_("Propose a measure"), "measure_new", collaborative_id, kind="solid", icon="add"),) if may else ()
    lede = _("A measure is proposed, tested on four points, and decided by a committee.")
    blocks = shown.list_blocks(found, for_pack=for_pack)
    return aims_page(request, rooms, "measures", title=_("Better measures"), lede=lede, blocks=blocks, buttons=new)


@require_safe
@reads
def one(request: HttpRequest, collaborative_id: UUID, proposal_id: UUID) -> HttpResponse:
    """One proposal."""
    rooms, viewer = load(request, collaborative_id), viewer_of(request)
    found = queries.proposal_of(viewer=viewer, collaborative_id=collaborative_id, proposal_id=proposal_id)
    context = shown.one_page(found, may_aim=steers(rooms.standing))
    context["blocks"] += met_block(decisions_about(viewer=viewer, collaborative_id=collaborative_id, about_id=proposal_id))
    return aims_page(request, rooms, "measures", above=above(collaborative_id, "measures"), **context)


@page_view
@reads
def edit(request: HttpRequest, collaborative_id: UUID, proposal_id: UUID | None = None) -> HttpResponse:
    """Propose a measure, or change it."""
    rooms = load(request, collaborative_id)
    allowed(works(rooms.standing))
    found = queries.proposal_of(viewer=viewer_of(request), collaborative_id=collaborative_id, proposal_id=proposal_id) if proposal_id else None
    allowed(found is None or found.may_work)
    row = found.row if found else None
    start = {part.name: getattr(row, part.name) for part in fields(ProposalFacts)} | {"version": row.row_version} if row else {}
    form = MeasureForm(request.POST or None, initial=start)
    where = {"collaborative_id": collaborative_id}
    return form_page(
        request, form,
        lambda: actions.propose(
            **acting(request), collaborative_id=collaborative_id, facts=form.facts, request_key=key(form), proposal_id=row.pk if row else None,
            version=version(form),
        ),
        rooms=rooms, title=_("Change the measure") if row else _("Propose a measure"),
        back=("measure", where | {"proposal_id": row.pk}) if row else ("measures", where),
        to=lambda done: ("measure", where | {"proposal_id": done.row_id}),
    )  # fmt: skip


@page_view
@reads
def judge(request: HttpRequest, collaborative_id: UUID, proposal_id: UUID, facet: str) -> HttpResponse:
    """Judge one point."""
    rooms, code = load(request, collaborative_id), facet.upper().replace("-", "_")
    found = queries.proposal_of(viewer=viewer_of(request), collaborative_id=collaborative_id, proposal_id=proposal_id)
    allowed(found.may_work and code in set(Facet))
    form = QualityForm(request.POST or None)
    title = _("%(facet)s: %(name)s") % {"facet": FACETS[code], "name": found.row.name}
    return form_page(
        request, form,
        lambda: actions.judge(**acting(request), proposal_id=proposal_id, facts=QualityFacts(facet=code, **form.told), request_key=key(form)),
        rooms=rooms, title=title, lede=str(FACET_ASKS[code]), back=("measure", {"collaborative_id": collaborative_id, "proposal_id": proposal_id}),
    )  # fmt: skip


@page_view
@reads
def decide(request: HttpRequest, collaborative_id: UUID, proposal_id: UUID) -> HttpResponse:
    """Write down what a committee decided."""
    rooms = load(request, collaborative_id)
    found = queries.proposal_of(viewer=viewer_of(request), collaborative_id=collaborative_id, proposal_id=proposal_id)
    allowed(found.may_rule)
    form = RulingForm(request.POST or None, initial={"decided_on": today(request)}, rows={"body_id": bodies(rooms, mine=True)})
    lede = ""
    if not rooms.standing.officer_of:
        lede = _("You hold no office here. What you write down shows as not final until an officer confirms it or the minutes are approved.")
    return form_page(
        request, form, lambda: actions.rule(**acting(request), proposal_id=proposal_id, facts=form.facts, request_key=key(form)),
        rooms=rooms, title=_("Decide about: %(name)s") % {"name": found.row.name}, lede=lede,
        back=("measure", {"collaborative_id": collaborative_id, "proposal_id": proposal_id}),
    )  # fmt: skip
