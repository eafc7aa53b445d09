"""Resources of a made family as the guide's examples: the same text whenever they are made, though ids and versions are new each time."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from careloom.fhir import canonicals

FOLDER = "input/examples"
TYPES = ("Patient", "RelatedPerson", "CarePlan", "CareTeam", "Goal", "ServiceRequest", "Task", "Consent", "Organization")
A_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def settled(resources: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """File names and texts. Each id becomes `careplan-1` and so on, in references too; a UUID in an identifier becomes one that is always the same.

    The server's version is left out: it is a hash of the ids. Raises `ValueError` where two resources cannot be told apart but by their ids.
    """
    named: dict[str, str] = {}
    for kind in TYPES:
        these = sorted((one for one in resources if one["resourceType"] == kind), key=_without_ids)
        plain = [_without_ids(one) for one in these]
        if len(set(plain)) < len(plain):
            raise ValueError(f"Two examples of {kind} are the same but for their ids.")
        for number, one in enumerate(these, 1):
            # A plan and its team have one id, a referral and its Task too: so it is in the examples.
            named.setdefault(one["id"], f"{kind.lower()}-{number}")
    return {f"{one['resourceType']}-{named[one['id']]}.json": _text(one, named) for one in resources if one["resourceType"] in TYPES}


def _without_ids(resource: Mapping[str, Any]) -> str:
    return A_UUID.sub("", json.dumps(_without_version(resource), sort_keys=True))


def _without_version(resource: Mapping[str, Any]) -> dict[str, Any]:
    return {**resource, "meta": {name: value for name, value in resource["meta"].items() if name != "versionId"}}


def _text(resource: Mapping[str, Any], named: Mapping[str, str]) -> str:
    text = json.dumps(_without_version(resource), ensure_ascii=False, indent=2)

    def instead(match: re.Match[str]) -> str:
        name = named.get(match[0], "")
        if not name:
            raise ValueError(f"An example names a thing that is no example: {text[max(0, match.start() - 60) : match.start()]}")
        if text[: match.start()].endswith("urn:uuid:"):
            return str(uuid5(NAMESPACE_URL, f"{canonicals.ROOT}:example:{name}"))
        return name

    return A_UUID.sub(instead, text) + "\n"


def write(guide: Path, made: Mapping[str, str]) -> None:
    """Write the examples, and take away those that are no more."""
    folder = guide / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.json"):
        old.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")


def kept(guide: Path) -> dict[str, str]:
    """The examples as they lie in the guide."""
    return {path.name: path.read_text(encoding="utf-8") for path in (guide / FOLDER).glob("*.json")}
