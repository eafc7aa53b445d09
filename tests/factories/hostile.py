"""Bundles and bodies that somebody might send to break the reader: each with what makes it hostile. None holds anybody's data."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from careloom.exchange.fhir import check, reader
from careloom.exchange.fhir.problems import Problem

DEEP = 60_000
LARGE = 50_000_000
Change = Callable[[dict[str, Any]], None]


def _patient(bundle: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == "Patient")
    return found


def _narrative(words: str) -> Change:
    return lambda bundle: _patient(bundle).update(text={"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{words}</div>'})


def _extended(depth: int) -> Change:
    def change(bundle: dict[str, Any]) -> None:
        inner: dict[str, Any] = {"url": "http://example.org/x", "valueString": "x"}
        for _ in range(depth):
            inner = {"url": "http://example.org/x", "extension": [inner]}
        _patient(bundle)["extension"] = [inner]

    return change


def _in_a_circle(bundle: dict[str, Any]) -> None:
    """Two resources that are part of each other, and one that is part of itself."""
    one, two = "urn:uuid:c0000000-0000-4000-8000-00000000000a", "urn:uuid:c0000000-0000-4000-8000-00000000000b"
    for here, there in ((one, two), (two, one)):
        held = {"resourceType": "Organization", "id": here[-12:], "name": "Circle", "partOf": {"reference": there}}
        bundle["entry"].append({"fullUrl": here, "resource": held})
    itself = {"resourceType": "Organization", "id": "self", "name": "Self", "partOf": {"reference": "Organization/self"}}
    bundle["entry"].append({"fullUrl": "http://example.org/Organization/self", "resource": itself})


def _twice(bundle: dict[str, Any]) -> None:
    bundle["entry"].append(deepcopy(bundle["entry"][0]))


CHANGES: dict[str, Change] = {
    "a script in the narrative": _narrative("<script>alert(1)</script>"),
    "a handler in the narrative": _narrative('<img src="x" onerror="alert(1)"/>'),
    "extensions 40 deep": _extended(40),
    "references in a circle": _in_a_circle,
    "an address twice": _twice,
    "a very long name": lambda bundle: _patient(bundle).update(name=[{"family": "x" * 1_000_000}]),
    "ten thousand names": lambda bundle: _patient(bundle).update(name=[{"family": "x"}] * 10_000),
    "a number of ten thousand digits": lambda bundle: _patient(bundle).update(multipleBirthInteger=10**4_000),
    "control signs in a name": lambda bundle: _patient(bundle).update(name=[{"family": "a\u0001b\u0008c"}]),
    "half a letter": lambda bundle: _patient(bundle).update(name=[{"family": "\ud800"}]),
    "a formula as a name": lambda bundle: _patient(bundle).update(name=[{"family": "=HYPERLINK(1)"}]),
    "a template as a name": lambda bundle: _patient(bundle).update(name=[{"family": "{{ 7|add:7 }}{% now %}"}]),
    "SQL as an id": lambda bundle: _patient(bundle).update(id="x'; drop table people; --"),
    "a way up as an id": lambda bundle: _patient(bundle).update(id="../../etc/passwd"),
    "another agency as its keeper": lambda bundle: _patient(bundle).update(managingOrganization={"reference": "Organization/another"}),
    "an address to be fetched": lambda bundle: _patient(bundle).update(photo=[{"url": "http://169.254.169.254/latest/meta-data/"}]),
    "unknown elements": lambda bundle: _patient(bundle).update(__proto__={"admin": True}, holder_id="another"),
    "wrong types everywhere": lambda bundle: _patient(bundle).update(name=7, gender=[], birthDate={}, telecom="x", address=None),
    "a day that is none": lambda bundle: _patient(bundle).update(birthDate="0000-00-00"),
    "a bundle within a person": lambda bundle: _patient(bundle).update(contained=[{"resourceType": "Bundle", "type": "transaction"}]),
    "entries that delete": lambda bundle: bundle.update(type="transaction", entry=[{"request": {"method": "DELETE", "url": "Patient?_id=x"}}]),
    "no type": lambda bundle: _patient(bundle).update(resourceType=None),
    "a type that is a list": lambda bundle: _patient(bundle).update(resourceType=["Patient"]),
}
_NUMBER = b'{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","multipleBirthInteger":%s}}]}'
RAW: dict[str, bytes] = {
    "lists without an end": b"[" * DEEP,
    "objects without an end": b'{"a":' * DEEP,
    "a deep bundle that is whole": b'{"resourceType":"Bundle","type":"collection","entry":' + b"[" * DEEP + b"]" * DEEP + b"}",
    "XML that names a file": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Bundle xmlns="http://hl7.org/fhir">&e;</Bundle>',
    "XML that grows": b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Bundle>&b;</Bundle>',
    "no number": _NUMBER % b"NaN",
    "a number past all": _NUMBER % b"1e999999",
    "digits without an end": b'{"resourceType":"Bundle","total":' + b"9" * 100_000 + b"}",
    "a name twice": b'{"resourceType":"Bundle","resourceType":"Patient","type":"collection","entry":[{}]}',
    "only zeros": b"\0" * 1000,
    "another encoding": '{"resourceType":"Bundle"}'.encode("utf-16"),
    "a zip": b"PK\x03\x04" + b"\0" * 100,
    "nothing": b"",
    "a word": b'"Bundle"',
    "null": b"null",
}


def hostile(bundle: dict[str, Any]) -> dict[str, bytes]:
    """Every hostile file: what is broken by itself, and `bundle` with one thing done to it each."""
    made = dict(RAW)
    for name, change in CHANGES.items():
        content = deepcopy(bundle)
        change(content)
        made[name] = json.dumps(content).encode()
    return made


def fifty_megabytes(bundle: dict[str, Any]) -> bytes:
    """`bundle` with a narrative so long that the file has fifty megabytes."""
    content = deepcopy(bundle)
    _narrative("x" * LARGE)(content)
    return json.dumps(content).encode()


def checks_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the reader call the child's own function, without a process for each file."""

    def checked(*, data: bytes) -> tuple[list[Problem], dict[str, int]]:
        found = check.problems_of(json.loads(data))
        return [Problem(path=p["path"], what=p["what"], next_step="Mend it.") for p in found["problems"]], found["unknown"]

    monkeypatch.setattr(reader, "check_structure", checked)
