"""The directory's screens, each open to some and not there for others."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.agencies import a_worker, viewer
from tests.shared_data import shared_data

from careloom.agencies.roles import Role
from careloom.directory import actions
from careloom.directory.facts import DirectoryFacts
from careloom.directory.models import Service, WaitingUpload
from careloom.infra.access import NotVisible

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def _service(source_id: str) -> Service:
    return Service.objects.get(source_id=source_id)


def _entered(client: Client, role: Role) -> Client:
    client.force_login(a_worker(role).worker.user)
    return client


@pytest.mark.usefixtures("seeded")
def test_the_search_page_works_without_script_and_htmx_gets_the_list_alone(client: Client) -> None:
    worker = _entered(client, Role.HOME_VISITOR)
    asked = {"need": "PEER", "language": "es", "takes_pregnant": "on"}
    page, part = worker.get("/directory/", asked), worker.get("/directory/", asked, headers={"HX-Request": "true"})
    assert "Mothers&#x27; Circle" in page.content.decode()
    assert "Walk Beside" not in page.content.decode()
    assert "<html" in page.content.decode()
    assert "<html" not in part.content.decode()
    assert "Mothers&#x27; Circle" in part.content.decode()
    assert worker.get("/directory/", {"page": "2"}).status_code == 200
    assert worker.get("/directory/", {"need": "NO_SUCH", "page": "x"}).status_code == 200


@pytest.mark.usefixtures("seeded")
def test_a_shelters_page_shows_no_address(client: Client) -> None:
    page = _entered(client, Role.HOME_VISITOR).get(f"/directory/{_service('safe_shore_advocates').pk}/").content.decode()
    assert "The address is not shown" in page
    assert "Example Street" not in page


def test_strangers_are_led_to_sign_in_and_an_unknown_service_is_not_there(client: Client) -> None:
    assert client.get("/directory/").status_code == 302
    assert _entered(client, Role.HOME_VISITOR).get(f"/directory/{uuid4()}/").status_code == 404


def test_the_room_form_saves_for_the_own_agency_and_is_not_there_for_others(client: Client, seeded: DirectoryFacts) -> None:
    own = a_worker(Role.CARE_COORDINATOR)
    Service.objects.filter(source_id="riverbend_mat").update(agency_id=own.agency_id)
    address = f"/directory/{_service('riverbend_mat').pk}/room/"
    assert _entered(Client(), Role.CARE_COORDINATOR).get(address).status_code == 404
    client.force_login(own.worker.user)
    assert client.post(address, {"available": "30", "maximum": "20"}).status_code == 422
    assert client.post(address, {"available": "3", "maximum": "20"}).status_code == 302
    assert _service("riverbend_mat").available == 3


def _file(content: bytes) -> dict[str, object]:
    return {"source": "mock-211", "file": SimpleUploadedFile("d.json", content)}


def test_the_steward_sees_what_would_change_and_then_brings_it_in(client: Client) -> None:
    steward = _entered(client, Role.DIRECTORY_STEWARD)
    data = shared_data("hsds", "spec_3.1-dev", "examples", "organization_full.json").read_bytes()
    check = steward.post("/import/directory/", _file(data)).headers["Location"]
    assert "Nothing has changed yet" in steward.get(check).content.decode()
    assert not Service.objects.exists()
    assert steward.post(check).status_code == 302
    assert Service.objects.count() == 1
    assert not WaitingUpload.objects.exists()
    assert steward.post(check).status_code == 404


def test_a_broken_directory_is_refused_and_nothing_waits(client: Client) -> None:
    steward = _entered(client, Role.DIRECTORY_STEWARD)
    broken = json.dumps({"contents": [{"id": "o1", "name": "", "description": "x"}]}).encode()
    answer = steward.post("/import/directory/", _file(broken))
    assert answer.status_code == 422
    assert "has no name" in answer.content.decode()
    assert not WaitingUpload.objects.exists()


def test_a_worker_who_is_no_steward_finds_no_upload_page(client: Client) -> None:
    assert _entered(client, Role.CARE_COORDINATOR).get("/import/directory/").status_code == 404


def test_a_waiting_file_is_its_makers_alone() -> None:
    first, second = viewer(a_worker(Role.DIRECTORY_STEWARD)), viewer(a_worker(Role.DIRECTORY_STEWARD))
    kept = actions.keep_upload(name="d", source="s", data=b"x", by=first, at=AT)
    assert actions.take_upload(upload_id=kept, by=first) == ("d", "s", b"x")
    with pytest.raises(NotVisible):
        actions.take_upload(upload_id=kept, by=second)
    actions.keep_upload(name="e", source="s", data=b"y", by=second, at=AT + timedelta(days=2))
    assert not WaitingUpload.objects.filter(pk=kept).exists()
