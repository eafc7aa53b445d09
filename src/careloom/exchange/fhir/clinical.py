"""Conditions, medications and encounters as facts. A resource entered in error is no fact."""

from __future__ import annotations

from typing import Any

from careloom.exchange.fhir import codes
from careloom.exchange.fhir.context import WRONG_STATUS, Context, day, span
from careloom.exchange.fhir.dates import when_or_none
from careloom.exchange.fhir.entries import Entry, concept, dicts
from careloom.exchange.fhir.facts import Concept, ConditionFact, EncounterFact, MedicationFact


def read_conditions(context: Context) -> list[ConditionFact]:
    """Every Condition of a subject that was not refuted or entered in error."""
    facts = []
    for entry in context.entries.of("Condition"):
        subject = context.subject_of(entry)
        what = concept(entry.resource.get("code"))
        verification = _first_code(entry.resource.get("verificationStatus"))
        if subject is None or what is None or verification in (WRONG_STATUS, "refuted"):
            continue
        onset, onset_end = span(entry.resource, "onsetDateTime", "onsetPeriod")
        abated, _ = span(entry.resource, "abatementDateTime", "abatementPeriod")
        facts.append(
            ConditionFact(
                subject_id=subject,
                concept=what,
                clinical_status=_first_code(entry.resource.get("clinicalStatus")),
                verification_status=verification,
                onset_on=day(onset),
                abated_on=day(abated or onset_end),
                precision=onset.precision if onset else "",
                label=context.label(entry, subject, what),
                provenance=context.provenance(entry),
            )
        )
    return facts


def read_medications(context: Context) -> list[MedicationFact]:
    """Every MedicationRequest and MedicationStatement of a subject."""
    facts = []
    for entry in context.entries.of("MedicationRequest", "MedicationStatement"):
        subject = context.subject_of(entry)
        what = _medication(entry, context)
        if subject is None or what is None or entry.resource.get("status") == WRONG_STATUS:
            continue
        facts.append(_medication_fact(context, entry, subject, what))
    return facts


def _medication_fact(context: Context, entry: Entry, subject: str, what: Concept) -> MedicationFact:
    r = entry.resource
    request = entry.kind == "MedicationRequest"
    start, end = span(r, *(["authoredOn"] if request else ["effectiveDateTime", "effectivePeriod", "dateAsserted"]))
    if request:
        validity = (r.get("dispenseRequest") or {}).get("validityPeriod") or {}
        end = when_or_none(validity.get("end"))
    doses = [str(d["text"]) for d in dicts(r.get("dosageInstruction") or r.get("dosage")) if d.get("text")]
    reasons = [concept(c) for c in dicts(r.get("reasonCode"))]
    return MedicationFact(
        subject_id=subject,
        kind="REQUEST" if request else "STATEMENT",
        concept=what,
        rxnorm=what.code_in(codes.RXNORM),
        status=str(r.get("status", "")),
        authored_on=day(start),
        ends_on=day(end),
        precision=start.precision if start else "",
        prescriber=_prescriber(r, context),
        dosage="; ".join(doses),
        label=context.label(entry, subject, what, *reasons),
        provenance=context.provenance(entry),
    )


def _medication(entry: Entry, context: Context) -> Concept | None:
    """The drug, inline, contained or as a Medication resource of the bundle."""
    r = entry.resource
    inline = concept(r.get("medicationCodeableConcept"))
    if inline is not None:
        return inline
    reference = r.get("medicationReference")
    if not isinstance(reference, dict):
        return None
    for inner in dicts(r.get("contained")):
        if reference.get("reference") == f"#{inner.get('id')}":
            return concept(inner.get("code"))
    target = context.entries.find(reference)
    if target is not None:
        return concept(target.resource.get("code"))
    return Concept(text=str(reference["display"])) if reference.get("display") else None


def _prescriber(r: dict[str, Any], context: Context) -> str:
    """The prescriber's name as the bundle has it, '' when it is not in the bundle."""
    reference = r.get("requester") or r.get("informationSource")
    if not isinstance(reference, dict):
        return ""
    target = context.entries.find(reference)
    if target is not None and target.kind == "Practitioner":
        for name in dicts(target.resource.get("name")):
            parts = [*name.get("prefix", []), *name.get("given", []), name.get("family", "")]
            return str(name.get("text") or " ".join(p for p in parts if p))
    return str(reference.get("display", ""))


def read_encounters(context: Context) -> list[EncounterFact]:
    """Every visit and stay of a subject."""
    facts = []
    for entry in context.entries.of("Encounter"):
        subject = context.subject_of(entry)
        r = entry.resource
        if subject is None or r.get("status") == WRONG_STATUS:
            continue
        kinds = [c for t in dicts(r.get("type")) if (c := concept(t))]
        reasons = [c for t in dicts(r.get("reasonCode")) if (c := concept(t))]
        start, end = span(r, "period")
        snomed = {c.code for k in kinds for c in k.codings if c.system == codes.SNOMED}
        facts.append(
            EncounterFact(
                subject_id=subject,
                concept=kinds[0] if kinds else Concept(text=""),
                reason=reasons[0] if reasons else None,
                class_code=str((r.get("class") or {}).get("code", "")),
                status=str(r["status"]),
                starts_on=day(start),
                ends_on=day(end),
                precision=start.precision if start else "",
                prenatal=bool(snomed & codes.PRENATAL_VISIT_SNOMED - codes.POSTNATAL_VISIT_SNOMED),
                delivery="183460006" in snomed,
                label=context.label(entry, subject, *kinds, *reasons),
                provenance=context.provenance(entry),
            )
        )
    return facts


def _first_code(value: object) -> str:
    codings = dicts(value.get("coding")) if isinstance(value, dict) else []
    return str(codings[0].get("code", "")) if codings else ""
