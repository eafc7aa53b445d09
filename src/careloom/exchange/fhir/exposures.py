"""Substances deduced from diagnoses, medications, toxicology and treatment, with the evidence kept.

A deduction is a prompt to ask, never a finding: the plan's exposure record is confirmed by a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from careloom.exchange.fhir import codes
from careloom.exchange.fhir.context import WRONG_STATUS, Context, day, span
from careloom.exchange.fhir.entries import concept, dicts
from careloom.exchange.fhir.facts import (
    Concept,
    ConditionFact,
    Evidence,
    ExposureBasis,
    ExposureFact,
    Label,
    MedicationFact,
    ObservationFact,
    ObservationKind,
    PregnancyFact,
    Role,
    Substance,
)
from careloom.exchange.fhir.labels import words_of

_Found = tuple[str, Substance, ExposureBasis, Evidence, Label]
BEFORE_FIRST_RECORD = timedelta(weeks=12)
"""A pregnancy is first recorded weeks after conception; an exposure in those weeks still touches it."""
NEGATIVE_WORDS = ("not detected", "negative", "neg", "absent")


def read_exposures(
    context: Context,
    *,
    conditions: Iterable[ConditionFact],
    medications: Iterable[MedicationFact],
    observations: Iterable[ObservationFact],
    pregnancies: Iterable[PregnancyFact],
) -> list[ExposureFact]:
    """One fact for each subject, substance and basis; its evidence in the order of the bundle."""
    grouped: dict[tuple[str, Substance, ExposureBasis], list[_Found]] = {}
    found = [*_diagnosed(context, conditions), *_medicated(medications), *_tested(observations), *_treated(context)]
    for one in found:
        grouped.setdefault(one[:3], []).append(one)
    known = list(pregnancies)
    return [_fact(key, group, known) for key, group in grouped.items()]


def _fact(key: tuple[str, Substance, ExposureBasis], group: list[_Found], pregnancies: list[PregnancyFact]) -> ExposureFact:
    subject, substance, basis = key
    evidence = tuple(one[3] for one in group)
    starts = [e.starts_on for e in evidence if e.starts_on]
    open_ended = any(e.ends_on is None for e in evidence)
    ends = [e.ends_on for e in evidence if e.ends_on]
    prescribed = True if basis is ExposureBasis.MEDICATION else None
    touched = [p.starts_on for p in pregnancies if p.subject_id == subject and any(_overlap(e, p) for e in evidence)]
    return ExposureFact(
        subject_id=subject,
        substance=substance,
        basis=basis,
        prescribed=prescribed,
        starts_on=min(starts) if starts else None,
        ends_on=None if open_ended or not ends else max(ends),
        in_pregnancies=tuple(touched),
        evidence=evidence,
        label=_widest([one[4] for one in group]),
    )


def _widest(labels: list[Label]) -> Label:
    """The label that holds back most: Part 2 first, then one that reveals substance use."""
    return max(labels, key=lambda label: (label.category.startswith("part2."), label.reveals_sud))


def _overlap(evidence: Evidence, pregnancy: PregnancyFact) -> bool:
    if evidence.starts_on is None:
        return False
    begins = pregnancy.starts_on - BEFORE_FIRST_RECORD
    ends = pregnancy.ends_on or pregnancy.starts_on + timedelta(weeks=44)
    return evidence.starts_on <= ends and (evidence.ends_on is None or evidence.ends_on >= begins)


def _diagnosed(context: Context, conditions: Iterable[ConditionFact]) -> Iterator[_Found]:
    for fact in conditions:
        infant = context.roles[fact.subject_id] is Role.INFANT
        substance = _of_diagnosis(fact.concept)
        if substance is not None:
            basis = ExposureBasis.INFANT_DIAGNOSIS if infant else ExposureBasis.DIAGNOSIS
            evidence = Evidence(concept=fact.concept, starts_on=fact.onset_on, ends_on=fact.abated_on, provenance=fact.provenance)
            yield fact.subject_id, substance, basis, evidence, fact.label


def _of_diagnosis(what: Concept) -> Substance | None:
    tables = {**codes.SUBSTANCE_ICD10, **codes.INFANT_SUBSTANCE_ICD10}
    for coding in what.codings:
        if coding.system == codes.SNOMED:
            snomed = {**codes.SUBSTANCE_SNOMED, **codes.INFANT_SUBSTANCE_SNOMED}
            if coding.code in snomed:
                return snomed[coding.code]
        if coding.system == codes.ICD10:
            for prefix in sorted(tables, key=len, reverse=True):
                if coding.code.startswith(prefix):
                    return tables[prefix]
    return None


def _medicated(medications: Iterable[MedicationFact]) -> Iterator[_Found]:
    for fact in medications:
        words = words_of(fact.concept)
        substance = next((s for s, names in codes.INGREDIENTS.items() if any(n in words for n in names)), None)
        if substance is None or fact.status in ("cancelled", "draft", "not-taken", "intended"):
            continue
        ends_on = fact.ends_on or (None if fact.status == "active" else fact.authored_on)
        evidence = Evidence(concept=fact.concept, starts_on=fact.authored_on, ends_on=ends_on, provenance=fact.provenance)
        yield fact.subject_id, substance, ExposureBasis.MEDICATION, evidence, fact.label


def _tested(observations: Iterable[ObservationFact]) -> Iterator[_Found]:
    """A positive toxicology result. A result without a value says nothing and is left out."""
    for fact in observations:
        result = fact.text.lower()
        negative = any(word in result for word in NEGATIVE_WORDS)
        if fact.kind is not ObservationKind.TOXICOLOGY or negative or not (result or fact.value):
            continue
        words = words_of(fact.concept)
        substance = next(s for word, s in codes.TOXICOLOGY_WORDS.items() if word in words)
        evidence = Evidence(concept=fact.concept, starts_on=fact.on, ends_on=fact.on, provenance=fact.provenance)
        yield fact.subject_id, substance, ExposureBasis.TOXICOLOGY, evidence, fact.label


def _treated(context: Context) -> Iterator[_Found]:
    """Treatment for substance use, which tells of a use without naming the substance."""
    for entry in context.entries.of("Procedure", "Encounter"):
        subject = context.subject_of(entry)
        r = entry.resource
        if subject is None or r.get("status") in (WRONG_STATUS, "not-done", "cancelled", "planned"):
            continue
        for what in filter(None, (concept(c) for c in [r.get("code"), *dicts(r.get("type"))])):
            if any(c.system == codes.SNOMED and c.code in codes.TREATMENT_SNOMED for c in what.codings):
                start, end = span(r, "performedPeriod", "performedDateTime", "period")
                evidence = context.evidence(entry, what, day(start), day(end) or day(start))
                label = context.label(entry, subject, what)
                yield subject, Substance.OTHER, ExposureBasis.TREATMENT, evidence, label
