"""The directory as a datapackage: it keeps to HSDS's own description, comes back the same, and a bad row in one is told by its place."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.agencies import a_worker
from tests.shared_data import shared_data

from careloom.agencies.roles import Role
from careloom.directory import actions
from careloom.directory.facts import DirectoryFacts, DirectoryRefused
from careloom.directory.models import Attribute, Capacity, DirectorySource, Location, Organization, Service, ServiceAtLocation, TaxonomyTerm
from careloom.directory.queries import listed_services
from careloom.exchange.hsds import read_directory, read_path
from careloom.exchange.hsds_api import package
from careloom.infra.access import System, acting_as, system

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
Files = dict[str, bytes]


def _bring(facts: DirectoryFacts) -> None:
    by = system(System.IMPORT)
    with acting_as(by):
        actions.import_directory(facts=facts, by=by, at=AT)


def _unzipped(data: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _zipped(files: Files) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _empty() -> None:
    for model in (ServiceAtLocation, Service, Location, Organization, TaxonomyTerm, DirectorySource):
        model._default_manager.all().delete()


def _others() -> None:
    """Every directory of others that lies in the shared data, in one."""
    parts = (
        ("hsds", "spec_3.0", "examples", "csv"), ("hsds", "spec_3.1-dev", "examples", "csv"),
        ("hsds", "ohana_sample_csv"), ("samhsa", "findtreatment_locator_sample.json"),
    )  # fmt: skip
    for number, part in enumerate(parts):
        _bring(read_path(path=shared_data(*part), source=f"others-{number}"))


def _listed() -> dict[UUID, list[object]]:
    """What a search reads of each service."""
    return {pk: rest for pk, *rest in listed_services().values_list("pk", "name", "needs", "features", "areas_served", "statewide", "available")}


# Out ------------------------------------------------------------------------------------------------------


def test_what_comes_back_is_the_same_byte_for_byte(seeded: DirectoryFacts) -> None:
    assert seeded.services
    _others()
    first = package.write()
    counts = (Attribute.objects.count(), Capacity.objects.count(), TaxonomyTerm.objects.count())
    listed = _listed()
    _empty()
    _bring(read_directory(name="d.zip", files={"d.zip": first}, source="elsewhere"))
    assert package.write() == first
    assert (Attribute.objects.count(), Capacity.objects.count(), TaxonomyTerm.objects.count()) == counts
    assert _listed() == listed


def test_a_second_import_of_our_own_package_changes_nothing(seeded: DirectoryFacts) -> None:
    assert seeded.services
    facts = read_directory(name="d.zip", files={"d.zip": package.write()}, source="mirror")
    assert facts.layout == "hsds_datapackage"
    assert facts.problems == ()
    _bring(facts)
    assert actions.preview_import(facts=facts).nothing_changed
    # The mirror beside its own source: no row took the id of another.
    assert Service.objects.count() == 2 * len(seeded.services)


def test_a_change_of_a_phone_alone_is_a_change(seeded: DirectoryFacts) -> None:
    files = _unzipped(package.write())
    _empty()
    _bring(read_directory(name="d.zip", files=files, source="mirror"))
    assert len(seeded.organizations) > 1
    files["phones.csv"] = files["phones.csv"].replace(b"555-0124", b"555-0188")
    result = actions.preview_import(facts=read_directory(name="d.zip", files=files, source="mirror"))
    assert {c.table: c.updated for c in result.changes} == {"organization": 1, "location": 0, "service": 3, "serviceatlocation": 0}


# The official description ---------------------------------------------------------------------------------


def _official_problems(files: Files) -> list[str]:
    """What Frictionless would say of our tables under HSDS's own datapackage.json, written here from the specification and not from our reader."""
    described = json.loads(shared_data("hsds", "spec_3.0", "datapackage.json").read_text())["resources"]
    held = {r["name"]: list(csv.DictReader(io.StringIO(files[r["path"]].decode()))) for r in described if r["path"] in files}
    found: list[str] = []
    for resource in (r for r in described if r["name"] in held):
        name, fields = resource["name"], resource["schema"]["fields"]
        heading = files[resource["path"]].decode().split("\r\n")[0].split(",")
        if heading != [field["name"] for field in fields]:
            found.append(f"{name}: heading")
        for row in held[name]:
            found += [f"{name}.{field['name']}: {row[field['name']]!r}" for field in fields if not _official_value(row[field["name"]], field)]
        for field in fields:
            values = [row[field["name"]] for row in held[name] if row[field["name"]]]
            if field["constraints"].get("unique") and len(set(values)) != len(values) and field["name"] == "id":
                found.append(f"{name}.{field['name']}: twice")
        for link in resource["schema"].get("foreignKeys", []):
            ids = {row["id"] for row in held.get(link["reference"]["resource"], [])}
            found += [f"{name}.{link['fields']}: leads nowhere" for row in held[name] if row[link["fields"]] and row[link["fields"]] not in ids]
    return found


def _official_value(value: str, field: dict[str, Any]) -> bool:
    if not value:
        return not field["constraints"].get("required")
    kinds = {
        "uuid": lambda: str(UUID(value)) == value, "number": lambda: re.fullmatch(r"-?\d+(\.\d+)?", value), "date": lambda: date.fromisoformat(value),
        "time": lambda: time.fromisoformat(value) is not None, "datetime": lambda: datetime.fromisoformat(value),
        "email": lambda: re.fullmatch(r"[^@\s]+@[^@\s]+\.[a-z]+", value), "uri": lambda: re.match(r"https?://\S+$", value),
    }  # fmt: skip
    check = kinds.get(field.get("format") or field["type"])
    try:
        fits = bool(check()) if check else True
    except ValueError:
        fits = False
    allowed = field.get("enum") or field["constraints"].get("enum")
    return fits and (not allowed or value in allowed)


def test_our_tables_keep_to_the_official_description(seeded: DirectoryFacts) -> None:
    assert seeded.services
    _others()
    files = _unzipped(package.write())
    assert _official_problems(files) == []
    assert sum(len(data.splitlines()) for data in files.values()) > 1000
    spoiled = {**files, "services.csv": files["services.csv"].replace(b",active,", b",open,", 1)}
    assert len(_official_problems(spoiled)) == 1


def test_our_own_description_names_the_same_fields_as_the_official_one() -> None:
    described = json.loads(shared_data("hsds", "spec_3.0", "datapackage.json").read_text())["resources"]
    theirs = {r["name"]: [(f["name"], bool(f["constraints"].get("required"))) for f in r["schema"]["fields"]] for r in described}
    ours = {r["name"]: [(f["name"], f["constraints"]["required"]) for f in r["schema"]["fields"]] for r in package.descriptor()["resources"]}
    assert {name: ours[name] for name in ours.keys() & theirs.keys()} == {name: theirs[name] for name in ours.keys() & theirs.keys()}
    assert ours.keys() - theirs.keys() == {"service_capacity", "unit"}


# In -------------------------------------------------------------------------------------------------------


@pytest.fixture
def files(seeded: DirectoryFacts) -> Files:
    """Our own package as files, the directory empty again."""
    assert seeded.services
    found = _unzipped(package.write())
    _empty()
    return found


def _spoiled(files: Files, file: str, line: int, column: str, value: str) -> Files:
    rows = list(csv.reader(io.StringIO(files[file].decode())))
    rows[line - 1][rows[0].index(column)] = value
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return {**files, file: text.getvalue().encode()}


@pytest.mark.parametrize(
    ("file", "line", "column", "value", "says"),
    [
        ("services.csv", 3, "name", "", "needed"),
        ("services.csv", 4, "status", "open", "not one of"),
        ("services.csv", 2, "id", "17", "not a UUID"),
        ("services.csv", 5, "minimum_age", "young", "not a number"),
        ("services.csv", 6, "assured_date", "last May", "not a date"),
        ("services.csv", 7, "organization_id", "6f1d2a34-5b6c-4d7e-8f90-a1b2c3d4e5f6", "No organization"),
        ("schedules.csv", 2, "opens_at", "early", "not a time"),
        ("organizations.csv", 2, "email", "nobody", "not an e-mail"),
        ("organizations.csv", 2, "website", "nowhere", "not a web address"),
        ("service_capacity.csv", 3, "updated", "today", "not a date and time"),
        ("attributes.csv", 9, "taxonomy_term_id", "6f1d2a34-5b6c-4d7e-8f90-a1b2c3d4e5f6", "No taxonomy_term"),
    ],
)
def test_a_bad_row_is_told_by_file_line_and_column_and_nothing_is_taken(
    client: Client, files: Files, file: str, line: int, column: str, value: str, says: str
) -> None:
    steward = a_worker(Role.DIRECTORY_STEWARD)
    client.force_login(steward.worker.user)
    data = _zipped(_spoiled(files, file, line, column, value))
    answer = client.post("/import/directory/", {"source": "mirror", "file": SimpleUploadedFile("d.zip", data)})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert f"{file}, line {line}, column {column}: " in text
    assert says in text
    assert not Service.objects.exists()


def test_the_same_package_unspoiled_is_taken(client: Client, files: Files) -> None:
    client.force_login(a_worker(Role.DIRECTORY_STEWARD).worker.user)
    check = client.post("/import/directory/", {"source": "mirror", "file": SimpleUploadedFile("d.zip", _zipped(files))}).headers["Location"]
    assert client.post(check).status_code == 302
    assert Service.objects.count() == 50


def test_an_id_twice_a_missing_column_and_a_missing_file_are_told(files: Files) -> None:
    twice = {**files, "languages.csv": files["languages.csv"] + files["languages.csv"].splitlines(keepends=True)[1]}
    short = {**files, "units.csv": files["units.csv"].replace(b"name", b"label", 1)}
    missing = {name: data for name, data in files.items() if name != "schedules.csv"}
    for wrong, says in ((twice, "The same value stands on line 2"), (short, "does not have this column"), (missing, "does not hold it")):
        with pytest.raises(DirectoryRefused) as refused:
            read_directory(name="d", files=wrong, source="t")
        assert says in refused.value.problems[0].what


def test_of_very_many_problems_the_first_are_told_and_the_rest_counted(files: Files) -> None:
    wrong = {**files, "attributes.csv": files["attributes.csv"].replace(b",service,service,", b",service,,")}
    with pytest.raises(DirectoryRefused) as refused:
        read_directory(name="d", files=wrong, source="t")
    assert len(refused.value.problems) == 201
    assert re.fullmatch(r"And \d+ more\.", refused.value.problems[-1].what)


@pytest.mark.parametrize("text", [b"", b"[]", b'{"resources": 1}', b'{"resources": [{}]}', b"[" * 100_000, b"\xff"])
def test_a_description_that_describes_nothing_is_refused(files: Files, text: bytes) -> None:
    with pytest.raises(DirectoryRefused, match=r"datapackage\.json"):
        read_directory(name="d", files={**files, "datapackage.json": text}, source="t")


def test_the_official_example_with_its_own_description_is_taken() -> None:
    folder = shared_data("hsds", "spec_3.0", "examples", "csv")
    data = _zipped({path.name: path.read_bytes() for path in folder.iterdir()})
    facts = read_directory(name="d.zip", files={"d.zip": data}, source="t")
    assert (facts.layout, len(facts.services)) == ("hsds_datapackage", 1)
    assert {(p.file, p.column) for p in facts.problems if p.column} >= {("locations.csv", "organization_id")}


def test_what_no_database_takes_is_left_out_of_a_text(files: Files) -> None:
    rows = files["organizations.csv"].replace(b"Riverbend", b"River\x00bend", 1)
    _bring(read_directory(name="d", files={**files, "organizations.csv": rows}, source="t"))
    assert Organization.objects.filter(name="Riverbend").exists()


# The steward's page ---------------------------------------------------------------------------------------


def test_the_steward_reads_what_is_told_where_and_since_when(client: Client, seeded: DirectoryFacts) -> None:
    client.force_login(a_worker(Role.DIRECTORY_STEWARD).worker.user)
    page = client.get("/import/directory/others/").content.decode()
    for address in ("/hsds/v3/", "/hsds/v3/openapi.json", "/hsds/v3/datapackage.zip"):
        assert f'href="http://testserver{address}"' in page
        assert Client().get(address).status_code == 200
    rows = dict(re.findall(r'<th scope="row">([^<]+)</th><td class="n">(\d+)</td>', page))
    assert (rows["Services"], rows["Places with their address"], rows["Places whose address is not told"]) == ("50", "48", "2")
    assert f'<td>Practice county</td><td>Nov 20, 2026, 7:00 AM</td><td class="n">{len(seeded.services)}</td>' in page
    assert "/import/directory/others/" in client.get("/directory/").content.decode()


def test_nobody_else_has_the_stewards_page(client: Client) -> None:
    client.force_login(a_worker(Role.HOME_VISITOR).worker.user)
    assert client.get("/import/directory/others/").status_code == 404
    assert "/import/directory/others/" not in client.get("/directory/").content.decode()
