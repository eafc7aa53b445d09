"""Condition, MedicationRequest and Encounter, from clinical facts, a program's treatment record and visits that were arranged (US Core 6.1.0).

What a row does not keep is not sent: no encounter class, no category of a prescription, no verification that nobody made.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from careloom.fhir import canonicals
from careloom.fhir.resources.shape import (
    Json,
    Reading,
    Shaped,
    absent,
    coding,
    concept,
    day,
    filled,
    instant,
    reference,
    resource,
)
from careloom.health import models as health
from careloom.infra import clock
from careloom.messages.models import Appointment
from careloom.treatment.medicines import NAMES
from careloom.treatment.models import Diagnosis, Medicine

ICD10 = "http://hl7.org/fhir/sid/icd-10-cm"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical"
VERIFIED = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
CONDITION_CATEGORY = "http://terminology.hl7.org/CodeSystem/condition-category"
ENCOUNTER_STATUS = "http://hl7.org/fhir/encounter-status"
LASTING = ("active", "recurrence", "relapse")
OVER = ("inactive", "remission", "resolved")
PRESCRIBED = ("active", "on-hold", "cancelled", "completed", "entered-in-error", "stopped", "draft", "unknown")
MET = ("planned", "arrived", "triaged", "in-progress", "onleave", "finished", "cancelled", "entered-in-error", "unknown")
VISITS = {"PLANNED": "planned", "KEPT": "finished", "MISSED": "cancelled", "MOVED": "cancelled", "CANCELLED": "cancelled"}
INGREDIENTS = {"METHADONE": "6813", "BUPRENORPHINE": "1819", "NALTREXONE": "7243"}
"""RxNorm ingredients (`kernel.labels.codes`); the combination has one code of ours."""
OWN_CARE = "OWN"


def coded(row: Any) -> Json:
    """The CodeableConcept of a clinical fact: the sender's code where it names a system, and always the words."""
    codings = [coding(row.system, row.code, row.display)] if row.system and row.code else []
    return concept(*codings, text=row.display or row.code)


def clinical_status(row: health.Condition) -> str:
    """`active` where no end is known and nothing else was said; an ended one is never active (con-4 of R4)."""
    if row.ends_on:
        return row.status if row.status in OVER else "resolved"
    return row.status if row.status in (*LASTING, *OVER) else "active"


def conditions(reading: Reading, rows: Sequence[health.Condition]) -> list[Shaped]:
    """A Condition for each diagnosis or concern of a chart."""
    return [
        _condition(
            reading, row, recorded=row.recorded_at, status=clinical_status(row), code=coded(row),
            onsetDateTime=day(row.starts_on), abatementDateTime=day(row.ends_on),
        )
        for row in rows
    ]  # fmt: skip


def diagnoses(reading: Reading, rows: Sequence[Diagnosis]) -> list[Shaped]:
    """A Condition for each diagnosis that a program treats; confirmed where it is the program's own, else as it was told to it."""
    return [
        _condition(
            reading, row, recorded=row.recorded_at, status="active", code=concept(*([coding(ICD10, row.code)] if row.code else []), text=row.text),
            verificationStatus=concept(coding(VERIFIED, "confirmed" if row.source == OWN_CARE else "unconfirmed")),
        )
        for row in rows
    ]  # fmt: skip


def _condition(reading: Reading, row: Any, *, recorded: Any, status: str, **elements: Any) -> Shaped:
    made = resource(
        "Condition", row.pk, profile="us-core-condition-problems-health-concerns",
        clinicalStatus=concept(coding(CLINICAL, status)),
        category=[concept(coding(CONDITION_CATEGORY, "problem-list-item", "Problem List Item"))],
        subject=reference("Patient", row.identity_id),
        recordedDate=instant(recorded),
        **elements,
    )  # fmt: skip
    return Shaped(resource=made, rows=(row,), changed=recorded, author=reading.own_author(row))


def prescribed_status(row: health.Medication) -> str:
    """The sender's status; where it gave none, whether an end is known."""
    if row.status:
        return row.status if row.status in PRESCRIBED else "unknown"
    return "completed" if row.ends_on else "active"


def medicine_status(row: Medicine, *, on: date) -> str:
    """Active as long as it lasts: nothing here asks for an end (R-148)."""
    return "completed" if row.ends_on and row.ends_on <= on else "active"


def prescriptions(reading: Reading, rows: Sequence[health.Medication]) -> list[Shaped]:
    """A MedicationRequest for each medicine of a chart: an order where the sender sent one, else as reported."""
    return [
        _request(
            reading, row, status=prescribed_status(row), ordered=row.source_type == "MedicationRequest", medicine=coded(row), began=row.starts_on
        )
        for row in rows
    ]


def medicines(reading: Reading, rows: Sequence[Medicine]) -> list[Shaped]:
    """A MedicationRequest for each medicine for opioid use disorder in a treatment record."""
    return [
        _request(
            reading, row, status=medicine_status(row, on=clock.today()), ordered=row.source == OWN_CARE, medicine=_medicine(row),
            began=row.happened_on,
            dosageInstruction=[{"text": row.dose}] if row.dose else [],
        )
        for row in rows
    ]  # fmt: skip


def _medicine(row: Medicine) -> Json:
    name = str(NAMES.get(row.code, row.code))
    known = [coding(RXNORM, INGREDIENTS[row.code], name)] if row.code in INGREDIENTS else []
    return concept(*known, coding(canonicals.MEDICINE, row.code, name), text=name)


def _request(reading: Reading, row: Any, *, status: str, ordered: bool, medicine: Json, began: date | None, **elements: Any) -> Shaped:
    made = resource(
        "MedicationRequest", row.pk, profile="us-core-medicationrequest",
        status=status,
        # What somebody reported is no order of anybody (US Core 6.1.0, guidance on medication lists).
        intent="order" if ordered else "plan",
        reportedBoolean=not ordered,
        medicationCodeableConcept=medicine,
        subject=reference("Patient", row.identity_id),
        authoredOn=day(began),
        # An order has somebody who gave it (us-core-21), also where nobody wrote down who.
        requester={"display": row.prescriber} if row.prescriber else {"extension": [absent()]} if ordered else None,
        **elements,
    )  # fmt: skip
    return Shaped(resource=made, rows=(row,), changed=row.recorded_at, author=reading.own_author(row))


def stays(reading: Reading, rows: Sequence[health.Encounter]) -> list[Shaped]:
    """An Encounter for each visit or stay of a chart, to the day: no hour is kept of them."""
    return [
        _encounter(
            reading, row, status=row.status if row.status in MET else "unknown", kind=concept(text=row.kind) if row.kind else {},
            starts=day(row.starts_at), ends=day(row.ends_at), place=row.place,
        )
        for row in rows
    ]  # fmt: skip


def visits(reading: Reading, rows: Sequence[Appointment]) -> list[Shaped]:
    """An Encounter for each visit that was arranged: planned, finished where it was kept, cancelled where it did not take place."""
    return [
        _encounter(
            reading, row, status=VISITS.get(row.state, "unknown"), kind=concept(coding(canonicals.APPOINTMENT_KIND, row.kind), text=row.title),
            starts=instant(row.starts_at), ends=instant(row.ends_at), place=row.place,
        )
        for row in rows
    ]  # fmt: skip


def _encounter(reading: Reading, row: Any, *, status: str, kind: Json, starts: str | None, ends: str | None, place: str) -> Shaped:
    own = reading.own_author(row)
    made = resource(
        "Encounter", row.pk, profile="us-core-encounter",
        identifier=[{"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{row.pk}"}],
        status=status,
        # Nobody writes down whether a visit was ambulatory; R4 asks for a class, so it is said that it is not known.
        class_={"extension": [absent()]},
        type=[kind or {"extension": [absent()]}],
        subject=reference("Patient", row.identity_id),
        period=filled({"start": starts, "end": ends}),
        location=[{"location": {"display": place}}] if place else [],
        serviceProvider=own if str(own.get("reference", "")).startswith("Organization/") else None,
    )  # fmt: skip
    return Shaped(resource=made, rows=(row,), author=own)
