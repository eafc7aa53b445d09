"""The open directory on the web: tags, origins, methods, the limit; and nothing but the directory shows."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.hsds_reading import get, service_of

from careloom.agencies.roles import Role
from careloom.directory import actions, asking
from careloom.exchange.hsds_api import answers
from careloom.infra.access import System, acting_as, system

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]
AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
BY = system(System.IMPORT)


@pytest.fixture(autouse=True)
def fresh_minute() -> None:
    """No request of another test counts."""
    caches["process"].clear()


# The web --------------------------------------------------------------------------------------------------


def test_who_has_it_already_is_told_so_until_it_changes() -> None:
    first = get("services")
    assert first["Last-Modified"] == "Fri, 20 Nov 2026 12:00:00 GMT"
    for headers in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        again = get("services", **headers)
        assert (again.status_code, again.content) == (304, b"")
    with acting_as(BY):
        key = service_of("riverbend_mat").pk
        actions.update_capacity(service_id=key, available=0, maximum=20, by=BY, at=AT + timedelta(minutes=1))
    for headers in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        assert get(f"services/{key}", **headers).status_code == 200


def test_every_origin_may_read_and_a_browser_may_ask_first() -> None:
    assert get("services")["Access-Control-Allow-Origin"] == "*"
    asked = Client().options("/hsds/v3/services", headers={"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"})
    assert (asked.status_code, asked.content) == (204, b"")
    assert "GET" in asked["Access-Control-Allow-Methods"]
    assert "Access-Control-Allow-Credentials" not in asked


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
def test_nothing_can_be_changed_here(method: str) -> None:
    answer = getattr(Client(), method)("/hsds/v3/services")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, POST, OPTIONS")
    assert Client().post(f"/hsds/v3/services/{uuid4()}").status_code == 405


def test_a_minute_has_its_limit_and_the_package_a_smaller_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "MOST_A_MINUTE", 3)
    monkeypatch.setattr(answers, "MOST_FILES_A_MINUTE", 1)
    assert [get("taxonomies").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert get("taxonomies")["Retry-After"] == "60"
    assert [get("datapackage.zip").status_code for _ in range(2)] == [200, 429]
    assert Client(REMOTE_ADDR="203.0.113.9").get("/hsds/v3/taxonomies").status_code == 200


# Silence --------------------------------------------------------------------------------------------------


def test_only_tables_of_the_directory_are_read_whoever_asks() -> None:
    worker = a_worker(Role.CARE_COORDINATOR)
    signed_in = Client()
    signed_in.force_login(worker.worker.user)
    for address in ("services?full=true", "organizations?full_service=true", "service_at_locations?full=true&postcode=00011", "locations?full=true"):
        with CaptureQueriesContext(connection) as asked:
            stranger = get(address)
        tables = {word.split('"')[1] for one in asked for word in one["sql"].replace("JOIN ", "FROM ").split("FROM ")[1:] if word.startswith('"')}
        assert {table for table in tables if not table.startswith("directory_")} <= {"clock_clockoffset"}
        assert signed_in.get(f"/hsds/v3/{address}").content == stranger.content


def test_neither_our_agencies_nor_what_a_provider_told_workers_shows() -> None:
    service, agency = service_of("riverbend_mat"), an_agency()
    before = get(f"services/{service.pk}").content
    steward = viewer(a_worker(Role.DIRECTORY_STEWARD))
    with acting_as(steward):
        actions.join_agency(service_id=service.pk, agency_id=agency.pk, by=steward, at=AT)
        given = {asking.questions()[0].code: "Ask for Quillfeather at the side gate."}
        asking.keep_answers(by=steward, at=AT, service=service_of("riverbend_mat"), given=given, spoke_with="Quillfeather", on=AT.date(), seen=0)
    after = get(f"services/{service.pk}").content
    assert after == before
    for address in ("services?full=true", "organizations?full_service=true", "service_at_locations?full=true"):
        told = get(address).content.decode()
        assert str(agency.pk) not in told
        assert "Quillfeather" not in told
    assert UUID(json.loads(after)["id"]) == service.pk
