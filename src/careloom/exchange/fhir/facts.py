"""What a bundle says, as frozen values that know where they came from.

Dates are the calendar day as the sender wrote it (in the sender's own offset). `precision` says whether the
sender gave a day, a month or a year; a coarser date is kept as its first day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from careloom.exchange.fhir.vocabulary import (
    Code,
    Concept,
    ExposureBasis,
    Label,
    ObservationKind,
    PregnancyOutcome,
    Provenance,
    Role,
    Substance,
)

__all__ = [
    "BundleFacts", "Code", "Concept", "ConditionFact", "Contact", "Counts", "EncounterFact", "Evidence", "ExposureBasis", "ExposureFact",
    "Identifier", "Label", "MedicationFact", "ObservationFact", "ObservationKind", "PersonName", "PostalAddress", "PregnancyFact",
    "PregnancyOutcome", "Provenance", "Role", "Subject", "Substance",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class PersonName:
    """A name with its use (official, usual, maiden ...)."""

    family: str
    given: tuple[str, ...] = ()
    use: str = ""
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class PostalAddress:
    """An address as sent; `district` is the county where the sender gives one."""

    lines: tuple[str, ...] = ()
    city: str = ""
    district: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""
    use: str = ""


@dataclass(frozen=True, kw_only=True)
class Contact:
    """A phone or e-mail: `system` is the FHIR ContactPoint system."""

    system: str
    value: str
    use: str = ""


@dataclass(frozen=True, kw_only=True)
class Identifier:
    """A business identifier; `kind` is the v2-0203 type code (MR, SS ...) where given."""

    system: str
    value: str
    kind: str = ""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A patient of the bundle. Race and ethnicity are self-reported (US Core) and never inputs to a route."""

    source_id: str
    role: Role
    looks_like: Role
    names: tuple[PersonName, ...]
    birth_date: date
    sex: str
    identifiers: tuple[Identifier, ...] = ()
    race: tuple[str, ...] = ()
    ethnicity: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    interpreter_needed: bool | None = None
    addresses: tuple[PostalAddress, ...] = ()
    contacts: tuple[Contact, ...] = ()
    deceased: bool = False
    deceased_on: date | None = None
    multiple_birth: bool = False
    birth_order: int | None = None
    label: Label
    provenance: Provenance


@dataclass(frozen=True, kw_only=True)
class ConditionFact:
    """A diagnosis or problem."""

    subject_id: str
    concept: Concept
    clinical_status: str
    verification_status: str
    onset_on: date | None
    abated_on: date | None
    precision: str
    label: Label
    provenance: Provenance


@dataclass(frozen=True, kw_only=True)
class MedicationFact:
    """A prescription (REQUEST) or a statement that somebody takes something (STATEMENT)."""

    subject_id: str
    kind: str
    concept: Concept
    rxnorm: str | None
    status: str
    authored_on: date | None
    ends_on: date | None
    precision: str
    prescriber: str
    dosage: str
    label: Label
    provenance: Provenance


@dataclass(frozen=True, kw_only=True)
class EncounterFact:
    """A visit or stay; `prenatal` and `delivery` say what its codes mean for a pregnancy."""

    subject_id: str
    concept: Concept
    reason: Concept | None
    class_code: str
    status: str
    starts_on: date | None
    ends_on: date | None
    precision: str
    prenatal: bool
    delivery: bool
    label: Label
    provenance: Provenance


@dataclass(frozen=True, kw_only=True)
class ObservationFact:
    """A measurement of interest. Weights in g, gestation in days, scores as numbers; words in `text`."""

    subject_id: str
    kind: ObservationKind
    concept: Concept
    value: Decimal | None
    unit: str
    text: str
    on: date | None
    precision: str
    label: Label
    provenance: Provenance


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One resource that a deduction rests on."""

    concept: Concept
    starts_on: date | None
    ends_on: date | None
    provenance: Provenance


@dataclass(frozen=True, kw_only=True)
class PregnancyFact:
    """A pregnancy deduced from conditions, visits, procedures and observations; the evidence is kept.

    `starts_on` is the day it is first recorded, not conception.
    """

    subject_id: str
    starts_on: date
    ends_on: date | None
    outcome: PregnancyOutcome
    due_on: date | None
    evidence: tuple[Evidence, ...]
    label: Label


@dataclass(frozen=True, kw_only=True)
class ExposureFact:
    """Substances that a subject used, was prescribed or was exposed to, deduced, with the evidence kept.

    `in_pregnancies` holds the `starts_on` of each pregnancy of the same subject that it overlaps.
    """

    subject_id: str
    substance: Substance
    basis: ExposureBasis
    prescribed: bool | None
    starts_on: date | None
    ends_on: date | None
    in_pregnancies: tuple[date, ...]
    evidence: tuple[Evidence, ...]
    label: Label


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Resources by type: read into facts, known to FHIR but not used, and unknown to FHIR R4."""

    used: Mapping[str, int] = field(default_factory=dict)
    unused: Mapping[str, int] = field(default_factory=dict)
    unknown: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(sum(part.values()) for part in (self.used, self.unused, self.unknown))


@dataclass(frozen=True, kw_only=True)
class BundleFacts:
    """Everything that a bundle says and the import uses. `digest` is the sha-256 of the bytes."""

    name: str
    digest: str
    bundle_type: str
    source_system: str
    last_event_on: date | None
    subjects: tuple[Subject, ...]
    conditions: tuple[ConditionFact, ...]
    medications: tuple[MedicationFact, ...]
    encounters: tuple[EncounterFact, ...]
    pregnancies: tuple[PregnancyFact, ...]
    observations: tuple[ObservationFact, ...]
    exposures: tuple[ExposureFact, ...]
    counts: Counts

    def subject(self, role: Role) -> Subject | None:
        """The first subject in a role, or None."""
        return next((s for s in self.subjects if s.role is role), None)
