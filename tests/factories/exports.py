"""An export for tests: asked for, written, taken; each by the door that a system uses."""

from __future__ import annotations

import json
from typing import Any

from tests.factories.fhir import System

from careloom.fhir.bulk.work import work
from careloom.infra import clock

Files = dict[str, list[Any]]


def kick_off(system: System, path: str = "Patient/$export", **headers: str) -> str:
    """Ask for an export; the address where it stands."""
    answer = system.get(path, Prefer="respond-async", **headers)
    assert answer.status_code == 202, answer.content
    return str(answer.headers["Content-Location"])


def manifest_of(system: System, where: str) -> Any:
    """The manifest, after the worker did all that waits."""
    work(now=clock.now)
    return system.read(where)


def lines_of(system: System, url: str) -> list[Any]:
    """The resources of one file."""
    answer = system.get(url, Accept="application/fhir+ndjson")
    assert answer.status_code == 200, answer.content
    assert answer.headers["Content-Type"] == "application/fhir+ndjson"
    return [json.loads(line) for line in answer.content.decode().splitlines()]


def exported(system: System, path: str = "Patient/$export") -> Files:
    """All resources of an export by type."""
    found: Files = {}
    for one in manifest_of(system, kick_off(system, path))["output"]:
        lines = lines_of(system, one["url"])
        assert len(lines) == one["count"]
        found.setdefault(one["type"], []).extend(lines)
    return found
