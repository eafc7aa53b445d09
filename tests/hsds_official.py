"""The official OpenAPI of HSDS from ../shared/data/hsds, with its schemas inside, and with what its own words say and its schemas do not.

The document refers to schemas at raw addresses, so they are put in. It is silent about refusals and about ndjson, which its words for `format`
name; its words also say that `modified_after` is a date and time and that `proximity` is in meters, where the schemas take any text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.shared_data import shared_data

# The single service_at_location is said to be "fully nested service_at_location" and given the schema of a service.
MISTAKEN = {("/service_at_locations/{id}", "service"): "service_at_location"}


def official(version: str, *, examples: dict[str, str]) -> dict[str, Any]:
    """The document of `spec_<version>`; `examples` are values of parameters by name, and for `id` by path."""
    folder = shared_data("hsds", f"spec_{version}", "schema")
    document: dict[str, Any] = json.loads((folder / "openapi.json").read_text())
    document["components"]["schemas"] |= dict(_schemas(folder))
    for path, operations in document["paths"].items():
        for parameter in operations.get("parameters", []):
            parameter["example"] = examples[path]
        for method in operations.keys() & {"get", "post"}:
            _complete(path, operations[method])
    for name, parameter in document["components"]["parameters"].items():
        parameter["schema"] = _AS_THE_WORDS_SAY.get(name, parameter["schema"])
        if name in examples:
            parameter["example"] = examples[name]
    return document


_AS_THE_WORDS_SAY = {
    "modified_after": {"type": "string", "format": "date-time"},
    "proximity": {"type": "number", "minimum": 0},
    "format": {"type": "string", "enum": ["json", "ndjson"]},
}


def _complete(path: str, operation: dict[str, Any]) -> None:
    content = operation["responses"]["200"]["content"]
    schema = content["application/json"]["schema"]
    for holder in (schema, schema.get("properties", {}).get("contents", {}).get("items", {})):
        if "$ref" in holder:
            stem = Path(holder["$ref"]).stem
            holder["$ref"] = f"#/components/schemas/{MISTAKEN.get((path, stem), stem)}"
    if "contents" in schema.get("properties", {}):
        content["application/x-ndjson"] = {"schema": {"type": "string"}}
    for status in ("400", "404", "429"):
        operation["responses"][status] = {"description": "Refused.", "content": {"application/problem+json": {"schema": {"type": "object"}}}}


def _schemas(folder: Path) -> Iterator[tuple[str, Any]]:
    lists = [folder / "compiled" / f"{name}_list.json" for name in ("service", "organization", "service_at_location")]
    newest = shared_data("hsds", "spec_3.0", "schema", "compiled")
    for path in (*folder.glob("*.json"), *(p if p.exists() else newest / p.name for p in lists)):
        if path.name != "openapi.json":
            yield path.stem, _linked(json.loads(path.read_text()))


def _linked(value: Any) -> Any:
    """The same with links to the schemas inside. What is no JSON Schema word (`datapackage_metadata`, examples) does no harm."""
    if isinstance(value, list):
        return [_linked(one) for one in value]
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("$ref"), str):
        return {"$ref": f"#/components/schemas/{Path(value['$ref']).stem}"}
    return {key: _linked(one) for key, one in value.items() if key not in ("example", "constraints", "datapackage_metadata")}
