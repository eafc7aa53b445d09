"""An assessment read as a page, with what its parts point to, and what is decided about it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from careloom.agencies.gate import needs
from careloom.agencies.models import Worker
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.access.accounting import account
from careloom.safety import actions, presenters, queries, words
from careloom.safety.facts import what_is_missing, what_it_points_to
from careloom.safety.forms import assessing as forms
from careloom.safety.models.assessment import APPROVED, COMPLETED
from careloom.safety.views.page import Page, load

#: What each permission decides; the action asks again.
APPROVES = frozenset({"approve", "return"})


@require_safe
@needs(Permission.SAFETY_READ)
def assessment(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """One assessment: three parts, what they point to, the decision and who approved it."""
    return _shown(request, load(request, assessment_id, place="safety:assessment"))


@require_POST
@needs(Permission.SAFETY_READ)
def decide(request: HttpRequest, assessment_id: UUID, decides: str) -> HttpResponse:
    """Complete, approve, return, correct, or note what she said to a case that was offered."""
    page, viewer = load(request, assessment_id, place="safety:decide"), viewer_of(request)
    needed = Permission.SAFETY_APPROVE if decides in APPROVES else Permission.SAFETY_WRITE
    if not viewer.can(needed) or page.whole.row.holder_id != viewer.holder_id:
        raise NotVisible
    form = _form(page, decides, request.POST)
    if not form.is_valid():
        return _shown(request, page, bound={decides: form}, status=422)
    done = _act(request, page, decides, form.cleaned_data)
    if isinstance(done, actions.Done):
        messages.success(request, _("Kept."))
        return redirect("safety:assessment", assessment_id=done.row_id)
    if isinstance(done, actions.Stale):
        form.meet(row_version=done.current.row_version)
        return _shown(request, page, bound={decides: form}, status=409)
    form.refuse(done.codes)
    return _shown(request, page, bound={decides: form}, status=422)


def _form(page: Page, decides: str, data: Any, **kwargs: Any) -> Any:
    if decides == "complete":
        return forms.DecideForm(data, may=_found(page).may_choose, **kwargs)
    kinds = {"approve": forms.PlainForm, "return": forms.ReturnForm, "correct": forms.CorrectForm, "offer": forms.OfferForm, "void": forms.VoidForm}
    return kinds[decides](data, **kwargs)


def _found(page: Page) -> Any:
    return what_it_points_to(instrument=page.instrument, people=page.whole.people, findings=page.whole.findings)


def _act(request: HttpRequest, page: Page, decides: str, told: dict[str, Any]) -> actions.Done | actions.Stale | actions.Refused:
    to: dict[str, Any] = {"by": viewer_of(request), "at": clock.now(), "assessment_id": page.whole.row.pk}
    version = {"row_version": told.get("row_version")}
    match decides:
        case "complete":
            return actions.complete(**to, **version, response=told["response"], why=told["response_why"])
        case "approve":
            return actions.approve(**to, **version)
        case "return":
            return actions.return_to_worker(**to, **version, words=told["words"])
        case "correct":
            return actions.correct(**to, reason=told["reason"], request_key=told["request_key"])
        case "void":
            return actions.void(**to, **version, because=told["reason"])
    return actions.offer_case(**to, **version, answer=told["offer_answer"])


def _shown(request: HttpRequest, page: Page, *, bound: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    viewer, own, now = viewer_of(request), agency_of(request), clock.now()
    whole, instrument, row = page.whole, page.instrument, page.whole.row
    plan = queries.plan_of(viewer=viewer, assessment_id=row.pk)
    newer = queries.next_version(viewer=viewer, assessment_id=row.pk)
    account(viewer=viewer, place="safety:assessment", rows=[one for one in (plan, newer) if one is not None], at=now)
    found = _found(page)
    missing = what_is_missing(instrument=instrument, people=whole.people, findings=whole.findings)
    attention, quiet = presenters.part_c(whole, instrument=instrument)
    context = {
        "page": page, "row": row, "about": page.about, "instrument": instrument, "status": presenters.state_mark(row),
        "seen": presenters.seen_mark(row, own=own, now=now), "because": words.code(row.because, among=words.BECAUSE),
        "part_a": presenters.part_a(whole, instrument=instrument), "part_b": presenters.part_b(whole, instrument=instrument),
        "attention": attention, "quiet": quiet, "points": presenters.points(found, whole=whole, instrument=instrument),
        "gaps": presenters.gap_lines(missing, whole=whole, instrument=instrument) if row.is_open else [],
        "lacks": {gap.part for gap in missing}, "plan": plan, "newer": newer, "found": found,
        "response": words.code(row.response, among=words.RESPONSES) if row.response else "",
        "completed": _who(row.completed_by, presenters.day(row.completed_at, own=own)),
        "approved": _who(row.approved_by, presenters.day(row.approved_at, own=own)), "is_safe": row.response == "SAFE",
        "offered": (words.code(row.offer_answer, among=words.OFFERS), presenters.day(row.offered_at, own=own)) if row.offered_at else None,
        "may_plan": page.may_approve or (viewer.can(Permission.SAFETY_WRITE) and row.holder_id == own.pk),
        "forms": _forms(request, page, missing=bool(missing)) | (bound or {}),
    }  # fmt: skip
    return render(request, "safety/assessment.html", context, status=status)


def _forms(request: HttpRequest, page: Page, *, missing: bool) -> dict[str, Any]:
    """What may be decided now, by whom."""
    row, viewer, version = page.whole.row, viewer_of(request), {"row_version": page.whole.row.row_version}
    found: dict[str, Any] = {}
    if page.may_write and not missing:
        points_to = _found(page).points_to
        found["complete"] = _form(page, "complete", None, initial=version | {"response": points_to.value if points_to else None})
    if page.may_write:
        found["void"] = forms.VoidForm(initial=version, auto_id="void_%s")
    ours = row.holder_id == viewer.holder_id
    if row.state == COMPLETED and page.may_approve and row.completed_by != viewer.worker_id:
        found |= {"approve": forms.PlainForm(initial=version), "return": forms.ReturnForm(initial=version)}
    if row.state == APPROVED and ours and viewer.can(Permission.SAFETY_WRITE):
        found["correct"] = forms.CorrectForm()
        if row.response == "SAFE" and not row.offered_at:
            found["offer"] = forms.OfferForm(initial=version)
    return found


def _who(worker_id: UUID | None, day: str) -> str:
    worker = Worker.objects.filter(pk=worker_id).first() if worker_id else None
    return ", ".join(part for part in (worker.name if worker else "", day) if part)
