"""Directories of every layout become the same facts; a broken one is refused by file and line."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from tests.shared_data import shared_data

from careloom.directory.facts import DirectoryFacts, DirectoryRefused
from careloom.exchange.hsds import read_directory, read_path

TABLES = {
    "organizations.csv": "id,name,description\no1,Harbor House,Rooms\n",
    "services.csv": "id,organization_id,name,status\ns1,o1,Family rooms,active\n",
    "locations.csv": "id,location_type,name,latitude\nl1,physical,Front door,40.5\n",
    "addresses.csv": "id,location_id,address_1,city,region,state_province,postal_code\n"
    'a1,l1,"28 Example Street",Harbor City,Harbor County,ZZ,00021\n',
    "service_at_location.csv": "id,service_id,location_id\nx1,s1,l1\n",
    "phones.csv": "id,service_id,number,type\np1,s1,555-0138,voice\n",
    "service_capacity.csv": "id,service_id,unit,available,maximum,updated\nc1,s1,room,1,14,2026-11-01T10:00:00Z\n",
}


def _read(tables: dict[str, str]) -> DirectoryFacts:
    return read_directory(name="x", files={n: t.encode() for n, t in tables.items()}, source="t")


def _zip(tables: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in tables.items():
            archive.writestr(f"export/{name}", text)
    return buffer.getvalue()


def test_folder_and_zip_say_the_same() -> None:
    from_zip = read_directory(name="d.zip", files={"d.zip": _zip(TABLES)}, source="t")
    assert from_zip.services == _read(TABLES).services
    (service,) = from_zip.services
    assert (service.phones[0].number, service.capacities[0].available) == ("555-0138", 1)
    assert from_zip.locations[0].county == "Harbor"


def test_tabular_json_says_the_same() -> None:
    import csv

    document = {name: list(csv.DictReader(io.StringIO(text))) for name, text in TABLES.items()}
    read = read_directory(name="t.json", files={"t.json": json.dumps(document).encode()}, source="t")
    assert read.services == _read(TABLES).services
    assert read.layout == "hsds_tabular"


@pytest.mark.parametrize(
    ("table", "text", "file", "line", "word"),
    [
        ("services.csv", "id,organization_id,name,status\ns1,o1,Rooms\n", "services.csv", 2, "3 values"),
        ("services.csv", "id,organization_id,name,status\n,o1,Rooms,active\n", "services.csv", 2, "no id"),
        ("services.csv", "id,organization_id,name,status\ns1,o1,A,active\ns1,o1,B,active\n", "services.csv", 3, "same id"),
        ("services.csv", "id,id,name\n1,2,3\n", "services.csv", 1, "twice"),
        ("organizations.csv", 'id,name\no1,"open\n', "organizations.csv", 2, "CSV"),
        ("organizations.csv", "id,name\no1,\n", "organizations.csv", 2, "no name"),
    ],
)
def test_broken_tables_are_refused_by_file_and_line(table: str, text: str, file: str, line: int, word: str) -> None:
    with pytest.raises(DirectoryRefused) as refused:
        _read({**TABLES, table: text})
    problem = refused.value.problems[0]
    assert (problem.file, problem.line, problem.blocks) == (file, line, True)
    assert word in problem.what


@pytest.mark.parametrize(
    ("table", "text", "word"),
    [
        ("services.csv", "id,organization_id,name,status\ns1,zz,Rooms,active\n", "no organization"),
        ("services.csv", "id,organization_id,name,status\ns1,o1,Rooms,open\n", "status"),
        ("locations.csv", "id,location_type,latitude\nl1,physical,400\n", "latitude"),
        ("service_capacity.csv", "id,service_id,unit,available,maximum,updated\nc1,s1,room,9,3,2026-11-01T10:00:00Z\n", "More is said"),
        ("service_at_location.csv", "id,service_id,location_id\nx1,s1,nowhere\n", "joins"),
        ("mystery.csv", "id\n1\n", "not known"),
    ],
)
def test_what_does_not_fit_is_said_and_the_rest_is_read(table: str, text: str, word: str) -> None:
    read = _read({**TABLES, table: text})
    assert any(word in p.what and not p.blocks for p in read.problems)
    assert read.organizations


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b'{"contents": [', "cut off"),
        (b"[1]", "not an HSDS"),
        (b"{}", "not an HSDS"),
        (b"\xff\xfe\x00", "neither"),
        (_zip({"readme.json": "[]"}), "not an HSDS"),
        (_zip(TABLES)[:200], "neither"),
    ],
)
def test_what_is_no_directory_is_refused(data: bytes, word: str) -> None:
    with pytest.raises(DirectoryRefused) as refused:
        read_directory(name="d.json", files={"d.json": data}, source="t")
    assert word in refused.value.problems[0].what


def test_more_than_25_mb_is_refused() -> None:
    with pytest.raises(DirectoryRefused, match="25 MB"):
        read_directory(name="d", files={"d": b" " * (25 * 1024 * 1024 + 1)}, source="t")


def _shared(*parts: str) -> DirectoryFacts:
    return read_path(path=shared_data(*parts), source="t")


@pytest.mark.parametrize("version", ["spec_3.0", "spec_3.1-dev"])
@pytest.mark.parametrize("form", ["csv", "tabular.json", "organization_full.json", "service_full.json", "service_at_location_full.json"])
def test_every_form_of_the_specifications_example_tells_of_the_same_service(version: str, form: str) -> None:
    read = _shared("hsds", version, "examples", form)
    (service,) = read.services
    assert (service.name, service.minimum_age) == ("Community Counselling", 12)
    assert service.languages[0].code == "ur"
    assert service.schedules[0].byday == "TH,FR"
    assert service.costs[0].amount_cents == 3500
    assert len(read.locations) == len(read.services_at_locations) == 1
    assert read.locations[0].city == "MyCity" or read.locations[0].city == "MyVillage"


def test_capacity_of_3_1_is_read() -> None:
    (service,) = _shared("hsds", "spec_3.1-dev", "examples", "service_full.json").services
    assert service.capacities[0].available == 12


def _mock_documents() -> list[Path]:
    folder = shared_data("hsds", "mock-hsds-api_3.x", "data")
    return sorted(p for kind in ("organizations", "services", "service_at_locations") for p in (folder / kind).glob("*.json"))


def test_documents_of_the_mock_server_are_read() -> None:
    assert {len(read_path(path=p, source="m").services) for p in _mock_documents()} == {1}


def test_the_ohana_layout_is_read() -> None:
    read = _shared("hsds", "ohana_sample_csv")
    assert read.layout == "ohana_csv"
    assert (len(read.organizations), len(read.services), len(read.locations)) == (8, 23, 22)
    assert {p.file for p in read.problems} == {"regular_schedules.csv"}
    assert any(x.name == "Spanish" for s in read.services for x in s.languages)


def test_the_samhsa_locator_is_read() -> None:
    read = _shared("samhsa", "findtreatment_locator_sample.json")
    assert (read.layout, len(read.services)) == ("samhsa_json", 30)
    terms: dict[str, Any] = {s.source_id: {t.code for t in s.terms} for s in read.services}
    assert sum("SG:Pregnant/postpartum women" in codes for codes in terms.values()) == 3
