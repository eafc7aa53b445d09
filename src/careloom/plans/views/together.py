"""How members take part, what pulls apart, how help should be given, systems in her life, and copies: read by all, written by who may."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.plans.actions.papers import note_copy
from careloom.plans.actions.results import Conflict, Refused
from careloom.plans.actions.together import note_involvement, note_participation, note_tension, put_preference, resolve_tension
from careloom.plans.decided import rules_of
from careloom.plans.forms.together import CopyForm, InvolvementForm, ParticipationForm, PreferenceForm, ResolveForm, TensionForm
from careloom.plans.models import OPEN_STATES, Tension
from careloom.plans.pages.sections import SectionsPage, sections_page
from careloom.plans.presenters import together as words
from careloom.plans.presenters.decided import COPYING, decided_lines
from careloom.plans.presenters.systems import system_lines
from careloom.plans.presenters.words import REFUSALS
from careloom.plans.views.frame import Frame, conflict, row_of

page_view = require_http_methods(["GET", "HEAD", "POST"])
reads = needs(Permission.FAMILY_READ)
Save = Callable[[dict[str, Any]], object]


@page_view
@reads
def members(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """How each member of the family takes part over time (R-121)."""
    page = _page(request, plan_id, "members")
    start = {"starts_on": clock.today(page.zone.key)}
    form = ParticipationForm(_posted(request), members=words.members_of(page), initial=start)
    at = clock.now()
    done = _saved(request, page, form, lambda clean: note_participation(by=page.viewer, at=at, plan_id=plan_id, **clean))
    lede = _("Members need not start, pause and stop together. Each has an own line.")
    return done or _shown(
        request, page, form, title=_("How each of them takes part"), lede=lede, template="plans/members.html", lines=words.member_lines(page),
        save=_("Write it down"),
    )  # fmt: skip


@page_view
@reads
def tensions(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Needs that compete, and crises, with how they were resolved (R-122)."""
    page = _page(request, plan_id, "tensions")
    resolving = "tension_id" in request.POST
    form = TensionForm(None if resolving else _posted(request))
    resolve = ResolveForm(_posted(request) if resolving else None)
    at = clock.now()
    if resolving:
        _writer(request)
        if resolve.is_valid():
            clean = resolve.cleaned_data
            row_of(Tension, request, clean["tension_id"])
            result = resolve_tension(by=page.viewer, at=at, **clean)
            if (response := _answered(request, page, resolve, result, again="plans:tensions")) is not None:
                return response
        shown: forms.Form = resolve
    else:
        done = _saved(request, page, form, lambda clean: note_tension(by=page.viewer, at=at, plan_id=plan_id, **clean), again="plans:tensions")
        if done is not None:
            return done
        shown = form
    lede = _("Conflict is part of every plan. A crisis asks for a review soon. It closes nothing and reports nobody.")
    title = _("What pulls in two directions, and crises")
    return _shown(
        request, page, shown, title=title, lede=lede, template="plans/tensions.html", lines=words.tension_lines(page), new_form=form,
        resolve_form=resolve, save=_("Write it down"),
    )  # fmt: skip


@page_view
@reads
def preferences(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """How help should be given; services are found by it (R-067)."""
    page = _page(request, plan_id, "preferences")
    mine = next((row for row in page.own.preferences if row.holder_id == page.viewer.holder_id), None)
    names = ("languages", "features", "culture", "faith", "helps", "helps_not", "row_version")
    start = {name: getattr(mine, name) for name in names} if mine else {"row_version": 0, "languages": _spoken(page)}
    form = PreferenceForm(_posted(request), initial=start)
    at = clock.now()
    done = _saved(request, page, form, lambda clean: put_preference(by=page.viewer, at=at, plan_id=plan_id, **clean), again="plans:preferences")
    lede = _("Ask her. When a service is chosen for a need, those that fit come first and the others say why they do not.")
    return done or _shown(
        request, page, form, title=_("How help should be given"), lede=lede, template="plans/preferences.html", lines=words.preference_lines(page),
        save=_("Keep it"),
    )  # fmt: skip


@page_view
@reads
def involvement(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Which systems are in her life, and a new one (R-050)."""
    page = _page(request, plan_id, "involvement")
    form = InvolvementForm(_posted(request))
    at = clock.now()
    done = _saved(request, page, form, lambda clean: note_involvement(by=page.viewer, at=at, plan_id=plan_id, **clean), again="plans:involvement")
    lede = _("Child welfare, treatment, court and the others on one line, as far as you may see each. Nothing here is a score.")
    return done or _shown(
        request, page, form, title=_("Systems in her life"), lede=lede, template="plans/involvement.html", lines=system_lines(page),
        save=_("Write it down"),
    )  # fmt: skip


@page_view
@reads
def copies(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """The plan on screen and on paper, and which copies were given: hers, in the medical record, to others (R-207)."""
    page = _page(request, plan_id, "copies")
    rules = rules_of(page.viewer)
    start = {"on": clock.today(page.zone.key), "language": page.plan.language, "kind": request.GET.get("kind", "HER"), "form": rules.usual_form}
    form = CopyForm(_posted(request), initial=start, in_record=rules.in_record)
    name, at = request.membership.worker.name, clock.now()  # type: ignore[attr-defined]
    done = _saved(
        request, page, form, lambda clean: note_copy(by=page.viewer, at=at, plan_id=plan_id, by_name=name, **clean), again="plans:copies"
    )  # fmt: skip
    lines = words.copy_lines(page)
    record = next((line for line in lines if line["record"]), None)
    lede = _("The plan is on this screen and on paper. Write down here when a copy leaves it.")
    return done or _shown(
        request, page, form, title=_("Copies that were given"), lede=lede, template="plans/copies.html", lines=lines, record=record,
        decided=decided_lines(rules, about=COPYING),
        save=_("Write it down"), always=True,
    )  # fmt: skip


def _page(request: HttpRequest, plan_id: UUID, place: str) -> SectionsPage:
    zone = ZoneInfo(agency_of(request).zone)
    return sections_page(viewer=viewer_of(request), plan_id=plan_id, at=clock.now(), zone=zone, place=f"plans:{place}")


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _writer(request: HttpRequest) -> None:
    if not viewer_of(request).can(Permission.PLAN_WRITE):
        raise NotVisible


def _saved(request: HttpRequest, page: SectionsPage, form: forms.Form, save: Save, *, again: str = "plans:members") -> HttpResponse | None:
    """Where a posted form leads; None when nothing was posted, or it must be shown again with what to do."""
    if request.method != "POST":
        return None
    _writer(request)
    return _answered(request, page, form, save(form.cleaned_data), again=again) if form.is_valid() else None


def _answered(request: HttpRequest, page: SectionsPage, form: forms.Form, result: object, *, again: str) -> HttpResponse | None:
    if isinstance(result, Refused):
        for reason in result.reasons:
            form.add_error(None, str(REFUSALS[reason]))
        return None
    if isinstance(result, Conflict):
        return conflict(request, _frame(page), form, result)
    messages.success(request, _("Saved."))
    return redirect(again, page.plan.pk)


def _frame(page: SectionsPage) -> Frame:
    return Frame(plan=page.plan, people=page.people, zone=page.zone)


def _shown(request: HttpRequest, page: SectionsPage, form: forms.Form, *, template: str, always: bool = False, **more: Any) -> HttpResponse:
    may_write = page.viewer.can(Permission.PLAN_WRITE) and (always or page.plan.status in OPEN_STATES)
    context = {"frame": _frame(page), "plan": page.plan, "form": form, "nav": "families", "may_write": may_write, **more}
    return render(request, template, context, status=422 if form.errors else 200)


def _spoken(page: SectionsPage) -> list[str]:
    return [person.language for person in page.mothers()[:1] if person.language]
