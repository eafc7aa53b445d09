"""Every resource that goes out: conforming, labeled, with the notice, and with no more in it than its reader may see."""

from __future__ import annotations

from typing import Any

import pytest
from tests.factories.agencies import an_agency, viewer
from tests.factories.charts import a_whole_record
from tests.factories.fhir import FhirWorld, System, a_system
from tests.factories.plans import PLAN, a_key
from tests.integration.fhir.profiles import faults, profile

from careloom.agencies.models import Agency
from careloom.agencies.roles import Role
from careloom.directory.models import Location, Organization, Phone, Service, ServiceAtLocation
from careloom.fhir.clients.scopes import TYPES
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.access.models import AccessLog, Disclosure
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.labels.fhir import NOTICE
from careloom.messages.actions import ContactRules, put_safe_contact
from careloom.people.actions import put_family_member
from careloom.plans import actions
from careloom.plans.models import CareTeamMember

pytestmark = pytest.mark.django_db


def codes(resource: dict[str, Any]) -> set[str]:
    return {one["code"] for one in resource["meta"].get("security", [])}


@pytest.fixture
def place(db: None) -> Service:
    provider = Organization.objects.create(source="t", source_id="o", name="Hope Street", phone="555-0142", website="https://hope.example")
    where = Location.objects.create(
        source="t", source_id="l", organization=provider, line1="1 Main", city="Pine", state="CO", latitude=1.5, longitude=2.5
    )
    Location.objects.create(source="t", source_id="secret")
    service = Service.objects.create(
        source="t", source_id="s", organization=provider, name="Housing help", needs=["HOUSING"], language_codes=["es"], eligibility="Any",
        wait="A week",
    )  # fmt: skip
    ServiceAtLocation.objects.create(source="t", source_id="sl", service=service, location=where)
    Phone.objects.create(service=service, number="555-0143", extension="7")
    return service


def test_every_type_is_served_and_conforms(made: FhirWorld, keeper: System, place: Service) -> None:
    a_whole_record(made.world, mother=made.mother)
    target = f"Provenance?target=CarePlan/{made.plan.pk}"
    for kind in (one for one in TYPES if one != "AuditEvent"):  # the privacy officer's: test_audit.py
        shown = keeper.found(target if kind == "Provenance" else kind)
        assert shown, kind
        for resource in shown:
            assert resource["resourceType"] == kind
            assert faults(resource) == [], resource
            assert keeper.read(f"{kind}/{resource['id']}") == resource


def test_what_another_agency_reads_conforms_too(made: FhirWorld, reader: System) -> None:
    for kind in ("Patient", "CarePlan", "CareTeam", "Goal", "ServiceRequest", "Task"):
        for resource in reader.found(kind):
            assert faults(resource) == [], resource


def test_the_check_can_see() -> None:
    """The pair: a resource with a fault is found out."""
    assert profile("us-core-careplan")["type"] == "CarePlan"
    bad = {"resourceType": "CarePlan", "id": "x", "status": "active", "intent": "plan", "subject": {"reference": "Patient/1"}, "title": "x"}
    bad["meta"] = {"profile": ["http://hl7.org/fhir/us/core/StructureDefinition/us-core-careplan"]}
    assert {"CarePlan.category:AssessPlan is missing"} < set(faults(bad))
    nameless = {"resourceType": "Patient", "id": "x", "gender": "female", "identifier": [{"system": "a:b", "value": "1"}], "name": [{"use": "usual"}]}
    nameless["meta"] = {"profile": ["http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient"]}
    assert faults(nameless) == ["Patient.name breaks us-core-6"]


def test_the_program_s_own_rows_carry_its_law_and_the_notice(made: FhirWorld, keeper: System) -> None:
    plan = keeper.read(f"CarePlan/{made.plan.pk}")
    assert {"R", "SUD", "42CFRPart2", "NORDSCLCD", "RedisclosureProhibitionMark"} <= codes(plan)
    assert NOTICE in plan["text"]["div"]
    bundle = keeper.read("CarePlan")
    assert {"R", "42CFRPart2"} <= codes(bundle)
    assert any(one["resource"]["issue"][0]["diagnostics"] == NOTICE for one in bundle["entry"] if one["search"]["mode"] == "outcome")


def test_who_reads_under_a_consent_of_a_program_gets_its_notice(made: FhirWorld, reader: System) -> None:
    goal = reader.found("Goal")[0]
    assert {"R", "42CFRPart2", "NORDSCLCD"} <= codes(goal)
    assert NOTICE in goal["text"]["div"]


def test_a_hospital_s_own_plan_is_not_labeled_as_a_program_s(made: FhirWorld) -> None:
    """The pair: without a program no label says so."""
    world = made.world
    world.a_mother(by=world.maria)
    patient = a_system(world.st_agnes, role=Role.HOSPITAL_SOCIAL_WORKER).found("Patient")[0]
    assert codes(patient) == {"N"}
    assert "text" not in patient


def test_the_treatment_part_stays_out_of_a_plan_without_its_consent(made: FhirWorld, reader: System, keeper: System) -> None:
    by = viewer(made.world.dana)
    with acting_as(by):
        actions.add_goal(by=by, at=made.world.at, plan_id=made.plan.pk, words="Stay on my methadone", theme="RECOVERY", request_key=a_key())
    assert "methadone" in str(keeper.read(f"CarePlan/{made.plan.pk}"))
    assert "methadone" in str(keeper.found("Goal"))
    shown = [reader.read(f"CarePlan/{made.plan.pk}"), reader.read("Goal"), reader.read("CareTeam"), reader.read("CarePlan?_include=CarePlan:goal")]
    assert "methadone" not in str(shown)
    assert len(reader.found("Goal")) == len(keeper.found("Goal")) - 1


def test_the_agency_that_keeps_a_plan_is_named_only_by_a_member_that_the_reader_sees(made: FhirWorld, reader: System, keeper: System) -> None:
    Agency.objects.filter(pk=made.world.riverbend.pk).update(outward_name="Riverside Family Care", phone="555-0100", address="9 Mill")
    own = keeper.read(f"Organization/{made.world.riverbend.pk}")
    assert own["name"] == made.world.riverbend.name
    assert own["address"] == [{"text": "9 Mill"}]
    outside = reader.read(f"Organization/{made.world.riverbend.pk}")
    assert (outside["name"], "address" in outside, "telecom" in outside, "type" in outside) == ("Riverside Family Care", False, False, False)
    assert reader.found(f"Organization?name={made.world.riverbend.name}") == []
    assert reader.found("Organization?address=9 Mill") == []
    by = viewer(made.world.bea)
    with acting_as(by):
        seen = CareTeamMember.objects.seen_by(by).filter(plan_id=made.plan.pk, agency_id=made.world.riverbend.pk).exists()
    who = reader.read(f"Provenance/CarePlan-{made.plan.pk}")["agent"][0]["who"]
    assert ("reference" in who) is seen
    assert keeper.read(f"Provenance/CarePlan-{made.plan.pk}")["agent"][0]["who"]["reference"] == f"Organization/{made.world.riverbend.pk}"


def test_a_number_is_not_sent_where_somebody_near_her_may_hear_it(made: FhirWorld, keeper: System) -> None:
    assert keeper.read(f"Patient/{made.mother}")["telecom"] == [{"system": "phone", "value": "555-0101"}]
    by = viewer(made.world.dana)
    with acting_as(by):
        put_safe_contact(by=by, at=clock.now(), identity_id=made.mother, rules=ContactRules(shared_phone=True))
    patient = keeper.read(f"Patient/{made.mother}")
    assert "telecom" not in patient
    assert "1 Elm" not in str(patient)


def test_a_family_member_is_called_only_where_she_said_so(made: FhirWorld, keeper: System) -> None:
    by = viewer(made.world.dana)
    with acting_as(by):
        for name, contact in (("May", "OK"), ("Not", "THROUGH_HER")):
            put_family_member(
                by=by, at=made.world.at, identity_id=made.mother, name=name, relation="sister", kind="KIN", phone="555-7777", contact=contact
            )
    told = {one["name"][0]["text"]: "telecom" in one for one in keeper.found("RelatedPerson")}
    assert (told["May"], told["Not"]) == (True, False)


def test_the_mother_stands_beside_her_infant(made: FhirWorld, keeper: System) -> None:
    infant = made.world.an_infant(mother_id=made.mother, by=made.world.dana)
    related = keeper.found(f"RelatedPerson?patient={infant}")
    assert [one["relationship"][0]["coding"][0]["code"] for one in related] == ["NMTH"]
    assert related[0]["name"][0]["family"] == "Ortega-Ruiz"
    assert keeper.read(f"Patient/{infant}")["name"][0] == {"use": "official", "family": "Infant"}


def test_a_read_is_logged_and_a_disclosure_accounted_as_on_a_page(made: FhirWorld, reader: System) -> None:
    reader.read(f"CarePlan/{made.plan.pk}")
    reader.get(f"CarePlan/{made.world.harbor.pk}")
    by = viewer(made.world.supervisor)
    with acting_as(by):
        rows = AccessLog.objects.filter(principal_id=made.world.harbor.pk, place=f"fhir:CarePlan:{reader.row.mark}")
        assert {(row.identity_id, row.holder_id) for row in rows} == {(made.mother, made.world.riverbend.pk)}
        given = Disclosure.objects.filter(recipient_id=made.world.harbor.pk, identity_id=made.mother)
        assert {row.category for row in given} == set(PLAN)
    with acting_as(viewer(made.world.bea)):
        misses = AccessLog.objects.filter(agency_id=made.world.harbor.pk, found=False, place=f"fhir:CarePlan:{reader.row.mark}")
        assert misses.count() == 1


def test_ending_the_consent_ends_the_reading(made: FhirWorld, reader: System) -> None:
    from careloom.consents.actions import revoke_consent

    assert reader.found("Goal")
    by = viewer(made.world.dana)
    with acting_as(by):
        revoke_consent(by=by, at=clock.now(), consent_id=made.consent.pk, how="SPOKEN")
    assert reader.found("Goal") == []
    assert reader.get(f"CarePlan/{made.plan.pk}").status_code == 404


def test_what_the_privacy_officer_took_from_the_role_is_gone(made: FhirWorld, keeper: System) -> None:
    assert keeper.found("ServiceRequest")
    kept = {"version": 1, "categories": ["posc.plan_core"]}
    Agency.objects.filter(pk=made.world.riverbend.pk).update(opens={Role.CARE_COORDINATOR.value: kept})
    assert keeper.found("ServiceRequest") == []
    assert keeper.found("CarePlan")[0].get("activity") is None


def test_another_purpose_opens_what_was_given_for_it(made: FhirWorld) -> None:
    other = a_system(made.world.harbor, role=Role.HOME_VISITOR, purpose="research")
    assert other.found("CarePlan") == []


def test_a_consent_is_read_by_the_agency_that_took_it(made: FhirWorld, keeper: System, reader: System) -> None:
    consent = keeper.found("Consent")[0]
    assert (consent["id"], consent["status"]) == (str(made.consent.pk), "active")
    actors = [(one["role"]["coding"][0]["code"], one["reference"].get("reference")) for one in consent["provision"]["actor"]]
    assert ("IRCP", f"Organization/{made.world.harbor.pk}") in actors
    assert reader.get(f"Consent/{made.consent.pk}").status_code in (200, 404)
    assert a_system(an_agency(kind=AgencyKind.CPS_AGENCY)).found("Consent") == []


def test_the_present_version_is_read_by_its_name_and_no_other(made: FhirWorld, keeper: System) -> None:
    now = keeper.read(f"CarePlan/{made.plan.pk}")
    where = f"CarePlan/{made.plan.pk}/_history/"
    assert keeper.read(where + now["meta"]["versionId"]) == now
    assert keeper.get(where + "0" * 20).status_code == 404
    assert keeper.get(f"CarePlan/{made.plan.pk}/_history").status_code == 404
    assert keeper.get(where + now["meta"]["versionId"] + "/x").status_code == 404
    assert keeper.http.put(f"/fhir/Task/x/_history/{now['meta']['versionId']}", headers=keeper.headers()).status_code == 405


def test_a_version_of_what_is_hidden_is_absent(made: FhirWorld, keeper: System, reader: System) -> None:
    """The version that somebody else read opens nothing, and tells not that it is one."""
    hidden = made.world.a_plan(mother_id=made.world.a_mother())
    version = keeper.read(f"CarePlan/{hidden.pk}")["meta"]["versionId"]
    theirs, none = reader.get(f"CarePlan/{hidden.pk}/_history/{version}"), reader.get(f"CarePlan/{hidden.pk}/_history/x")
    assert theirs.status_code == none.status_code == 404
    assert theirs.content == none.content
