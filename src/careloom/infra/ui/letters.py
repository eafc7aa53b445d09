"""No database takes the letter NUL, and no keyboard writes it: it is taken out of what was sent before any view reads it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict

NUL = "\x00"


class LettersMiddleware:
    """Leaves a form without the letter NUL, so that no view has to think of it and nothing else that was written is lost."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at what was sent, then go on."""
        if request.method == "POST" and any(NUL in text for name, texts in request.POST.lists() for text in (name, *texts)):
            cleaned = QueryDict(mutable=True)
            for name, texts in request.POST.lists():
                cleaned.setlist(name.replace(NUL, ""), [str(text).replace(NUL, "") for text in texts])
            cleaned._mutable = False
            request.POST = cleaned
        return self.get_response(request)
