"""Search, paging, includes, versions and errors of the FHIR server."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from fhir.resources.R4B import get_fhir_model_class
from tests.factories.agencies import viewer
from tests.factories.fhir import FhirWorld, System, a_system

from careloom.agencies.roles import Role
from careloom.directory.models import Organization
from careloom.fhir.clients.scopes import TYPES
from careloom.fhir.serving.registry import KINDS, includes_of, revincludes_of
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.people.models import PersonRecord
from careloom.plans.models import Referral

pytestmark = pytest.mark.django_db

NEEDED = {"Provenance": {"target": "CarePlan/x"}, "AuditEvent": {"date": "2020"}}
"""What a search of a type cannot do without."""


def ids(bundle: dict[str, Any], mode: str = "match") -> list[tuple[str, str]]:
    return [(e["resource"]["resourceType"], e["resource"].get("id", "")) for e in bundle.get("entry", []) if e["search"]["mode"] == mode]


def test_the_capability_statement_holds_and_names_only_what_works(keeper: System, officer: System) -> None:
    said = Client().get("/fhir/metadata").json()
    get_fhir_model_class("CapabilityStatement").model_validate(said)
    named = said["rest"][0]["resource"]
    # The one group of a system is known to exports only.
    assert [one["type"] for one in named] == [*TYPES, "Group"]
    assert list(TYPES) == list(dict.fromkeys((*(t for t in TYPES), *KINDS)))
    exports = {one["type"]: one["operation"][0]["definition"].rpartition("/")[2] for one in named if "operation" in one}
    assert exports == {"Patient": "patient-export", "Group": "group-export"}
    for one in named[:-1]:
        kind = one["type"]
        asks = officer if kind == "AuditEvent" else keeper
        assert asks.get(f"{kind}/{uuid4()}").status_code == 404
        for param in one["searchParam"]:
            value = {"date": "2020", "reference": f"Patient/{uuid4()}"}.get(param["type"], "x")
            asked = f"{kind}?{urlencode({param['name']: value} | NEEDED.get(kind, {}))}"
            bundle = asks.get(asked, Prefer="handling=strict")
            assert bundle.status_code == 200, (asked, bundle.content)
        for name, lists in (("_include", one.get("searchInclude", [])), ("_revinclude", one.get("searchRevInclude", []))):
            for value in lists:
                asked = f"{kind}?{urlencode({'_id': uuid4(), name: value})}"
                assert asks.get(asked, Prefer="handling=strict").status_code == 200, asked
    assert "metadata" not in str(said["rest"][0].get("operation", ""))


def test_each_parameter_finds_what_it_says(made: FhirWorld, keeper: System) -> None:
    referral = keeper.found("ServiceRequest")[0]
    mother, plan = made.mother, made.plan.pk
    river = made.world.riverbend.pk
    finds = {
        "Patient": [
            f"_id={mother}",
            f"identifier=urn:uuid:{mother}", f"identifier=urn:ietf:rfc:3986|urn:uuid:{mother}", "name=ortega", "family=ORT",
            "given=mari", "name:contains=ruiz", "family:exact=Ortega-Ruiz", "gender=unknown", "name=nobody,ortega",
        ],
        "CarePlan": [
            f"_id={plan}", f"patient={mother}", f"patient=Patient/{mother}", f"subject:Patient={mother}",
            f"patient=http://testserver/fhir/Patient/{mother}",
            "status=active,draft", "category=assess-plan",
            "category=http://hl7.org/fhir/us/core/CodeSystem/careplan-category|assess-plan", "date=ge2020",
            f"patient={mother}&category=assess-plan", "_lastUpdated=gt2020-01-01",
        ],
        "CareTeam": [f"patient={mother}&status=active,proposed"],
        "Goal": [f"patient={mother}", "lifecycle-status=active"],
        "ServiceRequest": [
            f"patient={mother}", "status=active", "category=3457005", f"requester=Organization/{river}", f"authored=ge{clock.today().year}",
        ],
        "Task": [f"patient={mother}", f"focus=ServiceRequest/{referral['id']}", "status=requested", "modified=gt2020"],
        "Consent": [f"patient={mother}", f"organization={river}", "category=IDSCL", "purpose=treatment"],
        "RelatedPerson": [f"patient={mother}", "name=Aunt"],
        "Organization": [f"_id={river}", f"name={made.world.riverbend.name}"],
    }  # fmt: skip
    misses = {
        "Patient": ["name=zzz", "given=ortega", "gender=male", "birthdate=2020", f"_id={uuid4()}", "identifier=x|y", "_id=x", "_lastUpdated=lt2020"],
        "CarePlan": ["status=completed", "category=other", "category=x|assess-plan", f"patient={uuid4()}", f"patient=Group/{mother}", "date=lt2020"],
        "Goal": ["target-date=2026-01-01", "lifecycle-status=completed"],
        "Task": ["status=completed", f"focus={uuid4()}", f"focus=Task/{referral['id']}"],
    }
    for kind, asks in finds.items():
        for ask in asks:
            assert keeper.found(f"{kind}?{ask}"), (kind, ask)
    for kind, asks in misses.items():
        for ask in asks:
            assert keeper.found(f"{kind}?{ask}") == [], (kind, ask)


def test_days_are_those_of_the_county(made: FhirWorld, keeper: System) -> None:
    with acting_as(viewer(made.world.dana)):
        PersonRecord.objects.filter(identity_id=made.mother).update(birth_date="1998-04-03")
    there = (
        "1998-04-03",
        "1998-04",
        "1998",
        "ge1998-04-03",
        "le1998-04-03",
        "gt1998-04-02",
        "lt1998-04-04",
        "sa1998-04-02",
        "eb1998-04-04",
        "ne1998-04-02",
    )
    for value in there:
        assert keeper.found(f"Patient?birthdate={value}"), value
    for value in ("1998-04-02", "1998-05", "gt1998-04-03", "lt1998-04-03", "ne1998", "sa1998", "eb1998"):
        assert keeper.found(f"Patient?birthdate={value}") == [], value
    assert keeper.found("Patient?birthdate=ge1990&birthdate=lt2000")


@pytest.fixture
def many(made: FhirWorld) -> FhirWorld:
    for number in range(12):
        made.world.a_mother(given_name=f"Practice{number:02}", family_name="Pageful")
    return made


def test_pages_hold_each_match_once_and_their_links_say_nothing(many: FhirWorld, keeper: System) -> None:
    page, seen, sizes = keeper.read("Patient?family=Pageful&_count=5"), [], []
    while True:
        assert page["total"] == 12
        seen += ids(page)
        sizes.append(len(ids(page)))
        links = {one["relation"]: one["url"] for one in page["link"]}
        if "next" not in links:
            break
        assert "ageful" not in links["next"]
        page = keeper.read(links["next"])
        assert "ageful" not in str(page["link"])
    assert sizes == [5, 5, 2]
    assert len(set(seen)) == 12


def test_a_page_is_for_who_was_given_it_and_for_an_hour(many: FhirWorld, keeper: System) -> None:
    link = next(one["url"] for one in keeper.read("Patient?_count=5")["link"] if one["relation"] == "next")
    other = a_system(many.world.riverbend)
    for where, who in ((link, other), (link[:-3] + "AAA", keeper), (link.replace("/Patient?", "/Goal?"), keeper), (link + "&name=x", keeper)):
        answer = who.get(where)
        assert (answer.status_code, answer.json()["resourceType"]) == (400, "OperationOutcome")
    with clock.at(clock.now() + timedelta(hours=2)):
        late = a_system(many.world.riverbend)
        assert late.get(link).status_code == 400


def test_counts_are_of_what_is_visible(many: FhirWorld, keeper: System, reader: System) -> None:
    assert keeper.read("Patient?_summary=count") == keeper.read("Patient?_count=0") | {"link": keeper.read("Patient?_summary=count")["link"]}
    assert keeper.read("Patient?_summary=count")["total"] == 13
    assert reader.read("Patient?_summary=count")["total"] == len(reader.found("Patient")) == 1
    assert keeper.read("CarePlan?status=active,draft&_summary=count").get("entry") is None


def test_what_is_included(made: FhirWorld, keeper: System) -> None:
    bundle = keeper.read(f"CarePlan?patient={made.mother}&" + "&".join(f"_include={one}" for one in includes_of(KINDS["CarePlan"])))
    assert {kind for kind, _ in ids(bundle, "include")} == {"Patient", "CareTeam", "Goal", "ServiceRequest"}
    bundle = keeper.read(f"Patient?_id={made.mother}&" + "&".join(f"_revinclude={one}" for one in revincludes_of("Patient")))
    beside = ids(bundle, "include")
    assert {kind for kind, _ in beside} == {
        "RelatedPerson", "CarePlan", "CareTeam", "DocumentReference", "Goal", "ServiceRequest", "Task", "Consent", "Provenance",
    }  # fmt: skip
    assert len(beside) == len(set(beside))
    task = keeper.read("Task?_include=Task:focus&_include=Task:requester:Organization")
    assert {kind for kind, _ in ids(task, "include")} == {"ServiceRequest", "Organization"}
    assert bundle["total"] == 1


def test_nothing_is_included_beyond_the_scopes(made: FhirWorld) -> None:
    few = a_system(made.world.riverbend, scopes=["system/CarePlan.rs", "system/Goal.rs", "system/Provenance.rs"])
    bundle = few.read("CarePlan?_include=CarePlan:patient&_include=CarePlan:goal&_revinclude=Provenance:target")
    assert {kind for kind, _ in ids(bundle, "include")} == {"Goal", "Provenance"}
    assert few.found(f"Provenance?target=Patient/{made.mother}") == []
    assert few.get(f"Provenance/Patient-{made.mother}").status_code == 404


def test_a_search_by_post_says_no_name_in_an_address(made: FhirWorld, keeper: System) -> None:
    answer = keeper.http.post(
        "/fhir/Patient/_search", "name=ortega&_count=1", headers=keeper.headers(), content_type="application/x-www-form-urlencoded"
    )
    bundle = answer.json()
    assert bundle["total"] == 1
    assert "ortega" not in str(bundle["link"])
    again = keeper.read(bundle["link"][0]["url"])
    assert ids(again) == ids(bundle)
    assert keeper.http.post("/fhir/Patient/_search", "{}", headers=keeper.headers(), content_type="application/json").status_code == 415


def test_versions_and_what_did_not_change(made: FhirWorld, keeper: System) -> None:
    first = keeper.get(f"CarePlan/{made.plan.pk}")
    version = first.json()["meta"]["versionId"]
    assert first.headers["ETag"] == f'W/"{version}"'
    assert keeper.found("CarePlan")[0]["meta"]["versionId"] == version
    same = keeper.get(f"CarePlan/{made.plan.pk}", **{"If-None-Match": f'W/"{version}"'})
    assert (same.status_code, same.content) == (304, b"")
    made.fill(made.plan)
    changed = keeper.get(f"CarePlan/{made.plan.pk}", **{"If-None-Match": f'W/"{version}"'})
    assert changed.status_code == 200
    assert changed.json()["meta"]["versionId"] != version


def test_a_page_of_many_takes_as_many_statements_as_a_page_of_one(many: FhirWorld, keeper: System) -> None:
    def statements(path: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            keeper.read(path)
        return len(found)

    keeper.read("Patient")
    one = statements(f"Patient?_id={many.mother}")
    assert statements("Patient?_count=50") == one
    assert one <= 14
    plans = statements(f"CarePlan?patient={many.mother}&_include=CarePlan:goal&_revinclude=Provenance:target")
    for _ in range(3):
        many.fill(many.world.a_plan(agreed=True))
    assert statements("CarePlan?_include=CarePlan:goal&_revinclude=Provenance:target") == plans
    assert plans <= 24


def test_the_record_of_the_own_agency_goes_first(made: FhirWorld, reader: System) -> None:
    from careloom.people.actions import PersonFacts, put_person

    assert reader.found("Patient")[0]["name"][0]["family"] == "Ortega-Ruiz"
    by = viewer(made.world.bea)
    with acting_as(by):
        facts = PersonFacts(role="MOTHER", given_name="Mary", family_name="Ortega")
        put_person(by=by, at=clock.now(), facts=facts, category="posc.plan_core", identity_id=made.mother, source_id=uuid4().hex)
    shown = reader.found(f"Patient?_id={made.mother}")
    assert [one["name"][0]["family"] for one in shown] == ["Ortega"]
    assert reader.read("Patient?_summary=count")["total"] == 1
    assert reader.read(f"Patient/{made.mother}")["name"][0]["family"] == "Ortega"


def test_the_directory_is_for_every_system(reader: System) -> None:
    Organization.objects.create(source="t", source_id="o", name="Hope Street")
    assert [one["name"] for one in reader.found("Organization?name=hope")] == ["Hope Street"]


def test_a_referral_that_a_partner_got_is_seen_by_both(made: FhirWorld, keeper: System) -> None:
    with acting_as(viewer(made.world.dana)):
        referral = Referral.objects.get(plan_id=made.plan.pk)
    task = keeper.read(f"Task/{referral.pk}")
    assert (task["status"], task["businessStatus"]["coding"][0]["code"], task["owner"]["display"]) == ("requested", "2.0", "Hope Street")
    assert keeper.read(f"ServiceRequest/{referral.pk}")["code"]["coding"][0]["code"] == "HOUSING"
    assert Role.CARE_COORDINATOR.value == keeper.row.role
