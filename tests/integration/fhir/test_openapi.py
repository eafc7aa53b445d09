"""Schemathesis asks the FHIR server for what our own OpenAPI description allows, and for what it does not, and finds nothing wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import negative_data_rejection
from tests.factories.fhir import FhirWorld, System

from careloom.fhir.clients.scopes import TYPES
from careloom.fhir.describing.document import openapi

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CALM = settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True)
BASE = "http://testserver/fhir"


def _described() -> Any:
    schema = schemathesis.openapi.from_dict(openapi(base=BASE))
    schema.app = get_wsgi_application()
    return schema


@contextmanager
def one_connection() -> Iterator[None]:
    """As Django's own test client does it: the connection with the test's transaction stays open between requests."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def asking(made: FhirWorld, keeper: System) -> Iterator[System]:
    with one_connection():
        yield keeper


# One code reads the forms of all types: those of two types stand for them, so that the test stays quick.
@_described().exclude(path_regex=r"^/(?!Patient|Provenance)\w+/_search").parametrize()
@CALM
def test_our_description_is_kept(case: Any, asking: System) -> None:
    joined = [one for one in case.operation.definition.raw.get("parameters", []) if one.get("explode") is False]
    # A value with a comma in it is two values, so none of that kind can be wrong; test_errors.py sends what is.
    excluded = [negative_data_rejection] if joined or case.path.endswith("/_search") else []
    case.call_and_validate(headers=asking.headers(Prefer="handling=strict"), excluded_checks=excluded)


@pytest.mark.parametrize("kind", ["Patient", "RelatedPerson", "CarePlan", "CareTeam", "Goal", "ServiceRequest", "Task", "Consent"])
def test_what_is_there_is_as_described(made: FhirWorld, keeper: System, kind: str) -> None:
    described = _described()
    (there, *_) = keeper.found(kind)
    headers = keeper.headers(Prefer="handling=strict")
    with one_connection():
        read = described[f"/{kind}/{{id}}"]["GET"].Case(path_parameters={"id": there["id"]}).call_and_validate(headers=headers)
        found = described[f"/{kind}"]["GET"].Case(query={"_id": there["id"]}).call_and_validate(headers=headers)
    assert read.json()["id"] == there["id"]
    assert found.json()["total"] == 1


def test_nobody_needs_a_token_to_read_the_description(db: None) -> None:
    answer = Client().get("/fhir/openapi.json")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/json")
    assert {f"/{name}" for name in TYPES} <= answer.json()["paths"].keys()
