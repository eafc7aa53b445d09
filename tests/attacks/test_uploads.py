"""Files that are more than files: bombs, wrong kinds, lying names, deep nesting. Each is refused in words; nothing is kept."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.agencies import a_worker_with_all, an_agency, viewer

from careloom.agencies.models import Membership
from careloom.exchange.hsds import reader
from careloom.infra.access import acting_as
from careloom.kernel.agency_kinds import AgencyKind
from careloom.people.models import PersonRecord

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024


@pytest.fixture
def member() -> Membership:
    return a_worker_with_all(an_agency(kind=AgencyKind.PUBLIC_HEALTH))


def send(member: Membership, path: str, data: bytes, name: str = "x.json") -> int:
    client = Client()
    client.force_login(member.worker.user)
    file = SimpleUploadedFile(name, data)
    fields = {"mother": file} if "family" in path else {"file": file, "source": "test"}
    answer = client.post(path, fields)
    assert "Traceback" not in answer.content.decode("utf-8", "replace")
    return answer.status_code


def kept(member: Membership) -> int:
    by = viewer(member)
    with acting_as(by):
        return PersonRecord.objects.count()


def zipped(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return stream.getvalue()


BROKEN = {
    "empty": b"",
    "no text": bytes(range(256)) * 40,
    "not closed": b'{"resourceType": "Bundle", "entry": [',
    "a list": b"[]",
    "a number": b"1e999",
    "not a number": b'{"resourceType": NaN}',
    "deep": b"[" * 100_000,
    "deep objects": b'{"a":' * 100_000,
    "a page": b"<html><script>alert(1)</script></html>",
    "outside entities": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
    "nul": b'{"resourceType": "Bundle", "type": "collection", "entry": [{"resource": {"resourceType": "Patient", "id": "a\\u0000b"}}]}',
    "nul in a name": json.dumps(
        {
            "resourceType": "Bundle",
            "type": "collection",
            "entry": [
                {"resource": {"resourceType": "Patient", "id": "p", "gender": "female", "name": [{"family": "A\0B"}], "birthDate": "1995-01-01"}}
            ],
        }
    ).encode(),
    "long number": b'{"resourceType": "Bundle", "total": ' + b"9" * 100_000 + b"}",
    "a zip": zipped(a__json=b"{}"),
}


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("path", ["/import/family/", "/import/directory/"])
def test_a_broken_file_is_refused_in_words(member: Membership, path: str, name: str) -> None:
    assert send(member, path, BROKEN[name]) in {200, 422}
    assert kept(member) == 0


def test_a_bomb_is_refused_before_it_is_unpacked(member: Membership, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped(organization__csv=b"id,name\n" + b"0" * (201 * MEGABYTE))
    assert len(bomb) < MEGABYTE

    def unpacked(*_: object, **__: object) -> bytes:
        raise AssertionError("A bomb was unpacked.")

    monkeypatch.setattr(zipfile.ZipFile, "read", unpacked)
    assert send(member, "/import/directory/", bomb, "x.zip") == 422


def test_a_zip_that_lies_about_its_size_stays_within_what_it_said(member: Membership) -> None:
    """The reader trusts the size in the table of contents; a member that is longer than it says is refused by the zip reader itself."""
    honest = zipped(organization__csv=b"id,name\n" + b"0" * (3 * MEGABYTE))
    real = (3 * MEGABYTE + 8).to_bytes(4, "little")
    lying = honest.replace(real, (64).to_bytes(4, "little"))
    assert lying != honest
    assert send(member, "/import/directory/", lying, "x.zip") == 422


def test_too_many_files_and_outside_paths_write_nothing(member: Membership) -> None:
    many = zipped(**{f"a{number}__csv": b"id\n" for number in range(reader.MOST_FILES + 1)})
    assert send(member, "/import/directory/", many, "x.zip") == 422
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("../../../../tmp/careloom-attack.csv", b"id\n")
    assert send(member, "/import/directory/", stream.getvalue(), "x.zip") == 422


@pytest.mark.parametrize("path", ["/import/family/", "/import/directory/"])
def test_a_file_that_is_too_large_is_refused(member: Membership, path: str) -> None:
    assert send(member, path, b" " * (25 * MEGABYTE + 1)) == 422


@pytest.mark.parametrize("name", ["../../x.json", "x" * 300 + ".json", "<script>.json", "a\r\nSet-Cookie: x=1.json", "C:\\x.json"])
def test_a_file_s_name_is_only_words(member: Membership, name: str) -> None:
    client = Client()
    client.force_login(member.worker.user)
    answer = client.post("/import/family/", {"mother": SimpleUploadedFile(name, b"{")})
    assert answer.status_code in {200, 400, 422}
    assert "<script>.json" not in answer.content.decode()
    assert "x" not in answer.cookies


def test_no_cell_of_a_download_is_a_formula(member: Membership) -> None:
    """A spreadsheet runs a cell that begins so; ours hold our own words and numbers."""
    client = Client()
    client.force_login(member.worker.user)
    rows = list(csv.reader(client.get("/numbers/federal-three.csv").content.decode().splitlines()))
    assert len(rows) == 4
    assert [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\r")] == []
