"""What US Core 6.1.0 asks of a server, read from the metadata of its test kit (../shared/data/conformance), and values taken from resources."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml
from tests.shared_data import shared_data

URL = "http://hl7.org/fhir/us/core/StructureDefinition/"


@cache
def _groups() -> dict[str, dict[str, Any]]:
    held = yaml.safe_load(shared_data("conformance", "us_core_v6.1.0_metadata.yml").read_text())
    return {group[":profile_url"].removeprefix(URL): group for group in held[":groups"]}


def group(profile: str) -> dict[str, Any]:
    """All that is asked for one profile. Skips the test where the data are not here."""
    return _groups()[profile]


def at(resource: Any, path: str) -> list[Any]:
    """The values at a path of element names, through lists; `name:slice` is read as `name`, and `value[x]` as whatever type stands there."""
    found = [resource]
    for name in path.split("."):
        stepped: list[Any] = []
        for one in found:
            if isinstance(one, dict):
                start = name.partition(":")[0].removesuffix("[x]")
                keys = [key for key in one if key == start or (name.endswith("[x]") and key.startswith(start))]
                stepped += [one[key] for key in keys]
        found = [each for one in stepped for each in (one if isinstance(one, list) else [one])]
    return found


def searched(resource: dict[str, Any], name: str, definition: dict[str, Any]) -> str | None:
    """A value by which a search should find this resource, or None where it holds none."""
    if name == "_id":
        return str(resource["id"])
    for path in definition[":paths"]:
        for value in at(resource, path) or at(resource, f"{path}[x]"):
            # A concept in words alone has no code by which a token could find it.
            words_only = definition[":type"] == "CodeableConcept" and "coding" not in value
            text = "" if words_only else _text(value)
            if text:
                return text.replace("\\", "\\\\").replace(",", "\\,").replace("$", "\\$").replace("|", "\\|")
    return None


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if not isinstance(value, dict):
        return ""
    codings = [one["code"] for one in value.get("coding", []) if "code" in one]
    for found in (*codings, *(value.get(name) for name in ("reference", "value", "start", "family", "city", "code", "text"))):
        if isinstance(found, str):
            return found
    return ""


def has_slice(resource: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Whether a slice that is told by its code, its type or its set of codes stands in a resource."""
    told, held = wanted[":discriminator"], at(resource, wanted[":path"])
    if told[":type"] == "type":
        return bool(held)
    codes = {told[":code"]} if ":code" in told else {one[":code"] if isinstance(one, dict) else one for one in told.get(":values", [])}
    inner = [each for one in held for each in (at(one, told[":path"]) if told.get(":path") else [one])]
    return any(one.get("code") in codes for value in inner if isinstance(value, dict) for one in (*value.get("coding", []), value))
