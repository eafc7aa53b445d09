"""Our description of the API in OpenAPI 3.1, made from the tables and resources, so that it cannot say other things than they do."""

from __future__ import annotations

from typing import Any

from careloom.exchange.hsds_api import answers
from careloom.exchange.hsds_api.asking import MOST_PER_PAGE, PER_PAGE
from careloom.exchange.hsds_api.resources import RESOURCES, Resource
from careloom.exchange.hsds_api.shapes import TABLES, Column

PROFILE = "https://docs.openreferral.org/en/latest/hsds/"
KINDS: dict[str, dict[str, Any]] = {
    "string": {"type": "string"}, "number": {"type": "number"}, "date": {"type": "string", "format": "date"},
    "time": {"type": "string"}, "datetime": {"type": "string", "format": "date-time"}, "uuid": {"type": "string", "format": "uuid"},
    "email": {"type": "string", "format": "email"}, "uri": {"type": "string", "format": "uri"},
}  # fmt: skip
# What hangs on an object: its name there, the table, and whether there are many.
NESTED: dict[str, dict[str, tuple[str, bool]]] = {
    "service": {
        "phones": ("phone", True), "schedules": ("schedule", True), "service_areas": ("service_area", True), "languages": ("language", True),
        "cost_options": ("cost_option", True), "required_documents": ("required_document", True), "capacities": ("service_capacity", True),
        "attributes": ("attribute", True), "service_at_locations": ("service_at_location", True), "organization": ("organization", False),
    },
    "organization": {"phones": ("phone", True), "locations": ("location", True), "services": ("service", True)},
    "location": {
        "addresses": ("address", True), "accessibility": ("accessibility", True), "phones": ("phone", True), "schedules": ("schedule", True),
    },
    "service_at_location": {"location": ("location", False), "service": ("service", False)},
    "attribute": {"taxonomy_term": ("taxonomy_term", False)},
    "taxonomy_term": {"taxonomy_detail": ("taxonomy", False)},
    "service_capacity": {"unit": ("unit", False)},
}  # fmt: skip
# What stands in an object of a list beside its own fields, itself without what hangs on it.
LISTED = {"service": ("organization",), "service_at_location": ("location", "service")}
WORDS = {
    "search": "Words that must all stand in the name, the description or, for services, a term.",
    "page": "Number of the page, from 1. A smaller number counts as 1; beyond the last page the list is empty.",
    "per_page": f"How many on a page: {PER_PAGE} unless told, brought within 1 and {MOST_PER_PAGE}.",
    "format": "json for a page; ndjson for everything, one object a line.",
    "taxonomy_term_id": "Only services that carry this term.",
    "taxonomy_id": "Only services that carry a term of this taxonomy; of terms, only those in it.",
    "organization_id": "Only what belongs to this organization.",
    "modified_after": "Only what changed at or after this date and time, its organization and places included.",
    "minimal": "The short form of all services on one page: id, name, status and time of change. What is no longer in it is no longer listed.",
    "full": "Whole objects instead of their own fields alone.",
    "full_service": "An organization with whole services.",
    "postcode": "Only services for people who live at this postal code.",
    "proximity": "With postcode: only open places within this many meters of the middle of the postal code.",
    "top_only": "Only terms without a parent, which are all of them.",
    "parent_id": "Only terms under this one; there are none.",
}
PROBLEM = {
    "type": "object", "required": ["type", "title", "status", "detail"],
    "properties": {"type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"}, "detail": {"type": "string"}},
}  # fmt: skip
PAGE = {"total_items": "integer", "total_pages": "integer", "page_number": "integer", "size": "integer"}
PAGE |= {"first_page": "boolean", "last_page": "boolean", "empty": "boolean"}


def openapi(*, root: str) -> dict[str, Any]:
    """The OpenAPI 3.1 document; `root` is the address of the API, with its closing slash."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Careloom directory of services (HSDS)",
            "version": "3.0",
            "summary": "Who offers what to families, for other systems to read.",
            "description": "HSDS 3.0 with the capacities of 3.1. Nobody needs a key. Where people go who are not safe at home is not told.",
            "license": {"name": "The terms of the county that publishes it"},
        },
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "servers": [{"url": root.removesuffix("/")}],
        "paths": _paths(),
        "components": {"schemas": {**_schemas(), "problem": PROBLEM}},
    }


def _paths() -> dict[str, Any]:
    about = {"type": "object", "required": ["version", "profile", "openapi_url"], "properties": {"version": {"type": "string"}}}
    about["properties"] |= dict.fromkeys(("profile", "openapi_url"), KINDS["uri"])  # type: ignore[index]
    paths: dict[str, Any] = {
        "/": {"get": _operation("about", "What this API is.", answers.JSON, about)},
        "/openapi.json": {"get": _operation("openapi", "This description.", answers.JSON, {"type": "object"})},
        "/datapackage.zip": {"get": _operation("datapackage", "The whole directory as an HSDS datapackage.", "application/zip", None)},
    }
    for resource in RESOURCES.values():
        asks = [_parameter(name) for name in resource.asks]
        listed = {**_operation(resource.name, f"A page of {resource.name}.", answers.JSON, _page(resource)), "parameters": asks}
        listed["responses"]["200"]["content"][answers.LINES] = {"schema": {"type": "string"}}
        listed["responses"]["400"] = _refused("A parameter cannot be read.")
        by_form = {**listed, "operationId": f"{resource.name}_by_form", "summary": f"A page of {resource.name}, asked with a form."}
        paths[f"/{resource.name}"] = {"get": listed, "post": by_form}
        paths[f"/{resource.name}/{{id}}"] = {"get": _single(resource)}
    return paths


def _single(resource: Resource) -> dict[str, Any]:
    operation = _operation(f"{resource.name}_one", f"One of {resource.name}, whole.", answers.JSON, _ref(f"{resource.table}_whole"))
    given = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
    operation["parameters"] = [given, *(_parameter(name) for name in resource.one_asks)]
    operation["responses"]["404"] = _refused("The id is not known, or no longer listed.")
    if resource.one_asks:
        operation["responses"]["400"] = _refused("A parameter cannot be read.")
    return operation


def _operation(name: str, summary: str, media: str, schema: dict[str, Any] | None) -> dict[str, Any]:
    content = {media: {"schema": schema} if schema is not None else {}}
    few = {**_refused("Too many requests within a minute."), "headers": {"Retry-After": {"schema": {"type": "string"}}}}
    return {"operationId": name, "summary": summary, "responses": {"200": {"description": summary, "content": content}, "429": few}}


def _refused(words: str) -> dict[str, Any]:
    return {"description": words, "content": {answers.PROBLEM: {"schema": _ref("problem")}}}


def _parameter(name: str) -> dict[str, Any]:
    kinds: dict[str, dict[str, Any]] = {
        "page": {"type": "integer"}, "per_page": {"type": "integer"}, "modified_after": KINDS["datetime"],
        "format": {"type": "string", "enum": ["json", "ndjson"]}, "proximity": {"type": "number", "minimum": 0},
        **{flag: {"type": "boolean"} for flag in ("minimal", "full", "full_service", "top_only")},
    }  # fmt: skip
    return {"name": name, "in": "query", "required": False, "description": WORDS[name], "schema": kinds.get(name, KINDS["string"])}


def _page(resource: Resource) -> dict[str, Any]:
    properties: dict[str, Any] = {name: {"type": kind} for name, kind in PAGE.items()}
    properties["contents"] = {"type": "array", "items": {"anyOf": [_ref(f"{resource.table}_listed"), _ref(f"{resource.table}_whole")]}}
    if "minimal" in resource.asks:
        properties["contents"]["items"]["anyOf"].append(_ref("service_minimal"))
    return {"type": "object", "required": list(properties), "properties": properties}


def _schemas() -> dict[str, Any]:
    schemas: dict[str, Any] = {}
    for table in TABLES.values():
        own = {column.name: _value(column) for column in table.columns}
        # Inside a service or a place the id of the link may be left out; what a list of a table must have is told by its own schema.
        needed = [c.name for c in table.columns if c.required and not c.name.endswith("_id")]
        nested = {name: _nested(*kind) for name, kind in NESTED.get(table.name, {}).items()}
        listed = {name: _ref(f"{name}_listed") for name in LISTED.get(table.name, ())}
        schemas[f"{table.name}_listed"] = {"type": "object", "required": [*needed, *listed], "properties": {**own, **listed}}
        schemas[f"{table.name}_whole"] = {"type": "object", "required": needed, "properties": {**own, **nested}}
    minimal = {name: schemas["service_listed"]["properties"][name] for name in ("id", "name", "status", "last_modified")}
    minimal["modified_date"] = KINDS["datetime"]
    schemas["service_minimal"] = {"type": "object", "required": list(minimal), "properties": minimal}
    return schemas


def _nested(table: str, many: bool) -> dict[str, Any]:
    whole = _ref(f"{table}_whole")
    return {"type": "array", "items": whole} if many else whole


def _value(column: Column) -> dict[str, Any]:
    return {**KINDS[column.kind], **({"enum": list(column.values)} if column.values else {})}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}
