"""The made mother and infants of `tests/worlds/bundles` as an EHR holds them: one by one, by its own addresses, linked by RelatedPerson."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

BUNDLES = Path(__file__).resolve().parents[1] / "worlds" / "bundles"
MOTHER = "a0000000-0000-4000-8000-000000000001"
BABY = "b0000000-0000-4000-8000-000000000010"
BORN = date(2026, 4, 8)
Json = dict[str, Any]


def own(bundle: Json) -> list[Json]:
    """The resources of a bundle, whose references are those of a server."""
    text = json.dumps(bundle["entry"])
    for entry in bundle["entry"]:
        text = text.replace(f'"reference": "{entry.get("fullUrl")}"', f'"reference": "{entry["resource"]["resourceType"]}/{entry["resource"]["id"]}"')
    return [entry["resource"] for entry in json.loads(text)]


def moved(resources: list[Json], *, born_on: date) -> list[Json]:
    """The same family whose birth was on another day, everything of the pregnancy with it."""
    apart = born_on - BORN

    def move(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            # Her own birthday stays: only what happened since the year before moves.
            return {name: move(inner, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [move(inner, key) for inner in value]
        if isinstance(value, str) and value[:3] == "202" and value[4:5] == value[7:8] == "-":
            return f"{date.fromisoformat(value[:10]) + apart}{value[10:]}"
        return value

    return [move(one) for one in resources]


def a_family(name: str = "infant", *, today: date) -> list[Json]:
    """A mother and her newborns of two months, as her hospital holds them."""
    people = [own(json.loads((BUNDLES / f"{one}.json").read_text())) for one in ("mother", name)]
    resources = moved([*people[0], *people[1]], born_on=today - timedelta(days=60))
    babies = [one["id"] for one in people[1] if one["resourceType"] == "Patient"]
    for ident in babies:
        resources.append(related(f"of-{ident}", ident))
    link(resources, MOTHER, *(f"of-{ident}" for ident in babies))
    return resources


def related(ident: str, baby: str, code: str = "NMTH") -> Json:
    """That somebody is the mother of a baby, as the baby's record says it."""
    role = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-RoleCode", "code": code}]}
    return {"resourceType": "RelatedPerson", "id": ident, "patient": {"reference": f"Patient/{baby}"}, "relationship": [role]}


def link(resources: list[Json], mother: str, *idents: str) -> None:
    """Let a mother's record point at what the babies' records say of her."""
    her = next(one for one in resources if one["resourceType"] == "Patient" and one["id"] == mother)
    her["link"] = [{"other": {"reference": f"RelatedPerson/{ident}"}, "type": "seealso"} for ident in idents]
