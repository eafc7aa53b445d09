"""Label hints for facts: category, whether it reveals substance use, and why (interop.md 0.3 and 1.4).

42 CFR Part 2 governs a fact when the sender says so in `meta.security`, or when the source organization is a
Part 2 program that the importer has declared. Substance use is revealed by codes and words too, whoever sends.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from careloom.exchange.fhir import codes
from careloom.exchange.fhir.entries import dicts
from careloom.exchange.fhir.facts import Concept, Label, Role

PART2_CATEGORY = {
    "Condition": "part2.diagnosis",
    "MedicationRequest": "part2.medication",
    "MedicationStatement": "part2.medication",
    "Encounter": "part2.attendance",
    "Observation": "part2.drug_screens",
    "Patient": "part2.presence",
}
"""A Part 2 fact by resource type; anything else counts as treatment summary."""


def security_of(*resources: dict[str, Any]) -> tuple[str, ...]:
    """Security label codes of a resource and of the bundle around it, in order and once."""
    labels = [
        str(c["code"])
        for r in resources
        for c in dicts((r.get("meta") or {}).get("security") if isinstance(r.get("meta"), dict) else None)
        if c.get("code")
    ]
    return tuple(dict.fromkeys(labels))


def label_for(
    *,
    kind: str,
    role: Role,
    concepts: Iterable[Concept | None],
    security: tuple[str, ...],
    part2_source: bool,
    toxicology: bool = False,
) -> Label:
    """The label of one fact of a resource type `kind`, about a subject in `role`."""
    present = [c for c in concepts if c is not None]
    because = [f"meta.security:{code}" for code in security if code in codes.SUD_LABELS]
    because += [reason for c in present for reason in revealing_reasons(c)]
    if toxicology:
        because.append("toxicology")
    part2 = part2_source or codes.PART2_LABEL in security
    if part2:
        because.insert(0, "part2.program" if part2_source else "meta.security:42CFRPart2")
        category = PART2_CATEGORY.get(kind, "part2.treatment_summary")
        if kind == "Observation" and not toxicology:
            category = "part2.treatment_summary"
    else:
        category = _plain_category(role, present, toxicology)
    return Label(category=category, reveals_sud=bool(because), because=tuple(dict.fromkeys(because)), security=security)


def _plain_category(role: Role, concepts: list[Concept], toxicology: bool) -> str:
    if toxicology:
        return "hipaa.toxicology"
    if any(is_mental_health(c) for c in concepts):
        return "hipaa.mental_health"
    return "hipaa.newborn_record" if role is Role.INFANT else "hipaa.ob_record"


def revealing_reasons(concept: Concept) -> list[str]:
    """Why a concept reveals substance use: matching codes first, then words. Empty when it does not."""
    reasons = []
    for coding in concept.codings:
        if coding.system == codes.ICD10 and coding.code.startswith(codes.REVEALING_ICD10):
            reasons.append(f"ICD-10-CM {coding.code}")
        snomed = (codes.SUBSTANCE_SNOMED, codes.INFANT_SUBSTANCE_SNOMED, codes.TREATMENT_SNOMED)
        if coding.system == codes.SNOMED and any(coding.code in table for table in snomed):
            reasons.append(f"SNOMED CT {coding.code}")
    words = words_of(concept)
    reasons += [f"words:{word}" for word in codes.REVEALING_WORDS if word in words]
    return reasons


def is_mental_health(concept: Concept) -> bool:
    """A diagnosis or finding of mental health, other than substance use."""
    coded = any(c.system == codes.ICD10 and c.code.startswith(codes.MENTAL_HEALTH_ICD10) for c in concept.codings)
    return coded or any(word in words_of(concept) for word in codes.MENTAL_HEALTH_WORDS)


def words_of(concept: Concept) -> str:
    """All words of a concept in lower case."""
    return " | ".join([concept.text, *(c.display for c in concept.codings)]).lower()
