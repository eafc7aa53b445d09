"""A broken bundle is refused whole, with the path of what is wrong and no value of the file in the words."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from tests.unit.exchange.worlds import AS_OF, Change, as_bytes, broken, bundle, resource

from careloom.exchange.fhir import BundleRefused, read_bundle
from careloom.exchange.fhir.structure import check_structure

pytestmark = pytest.mark.usefixtures("in_this_process")


def _refusal(data: bytes) -> BundleRefused:
    with pytest.raises(BundleRefused) as refused:
        read_bundle(data=data, name="x", as_of=AS_OF)
    return refused.value


def _set(kind: str, field: str, value: Any, which: int = 0) -> Change:
    return lambda content: resource(content, kind, which).__setitem__(field, value)


def _drop(kind: str, field: str) -> Change:
    return lambda content: resource(content, kind).pop(field)


def _double_entry(content: dict[str, Any]) -> None:
    content["entry"].append(content["entry"][3])


def _double_id(content: dict[str, Any]) -> None:
    content["entry"].append({**content["entry"][3], "fullUrl": "urn:uuid:c0000000-0000-4000-8000-000000000001"})


BROKEN = {
    "birth date missing": (_drop("Patient", "birthDate"), "Bundle.entry[0].resource.birthDate"),
    "birth date without a day": (_set("Patient", "birthDate", "1998-04"), "Bundle.entry[0].resource.birthDate"),
    "birth in the future": (_set("Patient", "birthDate", "2027-04-01"), "Bundle.entry[0].resource.birthDate"),
    "impossible day": (_set("Condition", "onsetDateTime", "2025-02-30"), "Bundle.entry[5].resource.onsetDateTime"),
    "onset in the future": (_set("Condition", "onsetDateTime", "2026-12-24"), "Bundle.entry[5].resource.onsetDateTime"),
    "end before start": (_set("Condition", "abatementDateTime", "2024-01-01"), "Bundle.entry[5].resource.abatementDateTime"),
    "period backwards": (_set("Encounter", "period", {"start": "2025-09-10", "end": "2025-09-01"}), "Bundle.entry[3].resource.period.end"),
    "status not bound": (_set("MedicationRequest", "status", "paused"), "Bundle.entry[10].resource.status"),
    "status is a list": (_set("MedicationRequest", "status", ["active"]), "Bundle.entry[10].resource.status"),
    "status missing": (_drop("Observation", "status"), "Bundle.entry[8].resource.status"),
    "subject not in bundle": (_set("Condition", "subject", {"reference": "Patient/other"}), "Bundle.entry[5].resource.subject.reference"),
    "visit points nowhere": (
        _set("MedicationRequest", "encounter", {"reference": "urn:uuid:d0000000-0000-4000-8000-000000000009"}),
        "Bundle.entry[10].resource.encounter.reference",
    ),
    "empty object": (_set("Condition", "code", {}), "Bundle.entry[5].resource.code"),
    "empty list": (_set("Patient", "name", []), "Bundle.entry[0].resource.name"),
    "null": (_set("Patient", "gender", None), "Bundle.entry[0].resource.gender"),
    "unknown element": (_set("Patient", "favouriteColor", "blue"), "Bundle.entry[0].resource.favouriteColor"),
    "object for list": (_set("Patient", "name", {"family": "Quill"}), "Bundle.entry[0].resource.name"),
    "entry twice": (_double_entry, "Bundle.entry[13].fullUrl"),
    "id twice": (_double_id, "Bundle.entry[13].resource.id"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_one_broken_thing_is_named_by_path(name: str) -> None:
    change, path = BROKEN[name]
    refusal = _refusal(broken("mother", change))
    assert path in [p.path for p in refusal.problems]
    assert all(p.next_step for p in refusal.problems)


def test_no_value_of_the_file_stands_in_a_refusal() -> None:
    def ruin(content: dict[str, Any]) -> None:
        patient = resource(content, "Patient")
        patient.update(name={"family": "Quill"}, birthDate="1998-99-99", gender="Marisol")

    words = str([str(p) for p in _refusal(broken("mother", ruin)).problems])
    assert not any(value in words for value in ("Quill", "Marisol", "1998"))


def test_every_problem_is_listed_at_once() -> None:
    def ruin(content: dict[str, Any]) -> None:
        resource(content, "Patient").pop("birthDate")
        resource(content, "Condition")["onsetDateTime"] = "yesterday"

    assert {p.path.rsplit(".", 1)[1] for p in _refusal(broken("mother", ruin)).problems} >= {"birthDate", "onsetDateTime"}


@pytest.mark.parametrize(
    ("data", "path", "word"),
    [
        (b"", "Bundle", "empty"),
        (b"<Bundle/>", "Bundle", "XML"),
        (b"name,birth\n", "Bundle", "not JSON"),
        (b"\xff\xfe{}", "Bundle", "UTF-8"),
        (b'{"resourceType": "Patient"}', "resourceType", "not a Bundle"),
        (b'{"a": 1}', "resourceType", "not a FHIR resource"),
        (b'{"resourceType": "Bundle", "type": "history", "entry": []}', "Bundle.type", "not read"),
        (b'{"resourceType": "Bundle", "type": ["batch"], "entry": [{}]}', "Bundle.type", "not read"),
        (b'{"resourceType": "Bundle", "type": "collection"}', "Bundle.entry", "no entries"),
        (b'{"resourceType": "Bundle", "type": "collection", "entry": ["x"]}', "Bundle.entry[0]", "not an object"),
        (b'{"resourceType": "Bundle", "type": "batch", "entry": [{"request": {"method": "GET", "url": "Patient"}}]}', "Bundle.entry", "no Patient"),
        (b"[" * 100_000, "Bundle", "JSON"),
    ],
)
def test_what_is_no_bundle_is_said_so(data: bytes, path: str, word: str) -> None:
    problem = _refusal(data).problems[0]
    assert problem.path == path
    assert word in problem.what


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_file_says_at_which_byte(share: float) -> None:
    data = as_bytes(bundle("mother"))
    problem = _refusal(data[: int(len(data) * share)]).problems[0]
    assert "cut off" in problem.what
    assert "byte" in problem.what


def test_more_than_200_mb_is_refused_before_it_is_read() -> None:
    problem = _refusal(b" " * (200 * 1024 * 1024 + 1)).problems[0]
    assert "200 MB" in problem.what


def test_two_adults_are_refused() -> None:
    def second(content: dict[str, Any]) -> None:
        content["entry"].append({"resource": {**resource(content, "Patient"), "id": "second"}})

    assert "second adult" in _refusal(broken("mother", second)).problems[0].what


def test_infants_of_two_births_are_refused() -> None:
    refusal = _refusal(broken("twins", _set("Patient", "birthDate", "2026-03-01", which=1)))
    assert "not of one birth" in refusal.problems[0].what


@pytest.mark.parametrize(
    ("program", "word"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "signal 9"),
        ("raise SystemExit(3)", "code 3"),
        ("print('hello')", "no readable answer"),
    ],
)
def test_a_dead_check_refuses_the_bundle(program: str, word: str) -> None:
    with pytest.raises(BundleRefused) as refused:
        check_structure(data=b"{}", command=(sys.executable, "-c", program))
    assert word in refused.value.problems[0].what


def test_a_check_that_cannot_start_refuses_the_bundle() -> None:
    with pytest.raises(BundleRefused, match="could not be started"):
        check_structure(data=b"{}", command=("/no/such/program",))


def test_the_child_process_finds_structure_and_unknown_types() -> None:
    content = bundle("mother")
    resource(content, "Patient")["favouriteColor"] = "blue"
    content["entry"].append({"resource": {"resourceType": "Hovercraft", "id": "h1"}})
    problems, unknown = check_structure(data=as_bytes(content))
    assert [p.path for p in problems] == ["Bundle.entry[0].resource.favouriteColor"]
    assert unknown == {"Hovercraft": 1}
