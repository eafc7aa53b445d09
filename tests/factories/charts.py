"""A clinical record and a treatment record beside a family's plan, for tests of the FHIR door."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld, a_key
from tests.silence.screening import filled_about

from careloom.agencies.models import Membership
from careloom.health import models as health
from careloom.infra.access import acting_as
from careloom.messages.actions import plan_appointment
from careloom.treatment import actions
from careloom.treatment.codes import Sort

LOINC, SNOMED = "http://loinc.org", "http://snomed.info/sct"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"


def a_chart(world: PlanWorld, *, by: Membership, mother: UUID, infant: UUID) -> dict[str, UUID]:
    """One clinical fact of each sort, held by the agency of `by`: their ids by type."""
    at, day = world.at, world.today
    hers: dict[str, Any] = {"holder_id": by.agency_id, "identity_id": mother, "category": "hipaa.ob_record", "recorded_at": at}
    its: dict[str, Any] = {**hers, "identity_id": infant, "category": "hipaa.newborn_record"}
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC) - timedelta(days=2)
    with acting_as(viewer(by)):
        made = {
            "Condition": health.Condition.objects.create(
                **hers, source_id=uuid4().hex, system=SNOMED, code="59621000", display="Essential hypertension", status="active", starts_on=day
            ),
            "ended": health.Condition.objects.create(
                **hers, source_id=uuid4().hex, system=SNOMED, code="271737000", display="Anemia", status="active", starts_on=day, ends_on=day
            ),
            "MedicationRequest": health.Medication.objects.create(
                **hers, source_type="MedicationRequest", source_id=uuid4().hex, system=RXNORM, code="202433", display="Acetaminophen", starts_on=day,
                prescriber="Practice Prescriber",
            ),
            "Encounter": health.Encounter.objects.create(
                **hers, source_id=uuid4().hex, kind="Prenatal visit", status="finished", starts_at=noon, ends_at=noon, place="Practice clinic"
            ),
            "Observation": health.Observation.objects.create(
                **its, source_id=uuid4().hex, system=LOINC, code="9274-2", display="5 minute Apgar Score", value="9", unit="{score}", observed_at=noon
            ),
            "pregnancy": health.Pregnancy.objects.create(**hers, source_id=uuid4().hex, due_on=day + timedelta(days=60)),
            "birth": health.Birth.objects.create(
                **its, source_id=uuid4().hex, mother_identity_id=mother, born_at=noon, hour_known=False, gestation_weeks=38, gestation_days=2,
                weight_g=2950,
            ),
        }  # fmt: skip
    return {name: row.pk for name, row in made.items()}


def a_treatment_record(world: PlanWorld, *, mother: UUID) -> dict[str, UUID]:
    """A diagnosis and a medicine that Riverbend, a Part 2 program, treats with."""
    by, day = viewer(world.dana), world.today - timedelta(days=1)
    told: dict[Sort, dict[str, Any]] = {
        Sort.DIAGNOSIS: {"text": "Opioid use disorder", "code": "F11.20"},
        Sort.MEDICINE: {"code": "METHADONE", "dose": "60 mg each day", "prescriber": "", "pregnant": True, "ends_on": None},
    }
    made: dict[str, UUID] = {}
    with acting_as(by):
        for sort, values in told.items():
            done = actions.add_entry(by=by, at=world.at, identity_id=mother, sort=sort, on=day, values=values, request_key=a_key())
            assert isinstance(done, actions.Done), done
            made[sort.value] = done.row_id
    return made


def a_whole_record(world: PlanWorld, *, mother: UUID) -> dict[str, list[UUID]]:
    """All of it at Riverbend, with filled forms and a visit that was arranged: ids by FHIR type."""
    infant = world.an_infant(mother_id=mother, by=world.dana)
    rows, treated = a_chart(world, by=world.dana, mother=mother, infant=infant), a_treatment_record(world, mother=mother)
    by = viewer(world.dana)
    with acting_as(by):
        visit = plan_appointment(
            by=by, at=world.at, identity_id=mother, kind="VISIT", title="Dosing", neutral_title="Visit", plan_id=None,
            starts_at=world.at + timedelta(days=2),
        )  # fmt: skip
    first = filled_about(world, mother)["response_id"][0]
    return {
        "Condition": [rows["Condition"], rows["ended"], treated["DIAGNOSIS"]], "MedicationRequest": [rows["MedicationRequest"], treated["MEDICINE"]],
        "Encounter": [rows["Encounter"], visit.pk], "Observation": [rows["Observation"], rows["pregnancy"], rows["birth"], first],
        "QuestionnaireResponse": [first],
    }  # fmt: skip
