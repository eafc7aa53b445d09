"""Observations of interest: birth facts, pregnancy status, due date, withdrawal scores and toxicology."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from careloom.exchange.fhir import codes
from careloom.exchange.fhir.context import WRONG_STATUS, Context, day, span
from careloom.exchange.fhir.dates import When, when_or_none
from careloom.exchange.fhir.entries import Entry, concept, dicts
from careloom.exchange.fhir.facts import Concept, ObservationFact, ObservationKind, Role
from careloom.exchange.fhir.labels import words_of

GRAMS = {"g": Decimal(1), "kg": Decimal(1000), "[lb_av]": Decimal("453.59237"), "[oz_av]": Decimal("28.349523125")}
DAYS = {"d": Decimal(1), "wk": Decimal(7)}


def read_observations(context: Context) -> list[ObservationFact]:
    """Observations whose code is in our tables; the rest is counted by the reader and left alone."""
    facts = []
    for entry in context.entries.of("Observation"):
        subject = context.subject_of(entry)
        what = concept(entry.resource.get("code"))
        if subject is None or what is None or entry.resource.get("status") in (WRONG_STATUS, "cancelled"):
            continue
        when, _ = span(entry.resource, "effectiveDateTime", "effectivePeriod", "effectiveInstant", "issued")
        kind = _kind(context, subject, what, when)
        if kind is not None:
            facts.append(_fact(context, entry, subject, what, when, kind))
    return facts


def _kind(context: Context, subject: str, what: Concept, when: When | None) -> ObservationKind | None:
    loinc = what.code_in(codes.LOINC)
    if loinc in codes.BIRTH_ONLY_WEIGHTS:
        return ObservationKind.BIRTH_WEIGHT if _at_birth(context, subject, when) else None
    if loinc in codes.OBSERVATION_KINDS:
        return codes.OBSERVATION_KINDS[loinc]
    words = words_of(what)
    if any(word in words for word in codes.WITHDRAWAL_WORDS):
        return ObservationKind.WITHDRAWAL_SCORE
    drug = any(word in words for word in codes.TOXICOLOGY_WORDS)
    if drug and any(place in words for place in codes.TOXICOLOGY_PLACES):
        return ObservationKind.TOXICOLOGY
    return None


def _at_birth(context: Context, subject: str, when: When | None) -> bool:
    """Weighed on the day of birth or the day after, and an infant's record."""
    patient = next(p for p in context.entries.of("Patient") if p.source_id == subject)
    born = when_or_none(patient.resource.get("birthDate"))
    if when is None or born is None or context.roles[subject] is not Role.INFANT:
        return False
    return timedelta(0) <= when.on - born.on <= timedelta(days=1)


def _fact(context: Context, entry: Entry, subject: str, what: Concept, when: When | None, kind: ObservationKind) -> ObservationFact:
    value, unit = _quantity(entry.resource, kind)
    return ObservationFact(
        subject_id=subject,
        kind=kind,
        concept=what,
        value=value,
        unit=unit,
        text=_text(entry.resource),
        on=day(when),
        precision=when.precision if when else "",
        label=context.label(entry, subject, what, toxicology=kind is ObservationKind.TOXICOLOGY),
        provenance=context.provenance(entry),
    )


def _quantity(r: dict[str, Any], kind: ObservationKind) -> tuple[Decimal | None, str]:
    """The number in our unit: grams for weight, days for gestation, as sent for the rest."""
    quantity = r.get("valueQuantity")
    if isinstance(r.get("valueInteger"), int):
        return Decimal(r["valueInteger"]), ""
    if not isinstance(quantity, dict) or "value" not in quantity:
        return None, ""
    try:
        value = Decimal(str(quantity["value"]))
    except InvalidOperation:
        return None, ""
    unit = str(quantity.get("code") or quantity.get("unit") or "")
    if kind is ObservationKind.BIRTH_WEIGHT and unit in GRAMS:
        return (value * GRAMS[unit]).quantize(Decimal(1)), "g"
    if kind is ObservationKind.GESTATIONAL_AGE and unit in DAYS:
        return (value * DAYS[unit]).quantize(Decimal(1)), "d"
    return value, unit


def _text(r: dict[str, Any]) -> str:
    """The value in words: a code's words, a string, a date, or the interpretation."""
    coded = concept(r.get("valueCodeableConcept"))
    if coded is not None:
        return coded.text or coded.codings[0].code
    for field in ("valueString", "valueDateTime"):
        if r.get(field):
            return str(r[field])
    words = [c.text or c.codings[0].code for i in dicts(r.get("interpretation")) if (c := concept(i))]
    return "; ".join(words)
