"""A directory as somebody sent it: frozen values, keyed by the sender's ids. Pure: no Django here.

The shapes follow HSDS 3.x (docs.openreferral.org), cut down to what a family's plan uses. Every reader in
`exchange.hsds` ends in a `DirectoryFacts`; `directory.actions.import_directory` writes one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time


@dataclass(frozen=True, kw_only=True)
class FileProblem:
    """Something wrong with a file: `file`, `line` (1 is the heading; 0 when there are no lines), `column` where it is one value, and what.

    One that blocks refuses the whole import; the others are shown before the steward confirms.
    """

    file: str
    line: int
    what: str
    blocks: bool = False
    column: str = ""

    def __str__(self) -> str:
        line = f", line {self.line}" if self.line else ""
        column = f", column {self.column}" if self.column else ""
        return f"{self.file}{line}{column}: {self.what}"


class DirectoryRefused(Exception):
    """The file cannot be taken at all; `problems` says why, by file and line."""

    def __init__(self, problems: tuple[FileProblem, ...] | list[FileProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(str(p) for p in self.problems[:3]))


@dataclass(frozen=True, kw_only=True)
class PhoneFact:
    number: str
    extension: str = ""
    kind: str = "voice"
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class ScheduleFact:
    """Opening hours: `byday` in iCalendar days (MO,TU), or words in `description`."""

    byday: str = ""
    opens_at: time | None = None
    closes_at: time | None = None
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class CapacityFact:
    """Room for new people: `unit` (bed, slot), what is free, the most there is, and when that was said."""

    unit: str
    available: int
    maximum: int | None
    updated_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class CostFact:
    """What it costs; money in cents."""

    option: str
    amount_cents: int | None
    currency: str = ""
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class LanguageFact:
    """A language spoken: ISO 639 code where given, and its name."""

    code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class TermFact:
    """A taxonomy term: `taxonomy` names the vocabulary, `code` is unique in it; `id` is the sender's, kept where it can be."""

    taxonomy: str
    code: str
    name: str
    id: str = field(default="", compare=False, repr=False)


AREA_KINDS = ("county", "zip", "state", "other")


@dataclass(frozen=True, kw_only=True)
class AreaFact:
    """A place that a service serves: `kind` is one of `AREA_KINDS`."""

    name: str
    kind: str = "other"


@dataclass(frozen=True, kw_only=True)
class OrganizationFact:
    source_id: str
    name: str
    description: str = ""
    alternate_name: str = ""
    email: str = ""
    website: str = ""
    phones: tuple[PhoneFact, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ServiceFact:
    """A service; ages in years, `status` one of active, inactive, defunct, temporarily closed."""

    source_id: str
    organization_id: str
    name: str
    status: str = "active"
    alternate_name: str = ""
    description: str = ""
    email: str = ""
    website: str = ""
    application: str = ""
    wait: str = ""
    fees: str = ""
    interpretation: str = ""
    eligibility: str = ""
    minimum_age: int | None = None
    maximum_age: int | None = None
    assured_on: date | None = None
    phones: tuple[PhoneFact, ...] = ()
    schedules: tuple[ScheduleFact, ...] = ()
    languages: tuple[LanguageFact, ...] = ()
    terms: tuple[TermFact, ...] = ()
    areas: tuple[AreaFact, ...] = ()
    capacities: tuple[CapacityFact, ...] = ()
    costs: tuple[CostFact, ...] = ()
    documents: tuple[str, ...] = ()
    agency_name: str = ""


@dataclass(frozen=True, kw_only=True)
class LocationFact:
    """A place: `kind` is physical, virtual or postal; `county` without the word County."""

    source_id: str
    organization_id: str = ""
    name: str = ""
    kind: str = "physical"
    description: str = ""
    transportation: str = ""
    line1: str = ""
    line2: str = ""
    city: str = ""
    county: str = ""
    state: str = ""
    postal_code: str = ""
    latitude: float | None = None
    longitude: float | None = None
    accessibility: tuple[str, ...] = ()
    phones: tuple[PhoneFact, ...] = ()
    schedules: tuple[ScheduleFact, ...] = ()
    languages: tuple[LanguageFact, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ServiceAtLocationFact:
    source_id: str
    service_id: str
    location_id: str
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class DirectoryFacts:
    """A whole directory from one source. `layout` names the form of the file; `counts` its rows by table."""

    source: str
    layout: str
    organizations: tuple[OrganizationFact, ...]
    services: tuple[ServiceFact, ...]
    locations: tuple[LocationFact, ...]
    services_at_locations: tuple[ServiceAtLocationFact, ...]
    problems: tuple[FileProblem, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
