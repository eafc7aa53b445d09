"""From tables to `DirectoryFacts`: links are followed, values parsed, and what does not fit is said by file and line."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from careloom.directory.facts import (
    AREA_KINDS,
    AreaFact,
    CapacityFact,
    CostFact,
    DirectoryFacts,
    DirectoryRefused,
    LanguageFact,
    LocationFact,
    OrganizationFact,
    PhoneFact,
    ScheduleFact,
    ServiceAtLocationFact,
    ServiceFact,
    TermFact,
)
from careloom.exchange.hsds.tables import Row, Tables, required_problems

STATUSES = ("active", "inactive", "defunct", "temporarily closed")


def build(tables: Tables, *, source: str) -> DirectoryFacts:
    """Facts from tables. Raises `DirectoryRefused` when a row has no id or name, or an id stands twice."""
    blocking = list(required_problems(tables))
    if blocking:
        raise DirectoryRefused(blocking)
    return _Builder(tables, source).facts()


class _Builder:
    """Holds the rows by their links while the facts are made."""

    def __init__(self, tables: Tables, source: str) -> None:
        self.tables, self.source = tables, source
        self.problems = list(tables.problems)
        self.organizations = {r.text("id") for r in tables.of("organization")}
        self.by = {
            (table, key): tables.grouped(table, key)
            for table, key in (
                *(("phone", k) for k in ("organization_id", "service_id", "location_id", "service_at_location_id")),
                *(("schedule", k) for k in ("service_id", "location_id", "service_at_location_id")),
                *(("language", k) for k in ("service_id", "location_id")),
                *((t, "service_id") for t in ("service_area", "cost_option", "required_document", "service_capacity")),
                *((t, "location_id") for t in ("address", "accessibility")),
                ("attribute", "link_id"),
            )
        }
        self.terms = {r.text("id"): r for r in tables.of("taxonomy_term")}
        self.units = {r.text("id"): r.text("name") for r in tables.of("unit")}

    def facts(self) -> DirectoryFacts:
        services = tuple(f for r in self.tables.of("service") if (f := self._service(r)))
        locations = tuple(self._location(r) for r in self.tables.of("location"))
        return DirectoryFacts(
            source=self.source,
            layout=self.tables.layout,
            organizations=tuple(self._organization(r) for r in self.tables.of("organization")),
            services=services,
            locations=locations,
            services_at_locations=self._joins({s.source_id for s in services}, {p.source_id for p in locations}),
            problems=tuple(self.problems),
            counts={table: len(rows) for table, rows in sorted(self.tables.rows.items())},
        )

    def _rows(self, table: str, key: str, value: str) -> list[Row]:
        return self.by[(table, key)].get(value, [])

    def _organization(self, r: Row) -> OrganizationFact:
        return OrganizationFact(
            source_id=r.text("id"),
            name=r.text("name"),
            description=r.text("description"),
            alternate_name=r.text("alternate_name"),
            email=r.text("email"),
            website=r.text("website") or r.text("url"),
            phones=self._phones("organization_id", r.text("id"), own=True),
        )

    def _service(self, r: Row) -> ServiceFact | None:
        key, owner = r.text("id"), r.text("organization_id")
        if owner not in self.organizations:
            self.problems.append(r.problem("The service belongs to no organization of the file and was left out.", column="organization_id"))
            return None
        status = r.text("status").lower() or "active"
        if status not in STATUSES:
            self.problems.append(r.problem("The status is not one of HSDS; the service is taken as inactive.", column="status"))
            status = "inactive"
        return ServiceFact(
            source_id=key,
            organization_id=owner,
            name=r.text("name"),
            status=status,
            alternate_name=r.text("alternate_name"),
            description=r.text("description"),
            email=r.text("email"),
            website=r.text("url"),
            application=r.text("application_process"),
            wait=r.text("wait_time"),
            fees=r.text("fees_description") or r.text("fees"),
            interpretation=r.text("interpretation_services"),
            eligibility=r.text("eligibility_description"),
            minimum_age=self._whole(r, "minimum_age"),
            maximum_age=self._whole(r, "maximum_age"),
            assured_on=self._day(r, "assured_date"),
            phones=self._phones("service_id", key, own=True),
            schedules=self._schedules("service_id", key),
            languages=self._languages("service_id", key),
            terms=self._terms(key),
            areas=tuple(dict.fromkeys(_area(a) for a in self._rows("service_area", "service_id", key))),
            capacities=tuple(c for a in self._rows("service_capacity", "service_id", key) if (c := self._capacity(a))),
            costs=tuple(self._cost(c) for c in self._rows("cost_option", "service_id", key)),
            documents=tuple(d.text("document") for d in self._rows("required_document", "service_id", key)),
        )

    def _location(self, r: Row) -> LocationFact:
        key = r.text("id")
        owner = r.text("organization_id")
        if owner and owner not in self.organizations:
            self.problems.append(r.problem("The location names an organization that is not in the file.", column="organization_id"))
            owner = ""
        address = next(iter(self._rows("address", "location_id", key)), Row(file=r.file, line=r.line, values={}))
        kind = r.text("location_type").lower()
        return LocationFact(
            source_id=key,
            organization_id=owner,
            name=r.text("name"),
            kind=kind if kind in ("physical", "virtual", "postal") else "physical",
            description=r.text("description"),
            transportation=r.text("transportation"),
            line1=address.text("address_1"),
            line2=address.text("address_2"),
            city=address.text("city"),
            county=(address.text("county") or address.text("region")).removesuffix(" County"),
            state=address.text("state_province"),
            postal_code=address.text("postal_code"),
            latitude=self._degrees(r, "latitude", 90),
            longitude=self._degrees(r, "longitude", 180),
            accessibility=tuple(a.text("description") for a in self._rows("accessibility", "location_id", key)),
            phones=self._phones("location_id", key),
            schedules=self._schedules("location_id", key),
            languages=self._languages("location_id", key),
        )

    def _joins(self, services: set[str], locations: set[str]) -> tuple[ServiceAtLocationFact, ...]:
        joins = []
        for r in self.tables.of("service_at_location"):
            service, place = r.text("service_id"), r.text("location_id")
            if service not in services or place not in locations:
                self.problems.append(r.problem("It joins a service or a location that is not in the file; left out."))
                continue
            joins.append(ServiceAtLocationFact(source_id=r.text("id"), service_id=service, location_id=place, description=r.text("description")))
        return tuple(joins)

    def _phones(self, key: str, value: str, *, own: bool = False) -> tuple[PhoneFact, ...]:
        """Phones of one parent; a phone that names several parents counts for the closest (service, then place)."""
        rows = self._rows("phone", key, value)
        if own and key == "organization_id":
            rows = [r for r in rows if not (r.text("service_id") or r.text("location_id"))] or rows
        found = [
            PhoneFact(
                number=r.text("number"),
                extension=r.text("extension"),
                kind=r.text("type") or "voice",
                description=r.text("description"),
            )
            for r in rows
            if r.text("number")
        ]
        return tuple(dict.fromkeys(found))

    def _schedules(self, key: str, value: str) -> tuple[ScheduleFact, ...]:
        found = [
            ScheduleFact(
                byday=r.text("byday"),
                opens_at=self._clock(r, "opens_at"),
                closes_at=self._clock(r, "closes_at"),
                description=r.text("description"),
            )
            for r in self._rows("schedule", key, value)
        ]
        return tuple(dict.fromkeys(found))

    def _languages(self, key: str, value: str) -> tuple[LanguageFact, ...]:
        rows = self._rows("language", key, value)
        return tuple(dict.fromkeys(LanguageFact(code=r.text("code").lower(), name=r.text("name")) for r in rows))

    def _terms(self, service: str) -> tuple[TermFact, ...]:
        found = []
        for link in self._rows("attribute", "link_id", service):
            term = self.terms.get(link.text("taxonomy_term_id"))
            if term is None:
                self.problems.append(link.problem("The attribute names a term that is not in the file; left out.", column="taxonomy_term_id"))
                continue
            taxonomy = term.text("taxonomy") or term.text("taxonomy_id")
            found.append(TermFact(taxonomy=taxonomy, code=term.text("code") or term.text("id"), name=term.text("name"), id=term.text("id")))
        return tuple(dict.fromkeys(found))

    def _capacity(self, r: Row) -> CapacityFact | None:
        available = self._whole(r, "available")
        if available is None:
            self.problems.append(r.problem("The capacity says no available number; left out.", column="available"))
            return None
        unit = r.text("unit") or self.units.get(r.text("unit_id"), "") or "place"
        maximum = self._whole(r, "maximum")
        if maximum is not None and available > maximum:
            self.problems.append(r.problem("More is said to be free than there is; the maximum was left out.", column="maximum"))
            maximum = None
        return CapacityFact(unit=unit, available=available, maximum=maximum, updated_at=_instant(r.text("updated")))

    def _cost(self, r: Row) -> CostFact:
        cents = None
        if r.text("amount"):
            try:
                cents = int((Decimal(r.text("amount")) * 100).to_integral_value())
            except InvalidOperation:
                self.problems.append(r.problem("The amount is not a number.", column="amount"))
        words = {"currency": r.text("currency").upper(), "description": r.text("amount_description")}
        return CostFact(option=r.text("option"), amount_cents=cents, **words)

    def _whole(self, r: Row, name: str) -> int | None:
        if not r.text(name):
            return None
        try:
            value = int(Decimal(r.text(name)))
        except (InvalidOperation, ValueError, OverflowError):
            self.problems.append(r.problem(f"{name} is not a number.", column=name))
            return None
        if not 0 <= value <= 1_000_000:
            self.problems.append(r.problem(f"{name} is out of range.", column=name))
            return None
        return value

    def _degrees(self, r: Row, name: str, limit: int) -> float | None:
        if not r.text(name):
            return None
        try:
            value = float(r.text(name))
        except ValueError:
            value = float("nan")
        if -limit <= value <= limit:
            return value
        self.problems.append(r.problem(f"{name} is not between -{limit} and {limit}.", column=name))
        return None

    def _day(self, r: Row, name: str) -> date | None:
        try:
            return date.fromisoformat(r.text(name)[:10]) if r.text(name) else None
        except ValueError:
            self.problems.append(r.problem(f"{name} is not a date.", column=name))
            return None

    def _clock(self, r: Row, name: str) -> time | None:
        try:
            return time.fromisoformat(r.text(name).removesuffix("Z")) if r.text(name) else None
        except ValueError:
            self.problems.append(r.problem(f"{name} is not a time.", column=name))
            return None


def _area(r: Row) -> AreaFact:
    name = r.text("name")
    # Our own files say of what kind a name is; HSDS has no list of kinds.
    said = next((kind for kind in (r.text("extent"), r.text("extent_type")) if kind in AREA_KINDS), "")
    if said:
        return AreaFact(name=name.removesuffix(" County") if said == "county" else name, kind=said)
    if name.lower().endswith(" county"):
        return AreaFact(name=name[: -len(" county")], kind="county")
    if len(name) == 5 and name.isdigit():
        return AreaFact(name=name, kind="zip")
    return AreaFact(name=name, kind="other")


def _instant(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None
    return at if at.tzinfo else None
