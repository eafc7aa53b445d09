"""Training, the table and its community, champions, equity reviews and related bodies."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import viewer_of
from careloom.commons.forms.knowledge import SelfForm
from careloom.commons.presenters import knowledge_counts as shown
from careloom.commons.presenters.blocks import Block, Line
from careloom.commons.presenters.knowledge_lists import link, list_block
from careloom.commons.presenters.knowledge_work import review_block, task_blocks
from careloom.commons.views.knowledge import A_PAGE, page, today_of
from careloom.commons.views.parts import asked, load, page_view, posted, reads
from careloom.infra import clock
from careloom.infra.ui.components import Link
from careloom.knowledge import actions, queries
from careloom.knowledge.words import SUBJECTS
from careloom.partnership.queries import Rooms


@require_safe
@reads
def training(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Who took what was asked for, by agency and level, and the two directions between child welfare and treatment sites."""
    rooms, viewer = load(request, collaborative_id), viewer_of(request)
    subject = request.GET.get("subject", "") if request.GET.get("subject", "") in SUBJECTS else ""
    found = queries.completion(viewer=viewer, collaborative_id=collaborative_id, subject=subject)
    taught = queries.taught(viewer=viewer, collaborative_id=collaborative_id)
    buttons = tuple(link(text, "list", collaborative_id, code, kind="outline") for code, text in (
        ("courses", _("Catalog")), ("taken", _("What was taken")), ("staff", _("People by level")),
    ))  # fmt: skip
    reflection = Line(
        head=_("A reflection on stigma"), url=reverse("commons:guide", args=[collaborative_id, "reflection"]),
        notes=(_("Each partner looks at its own words and rules."),),
    )  # fmt: skip
    lines = [reflection]
    if viewer.can(Permission.ASSIGN_WORK):
        notes = (_("How often a word about families could have been a better one, in your agency. Nobody is named."),)
        lines.append(Line(head=_("Words in what we write"), url=reverse("agencies:said"), notes=notes))
    stigma = Block(
        key="stigma",
        head=_("Stigma"),
        lines=tuple(lines),
        lede=_("Free text suggests better words as one writes. Training stands above under Stigma."),
    )
    blocks = [*shown.training_blocks(found, taught, pk=collaborative_id, subject=subject), stigma]
    return page(request, rooms, title=_("Training"), blocks=blocks, buttons=buttons)


@require_safe
@reads
def diversity(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Members beside the community that they serve; small numbers are hidden."""
    rooms = load(request, collaborative_id)
    found = queries.compared(viewer=viewer_of(request), collaborative_id=collaborative_id)
    lede = _("What members say of themselves is theirs, and nobody has to. Numbers from 1 to 10 are hidden, and those that would give them away.")
    buttons = (
        link(_("Say it of myself"), "of_self", collaborative_id, kind="solid"),
        link(_("Shares of the community"), "list", collaborative_id, "community", kind="outline"),
    )  # fmt: skip
    blocks = shown.diversity_blocks(found, pk=collaborative_id)
    return page(request, rooms, title=_("The table and its community"), lede=lede, blocks=blocks, buttons=buttons)


@page_view
@reads
def of_self(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """What a member says of herself."""
    rooms = load(request, collaborative_id)
    own = queries.own_words(viewer=viewer_of(request), collaborative_id=collaborative_id)
    form = SelfForm(request.POST or None, initial={"race": own.race, "place": own.place, "language": own.language} if own else {})
    response = posted(
        request, form,
        lambda: actions.say_of_self(
            by=viewer_of(request), at=clock.now(), collaborative_id=collaborative_id, race=tuple(form.cleaned_data["race"]),
            place=form.cleaned_data["place"], language=form.cleaned_data["language"], request_key=form.cleaned_data["request_key"],
        ),
        leads_to=lambda _done: ("diversity", {"collaborative_id": collaborative_id}),
    )  # fmt: skip
    lede = _("Say as much or as little as you like. Only counts of eleven and more are ever shown. Leave all empty to take it back.")
    back = reverse("commons:diversity", args=[collaborative_id])
    return response or asked(request, form, rooms=rooms, title=_("What I say of myself"), lede=lede, back=back)


@require_safe
@reads
def champions(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Champions, the yearly question, the outreach plan, and what was handed out."""
    rooms, viewer = load(request, collaborative_id), viewer_of(request)
    review = _reviews(request, rooms, "champions")
    plan = queries.tasks(viewer=viewer, collaborative_id=collaborative_id, task_list="outreach", about=collaborative_id)
    add = link(_("Add a champion"), "list_new", collaborative_id, "champions", kind="solid", icon="add")
    materials = link(_("What we handed out"), "list", collaborative_id, "materials", kind="outline")
    blocks = [
        _register(request, rooms, "champions"), review,
        *task_blocks(plan, pk=collaborative_id, task_list="outreach", about=collaborative_id), _register(request, rooms, "materials"),
    ]  # fmt: skip
    return page(request, rooms, title=_("Champions and outreach"), blocks=blocks, buttons=(materials, add))


@require_safe
@reads
def table(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Who speaks for families, every look at who should be at the table, and what is done to bring them in."""
    rooms, viewer = load(request, collaborative_id), viewer_of(request)
    found = queries.tasks(viewer=viewer, collaborative_id=collaborative_id, task_list="table", about=collaborative_id)
    buttons: tuple[Link, ...] = (link(_("Who is missing"), "missing", collaborative_id, kind="outline"),)
    if rooms.standing.runs or rooms.standing.officer_of:
        buttons += (link(_("Add somebody"), "list_new", collaborative_id, "stakeholders", kind="solid", icon="add"),)
    blocks = [
        _register(request, rooms, "stakeholders"), _reviews(request, rooms, "table"),
        *task_blocks(found, pk=collaborative_id, task_list="table", about=collaborative_id),
    ]  # fmt: skip
    return page(request, rooms, title=_("Who should be at the table"), blocks=blocks, buttons=buttons)


@require_safe
@reads
def equity(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Each partner's look at its own policies, with what it does about them."""
    rooms, viewer = load(request, collaborative_id), viewer_of(request)
    rows = queries.reviews(viewer=viewer, collaborative_id=collaborative_id, kind="equity")
    owed = queries.equity_tasks(viewer=viewer, collaborative_id=collaborative_id)
    blocks, silent = [], []
    looked = {row.about for row in rows} | owed.keys()
    found = Paginator(sorted(rooms.partners, key=lambda one: one.pk not in looked), A_PAGE).get_page(request.GET.get("page"))
    for partner in found:
        mine = [row for row in rows if row.about == partner.pk]
        may = rooms.standing.speaks_for(partner.pk)
        block = review_block(mine, pk=collaborative_id, kind="equity", about=partner.pk, may=may, today=today_of(request))
        block = shown.equity_block(block, partner=partner, tasks=owed.get(partner.pk, []), may=may, pk=collaborative_id)
        (blocks if partner.pk in looked else silent).append(block)
    blocks += [shown.not_looked(silent)] if silent else []
    if blocks:
        blocks[-1] = shown.with_pager(blocks[-1], found)
    lede = _("Do our policies and procedures give all families the same access, and do they fare equally well?")
    return page(request, rooms, title=_("Equity policy reviews"), lede=lede, blocks=blocks)


@require_safe
@reads
def related(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Other bodies by phase, where they touch our work, and what is done twice."""
    rooms, viewer = load(request, collaborative_id), viewer_of(request)
    rows = list(queries.entries(viewer=viewer, collaborative_id=collaborative_id, code="bodies")[:100])
    doubles = queries.doubles(viewer=viewer, collaborative_id=collaborative_id)
    buttons = (
        link(_("What is being done"), "list", collaborative_id, "efforts", kind="outline"),
        link(_("Add a body"), "list_new", collaborative_id, "bodies", kind="solid", icon="add"),
    )
    blocks = [shown.doubles_block(doubles), shown.phases_block(rows, pk=collaborative_id), _register(request, rooms, "bodies")]
    return page(request, rooms, title=_("Related bodies"), blocks=blocks, buttons=buttons)


def _register(request: HttpRequest, rooms: Rooms, code: str) -> Block:
    """The first lines of a register, with the way to all of them."""
    register, pk = queries.register_of(code), rooms.standing.collaborative.pk
    rows = queries.entries(viewer=viewer_of(request), collaborative_id=pk, code=code)
    found = Paginator(rows, A_PAGE).get_page(request.GET.get(f"{code}_page"))
    block = list_block(register, found, standing=rooms.standing, head=str(register.title))
    return shown.as_part(block, more=link(_("See all"), "list", pk, code, hidden=str(register.title)) if found.has_other_pages() else None)


def _reviews(request: HttpRequest, rooms: Rooms, kind: str) -> Block:
    pk = rooms.standing.collaborative.pk
    rows = queries.reviews(viewer=viewer_of(request), collaborative_id=pk, kind=kind)
    may = queries.may_review(rooms.standing, kind=kind, about=pk)
    return review_block(rows[:20], pk=pk, kind=kind, about=pk, may=may, today=today_of(request))
