"""The directory as people meet it: search, import, room, and its screens, each allowed to some and refused to others."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.shared_data import shared_data

from careloom.agencies.roles import Role
from careloom.directory import actions, queries
from careloom.directory.facts import CapacityFact, DirectoryFacts
from careloom.directory.importing import ImportResult
from careloom.directory.models import Attribute, Capacity, Organization, Phone, Service
from careloom.directory.seed import seed_facts
from careloom.exchange.hsds import read_path
from careloom.infra.access import NotVisible, System, Viewer, acting_as, system
from careloom.infra.audit.models import AuditRow

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
IMPORT = system(System.IMPORT)


def _bring(*, facts: DirectoryFacts, by: Viewer = IMPORT) -> ImportResult:
    with acting_as(by):
        return actions.import_directory(facts=facts, by=by, at=AT)


def _say_room(*, service_id: UUID, available: int, maximum: int | None, by: Viewer) -> actions.CapacityAnswer:
    with acting_as(by):
        return actions.update_capacity(service_id=service_id, available=available, maximum=maximum, by=by, at=AT)


def _audited(viewer: Viewer, **wanted: object) -> int:
    with acting_as(viewer):
        return AuditRow.objects.filter(**wanted).count()


def _names(**asked: object) -> list[str]:
    return [f.service.name for f in queries.search_services(**asked).object_list]  # type: ignore[arg-type]


def _service(source_id: str) -> Service:
    return Service.objects.get(source_id=source_id)


# Search ---------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("seeded")
def test_each_wish_narrows_the_list_to_services_that_have_it() -> None:
    for name, code in queries.FLAGS.items():
        found = queries.search_services(**{name: True}).object_list  # type: ignore[arg-type]
        assert found
        assert all(code in f.service.features for f in found)


@pytest.mark.usefixtures("seeded")
def test_room_comes_first_then_the_nearest() -> None:
    assert _names(need="MEDICINE_FOR_RECOVERY", place="Pine") == ["Cedar Path outpatient care", "Riverbend medicine clinic"]
    assert _names(need="HOUSING", place="Harbor")[-1] == "Hope Street family homes"


@pytest.mark.usefixtures("seeded")
def test_a_zip_finds_the_place_and_those_who_serve_its_county() -> None:
    found = {f.service.source_id: f.reasons[-1] for f in queries.search_services(need="RIDES", place="00011").object_list}
    assert found["maplecare_rides"] == queries.Reason(kind="SERVES", code="Pine")
    assert _names(need="DENTAL", place="00011") == ["Orchard Dental"]
    assert _names(need="DENTAL", place="00021") == []


@pytest.mark.usefixtures("seeded")
def test_a_statewide_service_matches_every_place_and_says_so() -> None:
    found = {f.service.source_id: f for f in queries.search_services(place="Harbor", need="CRISIS_LINE").object_list}
    assert queries.Reason(kind="PLACE", code="Harbor") in found["warm_line_calls"].reasons
    elsewhere = {f.service.source_id: f for f in queries.search_services(place="Nowhere").object_list}
    assert set(elsewhere) == {"warm_line_calls"}
    assert elsewhere["warm_line_calls"].reasons == (queries.Reason(kind="STATEWIDE"),)


@pytest.mark.usefixtures("seeded")
def test_language_words_and_room_are_joined_by_and() -> None:
    assert _names(need="PEER", language="es") == ["Mothers' Circle"]
    assert _names(text="dental judgment") == ["Orchard Dental"]
    assert "Valley Counseling" not in _names(need="COUNSELING", has_capacity=True)


@pytest.mark.usefixtures("seeded")
def test_search_takes_the_same_few_statements_on_every_page(django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        queries.search_services(place="00011", medicaid=True)
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        assert len(queries.search_services(page=2).object_list) == queries.PER_PAGE


# Import ---------------------------------------------------------------------------------------------------


def test_a_second_import_of_the_same_file_changes_nothing(seeded: DirectoryFacts) -> None:
    children = (Phone.objects.count(), Attribute.objects.count(), Capacity.objects.count())
    again = _bring(facts=seeded)
    assert again.nothing_changed
    assert (Phone.objects.count(), Attribute.objects.count(), Capacity.objects.count()) == children


def test_what_left_the_source_becomes_inactive_and_comes_back(seeded: DirectoryFacts) -> None:
    gone = dataclasses.replace(
        seeded,
        services=tuple(s for s in seeded.services if s.source_id != "warm_line_calls"),
        services_at_locations=tuple(j for j in seeded.services_at_locations if j.service_id != "warm_line_calls"),
    )
    ended = {c.table: c.ended for c in _bring(facts=gone).changes}
    assert (ended["service"], ended["serviceatlocation"]) == (1, 1)
    assert not _service("warm_line_calls").active
    assert "Columbia Warm Line" not in _names(text="warm line")
    _bring(facts=seeded)
    assert _service("warm_line_calls").active


def test_a_change_keeps_the_row_that_a_referral_may_point_at(seeded: DirectoryFacts) -> None:
    before = _service("riverbend_mat").pk
    services = tuple(dataclasses.replace(s, name="Riverbend clinic") if s.source_id == "riverbend_mat" else s for s in seeded.services)
    changed = _bring(facts=dataclasses.replace(seeded, services=services))
    assert {c.table: c.updated for c in changed.changes}["service"] == 1
    assert (_service("riverbend_mat").pk, _service("riverbend_mat").name) == (before, "Riverbend clinic")


def test_a_dry_run_counts_and_writes_nothing() -> None:
    result = actions.preview_import(facts=seed_facts())
    assert {c.table: c.added for c in result.changes}["service"] == len(seed_facts().services)
    assert not Organization.objects.exists()


def test_an_agencys_own_services_are_joined_by_name() -> None:
    agency = an_agency()
    facts = seed_facts()
    services = tuple(dataclasses.replace(s, agency_name=agency.name) if s.source_id == "riverbend_mat" else s for s in facts.services)
    _bring(facts=dataclasses.replace(facts, services=services))
    assert [s.source_id for s in queries.services_of_agency(agency_id=agency.pk)] == ["riverbend_mat"]


def test_a_steward_joins_a_service_to_an_agency_and_an_import_leaves_it_so(seeded: DirectoryFacts) -> None:
    agency, key = an_agency(), _service("open_table_pantry").pk
    steward, other = viewer(a_worker(Role.DIRECTORY_STEWARD)), viewer(a_worker(Role.HOME_VISITOR))
    with acting_as(other), pytest.raises(NotVisible):
        actions.join_agency(service_id=key, agency_id=agency.pk, by=other, at=AT)
    with acting_as(steward):
        actions.join_agency(service_id=key, agency_id=agency.pk, by=steward, at=AT)
    assert _bring(facts=seeded).nothing_changed
    assert _service("open_table_pantry").agency_id == agency.pk


def test_only_a_steward_imports() -> None:
    steward, other = viewer(a_worker(Role.DIRECTORY_STEWARD)), viewer(a_worker(Role.CARE_COORDINATOR))
    with pytest.raises(NotVisible):
        _bring(facts=seed_facts(), by=other)
    assert not Service.objects.exists()
    _bring(facts=seed_facts(), by=steward)
    assert _audited(steward, action="directory.imported", worker_id=steward.worker_id) == 1


@pytest.mark.parametrize(
    ("parts", "services"),
    [
        (("hsds", "spec_3.0", "examples", "csv"), 1),
        (("hsds", "spec_3.1-dev", "examples", "organization_full.json"), 1),
        (("hsds", "ohana_sample_csv"), 23),
        (("samhsa", "findtreatment_locator_sample.json"), 30),
    ],
)
def test_directories_of_others_are_imported_and_imported_again(parts: tuple[str, ...], services: int) -> None:
    facts = read_path(path=shared_data(*parts), source="others")
    _bring(facts=facts)
    assert Service.objects.count() == services
    assert _bring(facts=facts).nothing_changed


def test_the_locator_is_found_by_need_and_feature() -> None:
    _bring(facts=read_path(path=shared_data("samhsa", "findtreatment_locator_sample.json"), source="s"))
    assert queries.search_services(takes_pregnant=True).paginator.count == 3
    assert queries.search_services(need="MEDICINE_FOR_RECOVERY", medicaid=True, place="Charlottesville").paginator.count > 0
    assert queries.search_services(language="es").paginator.count > 0


# Room -----------------------------------------------------------------------------------------------------


def test_an_agency_says_the_room_of_its_own_service_only(seeded: DirectoryFacts) -> None:
    own, other = a_worker(Role.CARE_COORDINATOR), a_worker(Role.CARE_COORDINATOR)
    Service.objects.filter(source_id="riverbend_mat").update(agency_id=own.agency_id)
    key = _service("riverbend_mat").pk
    refused = _say_room(service_id=key, available=1, maximum=20, by=viewer(other))
    assert refused is actions.CapacityAnswer.NOT_YOURS
    assert _service("riverbend_mat").available == 6
    saved = _say_room(service_id=key, available=1, maximum=20, by=viewer(own))
    assert saved is actions.CapacityAnswer.SAVED
    assert (_service("riverbend_mat").available, Capacity.objects.get(service_id=key).available) == (1, 1)
    assert _audited(viewer(own), action="directory.capacity_updated", object_id=key) == 1


def test_room_beyond_the_maximum_or_of_no_service_is_not_saved(seeded: DirectoryFacts) -> None:
    steward, key = viewer(a_worker(Role.DIRECTORY_STEWARD)), _service("riverbend_mat").pk
    too_much = _say_room(service_id=key, available=21, maximum=20, by=steward)
    assert too_much is actions.CapacityAnswer.MORE_THAN_THERE_IS
    with pytest.raises(NotVisible):
        _say_room(service_id=uuid4(), available=1, maximum=None, by=steward)


def test_room_said_here_later_survives_an_older_file_and_yields_to_a_newer(seeded: DirectoryFacts) -> None:
    key = _service("riverbend_mat").pk
    _say_room(service_id=key, available=2, maximum=20, by=IMPORT)
    _bring(facts=seeded)
    assert _service("riverbend_mat").available == 2
    newer = CapacityFact(unit="slot", available=9, maximum=20, updated_at=AT + timedelta(days=1))
    services = tuple(dataclasses.replace(s, capacities=(newer,)) if s.source_id == "riverbend_mat" else s for s in seeded.services)
    _bring(facts=dataclasses.replace(seeded, services=services))
    assert _service("riverbend_mat").available == 9
