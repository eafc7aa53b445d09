"""What an import would do, and the rows that it writes: keyed by source and the sender's id, updated in place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.db.models import Model

from careloom.directory.facts import DirectoryFacts, FileProblem, LocationFact, OrganizationFact, ServiceAtLocationFact, ServiceFact
from careloom.directory.models import Imported, Location, Organization, Service, ServiceAtLocation
from careloom.directory.needs import catalogue

LANGUAGE_CODES = {"english": "en", "spanish": "es", "german": "de", "french": "fr", "chinese": "zh", "vietnamese": "vi"}
Row = TypeVar("Row", bound=Imported)
Key = TypeVar("Key")


@dataclass(frozen=True, kw_only=True)
class TableChange:
    """Rows of one table that an import adds, updates, leaves as they are, and marks inactive."""

    table: str
    added: int
    updated: int
    unchanged: int
    ended: int


@dataclass(frozen=True, kw_only=True)
class ImportResult:
    """What an import did, or would do; `problems` were there but did not stop it."""

    source: str
    layout: str
    changes: tuple[TableChange, ...]
    problems: tuple[FileProblem, ...]

    @property
    def nothing_changed(self) -> bool:
        return not any(c.added or c.updated or c.ended for c in self.changes)


def organization_values(fact: OrganizationFact) -> dict[str, Any]:
    """Column values of an organization."""
    return {
        "name": fact.name[:250],
        "alternate_name": fact.alternate_name[:250],
        "description": fact.description,
        "email": fact.email[:250],
        "website": fact.website[:500],
        "phone": fact.phones[0].number[:60] if fact.phones else "",
        "digest": digest_of(fact),
    }


def location_values(fact: LocationFact, organizations: dict[str, UUID]) -> dict[str, Any]:
    """Column values of a place."""
    plain = ("name", "kind", "description", "transportation", "line1", "line2", "city", "county", "state", "postal_code")
    limits = {"name": 250, "line1": 200, "line2": 200, "city": 100, "county": 80, "state": 40, "postal_code": 20}
    values: dict[str, Any] = {name: getattr(fact, name)[: limits.get(name)] for name in plain}
    more = {"latitude": fact.latitude, "longitude": fact.longitude, "accessibility": list(fact.accessibility), "digest": digest_of(fact)}
    return {**values, **more, "organization_id": organizations.get(fact.organization_id)}


def service_values(
    fact: ServiceFact, organizations: dict[str, UUID], agencies: dict[str, UUID], names: dict[str, str], places: list[LocationFact]
) -> dict[str, Any]:
    """Column values of a service, with the search columns worked out from its children."""
    known = catalogue()
    plain = ("description", "status", "application", "wait", "fees", "interpretation", "eligibility")
    values: dict[str, Any] = {name: getattr(fact, name) for name in plain}
    counties = {a.name for a in fact.areas if a.kind == "county"}
    # A source that does not know our agencies must not undo a join that the steward made.
    joined = {"agency_id": agencies.get(fact.agency_name)} if fact.agency_name else {}
    return {
        **values,
        **joined,
        "digest": digest_of(fact),
        "organization_id": organizations[fact.organization_id],
        "name": fact.name[:250],
        "alternate_name": fact.alternate_name[:250],
        "email": fact.email[:250],
        "website": fact.website[:500],
        "minimum_age": fact.minimum_age,
        "maximum_age": fact.maximum_age,
        "assured_on": fact.assured_on,
        "documents": list(fact.documents),
        "needs": known.needs_of(fact.terms),
        "features": known.features_of(fact.terms),
        "language_codes": sorted({language_code(code=x.code, name=x.name) for x in _spoken(fact, places)}),
        "located_in": sorted({n for p in places for n in (p.county.title(), p.city.title()) if n})[:20],
        "areas_served": sorted({n.title()[:80] for n in counties} | {a.name[:80] for a in fact.areas if a.kind != "state"})[:60],
        "postal_codes": sorted({p.postal_code[:5] for p in places if p.postal_code}),
        "statewide": any(a.kind == "state" for a in fact.areas),
        "available": sum(c.available for c in fact.capacities) if fact.capacities else None,
        "search_text": " ".join(
            [fact.name, fact.alternate_name, fact.description, names.get(fact.organization_id, ""), *(t.name for t in fact.terms)]
        ),
    }


def _spoken(fact: ServiceFact, places: list[LocationFact]) -> list[Any]:
    return [*fact.languages, *(x for p in places for x in p.languages)]


def language_code(*, code: str, name: str) -> str:
    """ISO code of a language, or its name in lower case where the source gives none."""
    return (code or LANGUAGE_CODES.get(name.lower(), name.lower()))[:40]


def join_values(fact: ServiceAtLocationFact, services: dict[str, UUID], locations: dict[str, UUID]) -> dict[str, Any]:
    """Column values of a service at a place."""
    links = {"service_id": services[fact.service_id], "location_id": locations[fact.location_id]}
    return {**links, "description": fact.description, "digest": digest_of(fact)}


def digest_of(fact: object) -> str:
    """What stands for a fact with its phones, hours, terms and all: a change of any of them is a change of the row."""
    return sha256(repr(fact).encode()).hexdigest()


def kept_ids(model: type[Model], senders: Mapping[Key, str]) -> dict[Key, UUID]:
    """The ids that new rows get, by any key: the sender's own where it is a UUID that no row has, else a new one. One statement.

    A directory that travels from one Careloom to another keeps its ids by this.
    """
    wanted = {key: found for key, sender in senders.items() if (found := _uuid(sender))}
    taken = set(model._default_manager.filter(pk__in=wanted.values()).values_list("pk", flat=True))
    ids: dict[Key, UUID] = {}
    for key in senders:
        own = wanted.get(key)
        ids[key] = uuid4() if own is None or own in taken else own
        taken.add(ids[key])
    return ids


def _uuid(text: str) -> UUID | None:
    try:
        found = UUID(text)
    except ValueError:
        return None
    return found if str(found) == text.lower() else None


def plan_rows(model: type[Row], source: str, wanted: dict[str, dict[str, Any]], at: datetime) -> tuple[list[Row], list[Row], list[Row], int]:
    """Rows to add, to update and to end, and how many stay as they are. Two dictionaries, two statements."""
    held = {row.source_id: row for row in model._default_manager.filter(source=source)}
    ids = kept_ids(model, {key: key for key in wanted if key not in held})
    added, updated, unchanged = [], [], 0
    for source_id, values in wanted.items():
        row = held.get(source_id)
        if row is None:
            added.append(model(id=ids[source_id], source=source, source_id=source_id[:200], modified_at=at, **values))
            continue
        changed = {k: v for k, v in {**values, "active": True}.items() if getattr(row, k) != v}
        for name, value in changed.items():
            setattr(row, name, value)
        row.modified_at = at if changed else row.modified_at
        updated += [row] if changed else []
        unchanged += 0 if changed else 1
    ended = [row for key, row in held.items() if key not in wanted and row.active]
    for row in ended:
        row.active, row.modified_at = False, at
    return added, updated, ended, unchanged


def write_rows(model: type[Row], added: list[Row], updated: list[Row], ended: list[Row]) -> None:
    """Write planned rows in three statements at most."""
    fields = [f.name for f in model._meta.concrete_fields if f.name not in ("id", "source", "source_id")]
    model._default_manager.bulk_create(added, batch_size=500)
    if updated:
        model._default_manager.bulk_update(updated, fields, batch_size=200)
    if ended:
        model._default_manager.bulk_update(ended, ["active", "modified_at"], batch_size=500)


def places_by_service(facts: DirectoryFacts) -> dict[str, list[LocationFact]]:
    """The places of each service, by the sender's service id."""
    places = {p.source_id: p for p in facts.locations}
    found: dict[str, list[LocationFact]] = {}
    for join in facts.services_at_locations:
        found.setdefault(join.service_id, []).append(places[join.location_id])
    return found


TABLES: tuple[type[Imported], ...] = (Organization, Location, Service, ServiceAtLocation)
