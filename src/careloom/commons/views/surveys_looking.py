"""The stage of collaboration, reviews of practices, and what is done about something found."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.commons.forms.surveys import FollowUpForm, ResultForm
from careloom.commons.forms.surveys_looking import ReviewForm, StageForm
from careloom.commons.presenters.surveys import follow_lines
from careloom.commons.presenters.surveys_evidence import candidates
from careloom.commons.presenters.surveys_stage import staged
from careloom.commons.views.parts import asked, load, page_view, posted, reads
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.surveys import actions, queries
from careloom.surveys.words import FITS

TONES = {"YES": "done", "PARTLY": "wait", "NO": "late"}
BACK = {"ROUND": ("survey", True), "WALK": ("walk", True), "REVIEW": ("practices", False), "STAGE": ("stage", False)}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@require_safe
@reads
def stage(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Where the collaborative stands, or a pair of its partners (`?partner=&other=`), and how it was before."""
    viewer, rooms = viewer_of(request), load(request, collaborative_id)
    partners = {row.pk: row for row in rooms.partners}
    one, other = _uuid(request.GET.get("partner", "")), _uuid(request.GET.get("other", ""))
    pair = [partners[key] for key in (one, other) if key in partners]
    if (one or other) and len(pair) < 2:
        raise NotVisible
    found = queries.stage_of(
        viewer=viewer, collaborative_id=collaborative_id, partner_id=pair[0].pk if pair else None, other_id=pair[1].pk if pair else None
    )
    about = found.newest.pk if found.newest else collaborative_id
    follow = queries.follow_ups_of(viewer=viewer, collaborative_id=collaborative_id, about_id=about)
    context = {
        "rooms": rooms, "head": rooms.standing.collaborative, "pair": pair, "works": actions.works_here(rooms.standing), "nav": "partnership",
        "follow": follow_lines(follow, today=clock.today(agency_of(request).zone)),
        **staged(found, partners=partners, pairs=queries.pairs_of(viewer=viewer, collaborative_id=collaborative_id)),
    }  # fmt: skip
    return render(request, "commons/surveys_stage.html", context)


@page_view
@reads
def stage_new(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Look at the stage: three questions, with a record behind each indicator that is met."""
    rooms = load(request, collaborative_id)
    if not actions.works_here(rooms.standing):
        raise NotVisible
    found = candidates(rooms, viewer=viewer_of(request), at=clock.now())
    newest = queries.stage_of(viewer=viewer_of(request), collaborative_id=collaborative_id).newest
    start = {"partner_id": request.GET.get("partner", ""), "other_id": request.GET.get("other", "")}
    for one in newest.met if newest and not start["partner_id"] else ():
        key = f"{one['kind']}:{one['id']}"
        known = key in dict(found.get(one["indicator"], []))
        start |= {f"record_{one['indicator']}": key} if known else {f"paper_{one['indicator']}": one["words"] if one["kind"] == "PAPER" else ""}
    form = StageForm(request.POST or None, initial=start, partners=[(row.pk, row.name) for row in rooms.partners], candidates=found)
    response = posted(
        request, form,
        lambda: actions.read_stage(
            by=viewer_of(request), at=clock.now(), collaborative_id=collaborative_id, facts=form.facts, request_key=form.cleaned_data["request_key"]
        ),
        leads_to=lambda done: ("stage", {"collaborative_id": collaborative_id}), said=_("Kept in the history."),
    )  # fmt: skip
    lede = _(
        "An indicator is met where a record or a paper shows it. The stage follows from that: 70 of 100 of its indicators, and of all before it."
    )
    back = reverse("commons:stage", args=[collaborative_id])
    return response or asked(request, form, rooms=rooms, title=_("At which stage are we?"), lede=lede, back=back)


@require_safe
@reads
def practices(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Whether practices support the shared goals: every review so far, and what is done about the newest."""
    viewer, today = viewer_of(request), clock.today(agency_of(request).zone)
    rows, standing = queries.reviews_of(viewer=viewer, collaborative_id=collaborative_id)
    page = Paginator(rows, 10).get_page(request.GET.get("page"))
    follow = queries.follow_ups_by(viewer=viewer, collaborative_id=collaborative_id, about_ids=[row.pk for row in page])
    told = [
        {
            "row": row, "lines": [one | {"fits_words": FITS[one["fits"]], "tone": TONES[one["fits"]]} for one in row.lines],
            "follow": follow_lines(follow[row.pk], today=today),
        }
        for row in page
    ]  # fmt: skip
    context = {
        "head": standing.collaborative, "page": page, "reviews": told, "due": queries.review_due(rows, today=today),
        "works": actions.works_here(standing), "nav": "partnership",
    }  # fmt: skip
    return render(request, "commons/surveys_practices.html", context)


@page_view
@reads
def practice_new(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Review practices."""
    rooms, today = load(request, collaborative_id), clock.today(agency_of(request).zone)
    if not actions.works_here(rooms.standing):
        raise NotVisible
    goals = [rooms.vision.vision] if rooms.vision else []
    form = ReviewForm(request.POST or None, initial={"reviewed_on": today, "next_on": today + timedelta(days=182)}, goals=goals)
    response = posted(
        request, form,
        lambda: actions.put_review(
            by=viewer_of(request), at=clock.now(), collaborative_id=collaborative_id, facts=form.facts, request_key=form.cleaned_data["request_key"]
        ),
        leads_to=lambda done: ("practices", {"collaborative_id": collaborative_id}),
    )  # fmt: skip
    lede = _("Do we do what we say, and do the numbers show it? Look at up to four practices.")
    back = reverse("commons:practices", args=[collaborative_id])
    return response or asked(request, form, rooms=rooms, title=_("Review practices"), lede=lede, back=back)


@page_view
@reads
def follow_up(request: HttpRequest, collaborative_id: UUID, about_kind: str, about_id: UUID) -> HttpResponse:
    """Say what is done about something found."""
    rooms, today = load(request, collaborative_id), clock.today(agency_of(request).zone)
    kind = about_kind.upper()
    about = actions.found_in(collaborative_id=collaborative_id, about_kind=kind, about_id=about_id)
    if about is None or not actions.works_here(rooms.standing):
        raise NotVisible
    start = {"what": request.GET.get("what", "")[:300], "due_on": today + timedelta(days=90)}
    form = FollowUpForm(request.POST or None, initial=start, partners=[(row.pk, row.name) for row in rooms.partners])
    to, one = BACK[kind]
    where = {"collaborative_id": collaborative_id} | ({"round_id" if kind == "ROUND" else "walk_id": about_id} if one else {})
    response = posted(
        request, form,
        lambda: actions.put_follow_up(
            by=viewer_of(request), at=clock.now(), about_kind=kind, about_id=about_id, facts=form.facts, request_key=form.cleaned_data["request_key"]
        ),
        leads_to=lambda done: (to, where),
    )  # fmt: skip
    return response or asked(request, form, rooms=rooms, title=_("What is done about it"), back=reverse(f"commons:{to}", kwargs=where))


@page_view
@reads
def follow_up_done(request: HttpRequest, collaborative_id: UUID, follow_up_id: UUID) -> HttpResponse:
    """Say what became of it."""
    rooms = load(request, collaborative_id)
    row = queries.follow_up_of(viewer=viewer_of(request), collaborative_id=collaborative_id, follow_up_id=follow_up_id)
    if not (actions.works_here(rooms.standing) or row.owner_id in rooms.standing.partner_ids):
        raise NotVisible
    to, one = BACK[row.about_kind]
    where = {"collaborative_id": collaborative_id} | ({"round_id" if row.about_kind == "ROUND" else "walk_id": row.about_id} if one else {})
    form = ResultForm(request.POST or None, initial={"result": row.result})
    response = posted(
        request, form,
        lambda: actions.done_follow_up(by=viewer_of(request), at=clock.now(), follow_up_id=row.pk, result=form.cleaned_data["result"]),
        leads_to=lambda done: (to, where),
    )  # fmt: skip
    return response or asked(
        request, form, rooms=rooms, title=row.what, lede=row.owner.name, back=reverse(f"commons:{to}", kwargs=where), save=_("It is done")
    )
