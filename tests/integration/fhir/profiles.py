"""Checks a resource against FHIR R4 (models of fhir.resources) and against its US Core 6.1.0 profile (the official package in ../shared/data).

Of a profile: each element that must be there is there, no more than may be, fixed values and patterns of its slices, and its own invariants.
"""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterator
from functools import cache
from typing import Any

from fhir.resources.R4B import get_fhir_model_class
from fhirpathpy import evaluate
from fhirpathpy.models import models
from tests.shared_data import shared_data

from careloom.fhir import canonicals

US_CORE = "http://hl7.org/fhir/us/core/StructureDefinition/"


@cache
def profile(name: str) -> dict[str, Any]:
    """A StructureDefinition of US Core."""
    with tarfile.open(shared_data("fhir_packages", "hl7.fhir.us.core-6.1.0.tgz")) as package:
        found = package.extractfile(f"package/StructureDefinition-{name}.json")
        assert found is not None
        return json.load(found)


def faults(resource: dict[str, Any]) -> list[str]:
    """What is wrong with a resource; empty when it conforms."""
    get_fhir_model_class(resource["resourceType"]).model_validate(resource)
    found = list(_empty(resource, resource["resourceType"]))
    for url in resource.get("meta", {}).get("profile", []):
        if not url.startswith(canonicals.ROOT):  # Ours are checked by tests/clients, where the guide is compiled.
            found += _faults(resource, profile(url.removeprefix(US_CORE)))
    return found


def _empty(value: Any, path: str) -> Iterator[str]:
    if value in (None, "", [], {}):
        yield f"{path} is empty"
    for name, held in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from _empty(held, f"{path}.{name}")


def _faults(resource: dict[str, Any], definition: dict[str, Any]) -> Iterator[str]:
    for element in definition["snapshot"]["element"]:
        path = element["path"].split(".")[1:]
        if ":" not in element["id"] and path:
            yield from _counted(resource, element, path)
        for rule in element.get("constraint", []):
            if "us-core" in rule["key"] and rule["severity"] == "error" and ":" not in element["id"]:
                for place in _at(resource, path):
                    if place and evaluate(place, rule["expression"], [], models["r4"]) != [True]:
                        yield f"{element['id']} breaks {rule['key']}"
    yield from _slices(resource, definition)


def _counted(resource: dict[str, Any], element: dict[str, Any], path: list[str]) -> Iterator[str]:
    for parent in _at(resource, path[:-1]):
        name = path[-1]
        held = [parent[key] for key in parent if key == name or (name.endswith("[x]") and key.startswith(name[:-3]))]
        number = sum(len(one) if isinstance(one, list) else 1 for one in held)
        most = float("inf") if element["max"] == "*" else int(element["max"])
        if not element["min"] <= number <= most:
            yield f"{element['id']} stands {number} times, {element['min']} to {element['max']} are asked"


def _slices(resource: dict[str, Any], definition: dict[str, Any]) -> Iterator[str]:
    """Slices that must be there, known by a pattern or a fixed value: CarePlan.category:AssessPlan."""
    for element in definition["snapshot"]["element"]:
        if element.get("sliceName") and element["min"] and element["path"].count(".") == 1:
            wanted = [one for one in definition["snapshot"]["element"] if one["id"].startswith(element["id"])]
            pattern = next((one[key] for one in wanted for key in one if key.startswith("pattern")), None)
            held = _at(resource, element["path"].split(".")[1:])
            if pattern and not any(_has(one, pattern) for one in held):
                yield f"{element['id']} is missing"


def _has(value: Any, pattern: Any) -> bool:
    if isinstance(pattern, dict):
        return isinstance(value, dict) and all(_has(value.get(name), held) for name, held in pattern.items())
    if isinstance(pattern, list):
        return isinstance(value, list) and all(any(_has(one, held) for one in value) for held in pattern)
    return bool(value == pattern)


def _at(resource: Any, path: list[str]) -> list[Any]:
    found = [resource]
    for name in path:
        stepped = [one.get(name) for one in found if isinstance(one, dict)]
        found = [each for one in stepped if one is not None for each in (one if isinstance(one, list) else [one])]
    return found
