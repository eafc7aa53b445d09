"""The patients of a bundle, and which of them is the mother or an infant."""

from __future__ import annotations

from datetime import date
from typing import Any

from careloom.exchange.fhir import codes
from careloom.exchange.fhir.dates import read_when, when_or_none
from careloom.exchange.fhir.entries import Entries, Entry, dicts
from careloom.exchange.fhir.facts import (
    Contact,
    Identifier,
    Label,
    PersonName,
    PostalAddress,
    Provenance,
    Role,
    Subject,
)
from careloom.exchange.fhir.problems import Problem

INFANT_MONTHS = 24
"""Younger than this at the last recorded event: an infant (a plan follows a child for about a year)."""
MULTIPLE_DAYS = 3
"""Infants of one birth are born within this many days of each other."""
US_CORE = "http://hl7.org/fhir/us/core/StructureDefinition/"


def looks_like(*, resource: dict[str, Any], entries: Entries, last_event_on: date | None) -> Role:
    """The role that age and content suggest, whatever the sender calls the file."""
    born = read_when(resource["birthDate"]).on
    reference = last_event_on or born
    months = (reference.year - born.year) * 12 + reference.month - born.month
    if last_event_on is not None and months < INFANT_MONTHS:
        return Role.INFANT
    if last_event_on is None and ("multipleBirthInteger" in resource or _mother_named(resource)):
        return Role.INFANT
    if resource.get("gender") == "male" and not _pregnancy_mentioned(entries):
        return Role.OTHER
    return Role.MOTHER


def _mother_named(resource: dict[str, Any]) -> bool:
    """Patient.contact names a mother, as in HL7's own newborn examples."""
    relations = [r for c in dicts(resource.get("contact")) for r in dicts(c.get("relationship"))]
    return any(c.get("code") in ("MTH", "NMTH", "72705000") for r in relations for c in dicts(r.get("coding")))


def _pregnancy_mentioned(entries: Entries) -> bool:
    for entry in entries.of("Condition"):
        for coding in dicts((entry.resource.get("code") or {}).get("coding")):
            if coding.get("code") in codes.PREGNANT_SNOMED:
                return True
    return False


def person_problems(entries: Entries, *, last_event_on: date | None, role: Role | None) -> list[Problem]:
    """Whether the patients are one person, one dyad or the infants of one birth."""
    patients = list(entries.of("Patient"))
    if not patients:
        step = "Export the record with its Patient."
        return [Problem(path="Bundle.entry", what="The bundle holds no Patient.", next_step=step)]
    roles = {p.path: role or _safe_role(p, entries, last_event_on) for p in patients}
    adults = [p for p in patients if roles[p.path] is not Role.INFANT]
    infants = [p for p in patients if roles[p.path] is Role.INFANT]
    step = "Send one file for each person; the infants of one birth may share a file, with their mother."
    extra = [Problem(path=p.path, what="The bundle holds a second adult.", next_step=step) for p in adults[1:]]
    births = [when_or_none(p.resource.get("birthDate")) for p in infants]
    for infant, born in zip(infants[1:], births[1:], strict=True):
        if born and births[0] and abs((born.on - births[0].on).days) > MULTIPLE_DAYS:
            extra.append(Problem(path=infant.path, what="The infants are not of one birth.", next_step=step))
    return extra


def _safe_role(entry: Entry, entries: Entries, last_event_on: date | None) -> Role:
    if when_or_none(entry.resource.get("birthDate")) is None:
        return Role.OTHER
    return looks_like(resource=entry.resource, entries=entries, last_event_on=last_event_on)


def read_subject(entry: Entry, *, role: Role, decided: Role, label: Label, provenance: Provenance) -> Subject:
    """A Patient as a Subject. The rules have checked that `birthDate` is there."""
    r = entry.resource
    died = when_or_none(r.get("deceasedDateTime"))
    order = r.get("multipleBirthInteger")
    return Subject(
        source_id=entry.source_id,
        role=role,
        looks_like=decided,
        names=tuple(_name(n) for n in dicts(r.get("name"))),
        birth_date=read_when(r["birthDate"]).on,
        sex=str(r.get("gender", "unknown")),
        identifiers=tuple(_identifier(i) for i in dicts(r.get("identifier")) if i.get("value")),
        race=_omb(r, "us-core-race"),
        ethnicity=_omb(r, "us-core-ethnicity"),
        languages=_languages(r),
        interpreter_needed=_interpreter(r),
        addresses=tuple(_address(a) for a in dicts(r.get("address"))),
        contacts=tuple(_contact(t) for t in dicts(r.get("telecom")) if t.get("value")),
        deceased=bool(r.get("deceasedBoolean")) or died is not None,
        deceased_on=died.on if died else None,
        multiple_birth=bool(r.get("multipleBirthBoolean")) or isinstance(order, int),
        birth_order=order if isinstance(order, int) else None,
        label=label,
        provenance=provenance,
    )


def _name(n: dict[str, Any]) -> PersonName:
    given = tuple(str(g) for g in n.get("given", []) if g)
    return PersonName(family=str(n.get("family", "")), given=given, use=str(n.get("use", "")), text=str(n.get("text", "")))


def _identifier(i: dict[str, Any]) -> Identifier:
    kinds = dicts((i.get("type") or {}).get("coding"))
    kind = str(kinds[0].get("code", "")) if kinds else ""
    return Identifier(system=str(i.get("system", "")), value=str(i["value"]), kind=kind)


def _address(a: dict[str, Any]) -> PostalAddress:
    return PostalAddress(
        lines=tuple(str(line) for line in a.get("line", []) if line),
        city=str(a.get("city", "")),
        district=str(a.get("district", "")),
        state=str(a.get("state", "")),
        postal_code=str(a.get("postalCode", "")),
        country=str(a.get("country", "")),
        use=str(a.get("use", "")),
    )


def _contact(t: dict[str, Any]) -> Contact:
    return Contact(system=str(t.get("system", "")), value=str(t["value"]), use=str(t.get("use", "")))


def _omb(r: dict[str, Any], name: str) -> tuple[str, ...]:
    """Displays of the US Core race or ethnicity extension: categories and detailed, else its text."""
    parts = [inner for ext in dicts(r.get("extension")) if ext.get("url") == US_CORE + name for inner in dicts(ext.get("extension"))]
    coded = [str(p["valueCoding"].get("display", "")) for p in parts if isinstance(p.get("valueCoding"), dict)]
    texts = [str(p["valueString"]) for p in parts if p.get("valueString")]
    return tuple(dict.fromkeys(t for t in (coded or texts) if t))


def _languages(r: dict[str, Any]) -> tuple[str, ...]:
    """BCP 47 tags, the preferred language first."""
    spoken = sorted(dicts(r.get("communication")), key=lambda c: not c.get("preferred"))
    tags = [str(c["code"]) for s in spoken for c in dicts((s.get("language") or {}).get("coding")) if c.get("code")]
    return tuple(dict.fromkeys(tags))


def _interpreter(r: dict[str, Any]) -> bool | None:
    for ext in dicts(r.get("extension")):
        if ext.get("url") == "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired":
            return bool(ext.get("valueBoolean"))
    return None
