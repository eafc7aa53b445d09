"""What the server sends out, checked by validators of others: @medplum/core against R4, US Core 6.1.0 and our guide, and the npm package fhir."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.clients.conftest import validated
from tests.factories.charts import a_whole_record
from tests.factories.exports import exported
from tests.factories.fhir import FhirWorld, a_system
from tests.factories.plans import PlanWorld
from tools.guide.compiling import Compiled

from careloom.agencies.roles import Role
from careloom.directory.models import Location, Organization, Phone, Service, ServiceAtLocation
from careloom.fhir.clients.scopes import TYPES

pytestmark = pytest.mark.django_db


def a_directory() -> None:
    provider = Organization.objects.create(source="t", source_id="o", name="Hope Street", phone="555-0142", website="https://hope.example")
    where = Location.objects.create(
        source="t", source_id="l", organization=provider, line1="1 Main", city="Pine", state="CO", latitude=1.5, longitude=2.5
    )
    service = Service.objects.create(source="t", source_id="s", organization=provider, name="Housing help", needs=["HOUSING"], language_codes=["es"])
    ServiceAtLocation.objects.create(source="t", source_id="sl", service=service, location=where)
    Phone.objects.create(service=service, number="555-0143", extension="7")


def test_every_type_that_is_served_passes_validators_of_others(us_core: Path, guide: Compiled) -> None:
    made = FhirWorld(PlanWorld())
    a_whole_record(made.world, mother=made.mother)
    a_directory()
    files = exported(a_system(made.world.riverbend, role=Role.CARE_COORDINATOR))
    files |= {f"{kind} for another agency": held for kind, held in exported(a_system(made.world.harbor, role=Role.HOME_VISITOR)).items()}
    # Last, so that there are looks to tell of.
    files["AuditEvent"] = exported(a_system(made.world.riverbend, role=Role.PRIVACY_OFFICER))["AuditEvent"]
    assert set(TYPES) <= files.keys()
    assert validated([one for held in files.values() for one in held], us_core, guide.folder) == []


def test_the_validators_can_see(us_core: Path) -> None:
    """The pair: a resource with a fault is found out by both."""
    profile = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient"
    bad = {"resourceType": "Patient", "id": "x", "gender": "woman", "meta": {"profile": [profile]}, "active": "yes"}
    assert {one["by"] for one in validated([bad], us_core)} >= {"medplum", "medplum us-core-patient", "fhir"}
