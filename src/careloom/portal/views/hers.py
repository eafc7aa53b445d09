"""Her home, her plan and what she writes in it."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.kernel.referral import Help
from careloom.messages.queries import unread_for_her
from careloom.plans.actions import add_goal, her_choice, her_goal_change, her_view
from careloom.plans.actions.results import Refused
from careloom.plans.models import Referral
from careloom.plans.referrals.actions import family_answer
from careloom.portal import actions, for_supporter, pages, presenters, words
from careloom.portal.between import is_due
from careloom.portal.door import Her, hers, hers_and_supporters
from careloom.portal.finished import finished_of
from careloom.portal.forms import ChoiceForm, GoalForm, HelpedForm, PlanRatingForm, RatingForm, ViewForm
from careloom.portal.given import asks_for_her
from careloom.portal.signing import IN_SECTIONS, SignLine, sign_page, waiting


def her_of(request: HttpRequest) -> Her:
    """Whose page this is."""
    return request.her  # type: ignore[attr-defined,no-any-return]


@hers_and_supporters
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The phone page."""
    her = her_of(request)
    found = pages.home(her=her, at=clock.now())
    if her.is_supporter:
        return render(request, "portal/supporter.html", _for_supporter(found))
    finished = finished_of(her=her, plan=found.plan.plan if found.plan else None, at=clock.now())
    context: dict[str, Any] = {
        "page": found,
        "visit": presenters.visit_card(found.visit),
        "goals": [presenters.goal_voice(goal, goes_on=finished is None) for goal in found.plan.goals] if found.plan else [],
        "wants": presenters.wants(found.plan.needs, found.plan.referrals) if found.plan else None,
        "team": presenters.team_list(found.plan.team) if found.plan else None,
        "sharing": presenters.sharing_list(found.sharing),
        "question": _question(found.question, goes_on=finished is None),
        "unread": unread_for_her(viewer=her.viewer, identity_id=her.identity_id),
        "progress": presenters.progress(found),
        "to_sign": 0 if finished else waiting(her=her, plan=found.plan),
        "ask_how": finished is None and found.question is None and is_due(her=her, plan=found.plan, at=clock.now()),
        "asks": asks_for_her(viewer=her.viewer),
        "finished": finished,
        "request_key": uuid4(),
    }
    return render(request, "portal/home.html", context)


def _for_supporter(found: pages.Home) -> dict[str, Any]:
    plan = found.plan
    return {
        "page": found, "visit": for_supporter.next_visit(found), "wants": for_supporter.wants(plan.needs, plan.referrals) if plan else None,
        "team": for_supporter.team(plan.team) if plan else None,
    }  # fmt: skip


def _question(question: pages.Question | None, *, goes_on: bool) -> dict[str, Any] | None:
    # Of a closed plan she may still say whether help came; a new wish has no plan to stand in.
    if question is None or not (goes_on or question.kind == "HELP"):
        return None
    need = question.need
    what = words.need_words(code=need.row.code, title=need.row.title, language=presenters.language()) if need else _("Something you asked for")
    return {"kind": question.kind, "id": question.id, "what": what}


@hers
@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """Her plan read as a page, with her own view beside any sentence."""
    found = pages.read_plan(her=her_of(request), at=clock.now(), place="my:plan")
    return render(request, "portal/plan.html", {"plan": found, "lines": presenters.plan_lines(found) if found else []})


@hers
@require_safe
def fridge(request: HttpRequest) -> HttpResponse:
    """The sheet for the fridge: large type, no agency named."""
    her = her_of(request)
    found = pages.home(her=her, at=clock.now())
    phones = [(row.name, row.phone) for row in found.plan.team if row.phone and not words.tells(row.name)] if found.plan else []
    visits = [presenters.visit_line(v) for v in pages.visits_of(her=her, at=clock.now())]
    return render(request, "portal/print.html", {"page": found, "phones": phones, "visits": visits})


@hers
@require_http_methods(["GET", "HEAD", "POST"])
def goal(request: HttpRequest, goal_id: UUID | None = None) -> HttpResponse:
    """Change a goal in her words, or write a new one. The old words are kept."""
    her = her_of(request)
    found = pages.read_plan(her=her, at=clock.now(), place="my:goal")
    old = next((g for g in found.goals if g.row.pk == goal_id), None) if found else None
    if found is None or (goal_id is not None and old is None):
        raise NotVisible
    form = GoalForm(request.POST or None, initial={"words": old.row.words} if old else None)
    if request.method == "POST" and form.is_valid():
        said = {"words": form.cleaned_data["words"], "request_key": form.cleaned_data["request_key"]}
        by, at = her.viewer, clock.now()
        if old is None:
            done: object = add_goal(by=by, at=at, plan_id=found.plan.pk, **said)
        else:
            done = her_goal_change(by=by, at=at, goal_id=old.row.pk, **said)
        thank(request, done, _("Saved. Your team sees your words."))
        return redirect("portal:home")
    return render(request, "portal/goal.html", {"form": form, "old": old})


@hers
@require_http_methods(["GET", "HEAD", "POST"])
def want(request: HttpRequest, need_id: UUID) -> HttpResponse:
    """Yes, not now or no to something named for her. A no ends in calm."""
    her = her_of(request)
    found = pages.read_plan(her=her, at=clock.now(), place="my:want")
    need = found.need(need_id) if found else None
    if need is None:
        raise NotVisible
    form = ChoiceForm(request.POST or None, initial={"choice": need.choice, "words": need.words})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        done = her_choice(by=her.viewer, at=clock.now(), need_id=need_id, choice=data["choice"], words=data["words"], request_key=data["request_key"])
        thank(request, done, "")
        return redirect("portal:want", need_id=need_id)
    what = words.need_words(code=need.row.code, title=need.row.title, language=presenters.language())
    return render(request, "portal/want.html", {"form": form, "need": need, "what": what})


@hers
@require_http_methods(["GET", "HEAD", "POST"])
def helped(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Did she get help? Yes closes the loop, no opens it again."""
    her = her_of(request)
    found = pages.read_plan(her=her, at=clock.now(), place="my:helped")
    referral = next((r for r in found.referrals if r.pk == referral_id), None) if found else None
    if found is None or referral is None:
        raise NotVisible
    form = HelpedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        family_answer(
            by=her.viewer, at=clock.now(), referral_id=referral_id, helped=Help(data["helped"]), words=data["words"], request_key=data["request_key"]
        )
        messages.success(request, _after_help(data["helped"]))
        return redirect("portal:home")
    need = found.need(referral.need_id)
    what = words.need_words(code=need.row.code, title=need.row.title, language=presenters.language()) if need else _("Something you asked for")
    return render(request, "portal/helped.html", {"form": form, "what": what})


def _after_help(answer: str) -> str:
    if answer == "YES":
        return _("Good to hear!")
    return _("Thank you for telling us. Your team calls you about the next step.")


@hers
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, referral_id: UUID | None = None) -> HttpResponse:
    """How each service was for her: the list, or one of them. Her team reads it; it makes no score."""
    her = her_of(request)
    found = pages.read_plan(her=her, at=clock.now(), place="my:rate")
    said = pages.ratings(her=her, at=clock.now())
    listed = [row for row in found.referrals if row.state in pages.CAME] if found else []
    if referral_id is None:
        rows = [(row.pk, _service(found, row), presenters.rating_words(said.get(row.pk))) for row in listed]
        return render(request, "portal/rate.html", {"rows": rows})
    referral = next((row for row in listed if row.pk == referral_id), None)
    if referral is None:
        raise NotVisible
    known = said.get(referral_id)
    form = RatingForm(request.POST or None, initial={"says": known.says, "words": known.words} if known else None)
    if request.method == "POST" and form.is_valid():
        actions.rate_service(by=her.viewer, at=clock.now(), referral_id=referral_id, **form.cleaned_data)
        messages.success(request, _("Thank you. Your team sees it."))
        return redirect("portal:rate")
    return render(request, "portal/rate.html", {"form": form, "what": _service(found, referral)})


@hers
@require_http_methods(["GET", "HEAD", "POST"])
def rate_plan(request: HttpRequest) -> HttpResponse:
    """How her whole plan was, once it is closed."""
    her = her_of(request)
    found = pages.read_plan(her=her, at=clock.now(), place="my:rate")
    finished = finished_of(her=her, plan=found.plan if found else None, at=clock.now())
    if finished is None or not finished.asks:
        raise NotVisible
    row = finished.row
    form = PlanRatingForm(request.POST or None, initial={"says": row.says, "heard": row.heard, "words": row.words} if row else None)
    if request.method == "POST" and form.is_valid():
        actions.rate_plan(by=her.viewer, at=clock.now(), plan_id=finished.plan_id, **form.cleaned_data)
        messages.success(request, _("Thank you. Your team sees it."))
        return redirect("portal:home")
    return render(request, "portal/rate.html", {"form": form, "what": _("Your whole plan")})


def _service(found: pages.Plan | None, referral: Referral) -> str:
    need = found.need(referral.need_id) if found else None
    what = words.need_words(code=need.row.code, title=need.row.title, language=presenters.language()) if need else _("Something you asked for")
    return what if not referral.organization or words.tells(referral.organization) else f"{what}: {referral.organization}"


@hers
@require_http_methods(["GET", "HEAD", "POST"])
def say(request: HttpRequest, kind: str, item_id: UUID) -> HttpResponse:
    """Her view beside a sentence of her plan."""
    her = her_of(request)
    found = pages.read_plan(her=her, at=clock.now(), place="my:say")
    line, part = _beside(her, found, kind=kind, item_id=item_id)
    if line is None:
        raise NotVisible
    form = ViewForm(request.POST or None, initial={"says": "COMMENT"})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        done = her_view(
            by=her.viewer, at=clock.now(), item_kind=kind, item_id=item_id, says=data["says"], words=data["words"], quoted=line.text,
            request_key=data["request_key"],
        )  # fmt: skip
        thank(request, done, _("Saved. Your words stand beside this on every copy."))
        return redirect("portal:part", section=part) if part else redirect("portal:plan")
    return render(request, "portal/say.html", {"form": form, "line": line})


def _beside(her: Her, found: pages.Plan | None, *, kind: str, item_id: UUID) -> tuple[presenters.PlanLine | SignLine | None, str]:
    """The sentence that she writes beside, and the part of the plan that it stands in where it is one of a section."""
    if kind in IN_SECTIONS:
        there = sign_page(her=her, at=clock.now(), place="my:say").line(kind, item_id)
        return (there[1], there[0].code) if there else (None, "")
    lines = presenters.plan_lines(found) if found else []
    return next((line for line in lines if line.item_id == item_id and line.kind == kind), None), ""


@hers
@require_safe
def visits(request: HttpRequest) -> HttpResponse:
    """Her visits, with what falls on the same hour."""
    rows = pages.read_visits(her=her_of(request), at=clock.now())
    return render(request, "portal/visits.html", {"visits": [presenters.visit_line(row) for row in rows]})


@hers
@require_POST
def ask(request: HttpRequest, appointment_id: UUID, asks: str) -> HttpResponse:
    """Ask for a ride or for another time."""
    if asks not in {"ride", "move"}:
        raise NotVisible
    actions.ask_about_visit(by=her_of(request).viewer, at=clock.now(), appointment_id=appointment_id, asks=asks.upper())
    asked = _("We asked for your ride. Your team tells you.") if asks == "ride" else _("We asked for a new time. Your team calls you.")
    messages.success(request, asked)
    return redirect("portal:visits")


def thank(request: HttpRequest, done: object, text: str) -> None:
    """Say that it was kept, or that her plan is closed."""
    if isinstance(done, Refused):
        messages.info(request, _("Your plan is closed now. Call your team if you want to change it."))
    elif text:
        messages.success(request, text)
