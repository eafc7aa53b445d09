"""Plans that end otherwise than by closing: a draft discarded, a mistake voided, two plans made one, and that undone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import viewer_of
from careloom.infra import clock
from careloom.kernel.plan import PlanState
from careloom.plans.actions.merges import merge_plans, undo_merge
from careloom.plans.actions.papers import discard_draft, void_plan
from careloom.plans.actions.results import Refused
from careloom.plans.forms.together import EndForm
from careloom.plans.models import OPEN_STATES, PlanMerge, PlanOfSafeCare
from careloom.plans.presenters.together import ENDS
from careloom.plans.presenters.words import REFUSALS
from careloom.plans.queries import plans_of
from careloom.plans.views.frame import Frame, frame_of, screen


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.FAMILY_READ, Permission.PLAN_WRITE)
def end(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Discard, void or join a plan, or undo a join: each with a reason that stays."""
    frame = frame_of(request, plan_id, place="end")
    others = [
        row for row in plans_of(viewer=viewer_of(request), identity_ids=[frame.plan.identity_id], only_open=True) if row.pk != plan_id
    ]  # fmt: skip
    ways = _ways(frame.plan, others)
    choices = [(str(row.pk), _named(row, frame)) for row in others]
    form = EndForm(request.POST or None, ways=ways, others=choices if frame.plan.status in OPEN_STATES else [])
    if request.method == "POST" and form.is_valid():
        done = _done(request, plan_id, form.cleaned_data)
        if not isinstance(done, Refused):
            messages.success(request, _("Done. The reason stays with the plan."))
            return redirect("desk:family", frame.plan.identity_id)
        for reason in done.reasons:
            form.add_error(None, str(REFUSALS[reason]))
    merges = PlanMerge.objects.seen_by(viewer_of(request)).filter(plan_id=plan_id).order_by("-made_at")
    lede = _("Closing with its checklist is the usual end. This is for drafts, mistakes and two plans of one pregnancy. Nothing is deleted.")
    return screen(
        request, frame, form, title=_("End it otherwise than by closing"), lede=lede, save=_("Do it"), template="plans/end.html",
        history=[{"row": row, "day": date_format(row.made_at.astimezone(frame.zone), "F j, Y")} for row in merges], ways=ways,
    )  # fmt: skip


def _ways(plan: PlanOfSafeCare, others: list[PlanOfSafeCare]) -> list[tuple[str, Any]]:
    if plan.status == PlanState.MERGED:
        codes = ["UNDO"]
    elif plan.status not in OPEN_STATES:
        codes = []
    else:
        codes = [*(["DISCARD"] if plan.status == PlanState.DRAFT and plan.agreed_at is None else []), "VOID", *(["MERGE"] if others else [])]
    return [(code, ENDS[code]) for code in codes]


def _done(request: HttpRequest, plan_id: UUID, clean: dict[str, Any]) -> object:
    by, at, reason = viewer_of(request), clock.now(), clean["reason"]
    match clean["what"]:
        case "DISCARD":
            return discard_draft(by=by, at=at, plan_id=plan_id, reason=reason)
        case "VOID":
            return void_plan(by=by, at=at, plan_id=plan_id, reason=reason)
        case "UNDO":
            return undo_merge(by=by, at=at, gone_id=plan_id, reason=reason)
        case _:
            return merge_plans(by=by, at=at, gone_id=plan_id, kept_id=clean["kept"], reason=reason, request_key=clean["request_key"])


def _named(plan: PlanOfSafeCare, frame: Frame) -> str:
    begun = date_format(plan.started_at.astimezone(frame.zone), "F j, Y")
    return _("%(label)s, begun %(day)s, version %(n)s") % {"label": plan.label, "day": begun, "n": plan.version}
