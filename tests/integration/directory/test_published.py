"""Where people go who are not safe at home is told to nobody through the open directory: not as an address, a point, a name or an answer."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from datetime import UTC, datetime

import pytest
from django.core.cache import caches
from django.test import Client

from careloom.directory import actions, published
from careloom.directory.facts import (
    AreaFact,
    DirectoryFacts,
    LocationFact,
    OrganizationFact,
    PhoneFact,
    ServiceAtLocationFact,
    ServiceFact,
    TermFact,
)
from careloom.directory.models import Location
from careloom.infra.access import System, acting_as, system

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SECRET = ("41 Hidden Way", "Quiet Corner", "Secretville", "99941", "44.4141", "-71.4141", "the blue door", "555-0199", "bus 41")
SHELTER = TermFact(taxonomy="partner", code="dv", name="Domestic violence shelter")
FOOD = TermFact(taxonomy="partner", code="food", name="Food pantry")


def _place(key: str, organization: str, **more: object) -> LocationFact:
    facts = LocationFact(
        source_id=key, organization_id=organization, name="Quiet Corner", line1="41 Hidden Way", city="Secretville", county="Pine", state="ZZ",
        postal_code="99941", latitude=44.4141, longitude=-71.4141, transportation="bus 41", phones=(PhoneFact(number="555-0199"),),
    )  # fmt: skip
    return dataclasses.replace(facts, **more)


def _facts(*, shelter_terms: tuple[TermFact, ...] = (SHELTER,)) -> DirectoryFacts:
    """A shelter with its address in the file, a second row with the same house, its office, a pantry of another house and one in its own."""
    pantry = {"name": "Pantry", "line1": "1 Open Street", "city": "Pine Falls", "postal_code": "00011", "latitude": 40.0, "longitude": -75.0}
    places = (
        _place("house", "safe"),
        _place("same", "other", line1="41 HIDDEN WAY"),
        _place("point", "other", line1="Lot 7", city="Elsewhere", name="Other door"),
        _place("office", "safe", line1="41 Hidden Way, office", latitude=None, longitude=None),
        _place("pantry", "other", transportation="", phones=(), **pantry),
    )
    area = (AreaFact(name="Pine", kind="county"),)
    services = (
        ServiceFact(source_id="shelter", organization_id="safe", name="Rooms", terms=shelter_terms, areas=area),
        ServiceFact(source_id="food", organization_id="other", name="Pantry", terms=(FOOD,), areas=area),
    )
    joins = (
        ServiceAtLocationFact(source_id="j1", service_id="shelter", location_id="house", description="Ring at the blue door"),
        ServiceAtLocationFact(source_id="j2", service_id="food", location_id="same", description="Beside the blue door"),
        ServiceAtLocationFact(source_id="j3", service_id="food", location_id="point"),
        ServiceAtLocationFact(source_id="j4", service_id="food", location_id="pantry"),
    )
    organizations = (OrganizationFact(source_id="safe", name="Safe House"), OrganizationFact(source_id="other", name="Open Table"))
    return DirectoryFacts(
        source="t", layout="t", organizations=organizations, services=services, locations=places, services_at_locations=joins
    )  # fmt: skip


def _bring(facts: DirectoryFacts) -> None:
    by = system(System.IMPORT)
    with acting_as(by):
        actions.import_directory(facts=facts, by=by, at=AT)


def _open() -> set[str]:
    return set(published.open_places().values_list("source_id", flat=True))


EVERYWHERE = (
    "services?full=true", "services?format=ndjson&full=true", "services", "organizations?full_service=true", "organizations?full=true",
    "service_at_locations", "service_at_locations?full=true", "locations", "locations?full=true", "locations?format=ndjson&full=true",
)  # fmt: skip


def _told() -> str:
    """Everything that the open directory says, the package unpacked."""
    caches["process"].clear()  # no request of another test counts
    client = Client()
    said = [client.get(f"/hsds/v3/{address}") for address in EVERYWHERE]
    said += [client.get(f"/hsds/v3/locations/{pk}") for pk in Location.objects.values_list("pk", flat=True)]
    texts = [(b"".join(one.streaming_content) if one.streaming else one.content).decode() for one in said]
    with zipfile.ZipFile(io.BytesIO(client.get("/hsds/v3/datapackage.zip").content)) as archive:
        texts += [archive.read(name).decode() for name in archive.namelist()]
    return "\n".join(texts)


def test_a_shelters_house_is_nowhere_even_where_another_row_has_it() -> None:
    _bring(_facts())
    assert _open() == {"pantry"}
    told = _told()
    assert "1 Open Street" in told
    assert [secret for secret in SECRET if secret.lower() in told.lower()] == []


def test_the_same_places_are_told_where_nobody_hides() -> None:
    """The other half of the pair: without the need for safety every one of them is open, so the test above looks at the right words."""
    _bring(_facts(shelter_terms=(FOOD,)))
    assert _open() == {"house", "same", "point", "office", "pantry"}
    told = _told().lower()
    assert [secret for secret in SECRET if secret.lower() not in told] == []


def test_no_question_tells_where_it_is() -> None:
    _bring(_facts())
    client = Client()

    def count(address: str) -> int:
        return int(client.get(f"/hsds/v3/{address}").json()["total_items"])

    assert count("service_at_locations?postcode=99941") == 0
    assert count("service_at_locations?postcode=99941&proximity=9000000") == 0
    assert count("locations?search=Hidden") == count("locations?search=Secretville") == count("services?search=Secretville") == 0
    # A pantry near the shelter's point is found by the pantry's own postal code only, and only itself.
    near = client.get("/hsds/v3/service_at_locations?postcode=00011&proximity=9000000").json()
    assert [one["location"]["name"] for one in near["contents"]] == ["Pantry"]


def test_a_shelter_that_left_its_list_stays_untold() -> None:
    _bring(_facts())
    facts = _facts()
    gone = dataclasses.replace(
        facts,
        services=tuple(s for s in facts.services if s.source_id != "shelter"),
        services_at_locations=tuple(j for j in facts.services_at_locations if j.service_id != "shelter"),
    )
    _bring(gone)
    assert _open() == {"pantry"}
    told = _told().lower()
    assert "rooms" not in told
    assert [secret for secret in SECRET if secret.lower() in told] == []


def test_a_hidden_place_of_the_practice_county_is_told_as_being_there_and_no_more(seeded: DirectoryFacts) -> None:
    hidden = Location.objects.get(source_id="safe_shore_advocates")
    row = Client().get(f"/hsds/v3/locations/{hidden.pk}").json()
    assert row == {"id": str(hidden.pk), "organization_id": str(hidden.organization_id), "location_type": "virtual"}
    assert len(_open()) == len(seeded.locations) - 2
