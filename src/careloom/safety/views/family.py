"""The list of families whose safety is the agency's work, a family's safety page, and the start of an assessment."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies.family_tabs import family_tabs
from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.access.accounting import account
from careloom.infra.ui.paging import page_number
from careloom.kernel.agency_kinds import AgencyKind
from careloom.safety import actions, presenters, queries, report_presenters, words
from careloom.safety.actions.starting import BY_HAND
from careloom.safety.forms.assessing import StartForm
from careloom.safety.instruments import instrument_for
from careloom.safety.profile import profile_of
from careloom.safety.views.page import may


@require_safe
@needs(Permission.SAFETY_READ)
def work(request: HttpRequest) -> HttpResponse:
    """Each family that the agency received something about: whether its safety was assessed and a plan of safe care ensured (R-153)."""
    viewer, own, at = viewer_of(request), agency_of(request), clock.now()
    if own.kind != AgencyKind.CPS_AGENCY:
        raise NotVisible
    found = queries.received_families(viewer=viewer, page=page_number(request))
    rows: list[Any] = list(found.rows)
    ids = {row.identity_id for row in rows}
    assessed = queries.newest_by_family(viewer=viewer, identity_ids=ids)
    ensured = {row.identity_id for row in queries.ensured_of(viewer=viewer, identity_ids=ids)}
    planned = _with_plan(viewer, ids)
    waiting = queries.to_approve(viewer=viewer) if viewer.can(Permission.SAFETY_APPROVE) else None
    account(viewer=viewer, place="safety:work", rows=[*rows, *assessed.values(), *planned, *(waiting.rows if waiting else ())], at=at)  # type: ignore[list-item]
    has_plan = ensured | {row.identity_id for row in planned}
    every = profile_of(pack=own.pack).every_notified_infant
    seen: dict[UUID, dict[str, Any]] = {}
    for row in rows:
        newest = assessed.get(row.identity_id)
        seen.setdefault(row.identity_id, {
            "identity_id": row.identity_id, "name": row.facts.get("PARENT_NAME") or _("Name not sent"),
            "when": presenters.day(row.received_at, own=own), "row": newest, "status": presenters.state_mark(newest) if newest else None,
            "lacks_assessment": every and (newest is None or not newest.response), "lacks_plan": every and row.identity_id not in has_plan,
        })  # fmt: skip
    lines = sorted(seen.values(), key=lambda line: not (line["lacks_assessment"] or line["lacks_plan"]))
    context = {
        "found": found, "lines": lines, "every": every, "approve": presenters.assessment_lines(waiting.rows, own=own) if waiting else [],
        "may_bring": viewer.can(Permission.SAFETY_APPROVE), "may_write": viewer.can(Permission.SAFETY_WRITE),
    }  # fmt: skip
    return render(request, "safety/work.html", context)


def _with_plan(viewer: Any, ids: set[UUID]) -> list[Any]:
    """The plans of safe care that the reader may see. One that she may not see is not known here, so the worker makes sure of it herself."""
    plans = apps.get_model("plans", "PlanOfSafeCare").objects.seen_by(viewer)  # type: ignore[attr-defined]
    return list(plans.filter(identity_id__in=ids).order_by("pk")[: queries.MOST])


@require_safe
@needs(Permission.SAFETY_READ)
def family(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """A family's safety: assessments, safety plans, what she was told, what is ensured. Each of the three papers says which it is."""
    viewer, own, at = viewer_of(request), agency_of(request), clock.now()
    about = queries.about(viewer=viewer, identity_id=identity_id)
    found, plans = (
        queries.assessments_of(viewer=viewer, identity_id=identity_id, page=page_number(request)),
        queries.plans_of(viewer=viewer, identity_id=identity_id),
    )
    told, ensured = queries.told_of(viewer=viewer, identity_id=identity_id), queries.ensured_of(viewer=viewer, identity_ids=[identity_id])
    reports = queries.reports_of(viewer=viewer, identity_id=identity_id)
    account(viewer=viewer, place="safety:family", rows=[*about.rows, *found.rows, *plans, *told, *ensured, *reports], at=at)  # type: ignore[list-item]
    profile = profile_of(pack=own.pack)
    context = {
        "about": about, "tabs": family_tabs(viewer=viewer, identity_id=identity_id, here="safety"), "found": found,
        "lines": presenters.assessment_lines(found.rows, own=own), "plans": presenters.plan_lines(plans, own=own),
        "told": presenters.told_lines(told, profile=profile, own=own), "may_write": may(viewer, own, Permission.SAFETY_WRITE),
        "ensured": [(words.code(row.how, among=words.ENSURED), row.on, row.words, row.pk if row.holder_id == own.pk else None) for row in ensured],
        "is_child_welfare": own.kind == AgencyKind.CPS_AGENCY, "every": profile.every_notified_infant,
        "reports": report_presenters.lines(reports, about=about),
    }  # fmt: skip
    return render(request, "safety/family.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SAFETY_WRITE)
def start(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """A worker starts an assessment and says why."""
    viewer, own, at = viewer_of(request), agency_of(request), clock.now()
    if own.kind != AgencyKind.CPS_AGENCY:
        raise NotVisible
    about = queries.about(viewer=viewer, identity_id=identity_id)
    account(viewer=viewer, place="safety:start", rows=about.rows, at=at)
    form = StartForm(request.POST or None, reasons=[code for code in words.BECAUSE if code in BY_HAND])
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        done = actions.start(
            by=viewer, at=at, identity_id=identity_id, because=told["because"], words=told["because_words"], request_key=told["request_key"]
        )
        if isinstance(done, actions.Done):
            messages.success(request, _("Started. See each child and a caregiver first."))
            return redirect("safety:assessment", assessment_id=done.row_id)
        form.refuse(done.codes)
    instrument = instrument_for(pack=own.pack, on=clock.today(own.zone))
    context = {"about": about, "form": form, "instrument": instrument}
    return render(request, "safety/start.html", context, status=422 if form.errors else 200)
