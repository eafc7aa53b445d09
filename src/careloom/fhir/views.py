"""The door of the FHIR server: metadata and tokens for everybody, everything else for who brings a token.

A worker's session counts for nothing here, so no form of another site can ask in her name; there is no cookie to steal.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from careloom.agencies.gate import public
from careloom.fhir.clients.scopes import NEEDS, allows
from careloom.fhir.clients.tokens import Bearer, Given, bearer_of, give_token
from careloom.fhir.resources.shape import Json, Reading
from careloom.fhir.serving import answers
from careloom.fhir.serving.asking import Asked, read_page, read_search
from careloom.fhir.serving.capability import JSON, capability, smart_configuration
from careloom.fhir.serving.outcome import Problem, invalid, issue, not_found, not_supported, outcome
from careloom.fhir.serving.registry import KINDS
from careloom.fhir.serving.searching import read_one, search
from careloom.infra import clock
from careloom.infra.access import acting_as

FORM = "application/x-www-form-urlencoded"
JSON_NAMES = frozenset({JSON, "json", "application/json", "text/json", "application/json+fhir"})
View = Callable[..., HttpResponse]


def base_of(request: HttpRequest) -> str:
    """The address of this server, without a slash at the end."""
    return request.build_absolute_uri("/fhir")


def _answer(data: Json, *, status: int = 200, media: str = JSON, headers: dict[str, str] | None = None) -> HttpResponse:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    answer = HttpResponse(text, status=status, content_type=f"{media}; charset=utf-8", headers=headers)
    answer.headers["Cache-Control"] = "no-store"
    patch_vary_headers(answer, ("Authorization", "Accept"))
    return answer


def _speaks_fhir(view: View) -> View:
    """Answer every problem of `view` with an OperationOutcome, in English; what it wrote is kept only where it was answered or found nothing."""

    def speaking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override("en"):
            try:
                _wants_json(request)
                return view(request, *args, **kwargs)
            except Problem as problem:
                said = outcome(issue(code=problem.code, words=problem.words))
                return _answer(said, status=problem.status, headers=problem.headers)

    return csrf_exempt(speaking)


def _wants_json(request: HttpRequest) -> None:
    asked = request.GET.get("_format")
    names = [asked] if asked else request.headers.get("Accept", "*/*").split(",")
    # A plus in an address is a space: application/fhir+json arrives as two words.
    plain = [name.partition(";")[0].strip().lower().replace(" ", "+") for name in names]
    if not any(name in JSON_NAMES or (not asked and name in ("*/*", "application/*", "")) for name in plain):
        raise Problem(406, "not-supported", "This server speaks FHIR JSON: application/fhir+json.")


@public("says what the server can do; holds nothing of anybody")
@_speaks_fhir
def metadata(request: HttpRequest) -> HttpResponse:
    """The CapabilityStatement."""
    _only(request, "GET", "HEAD")
    return _answer(capability(base=base_of(request)))


@public("says where a system gets its token; holds nothing of anybody")
@_speaks_fhir
def smart(request: HttpRequest) -> HttpResponse:
    """The SMART configuration."""
    _only(request, "GET", "HEAD")
    return _answer(smart_configuration(base=base_of(request)), media="application/json")


@public("gives a token to a system that proves itself by its registered key")
@_speaks_fhir
def token(request: HttpRequest) -> HttpResponse:
    """The token endpoint."""
    _only(request, "POST")
    form = {name: request.POST.get(name, "") for name in ("grant_type", "client_assertion_type", "client_assertion", "scope")}
    found = give_token(form=form, audience=f"{base_of(request)}/token", at=clock.now())
    if isinstance(found, Given):
        body = {"access_token": found.token, "token_type": "bearer", "expires_in": found.seconds, "scope": " ".join(found.scopes)}
        return _answer(body, media="application/json", headers={"Pragma": "no-cache"})
    return _answer({"error": found.error}, status=401 if found.error == "invalid_client" else 400, media="application/json")


@public("opens with a token of a registered system only; everybody else gets 401")
@_speaks_fhir
def server(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Every request for resources: `Type`, `Type/_search` and `Type/id`."""
    bearer = _bearer(request)
    kind, _, after = rest.strip("/").partition("/")
    if kind not in KINDS or "/" in after:
        raise not_found() if kind else Problem(405, "not-supported", "Batches are not taken here.", {"Allow": ""})
    by_post = after == "_search"
    with acting_as(bearer.viewer):
        reading = Reading(viewer=bearer.viewer, at=clock.now(), base=base_of(request))
        if not after or by_post:
            _only(request, *(("POST",) if by_post else ("GET", "HEAD")))
            _may(bearer, kind, "s")
            return _search(request, reading, bearer, kind, by_post=by_post)
        _only(request, "GET", "HEAD")
        _may(bearer, kind, "r")
        return _read(request, reading, bearer, kind, after)


def _bearer(request: HttpRequest) -> Bearer:
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    found = bearer_of(token=text.strip(), at=clock.now()) if scheme.lower() == "bearer" and text else None
    if found is None:
        raise Problem(401, "login", "Bring a token of a registered system. It lasts five minutes.", {"WWW-Authenticate": "Bearer"})
    return found


def _may(bearer: Bearer, kind: str, right: str) -> None:
    if not allows(bearer.scopes, kind=kind, right=right) or not bearer.viewer.can(NEEDS[kind]):
        words = "This system is not registered for that. Ask the agency's administrator."
        raise Problem(403, "forbidden", words, {"WWW-Authenticate": 'Bearer error="insufficient_scope"'})


def _only(request: HttpRequest, *methods: str) -> None:
    if request.method not in methods:
        raise Problem(405, "not-supported", "This is not done here. The CapabilityStatement names what is.", {"Allow": ", ".join(methods)})


def _read(request: HttpRequest, reading: Reading, bearer: Bearer, kind: str, id_: str) -> HttpResponse:
    found = read_one(reading, kind=KINDS[kind], id_=id_)
    if found is None or (kind == "Provenance" and not allows(bearer.scopes, kind=id_.partition("-")[0], right="r")):
        answers.nothing_shown(reading, bearer=bearer, place=kind)
        raise not_found()
    made = answers.finish(reading, [found], bearer=bearer, place=kind)[0]
    headers = {"ETag": f'W/"{made.version}"'}
    if made.version in _versions(request.headers.get("If-None-Match", "")):
        answer = HttpResponse(status=304, headers=headers)
        answer.headers["Cache-Control"] = "no-store"
        return answer
    return _answer(made.resource, headers=headers)


def _versions(header: str) -> list[str]:
    return [one.strip().removeprefix("W/").strip('"') for one in header.split(",")]


def _search(request: HttpRequest, reading: Reading, bearer: Bearer, kind: str, *, by_post: bool) -> HttpResponse:
    asked = _asked(request, reading, bearer, kind, by_post=by_post)

    def allowed(other: str) -> bool:
        return allows(bearer.scopes, kind=other, right="r") and bearer.viewer.can(NEEDS[other])

    page = search(reading, asked, allowed=allowed)
    if not page.matches:
        answers.nothing_shown(reading, bearer=bearer, place=kind)
    made = answers.finish(reading, [*page.matches, *page.beside], bearer=bearer, place=kind)
    first = len(page.matches)
    data = answers.bundle(reading, asked=asked, page=page, matches=made[:first], beside=made[first:], bearer=bearer, by_post=by_post)
    return _answer(data)


def _pairs(data: QueryDict) -> list[tuple[str, str]]:
    return [(name, str(value)) for name, values in data.lists() for value in values]


def _asked(request: HttpRequest, reading: Reading, bearer: Bearer, kind: str, *, by_post: bool) -> Asked:
    pairs: Iterable[tuple[str, str]] = _pairs(request.GET)
    if by_post:
        if request.content_type != FORM:
            raise Problem(415, "not-supported", f"POST _search takes {FORM}.")
        pairs = [*pairs, *_pairs(request.POST)]
    sealed = [value for name, value in pairs if name == "_page"]
    after = None
    if sealed:
        if any(name not in ("_page", "_format") for name, _ in pairs) or len(sealed) > 1:
            raise invalid("A link to a page is followed as it is.")
        pairs, after = read_page(sealed[0], kind=KINDS[kind], client_id=bearer.client.pk, at=reading.at)
    asked = read_search(KINDS[kind], pairs)
    if asked.unknown and "handling=strict" in request.headers.get("Prefer", "").replace(" ", "").lower():
        raise not_supported("This search has a parameter that is not known here. The CapabilityStatement names those that are.")
    return replace(asked, after=after)
