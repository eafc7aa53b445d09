"""Labels of the facts of a bundle: the category, whether the fact tells about substance use, and why (interop.md 0.3 and 1.4).

42 CFR Part 2 governs a fact when the sender says so in `meta.security`, or when the source organization is a Part 2 program that the importer
has declared. All else is for `kernel.labels` to say; this module hands it what a resource holds and a row of ours does not: every coding, the
reasons, the sender's labels, the source organization.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from careloom.exchange.fhir import codes
from careloom.exchange.fhir.entries import dicts
from careloom.exchange.fhir.facts import Concept, Label, Role
from careloom.kernel.disclosure import Category, Subject
from careloom.kernel.labels import Fact, Kind, label

KINDS = {
    "Condition": Kind.CONDITION,
    "MedicationRequest": Kind.MEDICATION,
    "MedicationStatement": Kind.MEDICATION,
    "Encounter": Kind.ENCOUNTER,
    "Observation": Kind.OBSERVATION,
    "Patient": Kind.PERSON,
}
"""A resource type as a sort of fact; anything else is a procedure."""
SUBJECTS = {Role.MOTHER: Subject.MOTHER, Role.INFANT: Subject.INFANT, Role.OTHER: Subject.OTHER_PARENT}


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
    organization: str = "",
    toxicology: bool = False,
) -> Label:
    """The label of one fact of a resource type `kind`, about a subject in `role`, from an organization of this name ('' when not said)."""
    present = [c for c in concepts if c is not None]
    found = label(
        Fact(
            kind=KINDS.get(kind, Kind.PROCEDURE),
            subject=SUBJECTS[role],
            category=_plain_category(role, present, toxicology),
            codes=tuple((c.system, c.code) for concept in present for c in concept.codings),
            texts=tuple(text for concept in present for text in (concept.text, *(c.display for c in concept.codings)) if text),
            # Where a person is registered says nothing of what her facts say.
            places=(organization,) if organization and kind != "Patient" else (),
            from_part2_program=part2_source,
            security=security,
        )
    )
    return Label(category=found.category.value, reveals_sud=found.tells, because=found.because, security=security)


def _plain_category(role: Role, concepts: list[Concept], toxicology: bool) -> Category:
    if toxicology:
        return Category.HIPAA_TOXICOLOGY
    if any(is_mental_health(c) for c in concepts):
        return Category.HIPAA_MENTAL_HEALTH
    return Category.HIPAA_NEWBORN_RECORD if role is Role.INFANT else Category.HIPAA_OB_RECORD


def is_mental_health(concept: Concept) -> bool:
    """A diagnosis or finding of mental health, other than substance use."""
    coded = any(c.system == codes.ICD10 and c.code.startswith(codes.MENTAL_HEALTH_ICD10) for c in concept.codings)
    return coded or any(word in words_of(concept) for word in codes.MENTAL_HEALTH_WORDS)


def words_of(concept: Concept) -> str:
    """All words of a concept in lower case."""
    return " | ".join([concept.text, *(c.display for c in concept.codings)]).lower()
