"""Schemathesis asks the API for what the official documents of HSDS and our own allow, and for what they do not, and finds nothing wrong."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import allow_header_conformance, unsupported_method
from tests.hsds_official import official
from tests.shared_data import shared_data

from careloom.directory import actions
from careloom.directory.facts import DirectoryFacts
from careloom.directory.seed import seed_facts
from careloom.exchange.hsds import read_path
from careloom.exchange.hsds_api import answers, describing, rows
from careloom.infra.access import System, acting_as, system

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("read_by_many")]
CALM = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True)
# The ids of the specification's own example, which the directory keeps when it is brought in.
EXAMPLES = {
    "/services/{id}": "ac148810-d857-441c-9679-408f346de14b",
    "/organizations/{id}": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610",
    "/service_at_locations/{id}": "e94c9f38-1e8f-4564-91d4-d53501ab1765",
    "/locations/{id}": "3a19ff88-4620-4d17-9830-ac1d859eb5d5",
    "/taxonomies/{id}": rows.taxonomy_id("careloom.need"),
    "/taxonomy_terms/{id}": "3f7b145d-84af-42d7-8fae-eaca714b02b2",
    "search": "care",
    "postcode": "00011",
    "modified_after": "2020-01-01T00:00:00Z",
    "organization_id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610",
    "taxonomy_id": rows.taxonomy_id("careloom.need"),
    "taxonomy_term_id": "3f7b145d-84af-42d7-8fae-eaca714b02b2",
}


@pytest.fixture
def read_by_many(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A few services of the practice county, a shelter among them, and the specification's example, and no limit of requests."""
    example, by = read_path(path=shared_data("hsds", "spec_3.0", "examples", "csv"), source="example"), system(System.IMPORT)
    with acting_as(by):
        for facts in (_a_few(seed_facts()), example):
            actions.import_directory(facts=facts, by=by, at=datetime(2026, 11, 20, 12, 0, tzinfo=UTC))
    monkeypatch.setattr(answers, "MOST_A_MINUTE", 1_000_000)
    monkeypatch.setattr(answers, "MOST_FILES_A_MINUTE", 1_000_000)
    # As Django's own test client does: the connection with the test's transaction stays open between requests.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def _a_few(facts: DirectoryFacts) -> DirectoryFacts:
    keys = {"riverbend_mat", "riverbend_day", "safe_shore_advocates", "warm_line_calls", "orchard_dental_care"}
    services = tuple(s for s in facts.services if s.source_id in keys)
    joins = tuple(j for j in facts.services_at_locations if j.service_id in keys)
    locations = tuple(p for p in facts.locations if p.source_id in keys)
    return dataclasses.replace(facts, services=services, services_at_locations=joins, locations=locations)


def _ours() -> dict[str, Any]:
    document = copy.deepcopy(describing.openapi(root="http://testserver/hsds/v3/"))
    for schema in document["components"]["schemas"].values():
        # What we say of an object is all that we send: a field that the document does not know is found.
        schema["additionalProperties"] = False
    for path, operations in document["paths"].items():
        for operation in operations.values():
            for parameter in operation.get("parameters", []):
                example = EXAMPLES.get(path if parameter["in"] == "path" else parameter["name"])
                if example:
                    parameter["example"] = example
    return document


def _of(document: dict[str, Any]) -> Any:
    document["servers"] = [{"url": "http://testserver/hsds/v3"}]
    schema = schemathesis.openapi.from_dict(document)
    schema.app = get_wsgi_application()
    return schema


@_of(official("3.0", examples=EXAMPLES)).parametrize()
@CALM
def test_the_official_document_of_3_0_is_kept(case: Any) -> None:
    # That a list may be asked with a form is of 3.1, whose document is held against us below without leaving these checks out.
    case.call_and_validate(excluded_checks=[unsupported_method, allow_header_conformance])


@_of(official("3.1-dev", examples=EXAMPLES)).parametrize()
@CALM
def test_the_official_document_of_3_1_is_kept(case: Any) -> None:
    case.call_and_validate()


@_of(_ours()).parametrize()
@CALM
def test_our_own_document_is_kept(case: Any) -> None:
    case.call_and_validate()
