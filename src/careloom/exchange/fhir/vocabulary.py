"""Words of the facts: roles, kinds, substances, codes, where a fact came from and its label hint."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """Whose bundle it is. OTHER is an adult who is not the birthing parent (a father, another caregiver)."""

    MOTHER = "MOTHER"
    INFANT = "INFANT"
    OTHER = "OTHER"


class PregnancyOutcome(StrEnum):
    """How a pregnancy ended, as far as the record says."""

    ONGOING = "ONGOING"
    LIVE_BIRTH = "LIVE_BIRTH"
    LOSS = "LOSS"
    TERMINATION = "TERMINATION"
    ECTOPIC = "ECTOPIC"
    UNKNOWN = "UNKNOWN"


class ObservationKind(StrEnum):
    """The measurements that a plan of safe care uses."""

    BIRTH_WEIGHT = "BIRTH_WEIGHT"
    GESTATIONAL_AGE = "GESTATIONAL_AGE"
    APGAR_1 = "APGAR_1"
    APGAR_5 = "APGAR_5"
    APGAR_10 = "APGAR_10"
    WITHDRAWAL_SCORE = "WITHDRAWAL_SCORE"
    TOXICOLOGY = "TOXICOLOGY"
    PREGNANCY_STATUS = "PREGNANCY_STATUS"
    DUE_DATE = "DUE_DATE"


class Substance(StrEnum):
    """Classes of substances (plan-content.md 2.1 D), coarse enough to be deduced from codes."""

    OPIOID = "OPIOID"
    MOUD = "MOUD"
    BENZODIAZEPINE = "BENZODIAZEPINE"
    STIMULANT = "STIMULANT"
    COCAINE = "COCAINE"
    CANNABIS = "CANNABIS"
    ALCOHOL = "ALCOHOL"
    TOBACCO = "TOBACCO"
    SEDATIVE = "SEDATIVE"
    HALLUCINOGEN = "HALLUCINOGEN"
    ANTIDEPRESSANT = "ANTIDEPRESSANT"
    OTHER = "OTHER"


class ExposureBasis(StrEnum):
    """What the exposure was deduced from."""

    MEDICATION = "MEDICATION"
    DIAGNOSIS = "DIAGNOSIS"
    INFANT_DIAGNOSIS = "INFANT_DIAGNOSIS"
    TOXICOLOGY = "TOXICOLOGY"
    TREATMENT = "TREATMENT"


@dataclass(frozen=True, kw_only=True)
class Code:
    """One coding: system uri, code and the sender's display."""

    system: str
    code: str
    display: str = ""


@dataclass(frozen=True, kw_only=True)
class Concept:
    """A CodeableConcept: its codings in the sender's order and the words to show."""

    text: str
    codings: tuple[Code, ...] = ()

    def code_in(self, system: str) -> str | None:
        """The first code of a system, or None."""
        return next((c.code for c in self.codings if c.system == system), None)


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """Where a fact came from. `organization` is the source organization's name, '' when not said."""

    source_system: str
    organization: str
    resource_type: str
    resource_id: str
    path: str
    recorded_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Label:
    """A hint for the disclosure kernel: category, and whether the fact reveals substance use disorder.

    `because` holds the reasons in stable words (a code, a security label, the source program). A hint is no
    decision: the kernel decides with the holder's own provenance (DESIGN section 2).
    """

    category: str
    reveals_sud: bool = False
    because: tuple[str, ...] = ()
    security: tuple[str, ...] = ()
