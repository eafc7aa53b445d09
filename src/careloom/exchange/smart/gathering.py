"""Reads a mother and her newborns from an EHR by FHIR search, as the two bundles that the import of files reads.

Who belongs together is what the EHR itself says: her record links to a `RelatedPerson` of each child, and the child's record names her as
mother (FHIR R4 Patient, "Mother and newborn relationships"). Nothing is guessed from names or days.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from careloom.exchange.families.dividing import MOTHERS, NEWBORN
from careloom.exchange.families.importing import File
from careloom.exchange.smart.redeeming import FHIR_ID, Granted
from careloom.exchange.smart.wire import EhrFailed, Wire

TOGETHER = timedelta(days=2)
KINDS = ("Condition", "Observation", "MedicationRequest", "Encounter", "Procedure")
A_PAGE = 200
MOST_PAGES = 40
MOST_BABIES = 6
_RELATED = re.compile(r"RelatedPerson/([A-Za-z0-9\-.]{1,64})")
_PATIENT = re.compile(r"Patient/([A-Za-z0-9\-.]{1,64})")
_POINTED = re.compile(r"(Medication|Organization)/([A-Za-z0-9\-.]{1,64})")
POINTERS = ("medicationReference", "serviceProvider", "requester", "managingOrganization")
MOST_POINTED = 100
Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """The bundles of a mother and of each of her newborns, and the types of record that the EHR does not give."""

    mother: File
    infants: tuple[File, ...]
    kept_back: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Reads one server with one token."""

    wire: Wire
    iss: str
    token: str

    def one(self, kind: str, ident: str) -> Json:
        """The one resource of this id. Raises `EhrFailed`."""
        found = self.wire.get(f"{self.iss}/{kind}/{ident}", token=self.token)
        if not isinstance(found, dict) or found.get("resourceType") != kind or found.get("id") != ident:
            raise EhrFailed("NOT_FHIR")
        return found

    def search(self, kind: str, **asks: str) -> list[Json]:
        """Every match, page by page. A next page elsewhere than on this server is not followed."""
        url, found = f"{self.iss}/{kind}?{urlencode({**asks, '_count': A_PAGE})}", list[Json]()
        for _ in range(MOST_PAGES):
            page = self.wire.get(url, token=self.token)
            if not isinstance(page, dict) or page.get("resourceType") != "Bundle":
                raise EhrFailed("NOT_FHIR")
            found += [entry["resource"] for entry in _dicts(page.get("entry")) if _kind(entry) == kind]
            url = next((str(link.get("url", "")) for link in _dicts(page.get("link")) if link.get("relation") == "next"), "")
            if not url:
                return found
            if not url.startswith((f"{self.iss}?", f"{self.iss}/")):
                raise EhrFailed("ELSEWHERE")
        raise EhrFailed("TOO_BIG")


def gather(*, wire: Wire, iss: str, granted: Granted, today: date) -> Gathered:
    """The pair around whoever's record is open, mother or newborn. Raises `EhrFailed`: NO_BABY, NO_MOTHER, TWO_MOTHERS, and as `Wire` does."""
    reader = Reader(wire=wire, iss=iss, token=granted.token)
    opened = reader.one("Patient", granted.patient_id)
    babies: dict[str, Json] = {}
    mother = opened
    if _is_newborn(opened, today):
        babies[granted.patient_id] = opened
        mother = _mother_of(reader, granted.patient_id)
    for ident in _children_of(reader, mother):
        babies.setdefault(ident, reader.one("Patient", ident))
    born = {ident: baby for ident, baby in babies.items() if _is_newborn(baby, today)}
    if not born:
        raise EhrFailed("NO_BABY")
    anchor = opened if opened["id"] in born else max(born.values(), key=lambda baby: str(_born(baby)))
    of_one_birth = [baby for baby in born.values() if _days_apart(baby, anchor) <= TOGETHER]
    refused: set[str] = set()
    files = [_file(reader, person, refused) for person in (mother, *of_one_birth[:MOST_BABIES])]
    return Gathered(mother=files[0], infants=tuple(files[1:]), kept_back=tuple(kind for kind in KINDS if kind in refused))


def _mother_of(reader: Reader, infant_id: str) -> Json:
    """The one mother whom the newborn's record names: who bore the child before any other whom the EHR calls mother."""
    related = [one for one in reader.search("RelatedPerson", patient=infant_id) if _patient_of(one, reader) == infant_id]
    for codes in (("NMTH", "GESTM"), ("MTH",)):
        found: dict[str, Json] = {}
        for one in related:
            if _roles(one) & set(codes) and FHIR_ID.fullmatch(str(one.get("id", ""))):
                for person in reader.search("Patient", link=f"RelatedPerson/{one['id']}"):
                    found[str(person.get("id", ""))] = person
        found.pop(infant_id, None)
        if len(found) > 1:
            raise EhrFailed("TWO_MOTHERS")
        for ident, person in found.items():
            if FHIR_ID.fullmatch(ident) and _born(person):
                return person
    raise EhrFailed("NO_MOTHER")


def _children_of(reader: Reader, mother: Json) -> list[str]:
    """The ids of those whose records name her as mother, in the EHR's order."""
    found: list[str] = []
    for link in _dicts(mother.get("link"))[:20]:
        other = link.get("other")
        told = _RELATED.fullmatch(local(reader, other.get("reference") if isinstance(other, dict) else None))
        if told is None:
            continue
        related = reader.one("RelatedPerson", told[1])
        child = _patient_of(related, reader)
        if _roles(related) & MOTHERS and child and child != mother.get("id"):
            found.append(child)
    return list(dict.fromkeys(found))


def _file(reader: Reader, person: Json, refused: set[str]) -> File:
    """A person's record as one bundle. A type that the EHR refuses is noted and left out; the person's own page is never left out."""
    resources = [person]
    for kind in KINDS:
        try:
            resources += reader.search(kind, patient=str(person["id"]))
        except EhrFailed as failed:
            if failed.code not in ("REFUSED", "MISSING"):
                raise
            refused.add(kind)
    resources += pointed_at(reader, resources, refused)
    return bundled(resources, iss=reader.iss, name=f"Patient/{person['id']}")


def bundled(resources: list[Json], *, iss: str, name: str) -> File:
    """Resources of one server as one bundle, each once, in the form of a file that is brought in."""
    once = {(one.get("resourceType"), one.get("id")): one for one in resources}
    entries = [{"fullUrl": f"{iss}/{one['resourceType']}/{one['id']}", "resource": one} for one in once.values() if one.get("id")]
    bundle = {"resourceType": "Bundle", "type": "collection", "meta": {"source": iss}, "entry": entries}
    return File(name=name, data=json.dumps(bundle).encode())


def pointed_at(reader: Reader, resources: list[Json], refused: set[str]) -> list[Json]:
    """The medicines and the organizations that these resources point at, each once.

    An organization decides by which law a fact is read (42 CFR Part 2): without it nothing is taken, so its refusal is not swallowed.
    """
    found: dict[str, Json] = {}
    for resource in resources:
        for field in POINTERS:
            value = resource.get(field)
            told = _POINTED.fullmatch(local(reader, value.get("reference") if isinstance(value, dict) else None))
            if told is None or told[0] in found:
                continue
            if len(found) >= MOST_POINTED:
                raise EhrFailed("TOO_BIG")
            try:
                found[told[0]] = reader.one(told[1], told[2])
            except EhrFailed as failed:
                if told[1] == "Organization" or failed.code not in ("REFUSED", "MISSING"):
                    raise
                refused.add("MedicationRequest")
    return list(found.values())


def _dicts(value: Any) -> list[Json]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _kind(entry: Json) -> str:
    resource = entry.get("resource")
    # What a search adds about itself (warnings, what is included) is no match.
    mode = entry.get("search", {}).get("mode", "match") if isinstance(entry.get("search", {}), dict) else ""
    return str(resource.get("resourceType", "")) if isinstance(resource, dict) and mode == "match" else ""


def _roles(related: Json) -> set[str]:
    return {str(coding.get("code")) for concept in _dicts(related.get("relationship")) for coding in _dicts(concept.get("coding"))}


def local(reader: Reader, reference: Any) -> str:
    """A reference to this server without the server's address; empty for what is no text."""
    return reference.removeprefix(f"{reader.iss}/") if isinstance(reference, str) else ""


def _patient_of(related: Json, reader: Reader) -> str:
    patient = related.get("patient")
    told = _PATIENT.fullmatch(local(reader, patient.get("reference") if isinstance(patient, dict) else None))
    return told[1] if told else ""


def _born(person: Json) -> date | None:
    try:
        return date.fromisoformat(str(person.get("birthDate", "")))
    except ValueError:
        return None


def _is_newborn(person: Json, today: date) -> bool:
    born = _born(person)
    if born is None:
        raise EhrFailed("NOT_FHIR")
    return today - born <= NEWBORN


def _days_apart(one: Json, other: Json) -> timedelta:
    first, second = _born(one), _born(other)
    return abs(first - second) if first and second else timedelta.max
