"""Bulk Data: an export holds what the same system would read, no more, and only as long as it may be read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from tests.factories.agencies import viewer
from tests.factories.exports import exported, kick_off, lines_of, manifest_of
from tests.factories.fhir import FhirWorld, System, a_system, an_administrator

from careloom.agencies.models import Agency
from careloom.agencies.roles import Role
from careloom.consents.actions import revoke_consent
from careloom.fhir.bulk import work as job
from careloom.fhir.clients import actions as clients
from careloom.fhir.models import Export, ExportFile
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.access.models import AccessLog, Disclosure
from careloom.people.models import PersonRecord

pytestmark = pytest.mark.django_db


def searched(system: System, kind: str) -> dict[str, Any]:
    return {one["id"]: one for one in system.found(f"{kind}?_count=200")}


@pytest.mark.parametrize("who", ["keeper", "reader"])
def test_an_export_holds_what_a_search_shows_and_no_more(who: str, request: pytest.FixtureRequest) -> None:
    system: System = request.getfixturevalue(who)
    files = exported(system)
    assert {"Patient", "CarePlan", "Goal", "Provenance", "Organization"} <= files.keys()
    for kind in set(files) - {"Provenance"}:
        assert {one["id"]: one for one in files[kind]} == searched(system, kind), kind
    for one in files["Provenance"]:
        assert one["target"][0]["reference"].partition("/")[2] in {each["id"] for kind in files for each in files[kind]}
        assert system.read(f"Provenance/{one['id']}") == one


def test_the_group_of_a_system_is_its_agency_and_no_other(keeper: System, made: FhirWorld) -> None:
    whole = exported(keeper)
    where = f"Group/{made.world.riverbend.pk}/$export"
    assert {kind: len(held) for kind, held in exported(keeper, where).items()} == {kind: len(held) for kind, held in whole.items()}
    for other in (made.world.harbor.pk, uuid4(), "x"):
        assert keeper.get(f"Group/{other}/$export").status_code == 404


def test_it_is_said_how_far_it_is(keeper: System) -> None:
    with clock.at(clock.now()):
        where = kick_off(keeper, "Patient/$export?_type=Patient,Goal")
        answer = keeper.get(where)
        assert (answer.status_code, answer.headers["X-Progress"], answer.content) == (202, "waiting to begin", b"")
        assert int(answer.headers["Retry-After"]) > 0
        soon = keeper.get(where)
        assert (soon.status_code, soon.json()["issue"][0]["code"]) == (429, "throttled")
        assert int(soon.headers["Retry-After"]) > 0
        job.one_step(at=clock.now())
    with clock.at(clock.now() + timedelta(seconds=6)):
        assert keeper.get(where).headers["X-Progress"] == "1 of 2 types written"
        manifest = manifest_of(keeper, where)
        assert [one["type"] for one in manifest["output"]] == ["Patient", "Goal"]
        assert manifest["request"] == "http://testserver/fhir/Patient/$export?_type=Patient%2CGoal"
        assert manifest["requiresAccessToken"] is True
        assert manifest["error"] == []
        assert keeper.get(where).headers["Expires"]


def test_a_stopped_export_goes_on_and_writes_nothing_twice(keeper: System, made: FhirWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = exported(keeper, "Patient/$export?_type=Patient,Organization")
    for _ in range(3):
        made.world.a_mother(given_name="Another")
    monkeypatch.setattr(job, "A_PAGE", 1)
    monkeypatch.setattr(job, "A_FILE", 2)
    where = kick_off(keeper, "Patient/$export?_type=Patient,Organization")
    job.one_step(at=clock.now())

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(job, "_move", stop)
        with pytest.raises(KeyboardInterrupt):
            job.one_step(at=clock.now())
    assert ExportFile.objects.filter(export__finished_at=None).count() == 1
    output = manifest_of(keeper, where)["output"]
    ids = [one["id"] for file in output for one in lines_of(keeper, file["url"])]
    assert len(ids) == len(set(ids)) == len(whole["Patient"]) + 3 + len(whole["Organization"])
    assert max(file["count"] for file in output) == 2


def test_what_fails_again_and_again_is_given_up(keeper: System, monkeypatch: pytest.MonkeyPatch) -> None:
    where = kick_off(keeper)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(job, "_go_on", broken)
    for _ in range(job.MOST_TRIES):
        with pytest.raises(RuntimeError):
            job.one_step(at=clock.now())
    assert job.work(now=clock.now) == 1
    answer = keeper.get(where)
    assert (answer.status_code, answer.json()["resourceType"]) == (500, "OperationOutcome")


def test_the_same_request_while_it_is_under_way_is_one_export(keeper: System) -> None:
    where = kick_off(keeper)
    assert kick_off(keeper) == where
    busy = keeper.get("Patient/$export?_type=Goal")
    assert (busy.status_code, busy.headers["Retry-After"]) == (429, "30")
    manifest_of(keeper, where)
    assert kick_off(keeper, "Patient/$export?_type=Goal") != where


def test_too_many_kept_exports_are_refused_until_one_is_ended(keeper: System) -> None:
    kept = [kick_off(keeper, "Patient/$export?_type=Goal") for _ in range(10) if job.work(now=clock.now) >= 0]
    job.work(now=clock.now)
    assert keeper.get("Patient/$export?_type=Goal").status_code == 429
    assert keeper.http.delete(kept[0], headers=keeper.headers()).status_code == 202
    assert kick_off(keeper, "Patient/$export?_type=Goal")


def test_what_was_being_written_when_it_ended_is_not_kept(keeper: System, monkeypatch: pytest.MonkeyPatch) -> None:
    where = kick_off(keeper)
    real = job.next_page

    def ended_meanwhile(*args: Any) -> Any:
        Export.objects.all().delete()
        return real(*args)

    monkeypatch.setattr(job, "next_page", ended_meanwhile)
    assert job.one_step(at=clock.now())
    monkeypatch.undo()
    # The step was rolled back as a whole, here with the end itself: one connection plays both parts.
    assert not ExportFile.objects.exists()
    assert {one["type"] for one in manifest_of(keeper, where)["output"]} >= {"Patient", "Goal"}


def test_delete_and_then_there_is_nothing(keeper: System) -> None:
    where = kick_off(keeper)
    url = manifest_of(keeper, where)["output"][0]["url"]
    assert keeper.http.delete(where, headers=keeper.headers()).status_code == 202
    for address in (where, url):
        assert keeper.get(address).status_code == 404
    assert not ExportFile.objects.exists()
    assert keeper.http.delete(where, headers=keeper.headers()).status_code == 404


def test_files_are_gone_after_a_day(keeper: System) -> None:
    where = kick_off(keeper)
    url = manifest_of(keeper, where)["output"][0]["url"]
    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        job.work(now=clock.now)
        assert not Export.objects.exists()
        assert not ExportFile.objects.exists()
        late = a_system(Agency.objects.get(pk=keeper.row.agency_id))
        assert late.get(url).status_code == 404


def test_the_files_are_sealed(keeper: System) -> None:
    manifest_of(keeper, kick_off(keeper))
    for file in ExportFile.objects.all():
        assert b"Maribel" not in bytes(file.sealed)
        assert b"resourceType" not in bytes(file.sealed)


def test_a_consent_that_is_revoked_takes_the_file_away(reader: System, made: FhirWorld) -> None:
    output = manifest_of(reader, kick_off(reader))["output"]
    by_kind = {one["type"]: one["url"] for one in output}
    assert lines_of(reader, by_kind["CarePlan"])
    by = viewer(made.world.dana)
    with acting_as(by):
        revoke_consent(consent_id=made.consent.pk, by=by, at=clock.now(), how="PAPER")
    for kind in ("CarePlan", "Goal", "Patient", "Provenance"):
        answer = reader.get(by_kind[kind], Accept="application/fhir+ndjson")
        assert (answer.status_code, answer.json()["issue"][0]["code"]) == (410, "deleted"), kind
        assert b"Maribel" not in answer.content
        assert reader.get(by_kind[kind]).status_code == 404
    assert lines_of(reader, by_kind["Organization"])


def test_a_consent_revoked_before_it_is_written_is_not_in_it(reader: System, made: FhirWorld) -> None:
    where = kick_off(reader)
    by = viewer(made.world.dana)
    with acting_as(by):
        revoke_consent(consent_id=made.consent.pk, by=by, at=clock.now(), how="PAPER")
    assert {one["type"] for one in manifest_of(reader, where)["output"]} <= {"Organization", "HealthcareService", "Location"}


def test_a_number_that_is_not_safe_any_more_is_not_sent_out(keeper: System, made: FhirWorld) -> None:
    url = next(one["url"] for one in manifest_of(keeper, kick_off(keeper))["output"] if one["type"] == "Patient")
    assert "telecom" in lines_of(keeper, url)[0]
    with acting_as(viewer(made.world.dana)):
        PersonRecord.objects.filter(identity_id=made.plan.identity_id).update(phone="")
    assert keeper.get(url).status_code == 410


def test_each_family_is_logged_when_it_is_written_and_when_it_is_taken(reader: System, made: FhirWorld) -> None:
    def looks() -> int:
        with acting_as(viewer(an_administrator(made.world.harbor))):
            return AccessLog.objects.filter(
                agency_id=made.world.harbor.pk, identity_id=made.plan.identity_id, place__startswith="fhir:CarePlan"
            ).count()

    where = kick_off(reader, "Patient/$export?_type=CarePlan")
    assert looks() == 0
    url = manifest_of(reader, where)["output"][0]["url"]
    assert looks() > 0
    before = looks()
    lines_of(reader, url)
    assert looks() > before
    with acting_as(viewer(made.world.dana)):
        assert Disclosure.objects.filter(recipient_id=made.world.harbor.pk, identity_id=made.plan.identity_id).exists()


def test_only_what_changed_since(keeper: System) -> None:
    later = (clock.now() + timedelta(hours=1)).isoformat()
    assert not exported(keeper, f"Patient/$export?_type=Patient,Goal&_since={later}")
    assert exported(keeper, "Patient/$export?_type=Patient,Goal&_since=2020-01-01T00:00:00Z").keys() == {"Patient", "Goal"}


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("_type=Observatory", 400), ("_typeFilter=Patient%3Factive%3Dtrue", 400), ("_since=yesterday", 400), ("_since=2026-13-40", 400),
        ("_outputFormat=text/csv", 400), ("_since=" + "2" * 400, 400), ("patient=1", 400), ("_type=%00", 400),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_words(keeper: System, query: str, status: int) -> None:
    answer = keeper.get(f"Patient/$export?{query}")
    assert (answer.status_code, answer.json()["resourceType"]) == (status, "OperationOutcome")
    assert not Export.objects.exists()


def test_a_lenient_system_is_given_what_there_is(keeper: System) -> None:
    answer = keeper.get("Patient/$export?_type=Goal,Observatory&_elements=id", Prefer="respond-async, handling=lenient")
    assert answer.status_code == 202
    assert [one["type"] for one in manifest_of(keeper, answer.headers["Content-Location"])["output"]] == ["Goal"]


def test_scopes_and_registration_bound_an_export(made: FhirWorld, keeper: System) -> None:
    narrow = a_system(made.world.riverbend, role=Role.CARE_COORDINATOR, scopes=("system/Goal.rs",))
    assert exported(narrow).keys() == {"Goal"}
    assert narrow.get("Patient/$export?_type=CarePlan").status_code == 403
    where = kick_off(keeper)
    url = manifest_of(keeper, where)["output"][0]["url"]
    for method, address in (("get", where), ("get", url), ("delete", where)):
        assert getattr(narrow.http, method)(address, headers=narrow.headers()).status_code == 404
        assert getattr(narrow.http, method)(address).status_code == 401


def test_a_system_that_is_taken_back_loses_its_exports(made: FhirWorld, keeper: System) -> None:
    kick_off(keeper)
    by = viewer(an_administrator(made.world.riverbend))
    with acting_as(by):
        clients.revoke(client_id=keeper.row.pk, by=by, at=clock.now())
    job.work(now=clock.now)
    assert not Export.objects.exists()
