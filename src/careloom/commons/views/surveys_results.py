"""One round: while it is open what to do, and after it what it says."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.commons.forms.surveys import DiscussForm, ReadForm
from careloom.commons.presenters import surveys as shown
from careloom.commons.presenters import surveys_results as told
from careloom.commons.views.parts import asked, load, page_view, posted, reads
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.surveys import actions, queries
from careloom.surveys.models import Round

REMARKS, STATEMENTS = 50, 50


@require_safe
@reads
def page(request: HttpRequest, collaborative_id: UUID, round_id: UUID) -> HttpResponse:
    """A round as it stands."""
    viewer, today = viewer_of(request), clock.today(agency_of(request).zone)
    row, standing = queries.round_of(viewer=viewer, collaborative_id=collaborative_id, round_id=round_id)
    may = actions.may_ask(standing, row.partner_id if row.kind == "PRACTICE" else None)
    found = queries.overview(viewer=viewer, collaborative_id=collaborative_id, today=today)
    context = {"row": row, "head": standing.collaborative, "may": may, "nav": "partnership", **shown.one(row, found, today=today)}
    if row.state == "OPEN":
        return render(request, "commons/surveys_open.html", context)
    results = queries.results_of(viewer=viewer, row=row)
    past = [queries.results_of(viewer=viewer, row=one) for one in queries.earlier_of(viewer=viewer, row=row)]
    follow = queries.follow_ups_of(viewer=viewer, collaborative_id=collaborative_id, about_id=row.pk)
    words = queries.remarks_of(viewer=viewer, row=row, most=1)[1]
    context |= told.results(results, past) | {
        "follow": shown.follow_lines(follow, today=today),
        "works": actions.works_here(standing),
        "words": words,
    }
    return render(request, "commons/surveys_round.html", context)


@require_safe
@reads
def statements(request: HttpRequest, collaborative_id: UUID, round_id: UUID) -> HttpResponse:
    """Every statement, by all or by a group that is large enough."""
    row, results = _closed(request, collaborative_id, round_id)
    by = request.GET.get("by", "")
    lines = Paginator(told.statements(results, by=by), STATEMENTS).get_page(request.GET.get("page"))
    context = {
        "row": row, "head": row.collaborative, "page": lines, "tables": told.pictures(list(lines)), "tabs": told.tabs(results, by=by),
        "nav": "partnership",
    }  # fmt: skip
    return render(request, "commons/surveys_statements.html", context)


@require_safe
@reads
def remarks(request: HttpRequest, collaborative_id: UUID, round_id: UUID) -> HttpResponse:
    """What was added in words, in no order."""
    row, _results = _closed(request, collaborative_id, round_id)
    number = max(1, int(request.GET.get("page", "1"))) if request.GET.get("page", "1").isdigit() else 1
    found, count = queries.remarks_of(viewer=viewer_of(request), row=row, start=(number - 1) * REMARKS, most=REMARKS)
    pages = {"page": number, "has_more": number * REMARKS < count}
    return render(
        request, "commons/surveys_words.html", {"row": row, "head": row.collaborative, "lines": found, "found": pages, "nav": "partnership"}
    )


@page_view
@reads
def read(request: HttpRequest, collaborative_id: UUID, round_id: UUID) -> HttpResponse:
    """What is read in it."""
    row, results = _closed(request, collaborative_id, round_id, writes=True)
    start = {"reading": row.reading, "principles": row.principles or told.draft_of_principles(results)}
    form = ReadForm(request.POST or None, initial=start)
    response = posted(
        request, form,
        lambda: actions.analyse(
            by=viewer_of(request), at=clock.now(), round_id=row.pk, reading=form.cleaned_data["reading"], principles=form.cleaned_data["principles"]
        ),
        leads_to=lambda done: ("survey", {"collaborative_id": collaborative_id, "round_id": row.pk}),
    )  # fmt: skip
    return response or asked(request, form, rooms=load(request, collaborative_id), title=_("What we read in it"), back=_back(row))


@page_view
@reads
def discuss(request: HttpRequest, collaborative_id: UUID, round_id: UUID) -> HttpResponse:
    """What a meeting said about it."""
    row, _results = _closed(request, collaborative_id, round_id, writes=True)
    start = {"on": row.discussed_on or clock.today(agency_of(request).zone), "where": row.discussed_where, "words": row.discussed}
    form = DiscussForm(request.POST or None, initial=start)
    response = posted(
        request, form,
        lambda: actions.discuss(
            by=viewer_of(request), at=clock.now(), round_id=row.pk, **{key: form.cleaned_data[key] for key in ("on", "where", "words")}
        ),
        leads_to=lambda done: ("survey", {"collaborative_id": collaborative_id, "round_id": row.pk}),
    )  # fmt: skip
    return response or asked(request, form, rooms=load(request, collaborative_id), title=_("What we said about it"), back=_back(row))


def _back(row: Round) -> str:
    return reverse("commons:survey", args=[row.collaborative_id, row.pk])


def _closed(request: HttpRequest, collaborative_id: UUID, round_id: UUID, *, writes: bool = False) -> tuple[Round, queries.Results]:
    """A round that is closed, with what it says. Raises NotVisible for one that is open, and for who may not write."""
    viewer = viewer_of(request)
    row, standing = queries.round_of(viewer=viewer, collaborative_id=collaborative_id, round_id=round_id)
    if row.state == "OPEN" or (writes and not actions.may_ask(standing, row.partner_id if row.kind == "PRACTICE" else None)):
        raise NotVisible
    return row, queries.results_of(viewer=viewer, row=row)
