"""The door of the FHIR server: metadata and tokens for everybody, everything else for who brings a token.

A worker's session counts for nothing here, so no form of another site can ask in her name; there is no cookie to steal.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.http import HttpRequest, HttpResponse, QueryDict

from careloom.agencies.gate import public
from careloom.fhir.clients.scopes import CREATES, NEEDS, allows
from careloom.fhir.clients.tokens import Bearer, Given, give_token
from careloom.fhir.describing.document import openapi as description
from careloom.fhir.door import ANY, answer_json, base_of, bearer_for, may, media_asked, only, speaks_fhir, versions_in
from careloom.fhir.resources.documents import PDF
from careloom.fhir.resources.shape import Reading
from careloom.fhir.serving import answers, everything
from careloom.fhir.serving.asking import Asked, read_page, read_search
from careloom.fhir.serving.capability import capability, smart_configuration
from careloom.fhir.serving.outcome import Problem, invalid, not_found, not_supported
from careloom.fhir.serving.papers import as_binary, paper
from careloom.fhir.serving.registry import KINDS
from careloom.fhir.serving.searching import Allowed, read_one, search
from careloom.fhir.writing.messages import process_message
from careloom.fhir.writing.requesting import Created, create_request
from careloom.fhir.writing.updating import put_task
from careloom.infra import clock
from careloom.infra.access import acting_as

EVERYTHING = "$everything"
HISTORY = "_history/"
MESSAGE = "$process-message"
FORM = "application/x-www-form-urlencoded"


@public("says what the server can do; holds nothing of anybody")
@speaks_fhir
def metadata(request: HttpRequest) -> HttpResponse:
    """The CapabilityStatement."""
    only(request, "GET", "HEAD")
    return answer_json(capability(base=base_of(request)))


@public("says where a system gets its token; holds nothing of anybody")
@speaks_fhir
def smart(request: HttpRequest) -> HttpResponse:
    """The SMART configuration."""
    only(request, "GET", "HEAD")
    return answer_json(smart_configuration(base=base_of(request)), media="application/json")


@public("says how each address is asked; holds nothing of anybody")
@speaks_fhir
def openapi(request: HttpRequest) -> HttpResponse:
    """The description in OpenAPI."""
    only(request, "GET", "HEAD")
    return answer_json(description(base=base_of(request)), media="application/json")


@public("gives a token to a system that proves itself by its registered key")
@speaks_fhir
def token(request: HttpRequest) -> HttpResponse:
    """The token endpoint."""
    only(request, "POST")
    form = {name: request.POST.get(name, "") for name in ("grant_type", "client_assertion_type", "client_assertion", "scope")}
    found = give_token(form=form, audience=f"{base_of(request)}/token", at=clock.now())
    if isinstance(found, Given):
        body = {"access_token": found.token, "token_type": "bearer", "expires_in": found.seconds, "scope": " ".join(found.scopes)}
        return answer_json(body, media="application/json", headers={"Pragma": "no-cache"})
    return answer_json({"error": found.error}, status=401 if found.error == "invalid_client" else 400, media="application/json")


def _papers(request: HttpRequest, id_: str) -> HttpResponse:
    """`Binary/id`: the paper that a DocumentReference names, made now for this system; as JSON where FHIR JSON is asked for and paper is not."""
    only(request, "GET", "HEAD")
    bearer = bearer_for(request)
    may(bearer, "DocumentReference", "r")
    with acting_as(bearer.viewer):
        reading = Reading(viewer=bearer.viewer, at=clock.now(), base=base_of(request))
        data = paper(reading, id_, place=answers.place_of("Binary", bearer))
        if data is None:
            answers.nothing_shown(reading, bearer=bearer, place="DocumentReference")
            raise not_found()
    if not media_asked(request) & {PDF, *ANY}:
        return answer_json(as_binary(reading, id_, data))
    answer = HttpResponse(data, content_type=PDF)
    answer.headers["Cache-Control"] = "no-store"
    return answer


papers = public("opens with a token of a registered system only; everybody else gets 401")(speaks_fhir(_papers, also=frozenset({PDF})))


@public("opens with a token of a registered system only; everybody else gets 401")
@speaks_fhir
def server(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Every request for resources: `Type`, `Type/_search`, `Type/id`, `Type/id/_history/version`, `Patient/id/$everything`; `$process-message`."""
    bearer = bearer_for(request)
    kind, _, after = rest.strip("/").partition("/")
    id_, _, operation = after.partition("/")
    everything_of = id_ if kind == "Patient" and operation == EVERYTHING else ""
    version = operation.removeprefix(HISTORY) if operation.startswith(HISTORY) else ""
    if rest == MESSAGE:
        return _message(request, bearer)
    if kind not in KINDS or ("/" in after and not everything_of and not version):
        raise not_found() if kind else Problem(405, "not-supported", "Batches are not taken here.", {"Allow": ""})
    by_post = after == "_search"
    with acting_as(bearer.viewer):
        reading = Reading(viewer=bearer.viewer, at=clock.now(), base=base_of(request))
        if not after and request.method == "POST" and kind in CREATES:
            may(bearer, kind, "c")
            may(bearer, kind, "r")
            return _created(create_request(request, reading, bearer), base=reading.base)
        if not after or by_post:
            only(request, *(("POST",) if by_post else ("GET", "HEAD", *(("POST",) if kind in CREATES else ()))))
            may(bearer, kind, "s")
            return _search(request, reading, bearer, kind, by_post=by_post)
        if request.method == "PUT" and kind == "Task" and not version:
            may(bearer, kind, "u")
            made = put_task(request, reading, bearer, id_)
            return answer_json(made.resource, headers={"ETag": f'W/"{made.version}"'})
        only(request, "GET", "HEAD", *(("PUT",) if kind == "Task" and not version else ()))
        may(bearer, kind, "r")
        if everything_of:
            return _everything(request, reading, bearer, everything_of)
        return _read(request, reading, bearer, kind, id_, version=version)


def _created(made: Created, *, base: str) -> HttpResponse:
    shown = made.shown.resource
    where = {"Location": f"{base}/{shown['resourceType']}/{shown['id']}", "ETag": f'W/"{made.shown.version}"'}
    return answer_json(shown, status=201 if made.is_new else 200, headers=where)


def _message(request: HttpRequest, bearer: Bearer) -> HttpResponse:
    only(request, "POST")
    may(bearer, "Bundle", "c")
    with acting_as(bearer.viewer):
        return answer_json(process_message(request, Reading(viewer=bearer.viewer, at=clock.now(), base=base_of(request)), bearer))


def _read(request: HttpRequest, reading: Reading, bearer: Bearer, kind: str, id_: str, *, version: str) -> HttpResponse:
    """One resource. `version` is the one that is asked for, if any: only the present one can be read, because a version is what this system sees
    now, and what it saw is not kept."""
    found = read_one(reading, kind=KINDS[kind], id_=id_)
    if found is None or (kind == "Provenance" and not allows(bearer.scopes, kind=id_.partition("-")[0], right="r")):
        answers.nothing_shown(reading, bearer=bearer, place=kind)
        raise not_found()
    if version and version != answers.version_of(reading, found, bearer=bearer):
        raise Problem(404, "not-found", "Only the present version is kept for reading. Read the resource without _history.")
    made = answers.finish(reading, [found], bearer=bearer, place=kind)[0]
    headers = {"ETag": f'W/"{made.version}"'}
    if made.version in versions_in(request.headers.get("If-None-Match", "")):
        answer = HttpResponse(status=304, headers=headers)
        answer.headers["Cache-Control"] = "no-store"
        return answer
    return answer_json(made.resource, headers=headers)


def _search(request: HttpRequest, reading: Reading, bearer: Bearer, kind: str, *, by_post: bool) -> HttpResponse:
    asked = _asked(request, reading, bearer, kind, by_post=by_post)
    page = search(reading, asked, allowed=_allowed(bearer))
    if not page.matches:
        answers.nothing_shown(reading, bearer=bearer, place=kind)
    made = answers.finish(reading, [*page.matches, *page.beside], bearer=bearer, place=kind)
    first = len(page.matches)
    data = answers.bundle(reading, asked=asked, page=page, matches=made[:first], beside=made[first:], bearer=bearer, by_post=by_post)
    return answer_json(data)


def _allowed(bearer: Bearer) -> Allowed:
    return lambda kind: allows(bearer.scopes, kind=kind, right="r") and bearer.viewer.can(NEEDS[kind])


def _everything(request: HttpRequest, reading: Reading, bearer: Bearer, id_: str) -> HttpResponse:
    """INVARIANT: whoever may not see the person gets the one 404, as for a person who does not exist."""
    pairs, sealed = _pairs(request.GET), request.GET.get("_page")
    if sealed is None:
        wish = everything.read_wish(id_, pairs)
    else:
        held, after = read_page(sealed, kind=KINDS["Patient"], client_id=bearer.client.pk, at=reading.at)
        wish = everything.read_wish(id_, held, after=after, sealed=True)
    if read_one(reading, kind=KINDS["Patient"], id_=id_) is None:
        answers.nothing_shown(reading, bearer=bearer, place="Patient")
        raise not_found()
    shown, following = everything.gather(reading, wish, allowed=_allowed(bearer))
    made = answers.finish(reading, shown, bearer=bearer, place="Patient")
    return answer_json(everything.bundle(reading, wish=wish, following=following, shown=made, bearer=bearer))


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
        # Some clients put a _count of their own beside; the one of the search stays.
        if any(name not in ("_page", "_format", "_count") for name, _ in pairs) or len(sealed) > 1:
            raise invalid("A link to a page is followed as it is.")
        pairs, after = read_page(sealed[0], kind=KINDS[kind], client_id=bearer.client.pk, at=reading.at)
    asked = read_search(KINDS[kind], pairs)
    if asked.unknown and "handling=strict" in request.headers.get("Prefer", "").replace(" ", "").lower():
        raise not_supported("This search has a parameter that is not known here. The CapabilityStatement names those that are.")
    return replace(asked, after=after)
