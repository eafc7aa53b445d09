"""Turns the facts of a bundle into rows of `health`, each with its holder, its category and the resource it came from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from careloom.exchange.fhir import BundleFacts, Role
from careloom.exchange.fhir.facts import ExposureBasis, ExposureFact, ObservationFact, ObservationKind, Subject, Substance
from careloom.exchange.fhir.facts import Provenance as From
from careloom.health import models
from careloom.infra.access.records import FamilyRecord
from careloom.kernel.notification import Substance as Class

MOUD_NAMES = ("buprenorphine", "methadone", "naltrexone")
CLASSES = {
    Substance.OPIOID: Class.PRESCRIPTION_OPIOID,
    Substance.BENZODIAZEPINE: Class.PRESCRIPTION_BENZODIAZEPINE,
    Substance.STIMULANT: Class.METHAMPHETAMINE,
    Substance.COCAINE: Class.COCAINE,
    Substance.CANNABIS: Class.CANNABIS,
    Substance.ALCOHOL: Class.ALCOHOL,
    Substance.SEDATIVE: Class.OTHER_MEDICATION,
    Substance.HALLUCINOGEN: Class.HALLUCINOGEN,
    Substance.ANTIDEPRESSANT: Class.PSYCHIATRIC_MEDICATION,
    Substance.OTHER: Class.OTHER_SUBSTANCE,
}
KNOWN_FROM = {
    ExposureBasis.MEDICATION: "PRESCRIBER",
    ExposureBasis.TREATMENT: "PRESCRIBER",
    ExposureBasis.TOXICOLOGY: "PARENT_TOXICOLOGY",
    ExposureBasis.INFANT_DIAGNOSIS: "INFANT_TOXICOLOGY",
    ExposureBasis.DIAGNOSIS: "HEALTH_RECORD",
}


def rows_of(
    facts: BundleFacts, *, holder_id: UUID | None, identities: dict[str, UUID], mother_id: UUID | None, at: datetime
) -> Iterator[Sequence[Any]]:
    """Rows of one bundle, kind by kind. `identities` maps the bundle's patient ids to our identities."""
    make = _Maker(holder_id=holder_id, identities=identities, at=at, source_system=facts.source_system[:120])
    yield [make.condition(f) for f in facts.conditions]
    yield [make.medication(f) for f in facts.medications]
    yield [make.encounter(f) for f in facts.encounters]
    yield [make.observation(f) for f in facts.observations]
    yield [make.pregnancy(f) for f in facts.pregnancies]
    treated = {f.subject_id for f in facts.exposures if f.substance is Substance.MOUD and f.prescribed and f.in_pregnancies}
    yield [row for f in facts.exposures if not _is_treated(f, treated) and (row := make.exposure(f)) is not None]
    if mother_id is not None:
        yield [make.birth(s, facts, mother_id=mother_id) for s in facts.subjects if s.role is Role.INFANT]
        yield [row for s in facts.subjects if s.role is Role.INFANT and (row := make.signs(s, facts, mother_id=mother_id)) is not None]


class _Maker:
    """Makes rows that share a holder, a source and an instant."""

    def __init__(self, *, holder_id: UUID | None, identities: dict[str, UUID], at: datetime, source_system: str) -> None:
        self.holder_id, self.identities, self.at, self.source_system = holder_id, identities, at, source_system

    def _where(self, subject_id: str, label: Any, *, source_type: str, source_id: str, recorded_at: datetime | None) -> dict[str, Any]:
        return {
            "holder_id": self.holder_id,
            "identity_id": self.identities[subject_id],
            "category": label.category,
            "source_system": self.source_system,
            "source_type": source_type[:40],
            "source_id": source_id[:160],
            "recorded_at": recorded_at or self.at,
        }

    def _from(self, fact: Any) -> dict[str, Any]:
        source: From = fact.provenance
        return self._where(
            fact.subject_id, fact.label, source_type=source.resource_type, source_id=source.resource_id, recorded_at=source.recorded_at
        )

    def condition(self, fact: Any) -> FamilyRecord:
        system, code = _code(fact.concept)
        return models.Condition(
            **self._from(fact), system=system, code=code, display=fact.concept.text[:240], status=fact.clinical_status[:20],
            starts_on=fact.onset_on, ends_on=fact.abated_on, reveals_substance_use=fact.label.reveals_sud,
        )  # fmt: skip

    def medication(self, fact: Any) -> FamilyRecord:
        system, code = _code(fact.concept)
        return models.Medication(
            **self._from(fact), system=system, code=code, display=fact.concept.text[:240], status=fact.status[:20],
            starts_on=fact.authored_on, ends_on=fact.ends_on, prescriber=fact.prescriber[:120], is_moud=_is_moud(fact.concept.text),
        )  # fmt: skip

    def encounter(self, fact: Any) -> FamilyRecord:
        return models.Encounter(
            **self._from(fact), kind=fact.concept.text[:240], status=fact.status[:20], place=fact.provenance.organization[:160],
            starts_at=_noon(fact.starts_on), ends_at=_noon(fact.ends_on),
        )  # fmt: skip

    def observation(self, fact: ObservationFact) -> FamilyRecord:
        system, code = _code(fact.concept)
        value = str(fact.value.normalize()) if fact.value is not None else fact.text
        return models.Observation(
            **self._from(fact), system=system, code=code, display=fact.concept.text[:240], value=value[:240], unit=fact.unit[:24],
            observed_at=_noon(fact.on),
        )  # fmt: skip

    def pregnancy(self, fact: Any) -> FamilyRecord:
        where = self._where(fact.subject_id, fact.label, source_type="Pregnancy", source_id=f"{fact.subject_id}-{fact.starts_on}", recorded_at=None)
        outcome = {"LIVE_BIRTH": "LIVE_BIRTH", "ONGOING": "", "UNKNOWN": ""}.get(fact.outcome.value, "LOSS")
        return models.Pregnancy(**where, starts_on=fact.starts_on, due_on=fact.due_on, ended_on=fact.ends_on, outcome=outcome)

    def exposure(self, fact: Any) -> FamilyRecord | None:
        """A substance used in a pregnancy. Tobacco is kept among the conditions, since no notification counts it."""
        kind = class_of(fact)
        if kind is None or not (fact.in_pregnancies or fact.basis is ExposureBasis.INFANT_DIAGNOSIS):
            return None
        where = self._where(
            fact.subject_id, fact.label, source_type="Exposure", source_id=f"{fact.subject_id}-{kind.value}-{fact.basis.value}", recorded_at=None
        )
        prescribed = {True: "YES", False: "NO", None: "UNSURE"}[fact.prescribed]
        return models.Exposure(
            **where, substance=kind.value, detail=fact.evidence[0].concept.text[:120] if fact.evidence else "",
            prescribed=prescribed, known_from=[KNOWN_FROM[fact.basis]],
        )  # fmt: skip

    def birth(self, subject: Subject, facts: BundleFacts, *, mother_id: UUID) -> FamilyRecord:
        mine = {o.kind: o for o in facts.observations if o.subject_id == subject.source_id}
        weeks, days = _gestation(mine.get(ObservationKind.GESTATIONAL_AGE))
        weight = mine.get(ObservationKind.BIRTH_WEIGHT)
        where = self._where(subject.source_id, subject.label, source_type="Birth", source_id=subject.source_id, recorded_at=None)
        return models.Birth(
            **{**where, "category": "hipaa.newborn_record"},
            mother_identity_id=mother_id,
            born_at=_noon(subject.birth_date),
            hour_known=False,
            order=subject.birth_order or 1,
            plurality=max(len([s for s in facts.subjects if s.role is Role.INFANT]), 2 if subject.multiple_birth else 1),
            gestation_weeks=weeks,
            gestation_days=days,
            weight_g=int(weight.value) if weight and weight.value is not None else None,
            sex=subject.sex,
        )

    def signs(self, subject: Subject, facts: BundleFacts, *, mother_id: UUID) -> FamilyRecord | None:
        """What the first days showed, apart from the birth; None where the bundle says nothing of it."""
        withdrawal = _withdrawal(facts, subject)
        fasd = any(c.concept.code_in(ICD10) == "Q86.0" for c in facts.conditions if c.subject_id == subject.source_id)
        if withdrawal == "NONE" and not fasd:
            return None
        where = self._where(subject.source_id, subject.label, source_type="Birth", source_id=subject.source_id, recorded_at=None)
        apart = {**where, "category": "hipaa.toxicology"}
        return models.NewbornSigns(**apart, mother_identity_id=mother_id, withdrawal=withdrawal, fasd_signs=fasd)


ICD10 = "http://hl7.org/fhir/sid/icd-10-cm"


def _withdrawal(facts: BundleFacts, subject: Subject) -> str:
    hers = [c for c in facts.conditions if c.subject_id == subject.source_id]
    seen = any((c.concept.code_in(ICD10) or "").startswith("P96.1") or "withdrawal" in c.concept.text.lower() for c in hers)
    treated = any("morphine" in m.concept.text.lower() or _is_moud(m.concept.text) for m in facts.medications if m.subject_id == subject.source_id)
    return "TREATED" if seen and treated else "OBSERVED" if seen else "NONE"


def _gestation(fact: ObservationFact | None) -> tuple[int | None, int]:
    if fact is None or fact.value is None:
        return None, 0
    days = int(fact.value) if fact.unit in {"d", "day", "days"} else round(float(fact.value) * 7)
    return days // 7, days % 7


def _is_treated(fact: ExposureFact, treated: set[str]) -> bool:
    """Whether a fact only names what a medicine for opioid use disorder treats: the diagnosis, or that she is in treatment.

    Neither is an exposure of its own, and a mother who takes her medicine is not asked about "another substance" because of them (ux.md 7.1).
    """
    named = fact.substance is Substance.OPIOID and fact.basis is ExposureBasis.DIAGNOSIS
    return fact.subject_id in treated and (named or fact.basis is ExposureBasis.TREATMENT)


def class_of(fact: ExposureFact) -> Class | None:
    """The class that a notification counts, or None where it counts none (tobacco)."""
    if fact.substance is Substance.TOBACCO:
        return None
    words = " ".join(e.concept.text.lower() for e in fact.evidence)
    if fact.substance is Substance.MOUD:
        return Class.METHADONE if "methadone" in words else Class.BUPRENORPHINE
    if fact.substance is Substance.OPIOID and fact.prescribed is not True:
        return Class.FENTANYL if "fentanyl" in words else Class.HEROIN if "heroin" in words else Class.OTHER_SUBSTANCE
    if fact.substance is Substance.STIMULANT and fact.prescribed is True:
        return Class.PRESCRIPTION_STIMULANT
    return CLASSES[fact.substance]


def _code(concept: Any) -> tuple[str, str]:
    first = concept.codings[0] if concept.codings else None
    return (first.system[:120], first.code[:40]) if first else ("", "")


def _is_moud(text: str) -> bool:
    return any(name in text.lower() for name in MOUD_NAMES)


def _noon(day: date | None) -> datetime | None:
    # A day without a time is kept at noon UTC, which is the same calendar day in every US zone.
    return datetime.combine(day, time(12), tzinfo=UTC) if day else None
