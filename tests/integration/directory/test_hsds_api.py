"""The HSDS 3 API as other systems meet it: pages, filters, whole objects, refusals in one form."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.hsds_reading import get, json_of, names_of, service_of

from careloom.directory import actions
from careloom.directory.facts import CapacityFact, DirectoryFacts
from careloom.directory.models import Location, Service, TaxonomyTerm
from careloom.exchange.hsds_api import rows
from careloom.infra.access import System, acting_as, system

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]
AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
BY = system(System.IMPORT)


@pytest.fixture(autouse=True)
def fresh_minute() -> None:
    """No request of another test counts."""
    caches["process"].clear()


# Pages ----------------------------------------------------------------------------------------------------


def test_it_says_what_it_is_and_where_it_is_described() -> None:
    about = json_of("")
    assert about["version"] == "3.0"
    described = Client().get(about["openapi_url"])
    assert described.json()["servers"] == [{"url": "http://testserver/hsds/v3"}]
    assert "/services/{id}" in described.json()["paths"]


def test_pages_cut_the_list_without_loss_and_say_where_they_are() -> None:
    whole = [one["id"] for one in json_of("services?per_page=200")["contents"]]
    assert len(whole) == len(set(whole)) == 50
    pages = [json_of(f"services?per_page=20&page={n}") for n in (1, 2, 3, 4)]
    assert [one["id"] for page in pages for one in page["contents"]] == whole
    facts = [(p["page_number"], p["size"], p["first_page"], p["last_page"], p["empty"]) for p in pages]
    assert facts == [(1, 20, True, False, False), (2, 20, False, False, False), (3, 10, False, True, False), (4, 0, False, True, True)]
    assert {(p["total_items"], p["total_pages"]) for p in pages} == {(50, 3)}


@pytest.mark.parametrize(("asked", "number", "size"), [("page=0", 1, 50), ("page=-7", 1, 50), ("per_page=0", 1, 1), ("per_page=9999", 1, 50)])
def test_a_number_beyond_its_bounds_is_brought_within(asked: str, number: int, size: int) -> None:
    page = json_of(f"services?{asked}")
    assert (page["page_number"], page["size"]) == (number, size)


def test_a_page_of_any_size_takes_the_same_few_statements() -> None:
    counts = []
    for size in (2, 40):
        caches["process"].clear()
        with CaptureQueriesContext(connection) as asked:
            json_of(f"services?full=true&per_page={size}")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 26


@pytest.mark.parametrize("kind", ["services", "organizations", "service_at_locations", "locations", "taxonomies", "taxonomy_terms"])
def test_lines_stream_everything_that_pages_hold(kind: str) -> None:
    answer = get(f"{kind}?format=ndjson")
    assert answer.streaming
    assert answer["Content-Type"] == "application/x-ndjson"
    lines = [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]  # type: ignore[attr-defined]
    assert lines == json_of(f"{kind}?per_page=200")["contents"]


def test_the_short_form_is_one_page_that_tells_what_is_listed() -> None:
    page = json_of("services?minimal=true&per_page=3&page=2")
    assert (page["size"], page["total_pages"], page["last_page"]) == (50, 1, True)
    assert set(page["contents"][0]) == {"id", "name", "status", "last_modified", "modified_date"}
    service_of("warm_line_calls").delete()
    assert json_of("services?minimal=true")["total_items"] == 49


# Filters --------------------------------------------------------------------------------------------------


def test_words_must_all_be_there() -> None:
    assert names_of("services?search=dental+judgment") == ["Orchard Dental"]
    assert names_of("services?search=dental+harpsichord") == []
    assert names_of("organizations?search=riverbend") == ["Riverbend"]


def test_a_term_or_its_taxonomy_narrows() -> None:
    term = TaxonomyTerm.objects.get(code="DENTAL")
    assert names_of(f"services?taxonomy_term_id={term.pk}") == ["Orchard Dental"]
    assert json_of(f"services?taxonomy_id={rows.taxonomy_id('careloom.need')}")["total_items"] == 50
    assert json_of(f"services?taxonomy_id={uuid4()}")["total_items"] == 0
    assert json_of("services?taxonomy_term_id=no-id")["total_items"] == 0
    terms = json_of(f"taxonomy_terms?taxonomy_id={rows.taxonomy_id('careloom.feature')}&per_page=200")["contents"]
    assert {one["taxonomy"] for one in terms} == {"careloom.feature"}
    assert json_of(f"taxonomy_terms?parent_id={term.pk}")["empty"]


def test_an_organization_narrows_to_its_own() -> None:
    riverbend = service_of("riverbend_mat").organization_id
    assert set(names_of(f"services?organization_id={riverbend}")) == {
        "Riverbend medicine clinic", "Riverbend family residence", "Riverbend day program",
    }  # fmt: skip
    assert {one["service"]["organization_id"] for one in json_of(f"service_at_locations?organization_id={riverbend}")["contents"]} == {str(riverbend)}


def test_a_mirror_learns_what_changed_of_a_service_its_organization_and_its_places(seeded: DirectoryFacts) -> None:
    def changed(hours: int) -> list[str]:
        return names_of(f"services?modified_after={(AT + timedelta(hours=hours)).isoformat().replace('+00:00', 'Z')}")

    assert len(changed(0)) == 50
    assert changed(1) == []
    room = CapacityFact(unit="slot", available=1, maximum=20, updated_at=AT + timedelta(hours=1))
    services = tuple(dataclasses.replace(s, capacities=(room,)) if s.source_id == "riverbend_mat" else s for s in seeded.services)
    with acting_as(BY):
        actions.import_directory(facts=dataclasses.replace(seeded, services=services), by=BY, at=AT + timedelta(hours=2))
    assert changed(1) == ["Riverbend medicine clinic"]
    assert json_of(f"services/{service_of('riverbend_mat').pk}")["last_modified"] == "2026-11-20T14:00:00Z"
    with acting_as(BY):
        actions.update_capacity(service_id=service_of("orchard_dental_care").pk, available=2, maximum=None, by=BY, at=AT + timedelta(hours=4))
    assert changed(3) == ["Orchard Dental"]
    Location.objects.filter(source_id="warm_line_calls").update(modified_at=AT + timedelta(hours=6))
    assert changed(5) == ["Columbia Warm Line"]


def test_a_postal_code_finds_who_serves_it_and_a_distance_who_is_near() -> None:
    def found(asked: str) -> set[str]:
        return {one["service"]["name"] for one in json_of(f"service_at_locations?per_page=200&{asked}")["contents"]}

    assert "Orchard Dental" in found("postcode=00011")
    assert "Orchard Dental" not in found("postcode=00021")
    assert "Columbia Warm Line" in found("postcode=77777")
    here, there, far = (service_of(key).at_locations.get().location for key in ("orchard_dental_care", "open_table_pantry", "harbor_table_pantry"))
    for place, latitude in ((here, 40.0), (there, 40.009), (far, 41.0)):
        Location.objects.filter(pk=place.pk).update(latitude=latitude, longitude=-75.0)
    Location.objects.filter(pk=there.pk).update(postal_code="00031")
    near = {one["location_id"] for one in json_of("service_at_locations?postcode=00011&proximity=1100&per_page=200")["contents"]}
    assert near == {str(here.pk), str(there.pk)}, "one thousandth of a degree less than a hundredth is about a kilometer"
    assert {one["location_id"] for one in json_of("service_at_locations?postcode=00011&proximity=900")["contents"]} == {str(here.pk)}


@pytest.mark.parametrize(
    "asked",
    [
        *("page=x", "per_page=1.5", "full=maybe", "minimal=2", "modified_after=yesterday", "modified_after=2026-02-30T00:00:00Z"),
        *("format=xml", "page=1&page=2"),
    ],
)
def test_what_cannot_be_read_is_told_and_not_guessed(asked: str) -> None:
    answer = get(f"services?{asked}")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["detail"].startswith(asked.split("=")[0])
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_a_zone_whose_plus_sign_became_a_space_is_read() -> None:
    assert json_of("services?modified_after=2026-11-20T14:00:00+02:00")["total_items"] == 50
    assert json_of("services?modified_after=2026-11-20T14:00:00%2B01:00")["total_items"] == 0


def test_a_form_asks_the_same_without_a_word_in_the_address() -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/hsds/v3/services", {"search": "dental", "per_page": "5"})
    assert [one["name"] for one in answer.json()["contents"]] == ["Orchard Dental"]
    assert strict.post("/hsds/v3/services?search=dental", {"search": "food"}).status_code == 400


# Objects --------------------------------------------------------------------------------------------------


def test_a_service_is_whole_with_all_that_hangs_on_it() -> None:
    key = service_of("riverbend_mat").pk
    one = json_of(f"services/{key}")
    assert one["organization"]["name"] == "Riverbend"
    assert {(c["available"], c["maximum"], c["unit"]["name"]) for c in one["capacities"]} == {(6, 20, "slot")}
    assert {x["code"] for x in one["languages"]} == {"en", "es"}
    assert {a["name"] for a in one["service_areas"]} == {"Pine", "Harbor"}
    assert [(h["byday"], h["opens_at"], h["closes_at"]) for h in one["schedules"]] == [("MO,TU,WE,TH,FR,SA", "06:00:00", "13:00:00")]
    assert "MEDICINE_FOR_RECOVERY" in {a["taxonomy_term"]["code"] for a in one["attributes"]}
    (address,) = one["service_at_locations"][0]["location"]["addresses"]
    parts = [address[name] for name in ("address_1", "city", "region", "postal_code")]
    assert parts == ["45 Example Street", "Harbor City", "Harbor", "00021"]
    assert one == next(s for s in json_of("services?full=true&per_page=200")["contents"] if s["id"] == str(key))


def test_an_organization_names_its_services_or_tells_all_of_them() -> None:
    key = service_of("riverbend_mat").organization_id
    short, full = json_of(f"organizations/{key}"), json_of(f"organizations/{key}?full_service=true")
    assert len(short["services"]) == len(full["services"]) == 3
    assert "schedules" not in short["services"][0]
    assert all(one["schedules"] for one in full["services"])


def test_a_service_at_a_place_has_both() -> None:
    join = service_of("riverbend_mat").at_locations.get()
    one = json_of(f"service_at_locations/{join.pk}")
    assert (one["service"]["name"], one["location"]["addresses"][0]["city"]) == ("Riverbend medicine clinic", "Harbor City")


def test_ids_of_what_hangs_on_a_service_outlive_an_import(seeded: DirectoryFacts) -> None:
    address = f"services/{service_of('riverbend_mat').pk}"
    before = get(address).content
    with acting_as(BY):
        actions.import_directory(facts=seeded, by=BY, at=AT + timedelta(days=1))
    assert get(address).content == before


@pytest.mark.parametrize("given", ["0f6c1d2e-5a3b-4c7d-9e8f-1a2b3c4d5e6f", "no-id", "%00", "..", "a" * 300])
@pytest.mark.parametrize("kind", ["services", "organizations", "service_at_locations", "locations", "taxonomies", "taxonomy_terms"])
def test_what_is_not_there_is_told_in_the_apis_form(kind: str, given: str) -> None:
    answer = get(f"{kind}/{given}")
    assert (answer.status_code, answer["Content-Type"], answer.json()["status"]) == (404, "application/problem+json", 404)


def test_what_is_no_longer_listed_is_not_there_and_looks_like_what_never_was(seeded: DirectoryFacts) -> None:
    key = service_of("warm_line_calls").pk
    assert get(f"services/{key}").status_code == 200
    for change in ({"active": False}, {"active": True, "status": "inactive"}, {"status": "defunct"}):
        Service.objects.filter(pk=key).update(**change)
        answer = get(f"services/{key}")
        assert (answer.status_code, answer.content) == (404, get(f"services/{uuid4()}").content)
        assert "Columbia Warm Line" not in names_of("services?per_page=200")
    assert len(seeded.services) - 1 == json_of("services?minimal=true")["total_items"]
