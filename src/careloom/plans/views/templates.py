"""Local templates of plans: the list with who uses which version, one template, its draft, and two versions side by side. Source: R-028."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies.gate import needs
from careloom.agencies.models import Agency
from careloom.agencies.queries import agencies_by_id
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.ui.paging import page_number, some
from careloom.plans.actions.results import Conflict, Refused
from careloom.plans.actions.templates import (
    adopt_template,
    edit_draft,
    may_adopt,
    may_write_templates,
    publish_template,
    start_template,
    stop_using,
)
from careloom.plans.forms.templates import STAGES, BodyForm, PublishForm, StartTemplateForm
from careloom.plans.models import PlanTemplate, PlanTemplateUse, PlanTemplateVersion
from careloom.plans.presenters.words import REFUSALS
from careloom.plans.queries.templates import compared, readable_version, template_for, templates_for, uses_of, versions_for

reads = needs(Permission.DIRECTORY_READ)
page_view = require_http_methods(["GET", "HEAD", "POST"])


@page_view
@reads
def listed(request: HttpRequest) -> HttpResponse:
    """Every template that may be read, with who uses which version; and a new one."""
    viewer, own = viewer_of(request), agency_of(request)
    form = StartTemplateForm(request.POST or None)
    if request.method == "POST":
        if not may_write_templates(viewer):
            raise NotVisible
        if form.is_valid():
            done = start_template(by=viewer, at=clock.now(), pack=own.pack, **form.cleaned_data)
            if not isinstance(done, Refused):
                return redirect("plans:template_edit", done.pk)
            _refused(form, done)
    page = some(templates_for(agency_id=own.pk), page=page_number(request))
    templates: list[PlanTemplate] = list(page.rows)  # type: ignore[arg-type]
    versions = versions_for(template_ids=[row.pk for row in templates], agency_id=own.pk)
    uses, agencies = _used(versions, templates)
    cards = [_card(row, versions, uses, agencies) for row in templates]
    context = {"cards": cards, "page": page, "form": form, "may_write": may_write_templates(viewer), "nav": "partnership"}
    return render(request, "plans/templates.html", context, status=422 if form.errors else 200)


@page_view
@reads
def one(request: HttpRequest, template_id: UUID) -> HttpResponse:
    """One template: its versions, who uses which, and what this agency may do: adopt, fork, publish, stop."""
    viewer, own = viewer_of(request), agency_of(request)
    template = _found(template_id, own)
    form = PublishForm(request.POST if request.POST.get("about") == "publish" else None)
    if request.method == "POST":
        response = _posted(request, template, form)
        if response is not None:
            return response
    versions = versions_for(template_ids=[template.pk], agency_id=own.pk)
    uses, agencies = _used(versions, [template])
    source = readable_version(version_id=template.forked_from_id, agency_id=own.pk) if template.forked_from_id else None
    ours = {use.version_id for use in uses if use.agency_id == own.pk}
    context = {
        "template": template, "card": _card(template, versions, uses, agencies), "form": form, "source": source, "mine": template.agency_id == own.pk,
        "may_write": may_write_templates(viewer), "may_adopt": may_adopt(viewer), "ours": ours, "nav": "partnership",
        "draft": next((row for row in versions if row.published_at is None), None), "newest": next((v for v in versions if v.published_at), None),
        "others": _comparable(template, own),
    }  # fmt: skip
    return render(request, "plans/template.html", context, status=422 if form.errors else 200)


@page_view
@reads
def edit(request: HttpRequest, template_id: UUID) -> HttpResponse:
    """The draft of a template of this agency."""
    viewer, own = viewer_of(request), agency_of(request)
    template = _found(template_id, own)
    if template.agency_id != own.pk or not may_write_templates(viewer):
        raise NotVisible
    now = versions_for(template_ids=[template.pk], agency_id=own.pk)[0]
    form = BodyForm(request.POST or None, body=now.body, initial={"row_version": now.row_version if now.published_at is None else 1})
    if request.method == "POST" and form.is_valid():
        done = edit_draft(by=viewer, at=clock.now(), template_id=template_id, body=form.body, row_version=form.cleaned_data["row_version"])
        if isinstance(done, Conflict):
            form.add_error(None, _("A colleague changed this draft while you wrote. Open it in another window, compare, then save again."))
            form.data = form.data | {"row_version": str(done.row_version)} if isinstance(form.data, dict) else form.data
        elif isinstance(done, Refused):
            _refused(form, done)
        else:
            messages.success(request, _("The draft is kept."))
            return redirect("plans:template", template_id)
    return render(request, "plans/template_edit.html", {"template": template, "form": form, "nav": "partnership"}, status=422 if form.errors else 200)


@require_safe
@reads
def compare(request: HttpRequest) -> HttpResponse:
    """Two versions side by side, section by section."""
    own = agency_of(request)
    sides = [readable_version(version_id=version, agency_id=own.pk) if version else None for version in map(_uuid, _asked(request))]
    if any(side is None for side in sides):
        raise NotVisible
    left, right = sides
    rows = compared(left.body, right.body)  # type: ignore[union-attr]
    context = {"left": left, "right": right, "rows": rows, "differ": sum(row.differs for row in rows), "nav": "partnership"}
    return render(request, "plans/template_compare.html", context)


def _posted(request: HttpRequest, template: PlanTemplate, form: PublishForm) -> HttpResponse | None:
    by, at, about = viewer_of(request), clock.now(), request.POST.get("about", "")
    version = _uuid(request.POST.get("version", ""))
    if about == "publish":
        if not form.is_valid():
            return None
        done: object = publish_template(by=by, at=at, template_id=template.pk, **form.cleaned_data)
    elif about == "adopt" and version:
        done = adopt_template(by=by, at=at, version_id=version)
    elif about == "stop" and version:
        done = stop_using(by=by, at=at, version_id=version)
    elif about == "fork" and version:
        name = _("%(name)s, our version") % {"name": template.name}
        key = f"fork:{version}:{request.POST.get('request_key', '')}"[:64]
        done = start_template(
            by=by, at=at, name=name[:120], stage=template.stage, pack=template.pack, request_key=key, from_version_id=version
        )  # fmt: skip
        if isinstance(done, PlanTemplate):
            return redirect("plans:template_edit", done.pk)
    else:
        raise NotVisible
    if isinstance(done, Refused):
        messages.error(request, " ".join(str(REFUSALS[reason]) for reason in done.reasons))
    else:
        messages.success(request, _("Saved."))
    return redirect("plans:template", template.pk)


def _found(template_id: UUID, own: Agency) -> PlanTemplate:
    template = template_for(template_id=template_id, agency_id=own.pk)
    if template is None:
        raise NotVisible
    return template


def _comparable(template: PlanTemplate, own: Agency) -> list[PlanTemplateVersion]:
    """Published versions with which this one can be compared: of all templates, the newest ones first."""
    rows = PlanTemplateVersion.objects.select_related("template").exclude(published_at=None).order_by("-published_at")[:30]
    return [row for row in rows if row.template.pack == template.pack or row.template.agency_id == own.pk]


def _used(versions: list[PlanTemplateVersion], templates: list[PlanTemplate]) -> tuple[list[PlanTemplateUse], dict[UUID, Agency]]:
    uses = uses_of(version_ids=[row.pk for row in versions])
    return uses, agencies_by_id(ids={use.agency_id for use in uses} | {row.agency_id for row in templates})


def _card(template: PlanTemplate, versions: list[PlanTemplateVersion], uses: list[PlanTemplateUse], agencies: dict[UUID, Agency]) -> dict[str, Any]:
    stages = dict(STAGES)
    mine = [row for row in versions if row.template_id == template.pk]
    return {
        "template": template, "author": _name(agencies.get(template.agency_id)), "stage": stages[template.stage],
        "versions": [
            {
                "row": row, "published": date_format(row.published_at, "F j, Y") if row.published_at else "",
                "sites": [
                    {"name": _name(agencies.get(use.agency_id)), "stage": stages[use.stage], "since": date_format(use.since, "F j, Y")}
                    for use in uses if use.version_id == row.pk
                ],
            }
            for row in mine
        ],
    }  # fmt: skip


def _name(agency: Agency | None) -> str:
    return agency.name_outside if agency else ""


def _asked(request: HttpRequest) -> tuple[str, str]:
    return request.GET.get("left", ""), request.GET.get("right", "")


def _refused(form: Any, done: Refused) -> None:
    for reason in done.reasons:
        form.add_error(None, str(REFUSALS[reason]))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
