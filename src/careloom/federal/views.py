"""The federal files under /numbers/federal/: asked for, looked at, compared and handed over by the state's office; mended by child welfare."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.federal import actions, forms, presenters, queries, words
from careloom.federal.layouts import AFCARS, CHILD, layouts
from careloom.federal.models import READY, FederalFile
from careloom.federal.tasks import text_parts
from careloom.infra import clock
from careloom.infra.access import NotVisible, acting_as
from careloom.infra.answers import Refused
from careloom.infra.packs import current_pack
from careloom.kernel.agency_kinds import AgencyKind
from careloom.outcomes import queries as outcomes

PREVIEW = 20
THREE_YEARS = 3


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.FEDERAL_FILES)
def home(request: HttpRequest) -> HttpResponse:
    """The files of the office, a form that asks for one, and the three counts of CAPTA by year (R-099)."""
    viewer, today, pack = viewer_of(request), clock.today(), current_pack()
    form = forms.FileForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = actions.ask_for_file(
            by=viewer, at=clock.now(), kind=given["kind"], period=given["period"], pack=settings.CARELOOM_PACK, today=today,
            request_key=given["request_key"],
        )  # fmt: skip
        if not isinstance(done, Refused):
            messages.success(request, _("It is written in the background."))
            return redirect("federal:file", federal_file_id=done.row_id)
        form.refuse(done.codes)
    state = pack.manifest.jurisdiction
    years = sorted({today.year, *outcomes.years(viewer=viewer, state=state)}, reverse=True)[:THREE_YEARS]
    context = {
        "nav": "numbers", "form": form, "lines": presenters.lines(queries.files_of(viewer=viewer)),
        "three": [outcomes.federal_three(viewer=viewer, year=year, state=state) for year in years],
        "layouts": [(one, len(one.unconfirmed), len(one.fields)) for one in layouts(pack=settings.CARELOOM_PACK).values()],
    }  # fmt: skip
    return render(request, "federal/home.html", context, status=422 if form.errors else 200)


@require_safe
@needs(Permission.FEDERAL_FILES)
def one(request: HttpRequest, federal_file_id: UUID) -> HttpResponse:
    """A file: how far it is, whether it can be final, what is wrong and what is missing."""
    file = queries.get_file(viewer=viewer_of(request), file_id=federal_file_id)
    layout = queries.layout_of(file)
    context = {
        "nav": "numbers", "file": file, "title": words.SHORT[file.kind], "period": words.period(file.period), "mark": presenters.mark(file),
        "progress": presenters.progress(file), "ready": file.state == READY, "usable": layout is not None and file.state == READY,
        "because": [words.BECAUSE[code] for code in file.draft_because], "errors": presenters.errors_said(file),
        "faults": presenters.fault_rows(queries.faults_by_field(file=file), layout), "missing": presenters.missing_rows(file, layout),
        "name": presenters.file_name(file), "compared": presenters.compared(file),
    }  # fmt: skip
    return render(request, "federal/file.html", context)


@require_safe
@needs(Permission.FEDERAL_FILES)
def agreement(request: HttpRequest, federal_file_id: UUID) -> HttpResponse:
    """Whether a file agrees with our own counts, and where each difference comes from (J5, step 10)."""
    file = queries.get_file(viewer=viewer_of(request), file_id=federal_file_id)
    context = {
        "nav": "numbers",
        "file": file,
        "title": words.SHORT[file.kind],
        "period": words.period(file.period),
        "compared": presenters.compared(file),
    }
    return render(request, "federal/agreement.html", context)


@require_safe
@needs(Permission.FEDERAL_FILES)
def preview(request: HttpRequest, federal_file_id: UUID) -> HttpResponse:
    """The beginning of a file as it is written, with each field beside its title for the first record."""
    file, layout = _written(request, federal_file_id)
    actions.note_seen(by=viewer_of(request), at=clock.now(), file=file, taken=False)
    text = "".join(islice(text_parts(file, layout, state=current_pack().manifest.jurisdiction), 2))
    shown = text.splitlines()[: PREVIEW * (1 if file.kind == CHILD else 12)]
    first = []
    if file.kind == CHILD and shown:
        first = [(field, shown[0][field.start - 1 : field.start - 1 + field.length].strip()) for field in layout.fields]
    context = {
        "nav": "numbers", "file": file, "title": words.SHORT[file.kind], "period": words.period(file.period), "shown": shown, "first": first,
        "rows": list(csv.reader(shown)) if file.kind not in {CHILD, AFCARS} else [],
    }  # fmt: skip
    return render(request, "federal/preview.html", context)


@require_safe
@needs(Permission.FEDERAL_FILES)
def faults(request: HttpRequest, federal_file_id: UUID) -> HttpResponseBase:
    """Every fault as CSV, with the encrypted id of its record and no value of it."""
    viewer = viewer_of(request)
    file = queries.get_file(viewer=viewer, file_id=federal_file_id)

    def lines() -> Iterator[str]:
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(["record", "field", "code", "error", "in_words"])
        # After the request's own transaction: without one of its own, no scope is set and row security shows nothing.
        with acting_as(viewer), transaction.atomic():
            for fault in queries.faults_of(file=file):
                writer.writerow([fault.record, fault.field, fault.code, "yes" if fault.is_error else "no", str(words.FAULTS.get(fault.code, ""))])
                yield out.getvalue()
                out.seek(0)
                out.truncate()
        yield out.getvalue()

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{presenters.file_name(file).rsplit(".", 1)[0]}-faults.csv"'
    return response


@require_safe
@needs(Permission.FEDERAL_FILES)
def download(request: HttpRequest, federal_file_id: UUID) -> HttpResponseBase:
    """The file itself. Who took it, and when, is on record."""
    viewer = viewer_of(request)
    file, layout = _written(request, federal_file_id)
    actions.note_seen(by=viewer, at=clock.now(), file=file, taken=True)
    state = current_pack().manifest.jurisdiction

    def parts() -> Iterator[str]:
        with acting_as(viewer), transaction.atomic():  # as in `faults`
            yield from text_parts(file, layout, state=state)

    media = {"CHILD": "text/plain", "AGENCY": "text/csv", "AFCARS": "application/xml"}[file.kind]
    response = StreamingHttpResponse(parts(), content_type=f"{media}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{presenters.file_name(file)}"'
    return response


@require_safe
@needs(Permission.FEDERAL_FILES)
def layout(request: HttpRequest, code: str) -> HttpResponse:
    """A layout: each field, where its value comes from, and whether it is confirmed."""
    found = layouts(pack=settings.CARELOOM_PACK).get(code)
    if found is None:
        raise Http404
    rows = [(one, words.FIELD_TYPES[one.type], words.BASES.get(one.basis, "")) for one in found.fields]
    context = {"nav": "numbers", "layout": found, "rows": rows, "open": len(found.unconfirmed), "pack": settings.CARELOOM_PACK}
    return render(request, "federal/layout.html", context)


@require_safe
@needs(Permission.SAFETY_WRITE)
def mend(request: HttpRequest) -> HttpResponse:
    """What is wrong in records of the reader's own agency, each with the page where it is mended."""
    if agency_of(request).kind != AgencyKind.CPS_AGENCY:
        raise NotVisible
    return render(request, "federal/mend.html", {"rows": presenters.mend_rows(queries.to_mend(viewer=viewer_of(request)))})


def _written(request: HttpRequest, federal_file_id: UUID) -> tuple[FederalFile, queries.Layout]:
    file = queries.get_file(viewer=viewer_of(request), file_id=federal_file_id)
    layout = queries.layout_of(file)
    if layout is None or file.state != READY:
        raise NotVisible
    return file, layout
