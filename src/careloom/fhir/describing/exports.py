"""The addresses of exports (Bulk Data Access 2.0) in the description."""

from __future__ import annotations

from careloom.fhir.clients.scopes import TYPES
from careloom.fhir.describing.parts import FHIR, ID, JSON_ONLY, answered, doing, failing, parameter, ref
from careloom.fhir.resources.shape import Json

NDJSON = "application/fhir+ndjson"


def export_paths() -> Json:
    """Ask for an export of all families or of the agency's, ask how far it is, end it, take a file."""
    ids = [{**ID, "name": name, "schema": {"type": "string", "format": "uuid"}} for name in ("export", "file")]
    state = doing("export.state", "How far an export is, and its files when it is done.", _manifest(), media=JSON_ONLY)
    state["responses"] |= {"202": {"description": "It is under way; X-Progress says how far."}, **failing("404", "429", "500")}
    ended = doing("export.end", "The export and its files are gone.", ref("OperationOutcome"))
    ended["responses"] |= {"202": ended["responses"].pop("200"), **failing("404")}
    file = doing("export.file", "One file, a resource a line.", {"type": "string"}, media=NDJSON)
    file["responses"] |= failing("403", "404", "410")
    return {
        "/Patient/$export": {"get": _asked("Patient.export", [])},
        "/Group/{id}/$export": {"get": _asked("Group.export", [{**ID, "description": "The id of the system's own agency."}])},
        "/export/{export}": {"get": {**state, "parameters": ids[:1]}, "delete": {**ended, "parameters": ids[:1]}},
        "/export/{export}/{file}": {"get": {**file, "parameters": ids}},
    }


def _asked(name: str, ids: list[Json]) -> Json:
    types = {"type": "array", "items": {"enum": list(TYPES)}, "minItems": 1}
    asks = [
        {**parameter("_type"), "schema": types, "style": "form", "explode": False},
        {**parameter("_since"), "schema": {"type": "string", "format": "date-time"}},
        {**parameter("_outputFormat"), "schema": {"const": NDJSON}},
    ]
    made = doing(name, "The export was noted.", ref("OperationOutcome"))
    noted = {**answered("The export was noted.", ref("OperationOutcome"), FHIR), "headers": {"Content-Location": {"schema": {"type": "string"}}}}
    made["responses"].pop("200")
    made["responses"] |= {"202": noted, **failing("400", "403", "404", "429")}
    return {**made, "parameters": [*ids, *asks]}


def _manifest() -> Json:
    file = {"type": "object", "required": ["type", "url"], "properties": {"type": {"enum": list(TYPES)}, "url": {"type": "string"}}}
    held = {"transactionTime": {"type": "string", "format": "date-time"}, "request": {"type": "string"}, "requiresAccessToken": {"const": True}}
    lists = {"output": {"type": "array", "items": file}, "error": {"type": "array"}}
    return {"type": "object", "required": [*held, *lists], "properties": {**held, **lists}}
