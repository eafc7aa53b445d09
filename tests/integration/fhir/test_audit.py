"""AuditEvent: the log of looks, for the system of a privacy officer, in her agency's words."""

from __future__ import annotations

import pytest
from tests.factories.agencies import viewer
from tests.factories.fhir import FhirWorld, System, a_system
from tests.integration.fhir.profiles import faults

from careloom.agencies.roles import Role
from careloom.infra.access import acting_as
from careloom.infra.access.models import AccessLog

pytestmark = pytest.mark.django_db


def test_a_look_of_another_agency_is_told_by_who_it_was_and_what_kind(made: FhirWorld, officer: System, reader: System) -> None:
    reader.read(f"CarePlan/{made.plan.pk}")
    found = officer.found(f"AuditEvent?patient={made.mother}&agent=Organization/{made.world.harbor.pk}")
    assert len(found) == 1
    assert faults(found[0]) == []
    assert (found[0]["action"], found[0]["outcome"]) == ("R", "0")
    assert found[0]["entity"][0]["what"] == {"reference": f"Patient/{made.mother}"}
    assert {one["valueString"] for one in found[0]["entity"][0]["detail"]} == {"posc.plan_core", "posc.referral_status"}
    assert found[0]["agent"][0]["who"]["reference"] == f"Organization/{made.world.harbor.pk}"
    assert "altId" not in found[0]["agent"][0], "another agency's workers are not named"
    assert officer.read(f"AuditEvent/{found[0]['id']}") == found[0]


def test_a_look_at_a_treatment_record_is_labeled_as_the_record_is(made: FhirWorld, officer: System) -> None:
    with acting_as(viewer(made.world.dana)) as _:
        by = viewer(made.world.dana)
        AccessLog.objects.create(
            at=made.world.at, principal_id=by.principal_id, agency_id=by.holder_id, worker_id=by.worker_id, purpose="treatment",
            place="treatment:family", identity_id=made.mother, holder_id=by.holder_id, categories=["part2.medication"],
        )  # fmt: skip
    event = officer.found(f"AuditEvent?patient={made.mother}&date=le{made.world.today.isoformat()}")
    told = next(one for one in event if one["entity"][0]["detail"][0]["valueString"] == "part2.medication")
    assert {"R", "SUD", "42CFRPart2"} <= {one["code"] for one in told["meta"]["security"]}
    assert told["agent"][0]["altId"] == str(made.world.dana.worker_id)


def test_only_who_reads_the_log_reads_it_here_and_that_is_logged(made: FhirWorld, officer: System, keeper: System, reader: System) -> None:
    reader.read(f"CarePlan/{made.plan.pk}")
    event = officer.found(f"AuditEvent?patient={made.mother}")[0]["id"]
    for other in (keeper, reader):
        assert other.get("AuditEvent?date=ge2020").status_code == other.get(f"AuditEvent/{event}").status_code == 403
    stranger = a_system(made.world.st_agnes, role=Role.PRIVACY_OFFICER)
    assert stranger.get(f"AuditEvent/{event}").status_code == 404
    assert stranger.found(f"AuditEvent?patient={made.mother}") == []
    with acting_as(viewer(made.world.supervisor)):
        logged = AccessLog.objects.filter(agency_id=made.world.riverbend.pk, place=f"fhir:AuditEvent:{officer.row.mark}")
        assert [row.identity_id for row in logged] == [None]


def test_a_search_says_whose_or_when(officer: System) -> None:
    assert officer.get("AuditEvent").status_code == 400
    assert officer.found("AuditEvent?date=lt2000") == []
