"""The pages under /agency/usage/: for an agency's administrator about her agency, for the state's lead about all of them together."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.infra import clock
from careloom.infra.ui.paging import PAGE, page_number
from careloom.usage import presenters, queries
from careloom.usage.forms import FieldsForm, ScreensForm
from careloom.usage.models import FEWEST

View = Callable[[HttpRequest], HttpResponse]
MONTHS = 12


def _for(page: Callable[..., HttpResponse], *, whole: bool) -> View:
    """The page about the own agency, or about the sum, each behind its permission."""

    @require_safe
    @needs(Permission.COUNTS_EXACT if whole else Permission.AGENCY_ADMIN)
    def view(request: HttpRequest) -> HttpResponse:
        return page(request, whole=whole)

    return view


def _screens(request: HttpRequest, *, whole: bool) -> HttpResponse:
    form, lines = _screens_asked(request, whole=whole)
    return render(request, "usage/screens.html", _context(request, form, lines, whole=whole, what="screens"))


def _screens_file(request: HttpRequest, *, whole: bool) -> HttpResponse:
    return _file(presenters.screen_file(_screens_asked(request, whole=whole)[1]), name="screens")


def _fields(request: HttpRequest, *, whole: bool) -> HttpResponse:
    form, lines = _fields_asked(request, whole=whole)
    return render(request, "usage/fields.html", _context(request, form, lines, whole=whole, what="fields"))


def _fields_file(request: HttpRequest, *, whole: bool) -> HttpResponse:
    return _file(presenters.field_file(_fields_asked(request, whole=whole)[1]), name="fields")


def _screens_asked(request: HttpRequest, *, whole: bool) -> tuple[ScreensForm, list[presenters.ScreenLine]]:
    months = presenters.last_months(clock.today(agency_of(request).zone), months=MONTHS)
    form = ScreensForm(request.GET, months=months)
    clean = form.cleaned_data if form.is_valid() else {}
    rows = queries.screens_of(viewer=viewer_of(request), whole=whole, months=[clean["month"]] if clean.get("month") else months)
    return form, presenters.screen_lines(rows, words=clean.get("q", ""))


def _fields_asked(request: HttpRequest, *, whole: bool) -> tuple[FieldsForm, list[presenters.FieldLine]]:
    form = FieldsForm(request.GET or {"months": "12"})
    clean = form.cleaned_data if form.is_valid() else {}
    rows = queries.fields_of(viewer=viewer_of(request), whole=whole)
    of = "" if whole else str(agency_of(request).pk)
    return form, presenters.field_lines(rows, words=clean.get("q", ""), months=clean.get("months") or MONTHS, of=of)


def _context(request: HttpRequest, form: Any, lines: list[Any], *, whole: bool, what: str) -> dict[str, Any]:
    counted = queries.counted(viewer=viewer_of(request), whole=whole)
    kept = request.GET.copy()
    kept.pop("page", None)
    return {
        "form": form, "page": _page(request, lines), "counted": counted, "whole": whole, "fewest": FEWEST, "query": kept.urlencode(), "what": what,
        "zone": agency_of(request).zone,
    }  # fmt: skip


def _page(request: HttpRequest, lines: list[Any]) -> Page[Any]:
    return Paginator(lines, PAGE).get_page(page_number(request))


def _file(rows: Iterable[list[str]], *, name: str) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-{clock.today().isoformat()}.csv"'
    csv.writer(response).writerows(rows)
    return response


screens, all_screens = _for(_screens, whole=False), _for(_screens, whole=True)
screens_file, all_screens_file = _for(_screens_file, whole=False), _for(_screens_file, whole=True)
fields, all_fields = _for(_fields, whole=False), _for(_fields, whole=True)
fields_file, all_fields_file = _for(_fields_file, whole=False), _for(_fields_file, whole=True)
