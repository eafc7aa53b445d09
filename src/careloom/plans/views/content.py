"""Needs with their threads, goals and strengths."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.infra import clock
from careloom.plans.actions.content import add_goal, add_strength, change_goal, change_strength
from careloom.plans.actions.hers import answer_her
from careloom.plans.actions.needs import add_need, record_choice, resolve_need
from careloom.plans.forms.content import AnswerForm, ChoiceForm, GoalChangeForm, GoalForm, NeedForm, ResultForm, StrengthChangeForm, StrengthForm
from careloom.plans.models import Goal, HerView, Need, Strength
from careloom.plans.presenters.need import need_context
from careloom.plans.queries import get_plan
from careloom.plans.views.frame import answered, frame_of, row_of, screen, to_family

writes = needs(Permission.FAMILY_READ, Permission.PLAN_WRITE)
form_view = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@needs(Permission.FAMILY_READ)
def page(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """A plan stands on the page of its family."""
    return to_family(get_plan(viewer=request.viewer, plan_id=plan_id))


@form_view
@writes
def need_new(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Name a need."""
    frame = frame_of(request, plan_id, place="need_new")
    form = NeedForm(request.POST or None, people=frame.choices)
    if request.method == "POST" and form.is_valid():
        result = add_need(by=request.viewer, at=clock.now(), plan_id=plan_id, **form.facts)
        if response := answered(request, frame, form, result, anchor="thr"):
            return response
    lede = _("What would help, and does she want it? Yes, not now and no are equally good answers.")
    return screen(request, frame, form, title=_("Add a need"), lede=lede, save=_("Add the need"))


@form_view
@needs(Permission.FAMILY_READ)
def need(request: HttpRequest, need_id: UUID) -> HttpResponse:
    """One need: its thread, her choice, what became of it."""
    row = row_of(Need, request, need_id)
    frame = frame_of(request, row.plan_id, place="need", rows=(row,))
    about = request.POST.get("about", "")
    choice = ChoiceForm(request.POST if about == "choice" else None, auto_id="choice_%s")
    result = ResultForm(request.POST if about == "result" else None, auto_id="result_%s")
    if about == "choice" and request.viewer.can(Permission.PLAN_WRITE) and choice.is_valid():
        said = choice.cleaned_data
        done: object = record_choice(
            by=request.viewer, at=clock.now(), need_id=need_id, choice=said["her_choice"], words=said["her_words"], request_key=said["request_key"]
        )
        if answered(request, frame, choice, done):
            return redirect("plans:need", need_id)
    if about == "result" and request.viewer.can(Permission.PLAN_WRITE) and result.is_valid():
        said = result.cleaned_data
        done = resolve_need(
            by=request.viewer, at=clock.now(), need_id=need_id, result=said["result"], reason=said["reason"], words=said["said"],
            request_key=said["request_key"],
        )  # fmt: skip
        if answered(request, frame, result, done):
            return redirect("plans:need", need_id)
    context = need_context(viewer=request.viewer, need_id=need_id, plan_id=row.plan_id, zone=frame.zone)
    shown = choice if choice.errors else result
    return screen(request, frame, shown, title=row.title, template="plans/need.html", choice_form=choice, result_form=result, **context)


@form_view
@writes
def goal_new(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Write down a goal in her words."""
    frame = frame_of(request, plan_id, place="goal_new")
    form = GoalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        result = add_goal(by=request.viewer, at=clock.now(), plan_id=plan_id, **form.facts)
        if response := answered(request, frame, form, result, anchor="goals"):
            return response
    return screen(request, frame, form, title=_("Add a goal"), lede=_("A plan asks for goals for her and for the baby."), save=_("Add the goal"))


@form_view
@writes
def goal(request: HttpRequest, goal_id: UUID) -> HttpResponse:
    """Change a goal; the words before are kept."""
    row = row_of(Goal, request, goal_id)
    frame = frame_of(request, row.plan_id, place="goal", rows=(row,))
    start = {"words": row.words, "state": row.state, "measured_by": row.measured_by, "row_version": row.row_version}
    form = GoalChangeForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        result = change_goal(by=request.viewer, at=clock.now(), goal_id=goal_id, **form.cleaned_data)
        if response := answered(request, frame, form, result, anchor="goals"):
            return response
    return screen(request, frame, form, title=_("Change a goal"), save=_("Save the goal"))


@form_view
@writes
def strength_new(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Write down a strength."""
    frame = frame_of(request, plan_id, place="strength_new")
    form = StrengthForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        result = add_strength(by=request.viewer, at=clock.now(), plan_id=plan_id, **form.cleaned_data)
        if response := answered(request, frame, form, result, anchor="strong"):
            return response
    return screen(request, frame, form, title=_("Add a strength"), save=_("Add the strength"))


@form_view
@writes
def strength(request: HttpRequest, strength_id: UUID) -> HttpResponse:
    """Change the words of a strength."""
    row = row_of(Strength, request, strength_id)
    frame = frame_of(request, row.plan_id, place="strength", rows=(row,))
    form = StrengthChangeForm(request.POST or None, initial={"text": row.text, "whose": row.whose, "row_version": row.row_version})
    if request.method == "POST" and form.is_valid():
        result = change_strength(by=request.viewer, at=clock.now(), strength_id=strength_id, **form.cleaned_data)
        if response := answered(request, frame, form, result, anchor="strong"):
            return response
    return screen(request, frame, form, title=_("Change a strength"))


@form_view
@writes
def answer(request: HttpRequest, view_id: UUID) -> HttpResponse:
    """Answer what she wrote beside the plan."""
    row = row_of(HerView, request, view_id)
    frame = frame_of(request, row.plan_id, place="answer_her", rows=(row,))
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        result = answer_her(by=request.viewer, at=clock.now(), view_id=view_id, **form.cleaned_data)
        if response := answered(request, frame, form, result, anchor="view"):
            return response
    return screen(request, frame, form, title=_("Answer her"), quote=row.words, save=_("Send the answer"))
