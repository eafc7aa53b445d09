"""Values that FHIR R4 binds as required, for the resources that the reader uses (hl7.org/fhir/R4).

The structure check in the child process does not look at code values (interop.md section 2), so these do.
"""

from __future__ import annotations

_EVENT = "preparation in-progress not-done on-hold stopped completed entered-in-error unknown"
_REQUEST = "draft active on-hold revoked completed entered-in-error unknown"

REQUIRED_CODES: dict[str, dict[str, frozenset[str]]] = {
    kind: {field: frozenset(values.split()) for field, values in fields.items()}
    for kind, fields in {
        "Patient": {"gender": "male female other unknown"},
        "MedicationRequest": {
            "status": "active on-hold cancelled completed entered-in-error stopped draft unknown",
            "intent": "proposal plan order original-order reflex-order filler-order instance-order option",
        },
        "MedicationStatement": {"status": "active completed entered-in-error intended stopped on-hold unknown not-taken"},
        "Encounter": {"status": "planned arrived triaged in-progress onleave finished cancelled entered-in-error unknown"},
        "Observation": {"status": "registered preliminary final amended corrected cancelled entered-in-error unknown"},
        "Procedure": {"status": _EVENT},
        "Immunization": {"status": "completed entered-in-error not-done"},
        "CarePlan": {
            "status": _REQUEST,
            "intent": "proposal plan order option",
        },
        "Goal": {"lifecycleStatus": "proposed planned accepted active on-hold completed cancelled entered-in-error rejected"},
    }.items()
}

REQUIRED_CONCEPTS: dict[str, dict[str, tuple[str, frozenset[str]]]] = {
    "Condition": {
        "clinicalStatus": (
            "http://terminology.hl7.org/CodeSystem/condition-clinical",
            frozenset(["active", "recurrence", "relapse", "inactive", "remission", "resolved"]),
        ),
        "verificationStatus": (
            "http://terminology.hl7.org/CodeSystem/condition-ver-status",
            frozenset(["unconfirmed", "provisional", "differential", "confirmed", "refuted", "entered-in-error"]),
        ),
    }
}

MANDATORY: dict[str, tuple[str, ...]] = {
    "Patient": ("birthDate",),
    "Condition": ("subject",),
    "MedicationRequest": ("status", "intent", "subject"),
    "MedicationStatement": ("status", "subject"),
    "Encounter": ("status",),
    "Observation": ("status", "code"),
    "Procedure": ("status", "subject"),
}
"""Elements without which a resource cannot become a fact. `birthDate` is ours: identity rests on it."""

SUBJECT_FIELDS = ("subject", "patient", "beneficiary", "individual")

PAST_DATES: dict[str, tuple[str, ...]] = {
    "Patient": ("birthDate", "deceasedDateTime"),
    "Condition": ("onsetDateTime", "abatementDateTime", "recordedDate", "onsetPeriod", "abatementPeriod"),
    "Observation": ("effectiveDateTime", "effectivePeriod", "issued"),
    "Procedure": ("performedDateTime", "performedPeriod"),
    "MedicationRequest": ("authoredOn",),
    "MedicationStatement": ("dateAsserted",),
    "Encounter": ("period",),
    "Immunization": ("occurrenceDateTime", "recorded"),
    "DiagnosticReport": ("effectiveDateTime", "effectivePeriod", "issued"),
}
"""Fields that tell what happened, so that a date to come is a mistake. Plans and appointments may lie ahead."""

ACCEPTED_BUNDLES = frozenset({"transaction", "collection", "searchset", "document", "batch"})
"""A message or history bundle is asked for in another form: its entries are commands or old versions."""
