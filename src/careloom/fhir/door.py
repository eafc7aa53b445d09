"""What each door of the FHIR server needs: its address, its answers, its errors in plain words, and who asks with a token."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from careloom.fhir.clients.scopes import allows, needed
from careloom.fhir.clients.tokens import Bearer, bearer_of
from careloom.fhir.resources.shape import Json
from careloom.fhir.serving.capability import JSON
from careloom.fhir.serving.outcome import Problem, issue, outcome
from careloom.infra import clock

JSON_NAMES = frozenset({JSON, "json", "application/json", "text/json", "application/json+fhir"})
ANY = frozenset({"*/*", "application/*", ""})
View = Callable[..., HttpResponse]


def base_of(request: HttpRequest) -> str:
    """The address of this server, without a slash at the end."""
    return request.build_absolute_uri("/fhir")


def answer_json(data: Json, *, status: int = 200, media: str = JSON, headers: dict[str, str] | None = None) -> HttpResponse:
    """An answer of this server: JSON that no store keeps."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    answer = HttpResponse(text, status=status, content_type=f"{media}; charset=utf-8", headers=headers)
    answer.headers["Cache-Control"] = "no-store"
    patch_vary_headers(answer, ("Authorization", "Accept"))
    return answer


def speaks_fhir(view: View, *, also: frozenset[str] = frozenset()) -> View:
    """Answer every problem of `view` with an OperationOutcome, in English; what it wrote is kept. `also` are media types that may be asked for
    beside FHIR JSON."""

    def speaking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override("en"):
            try:
                _wants_json(request, JSON_NAMES | also)
                return view(request, *args, **kwargs)
            except Problem as problem:
                said = outcome(issue(code=problem.code, words=problem.words))
                return answer_json(said, status=problem.status, headers=problem.headers)

    return csrf_exempt(speaking)


def _wants_json(request: HttpRequest, known: frozenset[str]) -> None:
    asked = media_asked(request)
    if not any(name in known or (name in ANY and not request.GET.get("_format")) for name in asked):
        raise Problem(406, "not-supported", "This server speaks FHIR JSON: application/fhir+json.")


def media_asked(request: HttpRequest) -> frozenset[str]:
    """The media types that the asker takes, without their parameters: `_format` goes before `Accept`."""
    told = request.GET.get("_format")
    names = [told] if told else request.headers.get("Accept", "*/*").split(",")
    # A plus in an address is a space: application/fhir+json arrives as two words.
    return frozenset(name.partition(";")[0].strip().lower().replace(" ", "+") for name in names)


def bearer_for(request: HttpRequest) -> Bearer:
    """The system whose token came with the request. Raises `Problem` (401) for everybody else."""
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    found = bearer_of(token=text.strip(), at=clock.now()) if scheme.lower() == "bearer" and text else None
    if found is None:
        raise Problem(401, "login", "Bring a token of a registered system. It lasts five minutes.", {"WWW-Authenticate": "Bearer"})
    return found


def may(bearer: Bearer, kind: str, right: str) -> None:
    """Raise `Problem` (403) where the scopes or the role of a system do not allow `right` (`c`, `r`, `s`, `u`) on `kind`."""
    needs = needed(kind=kind, right=right)
    if needs is None or not allows(bearer.scopes, kind=kind, right=right) or not all(bearer.viewer.can(one) for one in needs):
        words = "This system is not registered for that. Ask the agency's administrator."
        raise Problem(403, "forbidden", words, {"WWW-Authenticate": 'Bearer error="insufficient_scope"'})


def only(request: HttpRequest, *methods: str) -> None:
    """Raise `Problem` (405) for another method."""
    if request.method not in methods:
        raise Problem(405, "not-supported", "This is not done here. The CapabilityStatement names what is.", {"Allow": ", ".join(methods)})


def versions_in(header: str) -> list[str]:
    """The versions that `If-Match` or `If-None-Match` names."""
    return [one.strip().removeprefix("W/").strip('"') for one in header.split(",") if one.strip()]
