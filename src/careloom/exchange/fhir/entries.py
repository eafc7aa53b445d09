"""The entries of a bundle with their paths, ids and references: what every other module reads from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from careloom.exchange.fhir.facts import Code, Concept


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One resource: `path` is its FHIR path, `source_id` its id (or that of fullUrl, or a digest of its content)."""

    path: str
    full_url: str
    kind: str
    source_id: str
    resource: dict[str, Any]


class Entries:
    """All entries with resources, findable by reference."""

    def __init__(self, bundle: dict[str, Any]) -> None:
        self.all = [_entry(i, e) for i, e in enumerate(bundle["entry"]) if isinstance(e, dict) and _resource(e)]
        self._by_reference: dict[str, Entry] = {}
        for entry in self.all:
            for key in (entry.full_url, f"{entry.kind}/{entry.source_id}"):
                if key:
                    self._by_reference.setdefault(key, entry)

    def of(self, *kinds: str) -> Iterator[Entry]:
        """Entries of these resource types, in order."""
        return (e for e in self.all if e.kind in kinds)

    def find(self, reference: object) -> Entry | None:
        """What a Reference points at inside the bundle, or None. A versioned or absolute form is understood."""
        text = reference_text(reference)
        if text is None:
            return None
        text = text.split("/_history/")[0]
        tail = "/".join(text.rsplit("/", 2)[-2:])
        return self._by_reference.get(text) or self._by_reference.get(tail)


def reference_text(reference: object) -> str | None:
    """The literal reference of a Reference, or None."""
    value = reference.get("reference") if isinstance(reference, dict) else None
    return value if isinstance(value, str) and value else None


def _resource(entry: dict[str, Any]) -> dict[str, Any] | None:
    resource = entry.get("resource")
    return resource if isinstance(resource, dict) else None


def _entry(index: int, entry: dict[str, Any]) -> Entry:
    resource = entry["resource"]
    told = entry.get("fullUrl")
    full_url = told if isinstance(told, str) else ""
    return Entry(
        path=f"Bundle.entry[{index}].resource",
        full_url=full_url,
        kind=str(resource.get("resourceType", "")),
        source_id=_source_id(resource, full_url),
        resource=resource,
    )


def _source_id(resource: dict[str, Any], full_url: str) -> str:
    if isinstance(resource.get("id"), str) and resource["id"]:
        return str(resource["id"])
    if full_url:
        return full_url.replace("urn:uuid:", "").rsplit("/", 1)[-1]
    return hashlib.sha256(json.dumps(resource, sort_keys=True).encode()).hexdigest()[:40]


def dicts(value: object) -> list[dict[str, Any]]:
    """The objects of a list; an empty list for anything else, so that readers need no guards."""
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def concept(value: object) -> Concept | None:
    """A CodeableConcept as a Concept, or None when it says nothing."""
    if not isinstance(value, dict):
        return None
    codings = tuple(
        Code(system=str(c.get("system", "")), code=str(c["code"]), display=str(c.get("display", "")))
        for c in dicts(value.get("coding"))
        if c.get("code")
    )
    text = str(value.get("text") or next((c.display for c in codings if c.display), ""))
    return Concept(text=text, codings=codings) if text or codings else None
