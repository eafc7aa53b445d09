"""The coined directory of a demo pack (`packs/<name>/directory/services.yaml`) as `DirectoryFacts`."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from careloom.directory.facts import (
    AreaFact,
    CapacityFact,
    DirectoryFacts,
    LanguageFact,
    LocationFact,
    OrganizationFact,
    PhoneFact,
    ScheduleFact,
    ServiceAtLocationFact,
    ServiceFact,
    TermFact,
)
from careloom.directory.needs import FEATURE_TAXONOMY, NEED_TAXONOMY, catalogue
from careloom.infra.packs import packs_folder
from careloom.infra.packs.strict_yaml import read_yaml

LANGUAGES = {"en": "English", "es": "Spanish"}
STATE = "Columbia"


def seed_facts(*, pack: str = "columbia") -> DirectoryFacts:
    """The directory of a pack. Raises FileNotFoundError when the pack has none."""
    path = packs_folder() / pack / "directory" / "services.yaml"
    data: Any = read_yaml(path.read_text(encoding="utf-8"))
    organizations, updated = data["organizations"], datetime.fromisoformat(data["updated_at"])
    services = {key: _service(key, raw, organizations[raw["organization"]], updated) for key, raw in data["services"].items()}
    places = {key: _place(key, raw, organizations[raw["organization"]]) for key, raw in data["services"].items()}
    return DirectoryFacts(
        source=data["source"],
        layout="careloom_seed",
        organizations=tuple(
            OrganizationFact(source_id=key, name=o["name"], phones=(PhoneFact(number=o["phone"]),)) for key, o in organizations.items()
        ),
        services=tuple(services.values()),
        locations=tuple(places.values()),
        services_at_locations=tuple(ServiceAtLocationFact(source_id=key, service_id=key, location_id=key) for key in services),
        counts={"organization": len(organizations), "service": len(services), "location": len(places)},
    )


def _service(key: str, raw: dict[str, Any], organization: dict[str, Any], updated: datetime) -> ServiceFact:
    known = catalogue()
    needs = [TermFact(taxonomy=NEED_TAXONOMY, code=c, name=known.needs[c].label("en")) for c in raw["needs"]]
    features = [TermFact(taxonomy=FEATURE_TAXONOMY, code=c, name=known.features[c].label("en")) for c in raw.get("features", [])]
    room = raw.get("capacity")
    return ServiceFact(
        source_id=key,
        organization_id=raw["organization"],
        name=raw["name"],
        description=raw["description"],
        application=raw.get("application", ""),
        wait=raw.get("wait", ""),
        fees=raw.get("fees", ""),
        eligibility=raw.get("eligibility", ""),
        phones=(PhoneFact(number=organization["phone"]),),
        schedules=_hours(raw["hours"]),
        languages=tuple(LanguageFact(code=c, name=LANGUAGES[c]) for c in raw["languages"]),
        terms=(*needs, *features),
        areas=tuple(AreaFact(name=a, kind="state" if a == STATE else "county") for a in raw["areas"]),
        capacities=(CapacityFact(unit=room["unit"], available=room["available"], maximum=room.get("maximum"), updated_at=updated),) if room else (),
        agency_name=organization.get("agency", ""),
    )


def _place(key: str, raw: dict[str, Any], organization: dict[str, Any]) -> LocationFact:
    """The organization's place; where an address would put people in danger, only the county is kept."""
    open_address = not raw.get("address_hidden")
    return LocationFact(
        source_id=key,
        organization_id=raw["organization"],
        name=organization["name"],
        kind="physical" if open_address else "virtual",
        line1=organization["line1"] if open_address else "",
        city=organization["city"] if open_address else "",
        county=organization["county"],
        state="ZZ",
        postal_code=organization["postal_code"] if open_address else "",
    )


def _hours(text: str) -> tuple[ScheduleFact, ...]:
    days, times = text.split(" ")
    opens, closes = times.split("-")
    return (ScheduleFact(byday=days, opens_at=time.fromisoformat(opens), closes_at=time.fromisoformat(closes)),)
