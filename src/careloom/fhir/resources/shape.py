"""The small parts of FHIR that every resource is made of, and what a shaped resource brings with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from html import escape
from typing import Any
from uuid import UUID

from careloom.agencies.models import Agency
from careloom.agencies.queries import agencies_by_id
from careloom.infra import clock
from careloom.infra.access import Viewer
from careloom.infra.access.records import FamilyRecord

Json = dict[str, Any]
ROLE_CODE = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"
ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
ACT_REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
PARTICIPATION = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType"
SNOMED = "http://snomed.info/sct"
UUIDS = "urn:ietf:rfc:3986"
US_CORE = "http://hl7.org/fhir/us/core/StructureDefinition/"
ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
ANOTHER = {"display": "Another agency"}
"""Who wrote it, where the reader is not told: an agency's name alone can say that somebody is in treatment (42 CFR 2.13(c))."""


@dataclass(frozen=True, kw_only=True)
class Shaped:
    """A resource with the rows that it shows (they are accounted and decide its labels), the newest change, and who wrote it.

    `also` are rows that stood behind it and are accounted too; `named` are kinds of record that it names and shows no row of.
    """

    resource: Json
    rows: tuple[FamilyRecord, ...] = ()
    also: tuple[FamilyRecord, ...] = ()
    named: tuple[str, ...] = ()
    changed: datetime | None = None
    author: Json = field(default_factory=lambda: dict(ANOTHER))

    @property
    def kind(self) -> str:
        """Its resource type."""
        return str(self.resource["resourceType"])

    @property
    def id(self) -> str:
        """Its id."""
        return str(self.resource["id"])


@dataclass(kw_only=True)
class Reading:
    """One request: who reads, when, at which address (without a slash at the end); and the agencies that were looked up for it."""

    viewer: Viewer
    at: datetime
    base: str
    agencies: dict[UUID, Agency] = field(default_factory=dict)

    def look_up(self, ids: Iterable[UUID | None]) -> None:
        """Read the agencies with these ids that are not known yet. One query at most."""
        wanted = {one for one in ids if one is not None} - self.agencies.keys()
        if wanted:
            self.agencies |= agencies_by_id(ids=wanted)

    def organization(self, agency_id: UUID | None) -> Json:
        """A reference to an agency by the name that the reader may know; `ANOTHER` for what is no agency."""
        agency = self.agencies.get(agency_id) if agency_id else None
        return dict(ANOTHER) if agency is None else reference("Organization", agency.pk, display=self.name_of(agency))

    def name_of(self, agency: Agency) -> str:
        """An agency's own name to itself, its outward name to others."""
        return agency.name if agency.pk == self.viewer.holder_id else agency.name_outside

    def own_author(self, row: FamilyRecord) -> Json:
        """Who wrote a row, where that is the reader's own agency or the person herself."""
        if row.provenance == "self_reported":
            return reference("Patient", row.identity_id)
        if row.holder_id == self.viewer.holder_id:
            self.look_up([row.holder_id])
            return self.organization(row.holder_id)
        return dict(ANOTHER)


def resource(kind: str, id_: UUID | str, *, profile: str = "", ours: str = "", **elements: Any) -> Json:
    """A resource without its empty elements. `profile` is the name of a US Core profile, `ours` the canonical of one of `guide/`."""
    claimed = [*([ours] if ours else []), *([US_CORE + profile] if profile else [])]
    meta = {"meta": {"profile": claimed} if claimed else {}}
    return {"resourceType": kind, "id": str(id_), **meta, **filled(elements)}


def filled(elements: Json) -> Json:
    """Elements that hold something; FHIR knows no empty ones. A trailing underscore of a name is taken off (`class_`, `for_`)."""
    return {name.rstrip("_") if name != "_" else name: value for name, value in elements.items() if value not in (None, "", [], {})}


def reference(kind: str, id_: UUID | str, *, display: str = "") -> Json:
    """A reference to a resource of this server."""
    return filled({"reference": f"{kind}/{id_}", "display": display})


def coding(system: str, code: str, display: str = "") -> Json:
    """One coding."""
    return filled({"system": system, "code": code, "display": display})


def concept(*codings: Json, text: str = "") -> Json:
    """A CodeableConcept."""
    return filled({"coding": list(codings), "text": text})


def instant(value: datetime | None) -> str | None:
    """An instant in UTC."""
    return None if value is None else value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def day(value: date | datetime | None) -> str | None:
    """A day of the county's calendar."""
    if isinstance(value, datetime):
        value = value.astimezone(clock.zone()).date()
    return None if value is None else value.isoformat()


def narrative(paragraphs: Iterable[str]) -> Json:
    """A generated narrative: one paragraph a line, every sign of markup escaped."""
    lines = "".join(f"<p>{escape(_clean(line))}</p>" for line in paragraphs)
    return {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{lines}</div>'}


def _clean(line: str) -> str:
    return "".join(c for c in line if c.isprintable())


def absent() -> Json:
    """The extension that says that a value is not known."""
    return {"url": ABSENT, "valueCode": "unknown"}


def newest(*instants: datetime | None) -> datetime | None:
    """The latest of the instants that there are."""
    return max((one for one in instants if one is not None), default=None)
