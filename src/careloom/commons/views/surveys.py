"""The questionnaires of a collaborative: what is open, what is due, and asking."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.commons.forms.surveys import CodesForm, OpenForm, RhythmForm
from careloom.commons.presenters import surveys as shown
from careloom.commons.views.parts import asked, load, page_view, posted, reads
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.answers import Refused
from careloom.surveys import actions, queries
from careloom.surveys.instruments import KINDS
from careloom.surveys.words import REFUSALS


@require_safe
@reads
def home(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """What is open to answer, what is due, and every round so far."""
    today = clock.today(agency_of(request).zone)
    found = queries.overview(viewer=viewer_of(request), collaborative_id=collaborative_id, today=today)
    stage = queries.stage_of(viewer=viewer_of(request), collaborative_id=collaborative_id)
    page = Paginator(found.rounds, 20).get_page(request.GET.get("page"))
    return render(request, "commons/surveys_home.html", {**shown.home(found, page, stage=stage, today=today), "nav": "partnership"})


@page_view
@reads
def new(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Open a round."""
    rooms, today = load(request, collaborative_id), clock.today(agency_of(request).zone)
    found = queries.overview(viewer=viewer_of(request), collaborative_id=collaborative_id, today=today)
    practices = [(row.pk, row.name) for row in rooms.partners if found.may_ask or row.pk in rooms.standing.partner_ids]
    if not (found.may_ask or practices):
        raise NotVisible
    past = [(row.pk, f"{row.title}, {row.opened_on:%Y-%m}") for row in found.rounds if row.state != "OPEN"][:50]
    form = OpenForm(
        request.POST or None, practices=practices, sets=[(row.pk, f"{row.title}, {row.version}") for row in found.sets], past=past,
        kinds=KINDS if found.may_ask else ("PRACTICE",),
        initial={"kind": request.GET.get("kind", ""), "follows_id": request.GET.get("follows", ""), "closes_on": today + timedelta(days=21)},
    )  # fmt: skip
    response = posted(
        request, form,
        lambda: actions.open_round(
            by=viewer_of(request), at=clock.now(), collaborative_id=collaborative_id, facts=form.facts, request_key=form.cleaned_data["request_key"]
        ),
        leads_to=lambda done: ("survey", {"collaborative_id": collaborative_id, "round_id": done.row_id}), said=_("Open. Now hand out the codes."),
    )  # fmt: skip
    lede = _("Nobody can be found in the answers. Groups of fewer than five are counted with others, and of fewer than eleven where families answer.")
    back = reverse("commons:surveys", args=[collaborative_id])
    return response or asked(request, form, rooms=rooms, title=_("Ask"), lede=lede, back=back, save=_("Open it"))


@page_view
@reads
def rhythm(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """How often something is looked at again."""
    rooms, today = load(request, collaborative_id), clock.today(agency_of(request).zone)
    if not rooms.standing.runs:
        raise NotVisible
    form = RhythmForm(request.POST or None, initial={"kind": request.GET.get("kind", ""), "next_on": today + timedelta(days=365)})
    response = posted(
        request, form,
        lambda: actions.put_rhythm(
            by=viewer_of(request), at=clock.now(), collaborative_id=collaborative_id,
            **{key: form.cleaned_data[key] for key in ("kind", "every_months", "next_on", "request_key")},
        ),
        leads_to=lambda done: ("surveys", {"collaborative_id": collaborative_id}),
    )  # fmt: skip
    back = reverse("commons:surveys", args=[collaborative_id])
    return response or asked(request, form, rooms=rooms, title=_("When we look again"), back=back)


@require_POST
@reads
def code(request: HttpRequest, collaborative_id: UUID, round_id: UUID) -> HttpResponse:
    """Give a member her code, once. Nothing of it is kept or logged."""
    row, _standing = queries.round_of(viewer=viewer_of(request), collaborative_id=collaborative_id, round_id=round_id)
    given = actions.take_code(by=viewer_of(request), at=clock.now(), round_id=row.pk, request_key=request.POST.get("request_key", ""))
    refused = REFUSALS.get(given.codes[0], "") if isinstance(given, Refused) else ""
    context = {"row": row, "codes": [] if refused else [given], "refused": refused, "own": True, "where": _where(request), "nav": "partnership"}
    return _unkept(render(request, "commons/surveys_codes.html", context, status=422 if refused else 200))


@page_view
@reads
def codes(request: HttpRequest, collaborative_id: UUID, round_id: UUID) -> HttpResponse:
    """Print codes for people who do not sign in."""
    row, standing = queries.round_of(viewer=viewer_of(request), collaborative_id=collaborative_id, round_id=round_id)
    if not actions.may_ask(standing, row.partner_id if row.kind == "PRACTICE" else None) or row.state != "OPEN":
        raise NotVisible
    form = CodesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.print_codes(by=viewer_of(request), at=clock.now(), round_id=row.pk, number=form.cleaned_data["number"])
        if not isinstance(made, Refused):
            context = {"row": row, "codes": made, "own": False, "where": _where(request), "nav": "partnership"}
            return _unkept(render(request, "commons/surveys_codes.html", context))
        form.refuse(made.codes)
    lede = _("Each code opens the questionnaire once. Fold them and let people draw, so that you do not know who has which.")
    back = reverse("commons:survey", args=[collaborative_id, row.pk])
    return asked(request, form, rooms=load(request, collaborative_id), title=_("Print codes"), lede=lede, back=back, save=_("Show the codes"))


@require_POST
@reads
def remind(request: HttpRequest, collaborative_id: UUID, round_id: UUID) -> HttpResponse:
    """Remind everybody alike."""
    return _step(request, collaborative_id, round_id, actions.remind, _("Each member sees the reminder in the room."))


@require_POST
@reads
def close(request: HttpRequest, collaborative_id: UUID, round_id: UUID) -> HttpResponse:
    """Close and count."""
    return _step(request, collaborative_id, round_id, actions.close_round, _("Closed and counted."))


def _step(request: HttpRequest, collaborative_id: UUID, round_id: UUID, act: shown.Step, said: str) -> HttpResponse:
    queries.round_of(viewer=viewer_of(request), collaborative_id=collaborative_id, round_id=round_id)
    done = act(by=viewer_of(request), at=clock.now(), round_id=round_id)
    if isinstance(done, Refused) and "NOT_ALLOWED" in done.codes:
        raise NotVisible
    shown.tell(request, REFUSALS.get(done.codes[0], "") if isinstance(done, Refused) else said, well=not isinstance(done, Refused))
    return redirect("commons:survey", collaborative_id=collaborative_id, round_id=round_id)


def _where(request: HttpRequest) -> str:
    """Where one answers, as it can be typed from a slip of paper."""
    url: str = request.build_absolute_uri(reverse("commons:survey_answer"))
    return url.partition("://")[2]


def _unkept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
