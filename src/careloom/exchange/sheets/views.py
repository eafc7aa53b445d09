"""Bringing families in from a spreadsheet: take the file, say what its columns mean, look through it, bring it in."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.exchange.models import Sheet
from careloom.exchange.sheets import actions, words
from careloom.exchange.sheets.forms import MappingForm, SheetForm
from careloom.exchange.sheets.lines import Fault, Wrong, unknown_words
from careloom.exchange.sheets.mapping import Mapping, NotAMapping, mapping_of, read_mapping
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.answers import Done, Refused
from careloom.kernel.state_entry import guarded

A_PAGE, SHOWN = 25, 100
brings = needs(Permission.IMPORT_RECORDS)


@require_http_methods(["GET", "HEAD", "POST"])
@brings
def home(request: HttpRequest) -> HttpResponse:
    """The spreadsheets that this worker brought, and a new one."""
    viewer = viewer_of(request)
    kept = list(actions.mappings_of(viewer=viewer))
    posted = request.method == "POST"
    form = SheetForm(request.POST if posted else None, request.FILES if posted else None, kept=kept, initial={"request_key": uuid4().hex})
    if posted and form.is_valid():
        done = _take(request, form, kept={str(one.pk): one.spec for one in kept})
        if isinstance(done, Done):
            return redirect("sheets:one", sheet_id=done.row_id)
        for code in done.codes:
            form.add_error("mapping_file" if code in ("NOT_JSON", "SHAPE") else "file", words.NOT_READ[code])
    page = Paginator(actions.sheets_of(viewer=viewer), A_PAGE).get_page(request.GET.get("page"))
    lines = [(row, words.STATES[row.state]) for row in page]
    context = {"form": form, "page": page, "lines": lines, "kept": kept, "zone": agency_of(request).zone, "nav": "families"}
    return render(request, "exchange/sheets.html", context, status=422 if form.errors else 200)


def _take(request: HttpRequest, form: SheetForm, *, kept: dict[str, Any]) -> Done | Refused:
    clean, mapping = form.cleaned_data, None
    try:
        if clean["mapping_file"]:
            mapping = read_mapping(clean["mapping_file"].read(200_000).decode("utf-8", "replace"))
        elif clean["kept"]:
            mapping = mapping_of(kept[clean["kept"]])
    except NotAMapping as refused:
        return Refused(codes=(refused.code,))
    return actions.take(by=viewer_of(request), at=clock.now(), data=clean["file"].read(), mapping=mapping, request_key=clean["request_key"])


@require_http_methods(["GET", "HEAD", "POST"])
@brings
@never_cache
def one(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """One spreadsheet: its columns and their meaning, what was found in it, how far it is."""
    viewer = viewer_of(request)
    row = actions.sheet_of(viewer=viewer, sheet_id=sheet_id)
    does = request.POST.get("does", "")
    if request.method == "POST" and does != "check":
        return _posted(request, row, does)
    open_ = row.state in (actions.MAPPING, actions.CHECKED) and row.sealed is not None
    context: dict[str, Any] = {
        "row": row, "state": words.STATES[row.state], "open": open_, "zone": agency_of(request).zone, "nav": "families", "bad": row.rows - row.good,
        "faults": _faults(row), "may_begin": row.state == actions.CHECKED and row.good, "left_off": max(0, row.rows - row.good - SHOWN),
    }  # fmt: skip
    form = None
    if open_:
        table, mapping = actions.table_in(row), mapping_of(row.spec)
        unknown = unknown_words(table, mapping)
        form = MappingForm(request.POST if does == "check" else None, names=table.names, mapping=mapping, unknown=unknown)
        if does == "check" and form.is_valid():
            done = _check(request, row, form.told, keep_as=form.cleaned_data["keep_as"])
            if isinstance(done, Done):
                return redirect("sheets:one", sheet_id=row.pk)
            form.add_error(None, words.GAPS[done.codes[0]])
        samples = [(name, [line[place][:60] for line in table.rows[:3]]) for place, name in enumerate(table.names)]
        context |= {"form": form, "samples": samples}
    elif does == "check":
        messages.warning(request, words.GAPS["MOVED"])
        return redirect("sheets:one", sheet_id=row.pk)
    return render(request, "exchange/sheet.html", context, status=422 if form is not None and form.errors else 200)


def _check(request: HttpRequest, row: Sheet, mapping: Mapping, *, keep_as: str) -> Done | Refused:
    today = clock.today(agency_of(request).zone)
    return actions.check(by=viewer_of(request), at=clock.now(), today=today, sheet_id=row.pk, mapping=mapping, keep_as=keep_as)


def _posted(request: HttpRequest, row: Sheet, does: str) -> HttpResponse:
    deeds = {"begin": actions.begin, "stop": actions.stop, "drop": actions.drop}
    if does not in deeds:
        messages.warning(request, _("Nothing was changed. Use a button of this page."))
        return redirect("sheets:one", sheet_id=row.pk)
    done = deeds[does](by=viewer_of(request), at=clock.now(), sheet_id=row.pk)
    if isinstance(done, Refused):
        messages.warning(request, words.GAPS[done.codes[0]])
    return redirect("sheets:one", sheet_id=row.pk)


@require_safe
@brings
@never_cache
def refused(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """The rows that are not brought in, as they stand in the file, each with what to do about it, to mend and bring again."""
    viewer, at = viewer_of(request), clock.now()
    row = actions.sheet_of(viewer=viewer, sheet_id=sheet_id)
    if row.sealed is None:
        raise NotVisible
    table = actions.table_in(row)
    found = actions.read(row, table=table, at=at, today=clock.today(agency_of(request).zone))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*(guarded(name) for name in table.names), _("What to do")])
    for line in found:
        if isinstance(line, Wrong):
            writer.writerow([*(guarded(cell) for cell in table.rows[line.number - 2]), "; ".join(_said(fault) for fault in line.faults)])
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="rows-to-mend.csv"'
    return answer


@require_safe
@brings
def mapping(request: HttpRequest, mapping_id: UUID) -> HttpResponse:
    """A kept mapping as its small file."""
    kept = actions.mappings_of(viewer=viewer_of(request)).filter(pk=mapping_id).first()
    if kept is None:
        raise NotVisible
    answer = HttpResponse(json.dumps(kept.spec, ensure_ascii=False, indent=1), content_type="application/json; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="mapping.json"'
    return answer


def _faults(row: Sheet) -> list[tuple[int, str]]:
    return [(number, "; ".join(_said(Fault(field=field, code=code)) for field, code in faults)) for number, faults in row.wrong[:SHOWN]]


def _said(fault: Fault) -> str:
    return f"{words.FIELDS[fault.field]}: {words.FAULTS[fault.code]}"
