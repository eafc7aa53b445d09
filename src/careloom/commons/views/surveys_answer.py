"""Where somebody answers with a code and no name: any browser, no account, no script, and nothing about the request is kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from careloom.agencies.gate import public
from careloom.commons.forms.surveys_answer import CodeForm, SheetForm
from careloom.infra import clock
from careloom.infra.answers import Refused
from careloom.surveys import actions
from careloom.surveys.instruments import words_in
from careloom.surveys.words import REFUSALS


@public("a member or a family answers an anonymous questionnaire with a code; it reads no session and says nothing about anybody")
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Type a code, answer the statements, done. The code travels in the body of the form and never in an address."""
    if request.method != "POST":
        return _plain(request, "surveys_code", {"form": CodeForm()})
    code, at = request.POST.get("code", "")[:60], clock.now()
    row = actions.round_of_code(code=code, at=at)
    if isinstance(row, Refused):
        return _again(request, row)
    language = request.LANGUAGE_CODE[:2]
    context = {
        "row": row, "code": code, "title": words_in(row.definition, "title", language), "lede": words_in(row.definition, "lede", language),
    }  # fmt: skip
    if "seen" not in request.POST:
        return _plain(request, "surveys_sheet", context | {"form": SheetForm(row=row)})
    form = SheetForm(request.POST, row=row)
    if not form.is_valid():
        return _plain(request, "surveys_sheet", context | {"form": form}, status=422)
    done = actions.answer(code=code, at=at, sheet=form.sheet)
    return _again(request, done) if isinstance(done, Refused) else _plain(request, "surveys_thanks", context)


def _again(request: HttpRequest, refused: Refused) -> HttpResponse:
    form = CodeForm({"code": request.POST.get("code", "")[:40]})
    if form.is_valid():  # an empty field says so by itself
        form.add_error("code", REFUSALS[refused.codes[0]])
    return _plain(request, "surveys_code", {"form": form}, status=422)


def _plain(request: HttpRequest, name: str, context: dict[str, object], status: int = 200) -> HttpResponse:
    response = render(request, f"commons/{name}.html", context, status=status)
    # The form must tell its origin to itself; nothing is told to others, kept or indexed.
    for header, value in {"Referrer-Policy": "same-origin", "Cache-Control": "no-store", "X-Robots-Tag": "noindex"}.items():
        response[header] = value
    return response
