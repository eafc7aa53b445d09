"""Our own rules over a bundle, beyond structure: ids, references, dates, empty objects, bound codes, persons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from careloom.exchange.fhir.bindings import MANDATORY, PAST_DATES, REQUIRED_CODES, REQUIRED_CONCEPTS
from careloom.exchange.fhir.dates import When, read_when
from careloom.exchange.fhir.entries import Entries, Entry, dicts, reference_text
from careloom.exchange.fhir.problems import Problem

MEND = "Ask the sender to mend it, then send the file again."
FACT_KINDS = ("Condition", "MedicationRequest", "MedicationStatement", "Encounter", "Observation", "Procedure")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
SLACK = timedelta(days=1)
"""A date may lie a day ahead of ours, because the sender's zone may be ahead."""


def rule_problems(*, bundle: dict[str, Any], entries: Entries, as_of: date | None) -> list[Problem]:
    """Everything that our rules find, in the order of the file within each rule."""
    found = [*_entries_without_resource(bundle), *_duplicates(entries)]
    for entry in entries.all:
        found.extend(_forms(entry.resource, entry.path))
        found.extend(_mandatory(entry))
        found.extend(_bound_codes(entry))
        found.extend(_dates(entry, as_of))
        found.extend(_references(entry, entries))
    return found


def _problem(path: str, what: str, next_step: str = MEND) -> Problem:
    return Problem(path=path, what=what, next_step=next_step)


def _entries_without_resource(bundle: dict[str, Any]) -> Iterator[Problem]:
    for index, entry in enumerate(bundle["entry"]):
        if not isinstance(entry, dict) or not entry:
            yield _problem(f"Bundle.entry[{index}]", "The entry is empty or not an object.")
        elif "resource" in entry and not isinstance(entry["resource"], dict):
            yield _problem(f"Bundle.entry[{index}].resource", "The resource is not an object.")
        elif isinstance(entry.get("resource"), dict) and not isinstance(entry["resource"].get("resourceType"), str):
            yield _problem(f"Bundle.entry[{index}].resource.resourceType", "The resource does not say its type.")


def _duplicates(entries: Entries) -> Iterator[Problem]:
    urls: dict[str, str] = {}
    ids: dict[tuple[str, str], str] = {}
    for entry in entries.all:
        base = entry.path.removesuffix(".resource")
        told = entry.full_url.rsplit("/", 1)[-1]
        if entry.kind == "Patient" and entry.full_url.startswith("http") and "id" in entry.resource and told != entry.source_id:
            yield _problem(f"{base}.fullUrl", "The fullUrl and the id of the person do not agree.")
        if entry.full_url and entry.full_url in urls:
            yield _problem(f"{base}.fullUrl", f"The same fullUrl stands at {urls[entry.full_url]}.")
        urls.setdefault(entry.full_url, base)
        key = (entry.kind, entry.source_id)
        if "id" in entry.resource and key in ids:
            yield _problem(f"{entry.path}.id", f"Another {entry.kind} has the same id, at {ids[key]}.")
        ids.setdefault(key, entry.path)


def _forms(value: object, path: str) -> Iterator[Problem]:
    """FHIR JSON allows no empty object, list or string, null only in lists of primitives (R4 2.6.2), and no control sign in a text (R4 2.24.0.1)."""
    if isinstance(value, dict):
        if not value:
            yield _problem(path, "The object is empty.")
        for key, inner in value.items():
            if inner is None:
                yield _problem(f"{path}.{key}", "The value is null.")
            else:
                yield from _forms(inner, f"{path}.{key}")
    elif isinstance(value, list):
        if not value:
            yield _problem(path, "The list is empty.")
        for index, inner in enumerate(value):
            yield from _forms(inner, f"{path}[{index}]")
    elif value == "":
        yield _problem(path, "The text is empty.")
    elif isinstance(value, str) and CONTROL.search(value):
        yield _problem(path, "The text holds a control sign, which no text may hold.")


def _mandatory(entry: Entry) -> Iterator[Problem]:
    for field in MANDATORY.get(entry.kind, ()):
        if field not in entry.resource:
            yield _problem(f"{entry.path}.{field}", "A required element is missing.")


def _bound_codes(entry: Entry) -> Iterator[Problem]:
    for field, allowed in REQUIRED_CODES.get(entry.kind, {}).items():
        value = entry.resource.get(field)
        if value is not None and (not isinstance(value, str) or value not in allowed):
            yield _problem(f"{entry.path}.{field}", "The code is not one that FHIR R4 allows here.")
    for field, (system, allowed) in REQUIRED_CONCEPTS.get(entry.kind, {}).items():
        value = entry.resource.get(field)
        for index, coding in enumerate(dicts(value.get("coding")) if isinstance(value, dict) else []):
            if coding.get("system") == system and str(coding.get("code")) not in allowed:
                yield _problem(f"{entry.path}.{field}.coding[{index}].code", "The code is not one of its system.")


def _dates(entry: Entry, as_of: date | None) -> Iterator[Problem]:
    planned = entry.kind == "Encounter" and entry.resource.get("status") == "planned"
    for field in PAST_DATES.get(entry.kind, ()):
        value = entry.resource.get(field)
        if value is None:
            continue
        if isinstance(value, dict):
            yield from _period(value, f"{entry.path}.{field}", None if planned else as_of)
        else:
            yield from _moment(value, f"{entry.path}.{field}", as_of)
    if entry.kind == "Condition":
        yield from _order(entry, "onsetDateTime", "abatementDateTime")
    if entry.kind == "Patient":
        yield from _order(entry, "birthDate", "deceasedDateTime")


def _moment(value: object, path: str, as_of: date | None) -> Iterator[Problem]:
    try:
        when = read_when(value)
    except ValueError:
        yield _problem(path, "This is not a possible date.")
        return
    if as_of is not None and when.on > as_of + SLACK:
        yield _problem(path, "The date lies in the future.")


def _period(value: dict[str, Any], path: str, as_of: date | None) -> Iterator[Problem]:
    moments: dict[str, When] = {}
    for end in ("start", "end"):
        if end in value:
            wrong = list(_moment(value[end], f"{path}.{end}", as_of if end == "start" else None))
            yield from wrong
            if not wrong:
                moments[end] = read_when(value[end])
    if len(moments) == 2 and moments["end"].on < moments["start"].on:
        yield _problem(f"{path}.end", "The period ends before it starts.")


def _order(entry: Entry, first: str, last: str) -> Iterator[Problem]:
    try:
        start, end = read_when(entry.resource.get(first)), read_when(entry.resource.get(last))
    except ValueError:
        return
    if end.precision in ("day", "instant") and end.on < start.on:
        yield _problem(f"{entry.path}.{last}", f"This lies before {first}.")


def _references(entry: Entry, entries: Entries) -> Iterator[Problem]:
    """A fact needs its patient in the bundle; a urn:uuid must resolve, because it means nothing elsewhere."""
    if entry.kind not in FACT_KINDS:
        return
    for field in ("subject", "patient"):
        text = reference_text(entry.resource.get(field))
        target = entries.find(entry.resource.get(field))
        if text and target is None and not text.startswith(("Group/", "Device/", "Location/")):
            yield _problem(f"{entry.path}.{field}.reference", "The person it points at is not in the bundle.")
    for field in ("encounter", "context", "requester", "serviceProvider", "medicationReference"):
        text = reference_text(entry.resource.get(field))
        if text and text.startswith("urn:") and entries.find(entry.resource[field]) is None:
            yield _problem(f"{entry.path}.{field}.reference", "It points at nothing in the bundle.")
