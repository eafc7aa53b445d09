"""Pieces of the description: answers, parameters and the shapes of what is sent and given."""

from __future__ import annotations

from typing import Any, Final

from careloom.fhir import canonicals
from careloom.fhir.clients.scopes import TYPES
from careloom.fhir.resources.shape import Json
from careloom.fhir.serving.asking import MOST_PAGE
from careloom.fhir.serving.kinds import Kind
from careloom.fhir.serving.matching import MOST_VALUE
from careloom.fhir.serving.registry import includes_of, revincludes_of
from careloom.fhir.writing.answering import BY_BUSINESS, BY_STATUS

FHIR, JSON_ONLY, FORM = "application/fhir+json", "application/json", "application/x-www-form-urlencoded"
ID: Final[Json] = {
    "name": "id", "in": "path", "required": True, "description": "The id of the resource.",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9.-]{1,64}$"},
}  # fmt: skip
REFUSALS: Final = {
    "400": "The request cannot be read, or names what is not supported.",
    "403": "The system is not registered for that, or another agency was asked.",
    "404": "It is absent or hidden: both are one answer.",
    "406": "Another format was asked for than FHIR JSON.",
    "409": "Another content came under the same id.",
    "410": "Not all that it holds may be read any more.",
    "412": "It changed since the version in If-Match.",
    "413": "It is too large.",
    "415": "It came in another form than is read here.",
    "422": "An element is wrong, or the step is not open; the path is told.",
    "500": "It could not be written. End it and ask again.",
    "429": "Ask again after the seconds in Retry-After.",
}
ONE_VALUE: Final[Json] = {"type": "string", "pattern": r"^[^,\\]+$", "maxLength": MOST_VALUE}
A_DATE: Final[Json] = {
    "anyOf": [
        {"type": "string", "pattern": "^(eq|ne|gt|lt|ge|le|sa|eb)?[12][0-9]{3}(-(0[1-9]|1[0-2]))?$"},
        {"type": "string", "format": "date"},
        {"type": "string", "format": "date-time"},
    ]
}


def answered(words: str, schema: Json | None, media: str = FHIR) -> Json:
    """One answer."""
    return {"description": words, "content": {media: {"schema": schema} if schema is not None else {}}}


def failing(*codes: str) -> Json:
    """Refusals, each an OperationOutcome."""
    return {code: answered(REFUSALS[code], ref("OperationOutcome")) for code in codes}


def doing(name: str, words: str, schema: Json, *, media: str = FHIR) -> Json:
    """An operation that answers 200 and needs a token."""
    unproven = {
        **answered("No token, or one that has ended.", ref("OperationOutcome")),
        "headers": {"WWW-Authenticate": {"schema": {"type": "string"}}},
    }
    return {"operationId": name, "summary": words, "responses": {"200": answered(words, schema, media), "401": unproven, **failing("406")}}


def open_to_all(operation: Json) -> Json:
    """The same without a token."""
    answers = {code: said for code, said in operation["responses"].items() if code != "401"}
    return {**operation, "security": [], "responses": answers}


def ref(name: str) -> Json:
    """A schema of the document."""
    return {"$ref": f"#/components/schemas/{name}"}


def parameter(name: str, *, where: str = "query") -> Json:
    """A parameter that may be left out."""
    return {"name": name, "in": where, "required": False, "schema": {"type": "string"}}


def search_parameters(kind: Kind) -> list[Json]:
    """What a search of `kind` takes: its own parameters, any of whose values may match, and those of every type."""
    own = {"_id": "token", **({"_lastUpdated": "date"} if kind.dated and kind.sources else {}), **kind.params}
    if not kind.sources:
        own = {"_id": "token", "target": "reference"}
    made = [_searched(name, A_DATE if type_ == "date" else ONE_VALUE, needed=not kind.sources and name == "target") for name, type_ in own.items()]
    listed = {"_include": includes_of(kind), "_revinclude": revincludes_of(kind.name)}
    made += [{**parameter(name), "schema": {"type": "array", "items": {"enum": list(held)}}} for name, held in listed.items() if held]
    count = {"type": "integer", "minimum": 0, "maximum": 999_999_999, "description": f"At most {MOST_PAGE} come at a time."}
    return [*made, {**parameter("_count"), "schema": count}, {**parameter("_summary"), "schema": {"enum": ["count", "false"]}}]


def _searched(name: str, value: Json, *, needed: bool) -> Json:
    any_of = {"type": "array", "items": value, "minItems": 1}
    return {**parameter(name), "required": needed, "schema": any_of, "style": "form", "explode": False}


def given_by_form(parameters: list[Json]) -> Json:
    """The same parameters as a form, so that no name stands in an address."""
    fields = {one["name"]: one["schema"] for one in parameters}
    needed = [one["name"] for one in parameters if one["required"]]
    made = of_form({"type": "object", "properties": fields, "additionalProperties": False, **({"required": needed} if needed else {})})
    joined = {one["name"]: {"style": "form", "explode": False} for one in parameters if one.get("explode") is False}
    made["content"][FORM]["encoding"] = joined
    return made


def of_form(schema: Json) -> Json:
    """A body that is a form."""
    return {"required": True, "content": {FORM: {"schema": schema}}}


def schemas() -> Json:
    """The shapes: what every resource of ours has, and what is read of a Task that comes back."""
    meta = {"type": "object", "required": ["versionId"], "properties": {"versionId": {"type": "string"}}}
    text = {"type": "string", "minLength": 1}
    found: dict[str, Any] = {name: _resource(name, id=text, meta=meta) for name in TYPES}
    issue = {
        "type": "object",
        "required": ["severity", "code", "diagnostics"],
        "properties": dict.fromkeys(("severity", "code", "diagnostics"), text),
    }
    entry = {
        "type": "object",
        "required": ["resource"],
        "properties": {"fullUrl": text, "resource": {"type": "object", "required": ["resourceType"]}},
    }
    found["Bundle"] = _resource("Bundle", type={"const": "searchset"}, link={"type": "array", "minItems": 1}) | {"additionalProperties": False}
    found["Bundle"]["properties"] |= {
        "meta": {"type": "object"},
        "total": {"type": "integer", "minimum": 0},
        "entry": {"type": "array", "items": entry},
    }
    found["OperationOutcome"] = _resource("OperationOutcome", issue={"type": "array", "minItems": 1, "items": issue})
    found["CapabilityStatement"] = _resource("CapabilityStatement", fhirVersion={"const": "4.0.1"}, rest={"type": "array", "minItems": 1})
    found["TaskUpdate"] = _task_update()
    found["ServiceRequestCreate"] = _request_create()
    found["Message"] = _resource("Bundle", type={"const": "message"}, entry={"type": "array", "minItems": 2, "items": entry})
    return found


def _resource(name: str, **properties: Json) -> Json:
    return {"type": "object", "required": ["resourceType", *properties], "properties": {"resourceType": {"const": name}, **properties}}


def _request_create() -> Json:
    words = {"type": "string", "minLength": 1}
    reference = {"type": "object", "required": ["reference"], "properties": {"reference": words}}
    coding = {"type": "object", "required": ["system", "code"], "properties": {"system": {"const": canonicals.NEED}, "code": words}}
    many: dict[str, Json] = {
        "identifier": {"type": "object", "required": ["system", "value"], "properties": {"system": words, "value": words}}, "performer": reference,
    }  # fmt: skip
    made = _resource("ServiceRequest", status={"enum": ["active", "draft"]}, intent={"const": "order"}, subject=reference)
    made["required"] += ["code", *many]
    made["properties"] |= {name: {"type": "array", "minItems": 1, "items": one} for name, one in many.items()}
    made["properties"]["code"] = {
        "type": "object",
        "required": ["coding"],
        "properties": {"coding": {"type": "array", "minItems": 1, "items": coding}},
    }
    return made


def _task_update() -> Json:
    coding = {"type": "object", "required": ["system", "code"], "properties": {"system": {"type": "string"}, "code": {"type": "string"}}}
    concept = {"type": "object", "required": ["coding"], "properties": {"coding": {"type": "array", "minItems": 1, "items": coding}}}
    business = {"type": "object", "required": ["coding"], "description": f"BSeR business status, one of {', '.join(BY_BUSINESS)}.", **concept}
    made = _resource("Task", id={"type": "string"}, status={"enum": sorted({*BY_STATUS, "on-hold"})})
    made["properties"] |= {"businessStatus": business, "statusReason": concept}
    return made
