"""`Patient/{id}/$everything`: what the searches show of one person, a page at a time, and no row more."""

from __future__ import annotations

from uuid import uuid4

import pytest
from tests.factories.agencies import an_agency, viewer
from tests.factories.charts import a_whole_record
from tests.factories.fhir import FhirWorld, System, a_system

from careloom.agencies.roles import Role
from careloom.fhir.serving.everything import OF_HER
from careloom.infra.access import acting_as
from careloom.infra.access.models import AccessLog
from careloom.kernel.agency_kinds import AgencyKind

pytestmark = pytest.mark.django_db


def told(system: System, path: str) -> list[str]:
    return [f"{one['resourceType']}/{one['id']}" for one in system.found(path)]


def by_search(system: System, mother: object) -> set[str]:
    asked = {name: f"{name}?{'_id' if name == 'Patient' else 'patient'}={mother}&_count=200" for name in OF_HER}
    return {f"{name}/{one['id']}" for name, path in asked.items() for one in system.found(path)}


def test_it_holds_what_the_searches_show_and_nothing_else(made: FhirWorld, keeper: System, reader: System) -> None:
    a_whole_record(made.world, mother=made.mother)
    for system in (keeper, reader):
        found = told(system, f"Patient/{made.mother}/$everything?_count=200")
        assert len(found) == len(set(found))
        assert set(found) == by_search(system, made.mother)
    kinds = {one.partition("/")[0] for one in told(keeper, f"Patient/{made.mother}/$everything")}
    assert kinds == set(OF_HER)
    assert "entry" in keeper.read(f"Patient/{made.mother}/$everything")


def test_its_pages_tell_each_resource_once(made: FhirWorld, keeper: System) -> None:
    a_whole_record(made.world, mother=made.mother)
    whole, path, found = told(keeper, f"Patient/{made.mother}/$everything"), f"Patient/{made.mother}/$everything?_count=3", []
    while path:
        page = keeper.read(path)
        found += told(keeper, path)
        assert len([one for one in page.get("entry", []) if one["search"]["mode"] == "match"]) <= 3
        path = next((link["url"] for link in page["link"] if link["relation"] == "next"), "")
    assert found == whole


def test_types_and_since_narrow_it(made: FhirWorld, keeper: System) -> None:
    her = f"Patient/{made.mother}/$everything"
    assert {one.partition("/")[0] for one in told(keeper, f"{her}?_type=Goal,CarePlan")} == {"Goal", "CarePlan"}
    assert told(keeper, f"{her}?_type=Goal,CarePlan&_since=2999-01-01T00:00:00Z") == []
    for wrong in ("_type=Nothing", "_since=ge2020", "_since=soon", "code=x", "_count=x", "_page=x"):
        assert keeper.get(f"{her}?{wrong}").status_code == 400, wrong


def test_scopes_narrow_it_and_a_link_is_for_one_system(made: FhirWorld, keeper: System) -> None:
    her = f"Patient/{made.mother}/$everything"
    few = a_system(made.world.riverbend, role=Role.CARE_COORDINATOR, scope="system/Patient.r system/Goal.r")
    assert {one.partition("/")[0] for one in told(few, her)} == {"Patient", "Goal"}
    none = a_system(made.world.riverbend, role=Role.CARE_COORDINATOR, scope="system/Goal.rs")
    assert none.get(her).status_code == 403
    following = next(link["url"] for link in keeper.read(f"{her}?_count=1")["link"] if link["relation"] == "next")
    assert few.get(following).status_code == 400
    other = made.world.a_mother()
    assert keeper.get(following.replace(str(made.mother), str(other))).status_code == 400


def test_hidden_is_answered_as_absent_and_logged_as_a_miss(made: FhirWorld) -> None:
    agency = an_agency(kind=AgencyKind.CPS_AGENCY)
    system = a_system(agency, role=Role.SUPERVISOR)
    answers = [system.get(f"Patient/{key}/$everything") for key in (made.mother, uuid4())]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert system.get(f"Patient/{made.mother}/$nothing").status_code == 404
    by = viewer(made.world.supervisor)
    with acting_as(by):
        assert not AccessLog.objects.filter(agency_id=agency.pk, identity_id=made.mother).exists()
