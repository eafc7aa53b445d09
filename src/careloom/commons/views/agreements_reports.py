"""Self-audits and annual reports."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.agreements import actions, words
from careloom.agreements.checklists import checklists
from careloom.agreements.models import Audit, Report
from careloom.agreements.queries import Whole
from careloom.commons.documents.agreements import report_pdf
from careloom.commons.forms.agreements_following import AnswerForm, AuditForm, ReportForm, StepForm
from careloom.commons.presenters.agreements_audit import audit_context, drafted, evidence
from careloom.commons.presenters.agreements_sources import Evidence
from careloom.commons.views.agreements import find, run
from careloom.commons.views.agreements_writing import page
from careloom.commons.views.parts import page_view, posted, reads
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.answers import Done
from careloom.infra.documents.handing import document
from careloom.partnership.queries import Rooms

STEPS = {"approve": "APPROVED", "submit": "SUBMITTED", "acknowledge": "ACKNOWLEDGED"}


@page_view
@reads
def audit_new(request: HttpRequest, collaborative_id: UUID, agreement_id: UUID) -> HttpResponse:
    """Plan the self-audit of a year."""
    rooms, whole = run(request, collaborative_id, agreement_id)
    today = clock.today(agency_of(request).zone)
    form = AuditForm(request.POST or None, initial={"year": today.year})
    response = posted(
        request, form,
        lambda: actions.plan_audit(
            by=viewer_of(request), at=clock.now(), agreement_id=whole.row.pk, year=form.cleaned_data["year"], auditor=form.cleaned_data["auditor"],
            due_on=form.cleaned_data["due_on"], request_key=form.cleaned_data["request_key"],
        ),
        leads_to=lambda done: ("agreement_audit", _where(whole) | {"audit_id": done.row_id}),
    )  # fmt: skip
    return response or page(request, form, rooms, whole, title=_("Plan the self-audit"), lede=whole.row.title)


@page_view
@reads
def audit(request: HttpRequest, collaborative_id: UUID, agreement_id: UUID, audit_id: UUID) -> HttpResponse:
    """A self-audit: its questions with answers, evidence, findings and actions. Sent: it is closed."""
    rooms, whole = find(request, collaborative_id, agreement_id)
    row = _audit(whole, audit_id)
    if request.method == "POST":
        done = actions.close_audit(by=viewer_of(request), at=clock.now(), audit_id=row.pk)
        if isinstance(done, Done):
            messages.success(request, _("Closed."))
        else:
            messages.error(request, " ".join(str(words.REFUSALS[code]) for code in done.codes))
        return redirect("commons:agreement_audit", **_where(whole), audit_id=row.pk)
    context = audit_context(known(request, rooms, whole, year=row.year), row, today=clock.today(agency_of(request).zone))
    return render(request, "commons/agreement_audit.html", {**context, "nav": "partnership"})


@page_view
@reads
def answer(request: HttpRequest, collaborative_id: UUID, agreement_id: UUID, audit_id: UUID, code: str) -> HttpResponse:
    """Answer a question, beside what the data show."""
    rooms, whole = run(request, collaborative_id, agreement_id)
    row, asks = _audit(whole, audit_id), checklists().questions
    if code not in asks:
        raise NotVisible
    old, shows = whole.answers[row.pk].get(code), evidence(known(request, rooms, whole, year=row.year), code)[:1000]
    names = ("says", "evidence", "finding", "action", "owner", "due_on", "done_on")
    start: dict[str, Any] = {name: getattr(old, name) for name in names} | {"version": old.row_version} if old else {"evidence": shows}
    form = AnswerForm(request.POST or None, initial=start)
    response = posted(
        request, form,
        lambda: actions.answer(
            by=viewer_of(request), at=clock.now(), audit_id=row.pk, facts=form.facts(code=code), version=form.cleaned_data["version"],
            request_key=form.cleaned_data["request_key"],
        ),
        leads_to=lambda done: ("agreement_audit", _where(whole) | {"audit_id": row.pk}),
    )  # fmt: skip
    lede = _("What is known here: %(what)s") % {"what": shows} if shows else ""
    back = reverse("commons:agreement_audit", kwargs=_where(whole) | {"audit_id": row.pk})
    return response or page(request, form, rooms, whole, title=asks[code], lede=lede, back=back)


@page_view
@reads
def report_new(request: HttpRequest, collaborative_id: UUID, agreement_id: UUID) -> HttpResponse:
    """Begin the annual report with what is known here."""
    rooms, whole = run(request, collaborative_id, agreement_id)
    today = clock.today(agency_of(request).zone)
    # Until March one reports on the year that is over.
    year = today.year - (today.month <= 3)
    form = ReportForm(request.POST or None, initial={"year": year, **drafted(known(request, rooms, whole, year=year))}, new=True)
    response = posted(
        request, form,
        lambda: actions.put_report(
            by=viewer_of(request), at=clock.now(), agreement_id=whole.row.pk, year=form.cleaned_data["year"], sections=form.sections,
            request_key=form.cleaned_data["request_key"],
        ),
        leads_to=lambda done: ("agreement_report", _where(whole) | {"report_id": done.row_id}),
    )  # fmt: skip
    lede = _("Drafted from what is known here of %(year)s. Read it, and write what is missing.") % {"year": year}
    return response or page(request, form, rooms, whole, title=_("Annual report to the Department"), lede=lede)


@page_view
@reads
def report(request: HttpRequest, collaborative_id: UUID, agreement_id: UUID, report_id: UUID) -> HttpResponse:
    """A report: to write on while nobody approved it, and where it stands."""
    rooms, whole = find(request, collaborative_id, agreement_id)
    row = _report(whole, report_id)
    if rooms.standing.runs and row.approved_on is None and (request.method == "POST" or "edit" in request.GET):
        form = ReportForm(request.POST or None, initial=row.sections | {"version": row.row_version}, new=False)
        response = posted(
            request, form,
            lambda: actions.put_report(
                by=viewer_of(request), at=clock.now(), agreement_id=whole.row.pk, year=row.year, sections=form.sections, report_id=row.pk,
                version=form.cleaned_data["version"],
            ),
            leads_to=lambda done: ("agreement_report", _where(whole) | {"report_id": row.pk}),
        )  # fmt: skip
        return response or page(request, form, rooms, whole, title=_("Annual report of %(year)s") % {"year": row.year}, back=request.path)
    context = {
        "rooms": rooms, "whole": whole, "row": row, "runs": rooms.standing.runs, "nav": "partnership",
        "sections": [(label, row.sections.get(code, "")) for code, label in words.SECTIONS.items()],
    }  # fmt: skip
    return render(request, "commons/agreement_report.html", context)


@page_view
@reads
def report_move(request: HttpRequest, collaborative_id: UUID, agreement_id: UUID, report_id: UUID, step: str) -> HttpResponse:
    """Approve a report, say that it was submitted, or that it was acknowledged."""
    rooms, whole = run(request, collaborative_id, agreement_id)
    row = _report(whole, report_id)
    if step not in STEPS:
        raise NotVisible
    form = StepForm(request.POST or None, initial={"on": clock.today(agency_of(request).zone), "version": row.row_version})
    form.fields["how"].label = {"approve": _("Who approved it"), "submit": _("How it was sent"), "acknowledge": _("What acknowledged it")}[step]
    response = posted(
        request, form,
        lambda: actions.move_report(
            by=viewer_of(request), at=clock.now(), report_id=row.pk, to=STEPS[step], on=form.cleaned_data["on"], how=form.cleaned_data["how"],
            version=form.cleaned_data["version"],
        ),
        leads_to=lambda done: ("agreement_report", _where(whole) | {"report_id": row.pk}),
    )  # fmt: skip
    title = {"approve": _("Approve the report"), "submit": _("It was submitted"), "acknowledge": _("It was acknowledged")}[step]
    back = reverse("commons:agreement_report", kwargs=_where(whole) | {"report_id": row.pk})
    return response or page(request, form, rooms, whole, title=title, back=back)


@require_safe
@reads
def report_paper(request: HttpRequest, collaborative_id: UUID, agreement_id: UUID, report_id: UUID) -> HttpResponse:
    """The report as a paper."""
    rooms, whole = find(request, collaborative_id, agreement_id)
    row = _report(whole, report_id)
    return document(report_pdf(rooms, whole, row), name=f"annual-report-{row.year}")


def _audit(whole: Whole, audit_id: UUID) -> Audit:
    found = next((one for one in whole.audits if one.pk == audit_id), None)
    if found is None:
        raise NotVisible
    return found


def _report(whole: Whole, report_id: UUID) -> Report:
    found = next((one for one in whole.reports if one.pk == report_id), None)
    if found is None:
        raise NotVisible
    return found


def known(request: HttpRequest, rooms: Rooms, whole: Whole, *, year: int) -> Evidence:
    """What the rooms know about a year of the agreement, read when it is asked for."""
    return Evidence(rooms=rooms, whole=whole, viewer=viewer_of(request), year=year, at=clock.now())


def _where(whole: Whole) -> dict[str, Any]:
    return {"collaborative_id": whole.row.collaborative_id, "agreement_id": whole.row.pk}
