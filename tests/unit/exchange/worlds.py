"""Our own small bundles, and a way to break one thing in a copy."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from careloom.exchange.fhir import BundleFacts, read_bundle

FOLDER = Path(__file__).resolve().parents[2] / "worlds" / "bundles"
AS_OF = date(2026, 11, 21)
Change = Callable[[dict[str, Any]], None]


def bundle(name: str) -> dict[str, Any]:
    """The JSON of one of our bundles."""
    loaded: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


def as_bytes(content: dict[str, Any]) -> bytes:
    """A bundle as a file would hold it."""
    return json.dumps(content).encode()


def facts(name: str, **options: Any) -> BundleFacts:
    """The facts of one of our bundles, read as of the day of these tests."""
    return read_bundle(data=as_bytes(bundle(name)), name=f"{name}.json", as_of=AS_OF, **options)


def broken(name: str, change: Change) -> bytes:
    """A copy of a bundle with one change made to it."""
    content = copy.deepcopy(bundle(name))
    change(content)
    return as_bytes(content)


def resource(content: dict[str, Any], kind: str, which: int = 0) -> dict[str, Any]:
    """The nth resource of a type in a bundle."""
    return [e["resource"] for e in content["entry"] if e["resource"]["resourceType"] == kind][which]  # type: ignore[no-any-return]
