"""The definition of an affected infant, and the six questions of a place."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careloom.agencies.signed_in import agency_of
from careloom.changes import actions
from careloom.changes.actions.law import places_of
from careloom.changes.models import Definition, PlaceAnswer
from careloom.changes.packing import pack_file, pack_name
from careloom.changes.queries import questions
from careloom.changes.rights import leads_any
from careloom.changes.words import CHOICES, QUESTIONS
from careloom.commons.forms import changes_sheets as forms
from careloom.commons.presenters import changes_sheets as shown
from careloom.commons.views.changes_parts import acting, allowed, form_page, key, load, page, reader, today, version
from careloom.commons.views.changes_sheets import by_tier, rows_for, started
from careloom.commons.views.parts import page_view, reads
from careloom.infra.access import NotVisible
from careloom.partnership.standing import standing_of


@page_view
@reads
def definition(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Adopt the next version of what an affected infant is."""
    rooms = load(request, collaborative_id)
    allowed(by_tier(rooms.standing))
    old = Definition.objects.filter(collaborative_id=collaborative_id).order_by("-version").first()
    start = started(forms.DefinitionForm, old) | {"version": old.version, "changed": ""} if old else {}
    form = forms.DefinitionForm(request.POST or None, initial={**start, "adopted_on": today(request)}, rows=rows_for(rooms))
    return form_page(
        request, form,
        lambda: actions.adopt_definition(
            **acting(request), collaborative_id=collaborative_id, facts=form.facts, after=version(form), request_key=key(form)
        ),
        rooms=rooms, title=_("What an affected infant is here"), save=_("Adopt this version"), said=_("Adopted."),
        back=("law", {"collaborative_id": collaborative_id}),
    )  # fmt: skip


@require_safe
@reads
def definition_pack(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """The definition in force as a pack that extends the one in use."""
    rooms = load(request, collaborative_id)
    allowed(by_tier(rooms.standing))
    newest = Definition.objects.filter(collaborative_id=collaborative_id).order_by("-version").first()
    if newest is None:
        raise NotVisible
    base = agency_of(request).pack
    return HttpResponse(
        pack_file(newest, base=base), content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{pack_name(newest, base=base)}.zip"'},
    )  # fmt: skip


@require_safe
@reads
def questions_page(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """The six questions of each place."""
    viewer = reader(request)
    found, standing = questions(viewer=viewer, collaborative_id=collaborative_id), standing_of(viewer=viewer, collaborative_id=collaborative_id)
    open_ones = sum(one.now is None for one in found)
    lede = _("%(n)s of %(all)s are answered.") % {"n": len(found) - open_ones, "all": len(found)}
    sections = shown.question_sections(found, collaborative_id=collaborative_id, may=leads_any(standing))
    return page(request, standing, room="questions", title=_("Six questions before one begins"), lede=lede, sections=sections)


@page_view
@reads
def answer(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Answer one question for one place: `?question=PRENATAL&place=Pine`."""
    rooms = load(request, collaborative_id)
    question, place = request.GET.get("question", ""), request.GET.get("place", "")
    allowed(leads_any(rooms.standing) and question in CHOICES and place in places_of(rooms.standing))
    before = PlaceAnswer.objects.filter(collaborative_id=collaborative_id, question=question, place=place)
    number = before.aggregate(last=Max("version"))["last"] or 0
    start = {"question": question, "place": place, "version": number, "answered_on": today(request)}
    form = forms.AnswerForm(request.POST or None, initial=start, rows={}, question=question)
    return form_page(
        request, form,
        lambda: actions.answer_question(
            **acting(request), collaborative_id=collaborative_id, facts=form.facts, after=version(form), request_key=key(form)
        ),
        rooms=rooms, title=str(QUESTIONS[question]), lede=place, back=("questions", {"collaborative_id": collaborative_id}),
    )  # fmt: skip
