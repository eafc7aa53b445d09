"""The doors of exports: ask, see how far it is, end it, take a file. Each needs the token of the system that asked."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date

from careloom.agencies.gate import public
from careloom.fhir.bulk import actions
from careloom.fhir.bulk.answers import address_of, manifest, progress
from careloom.fhir.bulk.asking import FORMATS, read_wanted
from careloom.fhir.bulk.files import open_again
from careloom.fhir.clients.scopes import NEEDS, allows
from careloom.fhir.clients.tokens import Bearer
from careloom.fhir.door import answer_json, base_of, bearer_for, may, only, speaks_fhir
from careloom.fhir.models import Export, ExportFile
from careloom.fhir.resources.shape import Reading
from careloom.fhir.serving.answers import nothing_shown
from careloom.fhir.serving.outcome import Problem, issue, not_found, outcome
from careloom.infra import clock
from careloom.infra.access import acting_as

NDJSON = "application/fhir+ndjson"
AGAIN = "5"
"""Seconds after which it is worth asking again."""
GONE = (
    "This file is gone: not all that it holds may be read by this system any more, or it changed how somebody may be reached. Ask for a new export."
)
speaks_files = partial(speaks_fhir, also=FORMATS)


@public("opens with a token of a registered system only; everybody else gets 401")
@speaks_files
def kick_off(request: HttpRequest, group: str | None = None) -> HttpResponse:
    """`Patient/$export`, and `Group/{id}/$export` where the one group of a system is its own agency."""
    only(request, "GET")
    bearer = bearer_for(request)
    if group is not None and group != str(bearer.client.agency_id):
        raise not_found()
    lenient = "handling=lenient" in request.headers.get("Prefer", "").replace(" ", "").lower()
    pairs = [(name, str(value)) for name, values in request.GET.lists() for value in values]
    wanted = read_wanted(pairs, lenient=lenient, allowed=partial(_allowed, bearer))
    address = base_of(request) + request.path.removeprefix("/fhir") + (f"?{wanted.query}" if wanted.query else "")
    with acting_as(bearer.viewer):
        done = actions.begin(bearer=bearer, base=base_of(request), request=address, kinds=wanted.kinds, since=wanted.since, at=clock.now())
    if isinstance(done, actions.Busy):
        words = "Another export of this system is under way, or it keeps too many. Wait, or end one with DELETE."
        raise Problem(429, "throttled", words, {"Retry-After": str(done.seconds)})
    said = outcome(issue(code="informational", severity="information", words="The export was noted. Ask at the address in Content-Location."))
    return answer_json(said, status=202, headers={"Content-Location": address_of(done)})


def _allowed(bearer: Bearer, kind: str) -> bool:
    return allows(bearer.scopes, kind=kind, right="r") and bearer.viewer.can(NEEDS[kind])


@public("opens with the token of the system that asked for the export; everybody else gets 401 or 404")
@speaks_files
def export(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """How far an export is, its manifest when it is done, and its end with DELETE."""
    only(request, "GET", "HEAD", "DELETE")
    bearer, at = bearer_for(request), clock.now()
    found = _found(bearer, export_id)
    if request.method == "DELETE":
        with acting_as(bearer.viewer):
            actions.cancel(bearer=bearer, export=found, at=at)
        return answer_json(outcome(issue(code="informational", severity="information", words="The export and its files are gone.")), status=202)
    if found.failed:
        raise Problem(500, "exception", "This export could not be written. End it with DELETE and ask again.")
    if found.finished_at is not None:
        return answer_json(manifest(found), media="application/json", headers={"Expires": http_date(found.ends_at.timestamp())})
    if actions.polled_too_soon(export=found, at=at):
        raise Problem(429, "throttled", "Ask again after the seconds in Retry-After.", {"Retry-After": AGAIN})
    answer = HttpResponse(status=202, headers={"X-Progress": progress(found), "Retry-After": AGAIN, "Cache-Control": "no-store"})
    del answer.headers["Content-Type"]
    return answer


@public("opens with the token of the system that asked for the export; everybody else gets 401 or 404")
@speaks_files
def file(request: HttpRequest, export_id: UUID, file_id: UUID) -> HttpResponse:
    """One file of a finished export, where all of it may still be read; else it is gone."""
    only(request, "GET")
    bearer = bearer_for(request)
    export_row = _found(bearer, export_id)
    found = ExportFile.objects.filter(pk=file_id, export=export_row).first() if export_row.finished_at is not None else None
    if found is None:
        raise not_found()
    may(bearer, found.kind, "r")
    with acting_as(bearer.viewer):
        reading = Reading(viewer=bearer.viewer, at=clock.now(), base=export_row.base)
        text = open_again(reading, found, bearer=bearer)
        if text is None:
            found.delete()
            nothing_shown(reading, bearer=bearer, place=found.kind)
            raise Problem(410, "deleted", GONE)
    return HttpResponse(text, content_type=NDJSON, headers={"Cache-Control": "no-store", "Vary": "Authorization, Accept"})


def _found(bearer: Bearer, export_id: UUID) -> Export:
    found = actions.export_of(bearer=bearer, export_id=export_id, at=clock.now())
    if found is None:
        raise not_found()
    return found
