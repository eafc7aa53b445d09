"""Our guide for plans of safe care: SUSHI compiles it without a word of complaint, it defines what the server names, and its examples hold to it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.clients.conftest import HERE, node, validated
from tests.shared_data import shared_data
from tools.guide import codes
from tools.guide.compiling import Compiled, compiled

from careloom.fhir import canonicals

GUIDE = HERE.parents[1] / "guide"
PROFILES = {value for name, value in vars(canonicals).items() if name.endswith("_PROFILE")}


def examples() -> list[dict[str, Any]]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted((GUIDE / "input" / "examples").glob("*.json"))]


def test_it_compiles_with_no_error_and_no_warning(guide: Compiled) -> None:
    assert (guide.errors, guide.warnings) == (0, 0), guide.report


def test_it_defines_the_canonicals_of_the_server_and_no_others(guide: Compiled) -> None:
    made = guide.resources()
    assert {one["url"] for one in made if one["resourceType"] == "StructureDefinition"} == PROFILES
    systems = {one["url"]: {each["code"]: each["display"] for each in one["concept"]} for one in made if one["resourceType"] == "CodeSystem"}
    assert systems == {one.url: one.codes for one in codes.systems()}
    held = {one["url"]: one for one in made if one["resourceType"] == "ValueSet"}
    bound = {
        element["binding"]["valueSet"]
        for one in made
        for element in one.get("differential", {}).get("element", [])
        if "binding" in element
    }  # fmt: skip
    assert bound
    assert bound <= held.keys()


def test_each_profile_has_an_example_and_each_example_holds_to_its_profiles(guide: Compiled, us_core: Path) -> None:
    given = examples()
    assert {url for one in given for url in one["meta"]["profile"] if url in PROFILES} == PROFILES
    assert validated(given, us_core, guide.folder) == []
    there = {f"{one['resourceType']}/{one['id']}" for one in given}
    assert {text for one in given for text in _references(one)} <= there


@pytest.mark.parametrize(
    ("kind", "path", "value"),
    [
        ("CarePlan", "intent", "order"),
        ("CareTeam", "participant", []),
        ("Goal", "startDate", None),
        ("ServiceRequest", "performer", []),
        ("Task", "code", {"text": "Something"}),
        ("Consent", "policyRule", None),
        ("RelatedPerson", "identifier", []),
    ],
)
def test_each_profile_can_refuse(guide: Compiled, us_core: Path, kind: str, path: str, value: Any) -> None:
    """The pair: an example that breaks its profile is found by it."""
    whole = next(one for one in examples() if one["resourceType"] == kind and one["meta"]["profile"][0] in PROFILES)
    broken = {name: held for name, held in {**whole, path: value}.items() if held not in (None, [])}
    name = whole["meta"]["profile"][0].rpartition(":")[2]
    assert f"medplum {name}" in {fault["by"] for fault in validated([broken], us_core, guide.folder)}


def test_the_compiler_can_complain(tmp_path: Path) -> None:
    """The pair: a guide with a profile of nothing does not compile."""
    broken = tmp_path / "broken"
    (broken / "input" / "fsh").mkdir(parents=True)
    shutil.copy(GUIDE / "sushi-config.yaml", broken)
    (broken / "input" / "fsh" / "bad.fsh").write_text("Profile: Bad\nParent: Nothing\nId: bad\n* status 1..1\n", encoding="utf-8")
    us_core = shared_data("fhir_packages", "hl7.fhir.us.core-6.1.0.tgz")
    done = compiled(guide=broken, node=node(), modules=HERE / "node_modules", us_core=us_core, scratch=tmp_path)
    assert done.errors > 0


def _references(value: Any) -> list[str]:
    if isinstance(value, list):
        return [found for one in value for found in _references(one)]
    if not isinstance(value, dict):
        return []
    own = [value["reference"]] if isinstance(value.get("reference"), str) else []
    return own + [found for one in value.values() for found in _references(one)]
