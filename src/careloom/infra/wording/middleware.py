"""What a worker sent in free text is looked at once, before her form is handled. With JavaScript she saw it under the field already.

Without JavaScript a page says what could be said better, with "keep mine" and "use the suggestion"; both go on with the same form. Nothing
is refused: a form with files, one that saves itself, and one whose writer has seen the words go through as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language

from careloom.infra import clock
from careloom.infra.wording.asking import FIELD, SEEN, Shown, shown, writer
from careloom.infra.wording.counting import count
from careloom.infra.wording.suggesting import Suggestion, apply, suggest

ANSWER = "words_answer"
MOST_FIELDS = 40


class WordingMiddleware:
    """Stands after the gate: it looks only at what a signed-in worker may send."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        codes = getattr(request, "words_found", None)
        agency_id = getattr(request, "words_agency", None)
        # Only what was kept is counted: a redirect follows each form that was taken.
        if codes and agency_id and response.status_code in {302, 303}:
            kept, used = codes
            count(agency_id=agency_id, on=clock.today(), kept=kept, used=used)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Look at the fields that the widget named."""
        viewer = writer()
        if request.method != "POST" or viewer is None or request.headers.get("X-Autosave") == "1" or FIELD not in request.POST:
            return None
        names = list(dict.fromkeys(request.POST.getlist(FIELD)))[:MOST_FIELDS]
        language = get_language() or "en"
        found = {name: suggest(request.POST.get(name, ""), language) for name in names}
        found = {name: suggestions for name, suggestions in found.items() if suggestions}
        if not found:
            return None
        if not (request.POST.get(SEEN) or request.FILES or request.headers.get("HX-Request")):
            return _ask(request, found)
        used: list[str] = []
        if request.POST.get(ANSWER) == "use":
            used = [one.code for suggestions in found.values() for one in suggestions if one.better]
            _use(request, found)
        codes = [one.code for suggestions in found.values() for one in suggestions]
        kept = [code for code in codes if code not in used]
        request.words_found, request.words_agency = (kept, used), viewer.holder_id  # type: ignore[attr-defined]
        return None


def _use(request: HttpRequest, found: dict[str, list[Suggestion]]) -> None:
    sent = request.POST.copy()
    for name, suggestions in found.items():
        sent[name] = apply(sent.get(name, ""), suggestions)
    request.POST = sent  # type: ignore[assignment]


def _ask(request: HttpRequest, found: dict[str, list[Suggestion]]) -> HttpResponse:
    """The same form once more, with its text and what could be said better."""
    texts: list[tuple[str, list[Shown], str]] = []
    for name, suggestions in found.items():
        text = request.POST.get(name, "")
        texts.append((text, shown(suggestions), apply(text, suggestions)))
    return render(
        request, "wording/ask.html", {"texts": texts, "sent": _sent(request.POST), "to": request.get_full_path(), "seen": SEEN, "answer": ANSWER}
    )


def _sent(post: QueryDict) -> list[tuple[str, str]]:
    return [(name, value) for name, values in post.lists() if name not in {"csrfmiddlewaretoken", SEEN, ANSWER} for value in values]
