"""A family's records come in whole or not at all, and twice is once: by screen, and from real bundles that others made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.agencies import a_worker, viewer
from tests.shared_data import shared_data

from careloom.agencies.roles import Role
from careloom.exchange.importing import File, Imported, Refused, import_family
from careloom.health.models import Birth, Condition
from careloom.infra import clock
from careloom.infra.access import Viewer, acting_as
from careloom.people.models import PersonRecord

BUNDLES = Path(__file__).resolve().parents[2] / "worlds" / "bundles"


def file(name: str) -> File:
    return File(name=f"{name}.json", data=(BUNDLES / f"{name}.json").read_bytes())


@pytest.fixture
def renee(db: None) -> Viewer:
    return viewer(a_worker(Role.HOSPITAL_SOCIAL_WORKER))


def bring_in(by: Viewer, mother: File | None, *infants: File) -> Imported | Refused:
    with acting_as(by):
        return import_family(by=by, at=clock.now(), mother=mother, infants=infants)


def rows(by: Viewer) -> tuple[int, int, int]:
    with acting_as(by):
        return PersonRecord.objects.count(), Birth.objects.count(), Condition.objects.count()


def test_a_mother_and_her_infant_become_records_with_their_birth(renee: Viewer) -> None:
    answer = bring_in(renee, file("mother"), file("infant"))
    assert isinstance(answer, Imported)
    assert rows(renee)[:2] == (2, 1)


def test_twins_are_two_births_of_one_mother(renee: Viewer) -> None:
    answer = bring_in(renee, file("mother"), file("twins"))
    assert isinstance(answer, Imported)
    assert len(answer.birth_ids) == 2


def test_bringing_them_in_again_changes_nothing(renee: Viewer) -> None:
    bring_in(renee, file("mother"), file("infant"))
    before = rows(renee)
    again = bring_in(renee, file("mother"), file("infant"))
    assert isinstance(again, Imported)
    assert (again.put.added, again.put.changed) == (0, 0)
    assert rows(renee) == before


@pytest.mark.parametrize("cut", [10, 200, 900])
def test_a_truncated_file_is_refused_whole(renee: Viewer, cut: int) -> None:
    broken = File(name="infant.json", data=file("infant").data[:cut])
    answer = bring_in(renee, file("mother"), broken)
    assert isinstance(answer, Refused)
    assert rows(renee) == (0, 0, 0)


def test_swapped_files_are_refused(renee: Viewer) -> None:
    assert isinstance(bring_in(renee, file("infant"), file("mother")), Refused)


def test_the_same_file_twice_is_refused(renee: Viewer) -> None:
    assert isinstance(bring_in(renee, file("mother"), file("mother")), Refused)


def test_what_is_wrong_is_named_by_its_path(renee: Viewer) -> None:
    bundle = json.loads(file("mother").data)
    patient = next(e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == "Patient")
    patient["birthDate"] = "yesterday"
    answer = bring_in(renee, File(name="m.json", data=json.dumps(bundle).encode()))
    assert isinstance(answer, Refused)
    assert any("birthDate" in problem.path for _, problem in answer.problems)


def test_another_agency_does_not_see_what_was_brought_in(renee: Viewer) -> None:
    bring_in(renee, file("mother"), file("infant"))
    assert rows(viewer(a_worker(Role.HOSPITAL_SOCIAL_WORKER))) == (0, 0, 0)


@pytest.mark.slow
def test_real_synthea_bundles_come_in(renee: Viewer) -> None:
    folder = shared_data("synthea_r4")
    mother = next(folder.glob("Virginia*.json"))
    infant = next(folder.glob("Luigi*.json"))
    answer = bring_in(renee, File(name="m.json", data=mother.read_bytes()), File(name="i.json", data=infant.read_bytes()))
    assert isinstance(answer, Imported)
    assert answer.put.added > 50
    assert answer.unused["Claim"] > 0


def upload(client: Client, **files: bytes) -> object:
    sent = {name: SimpleUploadedFile(f"{name}.json", data, content_type="application/json") for name, data in files.items()}
    return client.post("/import/family/", sent)


def test_a_social_worker_uploads_them(client: Client, renee: Viewer) -> None:
    member = a_worker(Role.HOSPITAL_SOCIAL_WORKER)
    client.force_login(member.worker.user)
    answer = upload(client, mother=file("mother").data, infant=file("infant").data)
    assert answer.status_code in {200, 302}  # type: ignore[attr-defined]
    assert rows(viewer(member))[:2] == (2, 1)


def test_a_broken_upload_says_what_to_do(client: Client, db: None) -> None:
    client.force_login(a_worker(Role.HOSPITAL_SOCIAL_WORKER).worker.user)
    answer = upload(client, mother=b'{"resourceType": "Bundle"')
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert b"Nothing was taken" in answer.content  # type: ignore[attr-defined]


def test_a_home_visitor_gets_the_page_of_what_does_not_exist(client: Client, db: None) -> None:
    client.force_login(a_worker(Role.HOME_VISITOR).worker.user)
    assert client.get("/import/family/").status_code == 404
