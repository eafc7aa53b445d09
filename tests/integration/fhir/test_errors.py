"""What is asked wrongly is said in an OperationOutcome, and nothing that is sent makes the server fail."""

from __future__ import annotations

from uuid import uuid4

import pytest
from fhir.resources.R4B import get_fhir_model_class
from tests.factories.fhir import System

pytestmark = pytest.mark.django_db
ONE = "Patient/6f1d2a34-5b6c-4d7e-8f90-a1b2c3d4e5f6"
HOSTILE = (
    "_count=-1", "_count=x", "_count=²", "_count=99999999999999", "_summary=data", "_summary=", "_id=", "name=", "name=" + "x" * 5000, "birthdate=x",
    "birthdate=2026-13", "birthdate=2026-02-30", "birthdate=ap2026", "birthdate=9999-12-31", "birthdate=0000", "birthdate=9999",
    "birthdate=2026-01-01T00:00:00%2B99:99", "name:missing=true", "name:above=x", "_id:not=x", "gender:text=x", "_page=x", "_page=", "_page=%00",
    "name=%00", "family=%27%3B--", "identifier=|", "identifier=||", "identifier=a|%00", "_include=*", "_include=x", "_include=", "_include:iterate=x",
    "_revinclude=Patient:x", "_lastUpdated=now", "name=a\\,b", "name=a%2C%2Cb", "patient.name=x", "_has:Goal:patient:_id=x", "_sort=name",
    "_filter=x",
    "_elements=x", "_contained=true", "_query=x", "_list=x", "%00=x", "=x", "_id=" + ",".join(str(uuid4()) for _ in range(80)), "_format=xml",
    "_format=application/fhir%2Bjson", "name=%ff%fe", "birthdate=-2026", "_id=%F0%9F%8D%BC", "&".join(f"name={n}" for n in range(99)),
)  # fmt: skip


@pytest.mark.parametrize("kind", ["Patient", "CarePlan", "Provenance", "Location"])
def test_no_parameter_makes_it_fail(reader: System, kind: str) -> None:
    for asked in HOSTILE:
        answer = reader.get(f"{kind}?{asked}")
        assert answer.status_code in {200, 400, 406}, asked
        body = answer.json()
        if answer.status_code != 200:
            get_fhir_model_class("OperationOutcome").model_validate(body)
            assert "x" * 50 not in str(body)
        strict = reader.get(f"{kind}?{asked}", Prefer="respond-async, handling=strict")
        assert strict.status_code in {200, 400, 406}, asked


def test_what_is_not_known_is_said_or_refused(reader: System) -> None:
    lenient = reader.read("Patient?favorite=tea&_id=x")
    assert lenient["entry"][-1]["search"]["mode"] == "outcome"
    assert "favorite" not in str(lenient["link"])
    assert reader.get("Patient?favorite=tea", Prefer="handling=strict").status_code == 400
    assert reader.get("Patient?patient.name=x", Prefer="handling=strict").status_code == 400


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "Medication", 404), ("get", "Patient/x/y", 404), ("get", "Patient/x/_history/1", 404), ("get", "patient", 404),
        ("get", "Patient/%00", 404),
        ("get", "Patient/_search", 405), ("get", "", 405), ("get", "../agency/", 404), ("post", "", 405), ("post", "Patient", 405),
        *(("put", ONE, 405), ("delete", ONE, 405), ("patch", ONE, 405)),
        ("options", "Patient", 405),
    ],
)  # fmt: skip
def test_what_is_not_served_says_so(reader: System, method: str, path: str, status: int) -> None:
    answer = getattr(reader.http, method)(f"/fhir/{path}", headers=reader.headers())
    assert answer.status_code == status
    if path != "../agency/":
        assert answer.json()["resourceType"] == "OperationOutcome"


@pytest.mark.parametrize(("accept", "status"), [("application/fhir+json", 200), ("application/json", 200), ("text/html,*/*;q=0.1", 200),
                                                ("application/fhir+xml", 406), ("text/html", 406)])  # fmt: skip
def test_it_speaks_json(reader: System, accept: str, status: int) -> None:
    answer = reader.get("Patient", Accept=accept)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/fhir+json; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
