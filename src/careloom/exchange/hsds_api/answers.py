"""How the API answers: JSON with a tag and a time of change, lines that stream, problems in one form, open to every origin, within a polite limit."""

from __future__ import annotations

import hashlib
import json
from calendar import timegm
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt

from careloom.agencies.gate import public
from careloom.directory import published
from careloom.infra import clock

JSON, LINES, PROBLEM = "application/json", "application/x-ndjson", "application/problem+json"
MOST_A_MINUTE, MOST_FILES_A_MINUTE = 240, 6
METHODS = ("GET", "HEAD", "OPTIONS")
T = TypeVar("T")
View = Callable[..., HttpResponseBase]


def door(*, methods: tuple[str, ...] = METHODS, most: Callable[[], int] = lambda: MOST_A_MINUTE, kind: str = "read") -> Callable[[View], View]:
    """Make a view of the open directory: no sign-in, these methods, no more than `most` requests of a `kind` a minute from one address."""

    def decorate(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in methods:
                response: HttpResponseBase = problem(405, "Not a way to ask", f"Ask with {', '.join(methods)}.")
                response["Allow"] = ", ".join(methods)
            elif request.method == "OPTIONS":
                response = HttpResponse(status=204)
                response["Allow"] = response["Access-Control-Allow-Methods"] = ", ".join(methods)
                response["Access-Control-Allow-Headers"] = "Content-Type, If-Modified-Since, If-None-Match"
                response["Access-Control-Max-Age"] = "86400"
            elif _too_many(request, kind=kind, most=most()):
                response = problem(429, "Too many requests", "Wait a minute, then go on. For everything at once take the datapackage.")
                response["Retry-After"] = "60"
            else:
                response = view(request, *args, **kwargs)
            return _open_to_all(response)

        # Nothing is changed and nobody is signed in here, so there is nothing that a foreign page could do in somebody's name.
        return public("the directory of services is public, and the same for everybody who asks")(csrf_exempt(opened))

    return decorate


def _open_to_all(response: HttpResponseBase) -> HttpResponseBase:
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Retry-After"
    if response.status_code == 200:
        response["Cache-Control"] = "public, max-age=60"
    return response


def document(request: HttpRequest, body: Any) -> HttpResponse:
    """JSON, or 304 to who has it already."""
    return whole(request, json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode(), JSON)


def whole(request: HttpRequest, data: bytes, media: str) -> HttpResponse:
    """Bytes with their tag and the directory's time of change, or 304 to who has them already."""
    tag, changed = f'"{hashlib.sha256(data).hexdigest()[:32]}"', published.modified_at()
    response = HttpResponse(data, content_type=media)
    response["ETag"] = tag
    if changed:
        response["Last-Modified"] = http_date(changed.timestamp())
    if request.method not in ("GET", "HEAD"):
        return response
    found = get_conditional_response(request, tag, timegm(changed.utctimetuple()) if changed else None, response)
    return found or response


def lines(request: HttpRequest, items: Iterator[dict[str, Any]]) -> StreamingHttpResponse:
    """One JSON object a line, written while it is read."""
    written = (json.dumps(item, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" for item in items)
    return StreamingHttpResponse(written, content_type=LINES)


def problem(status: int, title: str, detail: str) -> HttpResponse:
    """A refusal in the form of RFC 9457."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return HttpResponse(json.dumps(body).encode(), content_type=PROBLEM, status=status)


def not_found() -> HttpResponse:
    """Nothing is here: an unknown id, one that is no longer listed, or an address that the API does not have."""
    return problem(404, "Nothing is here", "The id or address is not known, or it is no longer listed.")


def _too_many(request: HttpRequest, *, kind: str, most: int) -> bool:
    """A limit for each address and minute; the address itself is not kept."""
    who = hashlib.sha256(f"{settings.SECRET_KEY}:{request.META.get('REMOTE_ADDR', '')}".encode()).hexdigest()[:24]
    cache = caches["process"]
    key = f"hsds-{kind}:{who}:{clock.now():%Y%m%d%H%M}"
    cache.add(key, 0, timeout=120)
    return bool(cache.incr(key) > most)
