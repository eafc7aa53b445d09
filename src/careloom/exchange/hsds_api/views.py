"""The addresses of the HSDS 3 API. Anybody may read them; nothing of a family is anywhere behind them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, QueryDict

from careloom.exchange.hsds_api import answers, describing, package
from careloom.exchange.hsds_api.asking import Asked, Unreadable, read
from careloom.exchange.hsds_api.resources import RESOURCES, Resource

AT_ONCE = 200
ASKED_BY_FORM = ("GET", "HEAD", "POST", "OPTIONS")


@answers.door()
def about(request: HttpRequest) -> HttpResponseBase:
    """What this API is: the version of HSDS, and where it is described."""
    root = request.build_absolute_uri(request.path)
    return answers.document(request, {"version": "3.0", "profile": describing.PROFILE, "openapi_url": f"{root}openapi.json"})


@answers.door()
def openapi(request: HttpRequest) -> HttpResponseBase:
    """The description of this API."""
    root = request.build_absolute_uri(request.path.removesuffix("openapi.json"))
    return answers.document(request, describing.openapi(root=root))


@answers.door(most=lambda: answers.MOST_FILES_A_MINUTE, kind="file")
def datapackage(request: HttpRequest) -> HttpResponseBase:
    """The whole directory as a zip of tables."""
    response = answers.whole(request, package.write(), "application/zip")
    response["Content-Disposition"] = 'attachment; filename="hsds-datapackage.zip"'
    return response


@answers.door(methods=ASKED_BY_FORM)
def listing(request: HttpRequest, resource: str) -> HttpResponseBase:
    """A page of a list, or all of it as lines. POST asks the same with a form, so that no log of addresses holds what was looked for."""
    kind = RESOURCES[resource]
    asked = read(_given(request), allowed=kind.asks)
    if isinstance(asked, Unreadable):
        return _unreadable(asked)
    found = kind.find(asked)
    if asked.as_lines:
        return answers.lines(request, _all(kind, found, asked))
    return answers.document(request, _page(kind, found, asked))


@answers.door()
def one(request: HttpRequest, resource: str, given: str) -> HttpResponseBase:
    """One thing with everything that hangs on it."""
    kind = RESOURCES[resource]
    asked = read(request.GET, allowed=kind.one_asks)
    if isinstance(asked, Unreadable):
        return _unreadable(asked)
    found = kind.one(given, asked)
    return answers.not_found() if found is None else answers.document(request, found)


@answers.door()
def nothing(request: HttpRequest, rest: str = "") -> HttpResponseBase:
    """Any other address below."""
    return answers.not_found()


def _given(request: HttpRequest) -> QueryDict:
    if request.method != "POST":
        return request.GET
    both = request.GET.copy()
    for name, values in request.POST.lists():
        for value in values:
            both.appendlist(name, value)
    return both


def _unreadable(asked: Unreadable) -> HttpResponseBase:
    return answers.problem(400, "A parameter cannot be read", f"{asked.parameter}: {asked.what}")


def _page(kind: Resource, found: QuerySet[Any] | list[str], asked: Asked) -> dict[str, Any]:
    """A page in the form of HSDS. The short form of all services is one page, as HSDS asks."""
    total = found.count() if isinstance(found, QuerySet) else len(found)
    size, number = (max(total, 1), 1) if asked.minimal else (asked.per_page, asked.page)
    shown = list(found[(number - 1) * size : number * size])
    pages = -(-total // size)
    return {
        "total_items": total, "total_pages": pages, "page_number": number, "size": len(shown), "first_page": number == 1,
        "last_page": number >= pages, "empty": not shown, "contents": kind.show(shown, asked),
    }  # fmt: skip


def _all(kind: Resource, found: QuerySet[Any] | list[str], asked: Asked) -> Iterator[dict[str, Any]]:
    """Every object, read in portions. The ids are taken first, so that a row that moves meanwhile is neither lost nor told twice."""
    if isinstance(found, list):
        yield from kind.show(found, asked)
        return
    ids = list(found.values_list("pk", flat=True))
    for start in range(0, len(ids), AT_ONCE):
        portion = found.in_bulk(ids[start : start + AT_ONCE])
        yield from kind.show([portion[key] for key in ids[start : start + AT_ONCE] if key in portion], asked)
