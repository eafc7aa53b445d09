"""Exports say nothing of a family that a system may not see: not in files, not in how they are written, not by the addresses of another's export."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client
from tests.factories.agencies import an_agency
from tests.factories.exports import kick_off, lines_of, manifest_of
from tests.factories.fhir import System, a_system
from tests.silence.hidden import NAMES, Hidden, a_hidden_family
from tests.silence.same import ask, statements

from careloom.agencies.roles import Role
from careloom.fhir.bulk.work import work
from careloom.fhir.models import ExportFile
from careloom.infra import clock
from careloom.kernel.agency_kinds import AgencyKind

pytestmark = pytest.mark.django_db
PUBLIC = {"Organization", "HealthcareService", "Location"}


@pytest.fixture
def hidden(db: None) -> Iterator[Hidden]:
    with clock.at(clock.now()):
        yield a_hidden_family()


@pytest.fixture
def outsider(hidden: Hidden) -> System:
    return a_system(an_agency(kind=AgencyKind.CPS_AGENCY), role=Role.SUPERVISOR)


def test_the_files_of_an_outsider_hold_nothing_of_the_family(hidden: Hidden, outsider: System) -> None:
    output = manifest_of(outsider, kick_off(outsider))["output"]
    assert {one["type"] for one in output} <= PUBLIC
    text = str([lines_of(outsider, one["url"]) for one in output])
    assert not any(word in text for word in (*NAMES, str(hidden.plan.pk), str(hidden.plan.identity_id)))


def test_a_study_is_given_nothing_of_what_was_shared_for_care(hidden: Hidden) -> None:
    study = a_system(hidden.world.harbor, role=Role.HOME_VISITOR, purpose="research")
    output = manifest_of(study, kick_off(study))["output"]
    assert {one["type"] for one in output} <= PUBLIC
    carer = a_system(hidden.world.harbor, role=Role.HOME_VISITOR)
    assert {"CarePlan", "Patient"} <= {one["type"] for one in manifest_of(carer, kick_off(carer))["output"]}


def test_writing_takes_the_same_statements_with_a_hidden_family_and_without(db: None) -> None:
    """How long it takes to write must not tell whether there is somebody: the same questions are put to the database."""
    with clock.at(clock.now()):
        outsider = a_system(an_agency(kind=AgencyKind.CPS_AGENCY), role=Role.SUPERVISOR)
        asked = []
        for there in (False, True):
            if there:
                a_hidden_family()
            where = kick_off(outsider, "Patient/$export?_type=Patient,CarePlan,Goal,Task,Consent,Provenance")
            with statements() as found:
                work(now=clock.now)
            asked.append(found)
            assert outsider.read(where)["output"] == []
    assert asked[0] == asked[1]


def test_an_export_of_another_is_answered_as_none(hidden: Hidden, outsider: System) -> None:
    keeper = a_system(hidden.world.riverbend, role=Role.SUPERVISOR)
    where = kick_off(keeper)
    manifest_of(keeper, where)
    file = ExportFile.objects.filter(kind="Patient").get()
    here, nowhere = f"/fhir/export/{file.export_id}", f"/fhir/export/{uuid4()}"
    pairs = [
        (here, nowhere), (f"{here}/{file.pk}", f"{nowhere}/{uuid4()}"),
        (f"/fhir/Group/{hidden.world.riverbend.pk}/$export", f"/fhir/Group/{uuid4()}/$export"),
    ]  # fmt: skip
    client = Client(headers=outsider.headers())
    for method in ("get", "delete"):
        for there, none in pairs[: 3 if method == "get" else 1]:
            first, second = ask(client, there, method=method), ask(client, none, method=method)
            assert first.status == 404, (method, there)
            assert first == second, (method, there)
    assert keeper.get(where).status_code == 200
