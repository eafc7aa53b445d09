"""What every fact needs to know of its bundle: source, roles of the subjects, Part 2 programs, security labels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from careloom.exchange.fhir.dates import When, when_or_none
from careloom.exchange.fhir.entries import Entries, Entry, dicts
from careloom.exchange.fhir.facts import Concept, Evidence, Label, Provenance, Role
from careloom.exchange.fhir.labels import label_for, security_of

WRONG_STATUS = "entered-in-error"


@dataclass(frozen=True, kw_only=True)
class Context:
    """The bundle while it is read. `part2_programs` are names, ids or identifiers of declared programs."""

    bundle: dict[str, Any]
    entries: Entries
    source_system: str
    roles: Mapping[str, Role]
    part2_programs: frozenset[str]

    def subject_of(self, entry: Entry) -> str | None:
        """The source id of the patient a resource is about, or None when it is about nobody here."""
        for field in ("subject", "patient"):
            target = self.entries.find(entry.resource.get(field))
            if target is not None and target.kind == "Patient":
                return target.source_id
        return None

    def organization_of(self, entry: Entry) -> Entry | None:
        """The organization that a resource came from: its own provider, its visit's, or the patient's."""
        if entry.kind == "Organization":
            return entry
        for field in ("serviceProvider", "managingOrganization", "custodian"):
            found = self.entries.find(entry.resource.get(field))
            if found is not None and found.kind == "Organization":
                return found
        visit = self.entries.find(entry.resource.get("encounter") or entry.resource.get("context"))
        return self.organization_of(visit) if visit is not None and visit.kind == "Encounter" else None

    def is_part2_source(self, organization: Entry | None) -> bool:
        """Whether the importer declared this organization (or the sending system) a Part 2 program."""
        names = {self.source_system}
        if organization is not None:
            names |= {organization.source_id, str(organization.resource.get("name", ""))}
            names |= {str(i.get("value", "")) for i in dicts(organization.resource.get("identifier"))}
        return bool(names & self.part2_programs)

    def provenance(self, entry: Entry) -> Provenance:
        """Where a fact of this resource came from, with its recorded time (or last update)."""
        r = entry.resource
        recorded = next(
            (w for f in ("recordedDate", "issued", "dateAsserted", "authoredOn") if (w := when_or_none(r.get(f)))),
            None,
        ) or when_or_none((r.get("meta") or {}).get("lastUpdated"))
        organization = self.organization_of(entry)
        return Provenance(
            source_system=self.source_system,
            organization=str(organization.resource.get("name", "")) if organization else "",
            resource_type=entry.kind,
            resource_id=entry.source_id,
            path=entry.path,
            recorded_at=recorded.at if recorded else None,
        )

    def label(self, entry: Entry, subject_id: str, *concepts: Concept | None, toxicology: bool = False) -> Label:
        """The label of one resource about a subject."""
        organization = self.organization_of(entry)
        return label_for(
            kind=entry.kind,
            role=self.roles[subject_id],
            concepts=concepts,
            security=security_of(self.bundle, entry.resource),
            part2_source=self.is_part2_source(organization),
            organization=str(organization.resource.get("name", "")) if organization else "",
            toxicology=toxicology,
        )

    def evidence(self, entry: Entry, concept: Concept, starts_on: date | None, ends_on: date | None) -> Evidence:
        """One resource as evidence of a deduction."""
        return Evidence(concept=concept, starts_on=starts_on, ends_on=ends_on, provenance=self.provenance(entry))


def span(resource: dict[str, Any], *fields: str) -> tuple[When | None, When | None]:
    """Start and end from the first of the named dateTime or Period fields that is there."""
    for field in fields:
        value = resource.get(field)
        if isinstance(value, dict):
            return when_or_none(value.get("start")), when_or_none(value.get("end"))
        if value is not None:
            moment = when_or_none(value)
            return moment, None
    return None, None


def day(when: When | None) -> date | None:
    """The calendar day of a moment, or None."""
    return when.on if when else None
