"""Every official example of R4, Gravity, BSeR, DS4P and HSDS on FHIR is read, or refused with the path of what is wrong and the next step."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.shared_data import shared_data
from tests.unit.exchange.worlds import as_bytes

from careloom.exchange.fhir import BundleFacts, BundleRefused, read_bundle

pytestmark = pytest.mark.usefixtures("in_this_process")
FOLDERS = {
    "bser_2.0.0-ballot": 40, "ds4p_1.0": 1, "gravity_sdohcc_3.0": 20, "hsds_fhir_1.0": 5, "r4_core_4.0.1": 200,
    "stu3_part2_contract": 1,
}  # fmt: skip
"""At least so many files of each are there."""
NONE_IS_READ = {"stu3_part2_contract": "It has the shape of STU3, which is another standard."}
PATH = re.compile(r"resourceType|Bundle(\.[A-Za-z]+(\[\d+\])*)*|[a-z]\w*(\.\w+(\[\d+\])*)*")


def answer(data: bytes) -> BundleFacts | BundleRefused:
    try:
        return read_bundle(data=data, name="example")
    except BundleRefused as refusal:
        return refusal


def with_its_person(resource: dict[str, Any]) -> bytes:
    """A single resource as a system would send it: in a bundle, with whom it is about."""
    about = next((resource[name] for name in ("subject", "patient", "for") if isinstance(resource.get(name), dict)), {})
    patient = {"resourceType": "Patient", "id": str(about.get("reference", "p")).rsplit("/", 1)[-1], "birthDate": "1990-05-05", "gender": "female"}
    parts = [resource] if resource["resourceType"] == "Patient" else [patient, resource]
    return as_bytes({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in parts]})


def examples(folder: str) -> list[Path]:
    return sorted(shared_data("fhir_examples", folder).rglob("*.json"))


@pytest.mark.parametrize("folder", FOLDERS)
def test_each_example_is_read_or_refused_with_a_path(folder: str) -> None:
    found = examples(folder)
    assert len(found) >= FOLDERS[folder]
    read = 0
    for path in found:
        data = path.read_bytes()
        resource = json.loads(data)
        for sent in (data,) if resource["resourceType"] == "Bundle" else (data, with_its_person(resource)):
            said = answer(sent)
            read += isinstance(said, BundleFacts)
            if isinstance(said, BundleRefused):
                assert said.problems, path.name
                assert all(PATH.fullmatch(one.path) and one.what and one.next_step for one in said.problems), (path.name, said.problems[0])
    assert read or folder in NONE_IS_READ
