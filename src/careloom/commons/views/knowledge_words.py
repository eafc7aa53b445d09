"""Our words: what each means at each partner, and what all agreed on."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careloom.agencies.signed_in import viewer_of
from careloom.commons.forms.knowledge import AgreeForm, MeaningForm, TermForm
from careloom.commons.presenters.blocks import Block
from careloom.commons.presenters.knowledge_lists import link
from careloom.commons.presenters.knowledge_told import word_block, words_block
from careloom.commons.views.knowledge import A_PAGE, page, today_of
from careloom.commons.views.parts import asked, load, page_view, posted, reads
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.knowledge import actions, queries
from careloom.partnership.queries import Rooms


@require_safe
@reads
def words(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Every word, side by side by partner, with the agreed meaning; those that differ say so."""
    rooms = load(request, collaborative_id)
    rows = queries.words_of(viewer=viewer_of(request), collaborative_id=collaborative_id)
    found = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    add = link(_("Add a word"), "word_new", collaborative_id, kind="solid", icon="add")
    lede = _("One word, several meanings. What you agree on stands beside the word wherever it is read.")
    return page(request, rooms, title=_("Our words"), lede=lede, blocks=[words_block(found)], buttons=(add,))


@require_safe
@reads
def word(request: HttpRequest, collaborative_id: UUID, term_id: UUID) -> HttpResponse:
    """One word: its meanings side by side, what all agreed on, and how that changed."""
    rooms = load(request, collaborative_id)
    found = _word(request, rooms, term_id)
    blocks: list[Block] = word_block(rooms, found)
    return page(request, rooms, title=found.term.name, blocks=blocks, above=(_("Our words"), reverse("commons:words", args=[collaborative_id])))


@page_view
@reads
def new(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Add a word."""
    rooms = load(request, collaborative_id)
    form = TermForm(request.POST or None)
    response = posted(
        request, form,
        lambda: actions.put_term(
            by=viewer_of(request), at=clock.now(), collaborative_id=collaborative_id, name=form.cleaned_data["name"],
            request_key=form.cleaned_data["request_key"],
        ),
        leads_to=lambda done: ("word", {"collaborative_id": collaborative_id, "term_id": done.row_id}),
        said=_("Kept. Now say what it means at your agency."),
    )  # fmt: skip
    return response or asked(request, form, rooms=rooms, title=_("Add a word"), back=reverse("commons:words", args=[collaborative_id]))


@page_view
@reads
def meaning(request: HttpRequest, collaborative_id: UUID, term_id: UUID, partner_id: UUID) -> HttpResponse:
    """What a word means at a partner."""
    rooms = load(request, collaborative_id)
    found, partner = _word(request, rooms, term_id), next((row for row in rooms.partners if row.pk == partner_id), None)
    if partner is None or not rooms.standing.speaks_for(partner_id):
        raise NotVisible
    row = next((one for one in found.meanings if one.partner_id == partner_id), None)
    start = {"words": row.words, "source": row.source, "version": row.row_version} if row else {"version": 0}
    form = MeaningForm(request.POST or None, initial=start)
    response = posted(
        request, form,
        lambda: actions.put_meaning(
            by=viewer_of(request), at=clock.now(), term_id=term_id, partner_id=partner_id, words=form.cleaned_data["words"],
            source=form.cleaned_data["source"], version=form.cleaned_data["version"], request_key=form.cleaned_data["request_key"],
        ),
        leads_to=lambda done: ("word", {"collaborative_id": collaborative_id, "term_id": term_id}),
    )  # fmt: skip
    title = _("%(word)s, at %(partner)s") % {"word": found.term.name, "partner": partner.name}
    return response or asked(request, form, rooms=rooms, title=title, back=reverse("commons:word", args=[collaborative_id, term_id]))


@page_view
@reads
def agree(request: HttpRequest, collaborative_id: UUID, term_id: UUID) -> HttpResponse:
    """What a word means to all: the next version."""
    rooms = load(request, collaborative_id)
    found = _word(request, rooms, term_id)
    if not (rooms.standing.runs or rooms.standing.officer_of):
        raise NotVisible
    old = found.now
    start = {"words": old.words, "plain": old.plain, "plain_es": old.plain_es, "version": old.version} if old else {"version": 0}
    form = AgreeForm(request.POST or None, initial=start | {"agreed_on": today_of(request)})
    response = posted(
        request, form,
        lambda: actions.agree(
            by=viewer_of(request), at=clock.now(), term_id=term_id, words=form.cleaned_data["words"], plain=form.cleaned_data["plain"],
            plain_es=form.cleaned_data["plain_es"], agreed_on=form.cleaned_data["agreed_on"], after=form.cleaned_data["version"],
            request_key=form.cleaned_data["request_key"],
        ),
        leads_to=lambda done: ("word", {"collaborative_id": collaborative_id, "term_id": term_id}), said=_("Agreed."),
    )  # fmt: skip
    title = _("What %(word)s means to all of us") % {"word": found.term.name}
    back = reverse("commons:word", args=[collaborative_id, term_id])
    return response or asked(request, form, rooms=rooms, title=title, back=back, save=_("Adopt this version"))


def _word(request: HttpRequest, rooms: Rooms, term_id: UUID) -> queries.Word:
    """A word of this collaborative. Raises NotVisible."""
    found, standing = queries.word(viewer=viewer_of(request), term_id=term_id)
    if standing.collaborative.pk != rooms.standing.collaborative.pk:
        raise NotVisible
    return found
