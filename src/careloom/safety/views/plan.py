"""A safety plan: its steps, the spoken yes, signatures, contacts and its end. Each is one POST to the page of the plan."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.access.accounting import account
from careloom.safety import actions, presenters, queries, words
from careloom.safety.forms import planning as forms
from careloom.safety.instruments import Item, instrument_of
from careloom.safety.models import SafetyAssessment, SafetyPlan
from careloom.safety.views.page import is_own, load

writes = needs(Permission.SAFETY_WRITE)


@require_POST
@writes
def begin(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Begin the plan of an assessment that calls for one. Where it is safe the answer is that no plan is needed (R-168)."""
    load(request, assessment_id, place="safety:begin_plan", writing=True)
    done = actions.start_plan(by=viewer_of(request), at=clock.now(), assessment_id=assessment_id, request_key=f"plan-of:{assessment_id}")
    if isinstance(done, actions.Refused):
        messages.warning(request, words.gap(done.codes[0]))
        return redirect("safety:assessment", assessment_id=assessment_id)
    return redirect("safety:plan", safety_plan_id=done.row_id)


@require_safe
@needs(Permission.SAFETY_READ)
def one(request: HttpRequest, safety_plan_id: UUID) -> HttpResponse:
    """One safety plan."""
    whole, about = _load(request, safety_plan_id, place="safety:plan")
    return _shown(request, whole, about)


@require_POST
@writes
def drop(request: HttpRequest, safety_plan_id: UUID, step_id: UUID) -> HttpResponse:
    """End a step."""
    _load(request, safety_plan_id, place="safety:drop_step", writing=True)
    done = actions.drop_step(by=viewer_of(request), at=clock.now(), safety_plan_id=safety_plan_id, step_id=step_id)
    if isinstance(done, actions.Refused):
        messages.warning(request, words.gap(done.codes[0]))
    return redirect("safety:plan", safety_plan_id=safety_plan_id)


@require_POST
@writes
def does(request: HttpRequest, safety_plan_id: UUID, plan_does: str) -> HttpResponse:
    """Do one thing with a plan: what `plan_does` names."""
    whole, about = _load(request, safety_plan_id, place="safety:plan_does", writing=True)
    form = _forms(request, whole.row, data=request.POST, only=plan_does)[plan_does]
    if not form.is_valid():
        return _shown(request, whole, about, bound={plan_does: form}, status=422)
    done = _act(request, whole.row, plan_does, form.cleaned_data)
    if isinstance(done, actions.Done):
        messages.success(request, _("Kept."))
        return redirect("safety:plan", safety_plan_id=safety_plan_id)
    if isinstance(done, actions.Stale):
        form.meet(row_version=done.current.row_version)
        return _shown(request, whole, about, bound={plan_does: form}, status=409)
    form.refuse(done.codes)
    return _shown(request, whole, about, bound={plan_does: form}, status=422)


def _load(request: HttpRequest, safety_plan_id: UUID, *, place: str, writing: bool = False) -> tuple[queries.PlanWhole, queries.About]:
    viewer = viewer_of(request)
    whole = queries.get_plan(viewer=viewer, safety_plan_id=safety_plan_id)
    if writing and not is_own(agency_of(request), whole.row.holder_id):
        raise NotVisible
    about = queries.about(viewer=viewer, identity_id=whole.row.identity_id)
    rows: list[Any] = [whole.row, *whole.steps, *whole.signatures, *whole.contacts, *about.rows]
    account(viewer=viewer, place=place, rows=rows, at=clock.now())
    return whole, about


def _dangers(row: SafetyPlan) -> dict[str, Item]:
    # The words of the dangers come from the list in which the assessment was filled in.
    of = SafetyAssessment.objects.filter(pk=row.assessment_id).first()
    if of is None:
        return {}
    return {item.id: item for item in instrument_of(pack=row.pack, key=of.instrument).factors if item.id in row.factors}


def _forms(request: HttpRequest, row: SafetyPlan, *, data: Any = None, only: str = "") -> dict[str, Any]:
    version, on = {"row_version": row.row_version}, {"on": clock.today(agency_of(request).zone)}
    dangers = [(key, f"{item.prefix}. {item.text}") for key, item in _dangers(row).items()]
    found: dict[str, Any] = {}
    if only == "step" or (not only and row.ended_at is None):
        found["step"] = forms.StepForm(data, dangers=dangers)
    if only == "spoken" or (not only and row.state == "DRAFT"):
        found["spoken"] = forms.SpokenForm(data, initial=version)
    if only == "signature" or (not only and row.is_in_force and row.signed_at is None):
        found["signature"] = forms.SignatureForm(data, initial=on)
    if only == "contact" or (not only and row.is_in_force):
        found["contact"] = forms.ContactForm(data, initial=on)
    if only == "not-kept" or (not only and row.is_in_force and row.state != "NOT_KEPT"):
        found["not-kept"] = forms.NotKeptForm(data, initial=version)
    if only == "end" or (not only and row.ended_at is None):
        found["end"] = forms.EndForm(data, initial=version)
    return found


def _act(request: HttpRequest, row: SafetyPlan, plan_does: str, told: dict[str, Any]) -> actions.Done | actions.Stale | actions.Refused:
    to: dict[str, Any] = {"by": viewer_of(request), "at": clock.now(), "safety_plan_id": row.pk}
    version, key = {"row_version": told.get("row_version")}, {"request_key": told.get("request_key")}
    match plan_does:
        case "step":
            return actions.add_step(**to, **key, factor=told["factor"], what=told["what"], who=told["who"], when=told["when"])
        case "spoken":
            return actions.note_spoken(**to, **version, who=told["agreed_who"], heard_by=told["heard_by"])
        case "signature":
            return actions.note_signature(
                **to, **key, name=told["name"], role=told["role"], how=told["how"], on=told["on"], reason=told["reason"], last=told["last"]
            )
        case "contact":
            return actions.note_contact(
                **to, **key, on=told["on"], how=told["how"], with_whom=told["with_whom"], kept=told["kept"] == "1", words=told["words"]
            )
        case "not-kept":
            return actions.not_kept(**to, **version, words=told["words"])
    return actions.end_plan(**to, **version, because=told["because"], words=told["words"])


def _shown(
    request: HttpRequest, whole: queries.PlanWhole, about: queries.About, *, bound: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    viewer, own, row = viewer_of(request), agency_of(request), whole.row
    may_write = is_own(own, row.holder_id) and viewer.can(Permission.SAFETY_WRITE)
    dangers = _dangers(row)
    live = [step for step in whole.steps if step.ended_at is None]
    made = (_forms(request, row) | (bound or {})) if may_write else {}
    context = {
        "row": row, "about": about, "status": presenters.plan_mark(row), "title": words.code(row.response, among=words.RESPONSES),
        "dangers": [(item, [step for step in live if step.factor == key]) for key, item in dangers.items()],
        "ended_steps": [step for step in whole.steps if step.ended_at is not None], "may_write": may_write,
        "agreed": presenters.day(row.agreed_at, own=own), "sign_by": presenters.last_day(row.sign_by, own=own),
        "signatures": [(one.name, one.role, words.code(one.how, among=words.SIGNS), date_format(one.on), one.reason) for one in whole.signatures],
        "contacts": [
            (date_format(one.on), words.code(one.how, among=words.HOWS), one.with_whom, _("kept") if one.kept else _("not kept"), one.words)
            for one in whole.contacts
        ],
        "ended": words.code(row.ended_because, among=words.ENDINGS) if row.ended_at else "", "ended_on": presenters.day(row.ended_at, own=own),
        "forms": {key.replace("-", "_"): form for key, form in made.items()},
    }  # fmt: skip
    return render(request, "safety/plan.html", context, status=status)
