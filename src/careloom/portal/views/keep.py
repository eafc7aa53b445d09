"""Everything that her pages show her, as one file to keep. Source: 42 CFR 2.23; 45 CFR 164.524(c)(2)(ii) (a copy in the form that she asks for)."""

from __future__ import annotations

import copy
from typing import Final
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.documents.handing import ENDINGS
from careloom.infra.keys import KeyProblem
from careloom.portal.conversations import talk_page
from careloom.portal.door import hers
from careloom.portal.forms import AnswerForm
from careloom.portal.keeping import Found, Page, packed, read
from careloom.portal.presenters import language
from careloom.portal.views.hers import her_of

#: Her pages that only show, in the order of her file. Others are reached from them by the links that they carry.
_PAGES: Final = (
    "home", "plan", "visits", "things", "family", "messages", "notes", "court", "timeline", "forms", "knows", "looked", "told", "given", "past",
    "supporters", "rights",
)  # fmt: skip
_ALSO: Final = frozenset({*_PAGES, "thread", "right"})
_PAPERS: Final = frozenset({"plan_paper", "told_paper", "message_paper", "right_paper"})
#: More than a family of many years has. A file that stopped here says so.
_MOST: Final = 400


@hers
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest) -> HttpResponse:
    """Says what the file holds and what to mind; a press makes it. Nothing is written but that she looked."""
    if request.method != "POST":
        return render(request, "portal/keep.html", {})
    found = _Walk(request).everything()
    first = _("This is what your pages showed on the day you saved it. Keep it in a safe place.")
    if found.cut:
        first = f"{first} {_('It is long, so older parts are left out. You see them on your pages.')}"
    if found.shut:
        first = f"{first} {_('One paper or more cannot be opened any more.')}"
    file = packed(found.pages, papers=found.papers, language=language(), title=_("My pages"), first=first)
    response = HttpResponse(file, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="my-pages-{language()}.zip"'
    response["Cache-Control"] = "no-store"
    return response


class _Walk:
    """Opens her pages one after the other as she would, each with its own accounting, and follows the links between them."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.pages: list[Page] = []
        self.papers: dict[str, bytes] = {}
        self.cut = self.shut = False

    def everything(self) -> _Walk:
        waiting = [reverse(f"portal:{name}") for name in _PAGES] + [reverse(f"portal:{name}") for name in ("plan_paper", "told_paper")]
        known = set(waiting)
        while waiting:
            if len(self.pages) + len(self.papers) >= _MOST:
                self.cut = True
                break
            address = waiting.pop(0)
            for link in self._open(address):
                target = _own(link, at=address)
                if target is not None and target not in known:
                    known.add(target)
                    waiting.append(target)
        return self

    def _open(self, address: str) -> list[str]:
        """Keep what stands at an address; answers the links there. What is not hers, or not there, is left out."""
        parts = urlsplit(address)
        match = resolve(parts.path)
        request = self._like(parts.path, parts.query)
        try:
            answer = _thread(request, **match.kwargs) if match.url_name == "thread" else match.func(request, *match.args, **match.kwargs)
        except (NotVisible, Http404):
            return []
        except KeyProblem:
            # What sealed it was destroyed: her file comes all the same, and says that a paper is not in it.
            self.shut = True
            return []
        if answer.status_code != 200:
            return []
        kind = answer["Content-Type"].partition(";")[0]
        if match.url_name in _PAPERS:
            self.papers[f"{_name(match, '')}.{ENDINGS.get(kind, 'bin')}"] = answer.content
            return []
        found: Found = read(answer.content.decode(), name=_name(match, parts.query))
        self.pages.append(found.page)
        return found.links

    def _like(self, path: str, query: str) -> HttpRequest:
        """Her request as it would be for that address: hers, and only to read."""
        request = copy.copy(self._request)
        request.method, request.path, request.path_info = "GET", path, path
        request.GET, request.POST = QueryDict(query), QueryDict()  # type: ignore[assignment]
        request.META = self._request.META | {"REQUEST_METHOD": "GET", "QUERY_STRING": query, "PATH_INFO": path}
        return request


def _thread(request: HttpRequest, thread_id: UUID) -> HttpResponse:
    """A thread as her page shows it, private messages closed, and without saying that she has read it: she has not yet."""
    asked = request.GET.get("page", "1")
    page, _row = talk_page(her=her_of(request), at=clock.now(), thread_id=thread_id, page=int(asked), shown=None)
    return render(request, "portal/message.html", {"page": page, "form": AnswerForm()})


def _own(link: str, *, at: str) -> str | None:
    """The address that a link leads to, where it is one of those that belong in the file; further pages of a list by number only."""
    parts = urlsplit(link)
    path = parts.path or urlsplit(at).path
    if parts.scheme or parts.netloc or not path.startswith(reverse("portal:home")):
        return None
    try:
        match = resolve(path)
    except Resolver404:
        return None
    if match.app_names != ["portal"] or match.url_name not in _ALSO | _PAPERS:
        return None
    number = parse_qs(parts.query).get("page", ["1"])[0]
    return f"{path}?page={number}" if number.isdecimal() and 1 < int(number) < 1000 else path


def _name(match: ResolverMatch, query: str) -> str:
    """A name that says which page it is: the page's own, the beginning of an id where there are several, and the number of a further page."""
    ids = [str(value)[:8] for value in match.kwargs.values() if isinstance(value, UUID)]
    number = parse_qs(query).get("page", [])
    return "-".join([str(match.url_name).replace("_", "-"), *ids, *number])
