"""The fourteen sections of a plan, and one of them: read by all who see the plan, written by agencies side by side."""

from __future__ import annotations

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies.gate import needs
from careloom.agencies.models import Agency
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.plans.actions.keeping import leads
from careloom.plans.actions.results import Conflict, Refused
from careloom.plans.actions.sections import cosign_section, give_section, put_checks, sign_section, write_text
from careloom.plans.forms.sections import ChecksForm, CosignForm, OwnerForm, SignForm, TextForm
from careloom.plans.models import OPEN_STATES
from careloom.plans.pages.sections import SectionsPage, sections_page
from careloom.plans.presenters.sections import CHECKED, language, read_here_alone, section_context, sections_context
from careloom.plans.presenters.words import REFUSALS
from careloom.plans.template_body import SectionNow
from careloom.plans.views.frame import Frame


@require_safe
@needs(Permission.FAMILY_READ)
def sections(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """The list of sections: who answers, what is in them, who approved, what the jurisdiction still asks for."""
    page = sections_page(viewer=viewer_of(request), plan_id=plan_id, at=clock.now(), zone=ZoneInfo(agency_of(request).zone))
    return render(request, "plans/sections.html", {**_around(page), **sections_context(page)})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.FAMILY_READ)
def section(request: HttpRequest, plan_id: UUID, section: str) -> HttpResponse:
    """One section: read it, write our part of it, tick things off, approve it, have the family sign it."""
    page = sections_page(viewer=viewer_of(request), plan_id=plan_id, at=clock.now(), zone=ZoneInfo(agency_of(request).zone), place="plans:section")
    known = next((one for one in page.sections if one.code == section), None)
    if known is None:
        raise NotVisible
    forms = _forms(request, page, known)
    may_write = viewer_of(request).can(Permission.PLAN_WRITE)
    if request.method == "POST":
        if not may_write:
            raise NotVisible
        response = _posted(request, page, known, forms)
        if response is not None:
            return response
    broken = any(form.errors for form in forms.values())
    context = {
        **_around(page), **section_context(page, known), "forms": forms, "may_write": may_write and page.plan.status in OPEN_STATES,
        "leads": leads(by=viewer_of(request), plan=page.plan), "alone": read_here_alone(page),
        "may_ask": viewer_of(request).can(Permission.CONSENT_WRITE),
    }  # fmt: skip
    return render(request, "plans/section.html", context, status=422 if broken else 200)


def _forms(request: HttpRequest, page: SectionsPage, known: SectionNow) -> dict[str, Any]:
    about = request.POST.get("about", "") if request.method == "POST" else ""
    mine = [row for row in page.own.checks if row.section == known.code and row.holder_id == page.viewer.holder_id]
    names = {code: words.get(language()) or words["en"] for code, words in known.checks.items()}
    readers = {row.recipient_id for row in page.sees} | {page.plan.holder_id, page.plan.lead_agency_id}
    agencies = sorted(Agency.objects.filter(pk__in=readers, active=True), key=lambda agency: agency.name_outside)
    data = {key: request.POST if about == key else None for key in ("text", "checks", "owner", "sign", "cosign")}
    return {
        "text": TextForm(data["text"]),
        "checks": ChecksForm(data["checks"], names=names, rows=mine, auto_id="check_%s"),
        "owner": OwnerForm(data["owner"], agencies=agencies, auto_id="owner_%s"),
        "sign": SignForm(data["sign"], auto_id="sign_%s"),
        "cosign": CosignForm(data["cosign"], auto_id="cosign_%s"),
    }


def _posted(request: HttpRequest, page: SectionsPage, known: SectionNow, forms: dict[str, Any]) -> HttpResponse | None:
    about = request.POST.get("about", "")
    form = forms.get(about)
    if form is None or not form.is_valid():
        return None
    common = {"by": viewer_of(request), "at": clock.now(), "plan_id": page.plan.pk, "section": known.code}
    clean = form.cleaned_data
    done: object
    match about:
        case "text":
            done = write_text(**common, code=clean["code"], text=clean["text"], row_version=clean["row_version"])
        case "checks":
            done = put_checks(**common, said=form.said)
        case "owner":
            done = give_section(**common, agency_id=clean["agency"], request_key=clean["request_key"])
        case "sign":
            done = sign_section(**common, request_key=clean["request_key"])
        case _:
            done = cosign_section(**common, **clean)
    if isinstance(done, Refused):
        for reason in done.reasons:
            form.add_error(None, str(REFUSALS[reason]))
        return None
    if isinstance(done, Conflict):
        return _both(request, page, known, done, form, about)
    messages.success(request, _("Saved."))
    return redirect("plans:section", page.plan.pk, known.code)


def _both(request: HttpRequest, page: SectionsPage, known: SectionNow, done: Conflict, form: Any, about: str) -> HttpResponse:
    """Both texts of a question, or of each thing that a colleague changed meanwhile. Keeping ours is a second press, never a silence."""
    if about == "text":
        words = known.texts[form.cleaned_data["code"]]
        rows = [(words.get(language()) or words["en"], done.theirs["text"], done.mine["text"])]
        posted = [("about", "text"), ("code", form.cleaned_data["code"]), ("text", form.cleaned_data["text"])]
    else:
        rows = [
            (form.names[code], CHECKED[str(done.theirs[code])], CHECKED[str(done.mine[code])]) for code in done.mine
        ]  # fmt: skip
        now = {row.code: row.row_version for row in page.own.checks if row.section == known.code and row.holder_id == page.viewer.holder_id}
        posted = [(name, value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken" and not name.startswith("version_")]
        posted += [(f"version_{code}", str(now.get(code, 0))) for code in form.names]
    context = {**_around(page), "rows": rows, "posted": posted, "row_version": done.row_version}
    return render(request, "plans/conflict.html", context, status=409)


def _around(page: SectionsPage) -> dict[str, Any]:
    return {"frame": Frame(plan=page.plan, people=page.people, zone=page.zone), "plan": page.plan, "nav": "families", "viewer": page.viewer}
