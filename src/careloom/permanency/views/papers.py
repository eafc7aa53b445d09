"""Papers of a case: the report to the court, seen before it is made, and what is kept sealed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies.gate import needs
from careloom.agencies.models import Agency
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.consents.pages.subject import Subject, subject_of
from careloom.infra import clock
from careloom.infra.access import NotVisible, Viewer, acting_as
from careloom.infra.access.accounting import account
from careloom.infra.answers import Refused
from careloom.infra.documents.handing import WORD, document
from careloom.infra.documents.uploads import unseal_upload
from careloom.permanency import queries
from careloom.permanency.actions.reporting import keep_report
from careloom.permanency.documents import page_of, word_of
from careloom.permanency.evidence import as_to_court
from careloom.permanency.forms.report import ReportForm
from careloom.permanency.models import Case, Paper
from careloom.permanency.models.case import OPEN
from careloom.permanency.reporting import Report, made_report
from careloom.permanency.terms import care_terms, template_of
from careloom.permanency.views.asking import own_case
from careloom.permanency.views.family import eyes_of


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CASE_WRITE)
def report(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """The report as the court would get it; it is kept only when somebody says so, and then exactly as it stands here."""
    viewer, own, at = viewer_of(request), agency_of(request), clock.now()
    subject = subject_of(viewer=viewer, identity_id=identity_id, place="permanency:report", at=at)
    case = own_case(viewer=viewer, identity_id=identity_id)
    if case is None or case.state != OPEN:
        raise NotVisible
    form = _form(request, own=own, subject=subject)
    keeps = request.method == "POST" and "make" in request.POST and "again" not in request.POST
    told: dict[str, Any] = form.cleaned_data if request.method == "POST" and form.is_valid() else {}
    if request.method == "POST" and "again" in request.POST:
        told = {name: request.POST.get(name, "") for name in ("template", "child", "recommends", "words")}
    made = _made(viewer, own, case=case, subject=subject, told=told)
    if keeps and told:
        done = keep_report(
            by=viewer, at=at, case_id=case.pk, child_id=_child(told, subject=subject), template=made.template, court=told["court"],
            page=page_of(made), word=word_of(made, at=at), request_key=told["request_key"],
        )  # fmt: skip
        if not isinstance(done, Refused):
            messages.success(request, _("The report is kept, sealed, as a page and as a Word file."))
            return redirect("permanency:family", identity_id=identity_id)
        form.refuse(done.codes)
    status = 422 if keeps and form.errors else 200
    return render(request, "permanency/report.html", {"subject": subject, "form": form, "report": made}, status=status)


def _form(request: HttpRequest, *, own: Agency, subject: Subject) -> ReportForm:
    template = template_of(agency=own)
    data = request.POST if request.method == "POST" else None
    form = ReportForm(data, initial={"template": template.code, "court": template.heading.split(",")[0] if template.county else ""})
    choices = [(one.code, f"{one.title}, {one.heading}") for one in care_terms(own.pack).templates]
    form.offer(template=choices, child=subject.infant_choices)
    if "again" in (data or {}):
        form.fields["court"].required = False
    return form


def _child(told: dict[str, Any], *, subject: Subject) -> UUID | None:
    known = {str(row.identity_id): row.identity_id for row in subject.infants}
    return known.get(str(told.get("child", "")), next(iter(known.values()), None))


def _made(viewer: Viewer, own: Agency, *, case: Case, subject: Subject, told: dict[str, Any]) -> Report:
    """The report, with each row that it holds accounted for: the own ones as the worker read them, others' as read for the proceeding."""
    at = clock.now()
    file = queries.case_file(viewer=viewer, case=case, most=queries.EVERY)
    given = queries.resources_of(viewer=viewer, identity_id=subject.identity_id, a_page=queries.EVERY)
    eyes = eyes_of(viewer=viewer, own=own, subject=subject, file=file, today=clock.today(own.zone))
    made = made_report(
        by=viewer, own=own, file=file, subject=subject, eyes=eyes, template=template_of(agency=own, code=str(told.get("template", ""))),
        child_id=_child(told, subject=subject), resources=given.rows, recommends=str(told.get("recommends", "")),  # type: ignore[arg-type]
        words_of_worker=str(told.get("words", "")), at=at,
    )  # fmt: skip
    account(viewer=viewer, place="permanency:report", rows=list(file.rows()), at=at)
    if made.of_others:
        reader = as_to_court(viewer)
        with acting_as(reader):
            account(viewer=reader, place="permanency:report", rows=made.of_others, at=at)
    return made


@require_safe
@needs(Permission.CASE_READ)
def paper(request: HttpRequest, paper_id: UUID, file: str) -> HttpResponse:
    """A sealed paper, opened for one look."""
    viewer, at = viewer_of(request), clock.now()
    row = queries.one_row(Paper, viewer=viewer, row_id=paper_id)
    sealed = row.word_sealed if file == "word" else row.sealed
    if sealed is None:
        raise NotVisible
    account(viewer=viewer, place="permanency:paper", rows=[row], at=at)
    content = unseal_upload(sealed, holder_id=row.holder_id, document_id=row.pk)
    return document(content, media_type=WORD if file == "word" else row.media_type, name="paper")
